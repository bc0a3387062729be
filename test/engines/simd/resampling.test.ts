import { describe, expect, it } from 'vitest';
import type { Shape, Tensor } from '../../../src/core/tensor';
import { backwardParity, openGuarded, parity, randomTensor, stepOf, worstError } from './engine';
import { tolerances } from './tolerances/resampling';

const engine = await openGuarded();
const { forward, backward } = tolerances.interpolate!;

const resized = (params: Readonly<Record<string, unknown>>) => stepOf('interpolate', params);
const how = (params: Readonly<Record<string, unknown>>, shape: Shape): string => {
  const verdict = engine.judge(resized(params), { shape });
  return verdict.runs ? verdict.how : verdict.why;
};
type Case = [params: Readonly<Record<string, unknown>>, sentence: string];
const smooth = ['bilinear', 'bicubic', 'lanczos'] as const;

describe('the way of interpolation', () => {
  const picture = [1, 2, 200, 300];
  it.each<Case>([
    ...smooth.map((mode): Case => [{ mode }, 'along rows first, because 200 rows become 400; the same']),
    [{ mode: 'bicubic', antialias: true }, 'the same 4 taps for every pair of columns, because there are twice as many'],
    [{ mode: 'area', scaleFactor: [0.5, 0.5] }, 'down columns first, because 200 rows become 100; the same 2 taps'],
    [{ mode: 'bilinear', scaleFactor: [0.5, 0.5] }, 'the same 2 taps for every column, because there are half as many'],
    [{ mode: 'bicubic', scaleFactor: [0.5, 0.5] }, 'the same 4 taps for every column'],
    [{ mode: 'bicubic', scaleFactor: [0.5, 0.5], antialias: true }, 'the same 8 taps for every column'],
    [{ mode: 'lanczos', scaleFactor: [0.5, 0.5] }, 'the same 12 taps for every column'],
    [
      { mode: 'bilinear', size: [200, 450] },
      'down columns first, because 200 rows become 200; 2 taps of each column from a table',
    ],
    [{ mode: 'bicubic', size: [317, 431] }, '4 taps of each column from a table, because 300 columns become 431'],
    [{ mode: 'lanczos', size: [31, 43] }, '42 taps of each column from a table, because 300 columns become 43'],
    [{ mode: 'area', size: [7, 9] }, '34 taps of each column from a table'],
    [{ mode: 'bilinear', size: [401, 300] }, 'sums of rows alone, 2 taps, because columns stay as they are'],
    [{ mode: 'area', size: [50, 300] }, 'sums of rows alone, 4 taps'],
    [{ mode: 'area', size: [400, 301] }, '2 taps of each column from a table'],
    [{ mode: 'bilinear', scaleFactor: [0.5, 2] }, '2 taps of each column from a table'],
    [{ mode: 'bilinear', scaleFactor: [2, 0.5] }, '2 taps of each column from a table'],
    [{ mode: 'bilinear', scaleFactor: [2, 2], alignCorners: true }, '2 taps of each column from a table'],
    [{ mode: 'bicubic', size: [600, 601], alignCorners: true }, '4 taps of each column from a table'],
    [{ mode: 'lanczos', size: [9, 1] }, 'columns become 1'],
    [{ mode: 'bicubic', size: [1, 1], antialias: true }, 'columns become 1'],
  ])('%j says so, and agrees with the reference', async (params, sentence) => {
    expect(how(params, picture)).toContain(sentence);
    expect(await parity(engine, resized(params), randomTensor(picture, 3), forward)).toBeLessThanOrEqual(1);
  });

  it.each<Case>([
    [{ scaleFactor: [2, 2] }, 'pixels repeated 2 times by shuffles'],
    [{ scaleFactor: [3, 3] }, 'pixels repeated 3 times'],
    [{ scaleFactor: [1, 7] }, 'pixels repeated 7 times'],
    [{ scaleFactor: [4, 1] }, 'rows copied, because columns stay as they are'],
    [{ scaleFactor: [0.5, 0.5] }, 'every pixel number 2 picked by shuffles'],
    [{ scaleFactor: [0.25, 0.25] }, 'every pixel number 4 picked'],
    [{ scaleFactor: [0.1, 0.1] }, 'every pixel number 10 picked'],
    [{ mode: 'nearest-exact', scaleFactor: [0.5, 0.5] }, 'every pixel number 2 picked'],
    [{ mode: 'area', scaleFactor: [2, 3] }, 'pixels repeated 3 times'],
    [{ size: [317, 431] }, 'pixels picked by a table'],
    [{ mode: 'nearest-exact', size: [31, 43] }, 'pixels picked by a table'],
  ])('%j picks the nearest pixels and nothing else', async (params, sentence) => {
    expect(how(params, picture)).toContain(sentence);
    expect(await parity(engine, resized(params), randomTensor(picture, 4), { atol: 0, rtol: 0 })).toBe(0);
  });
  it.each([511, 512, 513, 700])('doubles rows of %i pixels, in pairs or one by one', async (width) => {
    for (const height of [1, 2, 31])
      expect(await parity(engine, resized({}), randomTensor([1, 2, height, width], 5), { atol: 0, rtol: 0 })).toBe(0);
  });
});

