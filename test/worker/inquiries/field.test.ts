import { describe, expect, it } from 'vitest';
import type { Scene, Step } from '../../../src/core/scene';
import { runScene } from '../../../src/core/sequential';
import type { Tensor } from '../../../src/core/tensor';
import type { Field } from '../../../src/worker/inquiries/field';
import type { LocalStudio } from '../../../src/worker/studio';
import { studioWith } from '../opened';

const values = (channels: number, height: number, width: number): Tensor<Float32Array> => ({
  shape: [1, channels, height, width],
  data: Float32Array.from({ length: channels * height * width }, (_, i) => ((i * 7919) % 1009) / 1009),
});
const opened = (x: Tensor<Float32Array>): Promise<LocalStudio> => studioWith(x);
const scene = (...steps: Step[]): Scene => ({ version: 1, input: 'unit', steps });
const blur: Step = {
  op: 'conv2d',
  params: { padding: 1 },
  weights: {
    weight: [
      [1, 2, 1],
      [2, -4, 2],
      [1, 2, 1],
    ],
  },
};
const pool: Step = { op: 'maxPool2d', params: {} };

/** dL/dx by central differences in float64, summed as magnitudes over the channels of a pixel. */
function slopeAt(of: Scene, x: Tensor, pixel: number, read: (y: Tensor) => number): number {
  const [, channels = 1, h = 1, w = 1] = x.shape;
  let sum = 0;
  for (let c = 0; c < channels; c++) {
    const moved = (by: number) => {
      const data = Float64Array.from(x.data);
      data[c * h * w + pixel]! += by;
      return read(runScene(of, { shape: x.shape, data }).y);
    };
    sum += Math.abs((moved(1e-4) - moved(-1e-4)) / 2e-4);
  }
  return sum;
}

describe('the field of a value', () => {
  it('is its gradient by differences, pixel by pixel, on the part behind it', async () => {
    const x = values(3, 20, 22);
    const of = scene(blur, pool, blur);
    const studio = await opened(x);
    const asked = { from: -1, node: 2, row: 4, column: 5, channel: 0 } as const;
    const found = await studio.inquire('field', asked, { scene: of, exact: true });
    expect(found?.kind).toBe('field');
    const { area, sums, total, largest, half, factor } = found as Field;
    const [left, top] = [5 * 2 - 3, 4 * 2 - 3];
    expect(factor).toBe(1);
    expect(area.width * area.height).toBeLessThan(20 * 22);
    const at = (r: number, s: number) =>
      r >= area.top && r < area.top + area.height && s >= area.left && s < area.left + area.width
        ? sums[(r - area.top) * area.width + s - area.left]!
        : 0;
    for (let r = top - 1; r < top + 10; r++)
      for (let s = left - 1; s < left + 10; s++)
        expect(at(r, s)).toBeCloseTo(
          slopeAt(of, x, r * 22 + s, (y) => y.data[4 * 11 + 5]!),
          4,
        );
    expect(total).toBeCloseTo(
      sums.reduce((sum, v) => sum + v, 0),
      3,
    );
    expect(largest).toBeCloseTo(Math.max(...sums), 5);
    expect(half).toBeGreaterThan(0.25);
  });

  it('starts at any step, and the sum of all channels moves with every channel', async () => {
    const x = values(2, 9, 9);
    const both: Step = { op: 'conv2d', params: { groups: 2 }, weights: { weight: [[3]] } };
    const studio = await opened(x);
    const apart: Step = { ...blur, params: { padding: 1, groups: 2 } };
    const of = { scene: scene(apart, both), exact: true };
    const found = await studio.inquire('field', { from: 0, node: 1, row: 2, column: 3, channel: null }, of);
    expect(found).toMatchObject({ kind: 'field', area: { left: 3, top: 2, width: 1, height: 1 }, total: 6 });
  });

  it('takes a norm over the whole picture into account, where the picture is small', async () => {
    const x = values(1, 8, 8);
    const norm: Step = { op: 'instanceNorm', params: {} };
    const studio = await opened(x);
    const found = await studio.inquire(
      'field',
      { from: -1, node: 0, row: 3, column: 3, channel: 0 },
      { scene: scene(norm), exact: true },
    );
    const { area, sums } = found as Field;
    expect(area).toEqual({ left: 0, top: 0, width: 8, height: 8 });
    for (const pixel of [0, 27, 40])
      expect(sums[pixel]).toBeCloseTo(
        slopeAt(scene(norm), x, pixel, (y) => y.data[27]!),
        4,
      );
  });

  it('takes what goes by its place in the picture on all of it, and the same values drop out', async () => {
    const x = values(1, 16, 16);
    const drop: Step = { op: 'dropout', params: { p: 0.5, training: true } };
    const studio = await opened(x);
    const of = { scene: scene(drop, blur), exact: true };
    const found = await studio.inquire('field', { from: -1, node: 1, row: 8, column: 8, channel: 0 }, of);
    const { area, sums } = found as Field;
    for (let r = 7; r <= 9; r++)
      for (let s = 7; s <= 9; s++)
        expect(sums[(r - area.top) * area.width + s - area.left]).toBeCloseTo(
          slopeAt(of.scene, x, r * 16 + s, (y) => y.data[8 * 16 + 8]!),
          4,
        );
  });

  it('is told in cells of several pixels where it is large, and refused where it takes long', async () => {
    const x = values(1, 600, 700);
    const studio = await opened(x);
    const ask = (steps: Step[]) =>
      studio.inquire(
        'field',
        { from: -1, node: steps.length - 1, row: 0, column: 0, channel: 0 },
        { scene: scene(...steps), exact: true },
      );
    const mean = await ask([{ op: 'globalAvgPool2d', params: {} }]);
    expect(mean).toMatchObject({ kind: 'field', factor: 2, area: { width: 700, height: 600 } });
    expect((mean as Field).sums).toHaveLength(350 * 300);
    const wide: Step = {
      op: 'conv2d',
      params: { padding: 7, groups: 1 },
      weights: { weight: Array.from({ length: 15 }, () => new Array<number>(15).fill(1)) },
    };
    expect(await ask([wide, wide, wide, wide, wide, wide, { op: 'globalAvgPool2d', params: {} }])).toEqual({
      kind: 'tooMuch',
      whole: true,
    });
  });
});
