import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../src/core/scene';
import type { Tensor } from '../../../src/core/tensor';
import type { LocalStudio } from '../../../src/worker/studio';
import { studioWith } from '../opened';

const picture = (): Tensor<Float32Array> => ({
  shape: [1, 1, 2, 3],
  data: Float32Array.of(0.25, 0.5, 0.75, 0, 0.125, 1),
});
const scene = (steps: Scene['steps'], input: Scene['input'] = 'unit'): Scene => ({ version: 1, input, steps });
const twoTaps = { op: 'conv2d', params: {}, weights: { weight: [[2, -4]], bias: 0.5 } };
const pool = { op: 'maxPool2d', params: { kernelSize: [1, 2], stride: 1 } };
const norm = { op: 'batchNorm', params: { training: true, eps: 0 } };

const opened = (x = picture()): Promise<LocalStudio> => studioWith(x);
const at = (row: number, column: number, node = 0) => ({
  node,
  output: { channel: 0, row, column },
  outputs: { top: row, left: column, height: 1, width: 1 },
  channel: null,
  most: [9, 9] as const,
  linked: true,
});

describe('the inspection of a value', () => {
  it('tells the numbers of a scene that never ran', async () => {
    const studio = await opened();
    const seen = await studio.inquire('inspect', at(1, 1), { scene: scene([twoTaps]), exact: true });
    expect([seen?.value, seen?.told.exact, seen?.told.bias]).toEqual([-3.25, -3.25, 0.5]);
    expect(seen?.told.parts[0]?.terms.map(({ value, by, product }) => [value, by, product])).toEqual([
      [0.125, 2, 0.25],
      [1, -4, -4],
    ]);
    expect(seen && Array.from(seen.x.values)).toEqual([0.125, 1]);
  });

  it('of a later step reads what the step before made', async () => {
    const studio = await opened();
    const all = scene([pool, twoTaps]);
    await studio.run(all, [], () => undefined);
    const seen = await studio.inquire('inspect', at(1, 0, 1), { scene: all, exact: false });
    expect(seen?.told.parts[0]?.terms.map(({ value }) => value)).toEqual([0.125, 1]);
  });

  it('sees a signed picture as it enters, −1 to 1', async () => {
    const studio = await opened();
    const seen = await studio.inquire('inspect', at(0, 0), { scene: scene([pool], 'signed'), exact: true });
    expect([seen?.value, seen?.told.ranked?.winner, seen && Array.from(seen.x.values)]).toEqual([0, 0, [-0.5, 0]]);
  });

  it('sees a large signed picture the same way, and sums over all of it', async () => {
    const [width, height] = [2000, 1100];
    const data = new Float32Array(width * height).fill(0.75);
    data[width + 1] = 0.25;
    const studio = await opened({ shape: [1, 1, height, width], data });
    const small = await studio.inquire('inspect', at(1, 1), { scene: scene([pool], 'signed'), exact: true });
    expect([small?.value, small && Array.from(small.x.values)]).toEqual([0.5, [-0.5, 0.5]]);
    const global = scene([{ op: 'globalAvgPool2d', params: {} }], 'signed');
    const whole = await studio.inquire('inspect', at(0, 0), { scene: global, exact: true });
    expect(whole?.told.count).toBe(width * height);
    expect(whole?.told.exact).toBeCloseTo(0.5 - 1 / (width * height), 9);
    expect(whole?.value).toBeCloseTo(0.5, 5);
  });

  it('gathers mean and variance once for all values of a channel', async () => {
    const studio = await opened();
    const of = { scene: scene([norm]), exact: true };
    const [first, second] = [await studio.inquire('inspect', at(0, 0), of), await studio.inquire('inspect', at(1, 2), of)];
    const mean = 2.625 / 6;
    const spread = Math.sqrt([0.25, 0.5, 0.75, 0, 0.125, 1].reduce((sum, v) => sum + (v - mean) ** 2, 0) / 6);
    expect(first?.told.exact).toBeCloseTo((0.25 - mean) / spread, 12);
    expect(second?.told.exact).toBeCloseTo((1 - mean) / spread, 12);
  });

  it('refuses a step that is off, and an output that does not exist, in a sentence', async () => {
    const studio = await opened();
    const off = { scene: scene([{ ...pool, off: true }, twoTaps]), exact: true };
    await expect(studio.inquire('inspect', at(0, 0), off)).rejects.toThrow('A step that is on is expected, received 1.');
    const of = { scene: scene([pool]), exact: true };
    await expect(studio.inquire('inspect', at(2, 0), of)).rejects.toThrow('An output of [1, 1, 2, 2] is expected');
  });

  it('is ended by a newer one', async () => {
    const studio = await opened();
    const of = { scene: scene([twoTaps]), exact: true };
    const [first, second] = [studio.inquire('inspect', at(0, 0), of), studio.inquire('inspect', at(0, 1), of)];
    expect([await first, (await second)?.value]).toEqual([null, -1.5]);
  });
});