describe('widths', () => {
  it.each(smooth)('%s of 1 to 40 columns, doubled, halved, and by tables', async (mode) => {
    for (let w = 1; w <= 40; w++) {
      const x = randomTensor([1, 2, 9, w], w);
      const widths = [2 * w, w >> 1, Math.ceil(1.3 * w), Math.ceil(0.7 * w), 5 * w].filter((to) => to > 0);
      const all = widths.flatMap((to) => [{ size: [18, to] }, { size: [4, to] }]);
      for (const size of [...all, { size: [9, 2 * w] }, { size: [11, w] }]) {
        expect(await parity(engine, resized({ mode, ...size }), x, forward), `${w} to ${size.size}`).toBeLessThanOrEqual(1);
      }
    }
  });

  it('of nearest from 1 to 40 columns, repeated and thinned out 1 to 9 times', async () => {
    for (let w = 1; w <= 40; w++) {
      const x = randomTensor([1, 2, 5, w], w);
      for (let r = 1; r <= 9; r++) {
        const sizes = [[5, r * w], ...(w >= r ? [[3, Math.floor(w / r)]] : [])];
        for (const size of sizes)
          expect(await parity(engine, resized({ size }), x, { atol: 0, rtol: 0 }), `${w} to ${size}`).toBe(0);
      }
    }
  });

  it('of a picture so much smaller that every row is a job', async () => {
    const x = randomTensor([1, 2, 300, 500], 2);
    for (const mode of smooth)
      expect(await parity(engine, resized({ mode, size: [2, 3] }), x, forward), mode).toBeLessThanOrEqual(1);
  });

  it('wider than a tile of the table, across several jobs', async () => {
    const x = randomTensor([2, 1, 90, 1100], 1);
    for (const size of [
      [140, 1500],
      [31, 370],
      [33, 21],
      [180, 2200],
      [45, 550],
    ]) {
      for (const mode of smooth)
        expect(await parity(engine, resized({ mode, size }), x, forward), `${mode} ${size}`).toBeLessThanOrEqual(1);
    }
  });
});

describe('values that are not finite', () => {
  const x = randomTensor([1, 1, 40, 60], 5);
  x.data[3 * 60 + 7] = Number.NaN;
  x.data[11 * 60] = Number.POSITIVE_INFINITY;
  x.data[25 * 60 + 59] = Number.NEGATIVE_INFINITY;
  x.data[25 * 60 + 30] = Number.POSITIVE_INFINITY;

  it.each([
    ...smooth.flatMap((mode) => [{ mode }, { mode, size: [57, 91] }, { mode, size: [20, 30] }, { mode, size: [17, 23] }]),
    { mode: 'bilinear', size: [20, 30], antialias: true },
    { mode: 'bicubic', size: [9, 43], antialias: true },
    { mode: 'area', size: [20, 30] },
    { mode: 'area', size: [13, 22] },
    { mode: 'nearest', size: [61, 59] },
  ])('reach the same results as in the reference: %j', async (params) => {
    expect(await parity(engine, resized(params), x, forward)).toBeLessThanOrEqual(1);
  });
});

describe('an activation after it', () => {
  it('is fused, and sees every value once', async () => {
    const x = randomTensor([2, 3, 31, 45], 6);
    const after = stepOf('leakyRelu', { negativeSlope: 0.5 });
    for (const params of [
      {},
      { mode: 'bilinear' },
      { mode: 'lanczos', size: [40, 71] },
      { mode: 'area', scaleFactor: [0.5, 0.5] },
      { mode: 'bicubic', size: [62, 45] },
    ]) {
      const [both, first] = [await engine.run([resized(params), after], x), await engine.run([resized(params)], x)];
      expect(Array.from(both.data)).toEqual(Array.from(first.data, (v) => (v > 0 ? v : Math.fround(v * 0.5))));
    }
  });
});

describe('a large picture', () => {
  it('with the mean of 1 keeps it in every mode, up and down', async () => {
    const ones: Tensor<Float32Array> = { shape: [1, 1, 517, 1031], data: new Float32Array(517 * 1031).fill(1) };
    for (const mode of ['area', ...smooth]) {
      for (const size of [
        [700, 1500],
        [1034, 2062],
        [258, 515],
        [3, 5],
      ]) {
        const y = await engine.run([resized({ mode, size })], ones);
        const expected = { shape: y.shape, data: new Float32Array(y.data.length).fill(1) };
        expect(worstError(y, expected, forward), `${mode} ${size}`).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe('the gradient', () => {
  it.each([
    { mode: 'nearest' },
    { mode: 'nearest', size: [31, 7] },
    { mode: 'bilinear' },
    { mode: 'bicubic', size: [31, 93] },
    { mode: 'lanczos' },
    { mode: 'bilinear', size: [7, 9] },
    { mode: 'bicubic', size: [20, 30] },
    { mode: 'area', size: [20, 30] },
    { mode: 'lanczos', size: [11, 1] },
  ])('of %j gathers what the reference scatters', async (params) => {
    const step = resized(params);
    const x = randomTensor([2, 2, 40, 60], 7);
    const dy = randomTensor(step.op.infer({ x: x.shape }, step.params), 8);
    expect(await backwardParity(engine, step, x, dy, backward!)).toBeLessThanOrEqual(1);
  });

  it('of a doubled picture is a halving with twice as many taps', () => {
    const verdict = engine.judgeBackward(resized({ mode: 'bilinear' }), { shape: [1, 1, 64, 64] });
    expect(verdict).toMatchObject({ runs: true, how: expect.stringContaining('the same 4 taps for every column') });
  });

  it('of pixels that nobody reads is 0, whatever comes back', async () => {
    const x = randomTensor([1, 1, 8, 8], 9);
    const dy: Tensor<Float32Array> = { shape: [1, 1, 2, 2], data: new Float32Array(4).fill(Number.POSITIVE_INFINITY) };
    const { x: dx } = await engine.backward(resized({ size: [2, 2] }), x, dy);
    expect(Array.from(dx!.data.subarray(0, 8))).toEqual([Number.POSITIVE_INFINITY, 0, 0, 0, Number.POSITIVE_INFINITY, 0, 0, 0]);
    expect(Array.from(dx!.data.subarray(8, 16))).toEqual(new Array(8).fill(0));
  });
});
