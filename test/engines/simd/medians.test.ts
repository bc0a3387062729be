import { describe, expect, it } from 'vitest';
import type { Shape, Tensor } from '../../../src/core/tensor';
import { randomTensor, stepOf } from './engine';
import { backward, engine, forward, how, same, spoilt } from './pools';

const median = (params: Readonly<Record<string, unknown>>) => stepOf('medianPool2d', { stride: 1, ...params });

/** Values as a picture of eight bits has them, 0..1 or −1..1. */
function eightBits(shape: Shape, seed: number, signed = false): Tensor<Float32Array> {
  const { data } = randomTensor(shape, seed, 256);
  const units = data.map((v) => Math.fround(Math.floor(v + 128) / 255));
  return { shape, data: signed ? units.map((v) => Math.fround(Math.fround(2 * v) - 1)) : units };
}
const kinds = [
  ['of eight bits', (shape: Shape, seed: number) => eightBits(shape, seed)],
  ['of eight bits around 0', (shape: Shape, seed: number) => eightBits(shape, seed, true)],
  ['of float32', (shape: Shape, seed: number) => randomTensor(shape, seed)],
] as const;

describe.each(kinds)('medians of windows that slide by 1, values %s', (_, values) => {
  it('agree for every window up to 9 × 9', async () => {
    for (let kh = 1; kh <= 9; kh++) {
      for (let kw = 2; kw <= 9; kw++) {
        const step = median({ kernelSize: [kh, kw], padding: [kh >> 1, kw >> 1] });
        expect(await forward(step, values([1, 1, 11, 21], 10 * kh + kw)), `${kh} × ${kw}`).toBe(0);
      }
    }
  });
  it('agree for every width up to 75 and every border', async () => {
    for (let w = 5; w <= 75; w++) {
      for (const paddingMode of ['zeros', 'reflect', 'replicate', 'circular']) {
        const step = median({ kernelSize: [3, 5], stride: [1 + (w % 2), 1], padding: [1, 2], paddingMode });
        expect(await forward(step, values([1, 2, 6, w], w)), `${paddingMode} at ${w}`).toBe(0);
      }
    }
  });
  it('agree where a row takes several runs, and a plane several jobs', async () => {
    expect(await forward(median(same(7)), values([1, 1, 90, 1101], 3))).toBe(0);
    expect(await forward(median({ kernelSize: [21, 31], padding: [10, 15] }), values([1, 1, 26, 203], 4))).toBe(0);
  });
  it('agree backward', async () => {
    expect(await backward(median(same(5)), values([2, 2, 19, 23], 5))).toBeLessThanOrEqual(1);
  });
});

describe('medians of rows of bytes', () => {
  const kernel = median(same(5));
  it('go on in float32 from the first row that has another value', async () => {
    for (const value of [0.5, 256 / 255, -1 / 255, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e30, 1e-9]) {
      for (const at of [0, 40 * 17 + 3, 40 * 29 + 39]) {
        const x = eightBits([1, 1, 30, 40], 7);
        x.data[at] = value;
        expect(await forward(kernel, x), `${value} at ${at}`).toBe(0);
      }
    }
  });
  it('have all 256 values as they were', async () => {
    for (const signed of [false, true]) {
      const x = eightBits([1, 1, 1, 256], 1, signed);
      for (let k = 0; k < 256; k++) x.data[k] = signed ? Math.fround(Math.fround((2 * k) / 255) - 1) : k / 255;
      expect(await forward(median({ kernelSize: [1, 3], padding: [0, 1] }), x)).toBe(0);
    }
  });
});

describe('medians with NaN and infinities', () => {
  it('have none in a window with NaN, and order infinities', async () => {
    for (const every of [3, 40, 401]) {
      const x = spoilt([1, 2, 31, 43], 4, every);
      for (const kernelSize of [
        [5, 5],
        [4, 7],
        [11, 2],
      ])
        expect(await forward(median({ kernelSize, padding: 1 }), x), `${kernelSize} of ${every}`).toBe(0);
    }
  });
});

describe('the way of medians', () => {
  it('shares columns where windows slide by 1', () => {
    expect(how(median(same(5)), [1, 3, 40, 40])).toMatch(/^66 exchanges for two windows/);
    expect(how(median({ kernelSize: 5, stride: 2 }), [1, 3, 41, 41])).toMatch(/^a network of 113/);
    expect(how(median({ kernelSize: [33, 32] }), [1, 3, 64, 64])).toMatch(/1056 pixels are more than 1024$/);
    expect(how(median({ kernelSize: 10, stride: 2 }), [1, 3, 64, 64])).toMatch(/100 pixels are more than 81$/);
    expect(how(median({ kernelSize: 5, stride: [3, 1], ceilMode: true }), [1, 3, 40, 40])).toMatch(/a window overhangs$/);
  });
  it('leaves results that a following step may map', async () => {
    const x = eightBits([1, 2, 40, 300], 8, true);
    const [both, first] = [await engine.run([median(same(5)), stepOf('relu')], x), await engine.run([median(same(5))], x)];
    expect(both.data).toEqual(first.data.map((v) => Math.max(v, 0)));
  });
});
