import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../src/core/scene';
import type { Tensor } from '../../../src/core/tensor';
import type { LocalStudio } from '../../../src/worker/studio';
import { studioWith } from '../opened';

const values = [0.25, 0.5, 0.75, 0, 0.125, 1];
const picture = (): Tensor<Float32Array> => ({ shape: [1, 1, 2, 3], data: Float32Array.from(values) });
const scene = (...steps: Scene['steps']): Scene => ({ version: 1, input: 'unit', steps });
const shifted = { op: 'conv2d', params: {}, weights: { weight: [[2]], bias: -1 } };

const opened = (): Promise<LocalStudio> => studioWith(picture());

describe('a tally', () => {
  it('counts zeros, negative values and those at an end, and tells mean and deviation', async () => {
    const studio = await opened();
    const told = await studio.inquire('tally', { nodes: [-1, 0] }, { scene: scene(shifted), exact: true });
    const mean = (2.625 / 6) * 2 - 1;
    const deviation = Math.sqrt(values.reduce((sum, v) => sum + (2 * v - 1 - mean) ** 2, 0) / 6);
    expect(told?.nodes[0]).toMatchObject([{ count: 6, zeros: 1, negative: 0, ends: 2, min: 0, max: 1 }]);
    expect(told?.nodes[1]).toMatchObject([{ count: 6, zeros: 1, negative: 3, ends: 5, min: -1, max: 1 }]);
    expect(told?.nodes[1]?.[0]?.mean).toBeCloseTo(mean, 12);
    expect(told?.nodes[1]?.[0]?.deviation).toBeCloseTo(deviation, 12);
    expect(told?.passed).toBeNull();
  });
  it('follows the gradient back to a node: through two sigmoids it is the product of their slopes', async () => {
    const studio = await opened();
    const steps = [shifted, { op: 'sigmoid', params: {} }, { op: 'sigmoid', params: {} }];
    const told = await studio.inquire('tally', { nodes: [], backTo: 0 }, { scene: scene(...steps), exact: true });
    const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
    const slope = (z: number) => sigmoid(z) * (1 - sigmoid(z));
    const own = values.map((v) => slope(2 * v - 1) * slope(sigmoid(2 * v - 1)));
    expect(told?.passed).toBeCloseTo(own.reduce((sum, v) => sum + v, 0) / 6, 9);
  });
});
