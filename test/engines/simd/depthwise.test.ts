import { describe, expect, it } from 'vitest';
import { backwardParity, parity, randomTensor, stepOf } from './engine';
import { bell, engine, how, kernelOf, step, sumOf, twoBells } from './filters';
import { tolerances } from './tolerances';

describe('a depthwise convolution', () => {
  it('agrees with the reference for every width up to 70, and every height up to 6', async () => {
    for (let w = 1; w <= 70; w++) {
      const conv = step({ groups: 2, padding: [1, 1, 1, 1] }, randomTensor([2, 1, 3, 3], w));
      expect(await parity(engine, conv, randomTensor([1, 2, 1 + (w % 6), w], w), sumOf(9)), `${w} wide`).toBeLessThanOrEqual(1);
    }
  });

  it('of 3 × 3 agrees where rows are read from the picture itself and edges apart', async () => {
    for (const [i, padding] of [
      [0, 0, 0, 0],
      [1, 1, 1, 1],
      [2, 0, 3, 5],
      [0, 3, 0, 1],
      [1, 1, 40, 2],
    ].entries()) {
      for (const [k, paddingMode] of ['zeros', 'reflect', 'replicate', 'circular'].entries()) {
        const params = { groups: 2, padding, paddingMode, dilation: [1 + (i % 3), 1] };
        const conv = step(params, randomTensor([2 + 2 * (k % 2), 1, 3, 3], i));
        const x = randomTensor([1, 2, 29 + i, 47 + k + 4 * i], k);
        expect(await parity(engine, conv, x, sumOf(9)), `${padding} ${paddingMode}`).toBeLessThanOrEqual(1);
      }
    }
  });

  it('of 3 × 3 agrees on wide pictures, whose rows are made six at a time by turns', async () => {
    for (const [i, w] of [1023, 1026, 1033, 1089, 1097, 1100].entries()) {
      const conv = step({ groups: 2, padding: [1, 1, 1, 1] }, randomTensor([2, 1, 3, 3], i));
      expect(await parity(engine, conv, randomTensor([1, 2, 8 + 5 * i, w], i), sumOf(9)), `${w} wide`).toBeLessThanOrEqual(1);
    }
  });

  it('agrees for every border, uneven padding and a flipped kernel', async () => {
    for (const paddingMode of ['zeros', 'reflect', 'replicate', 'circular']) {
      for (const flip of [false, true]) {
        const conv = step({ groups: 3, padding: [2, 1, 0, 4], paddingMode, flip }, randomTensor([3, 1, 3, 5], 2));
        expect(await parity(engine, conv, randomTensor([2, 3, 7, 45], 1), sumOf(15)), paddingMode).toBeLessThanOrEqual(1);
      }
    }
  });

  it('agrees for strides and dilations that share no factor, one, or all', async () => {
    for (const stride of [1, 2, 3, 4, 6, 17]) {
      for (const dilation of [1, 2, 3, 4, 6]) {
        const params = { groups: 2, padding: [5, 6, 7, 3], stride: [stride, stride], dilation: [dilation, dilation] };
        const conv = step(params, randomTensor([2, 1, 3, 4], stride));
        const title = `stride ${stride}, dilation ${dilation}`;
        expect(await parity(engine, conv, randomTensor([1, 2, 37, 83], dilation), sumOf(12)), title).toBeLessThanOrEqual(1);
      }
    }
  });

  it('agrees with strides and dilations far beyond the picture', async () => {
    const far = { groups: 1, padding: [1024, 1024, 1024, 1024], stride: [1024, 1000], dilation: [1024, 512] };
    expect(
      await parity(engine, step(far, randomTensor([1, 1, 2, 3], 1)), randomTensor([1, 1, 5, 6], 2), sumOf(6)),
    ).toBeLessThanOrEqual(1);
  });

  it('agrees when a channel has several outputs, and when one channel has many', async () => {
    for (const [c, o] of [
      [2, 6],
      [1, 7],
    ] as const) {
      const conv = step({ groups: c, padding: [1, 1, 1, 1] }, randomTensor([o, 1, 3, 3], o));
      expect(await parity(engine, conv, randomTensor([2, c, 9, 41], 1), sumOf(9))).toBeLessThanOrEqual(1);
    }
  });

  it('is planned for no image at all', async () => {
    expect(
      await parity(engine, step({ groups: 2 }, randomTensor([2, 1, 3, 3], 1)), randomTensor([0, 2, 5, 5], 1), sumOf(9)),
    ).toBe(0);
  });

  it('keeps NaN and infinities where the kernel reaches them', async () => {
    const x = randomTensor([1, 1, 30, 40], 3);
    x.data.set([Number.NaN], 45);
    x.data.set([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], 700);
    for (const weight of [randomTensor([1, 1, 3, 3], 1), bell([1, 1, 7, 7]), twoBells([1, 1, 11, 11])]) {
      expect(await parity(engine, step({ padding: [3, 3, 3, 3] }, weight), x, sumOf(121))).toBeLessThanOrEqual(1);
    }
  });

  it('is followed by activations in the same jobs, with the same result', async () => {
    const conv = step({ groups: 3, padding: [1, 1, 1, 1] }, randomTensor([3, 1, 3, 3], 1));
    const x = randomTensor([2, 3, 70, 90], 4);
    const [alone, fused] = [await engine.run([conv], x), await engine.run([conv, stepOf('relu')], x)];
    expect(fused.data).toEqual(alone.data.map((v) => Math.max(v, 0)));
  });

  it('refuses weights that are not finite, which zeros around the picture must not meet', () => {
    expect(
      how(
        {},
        kernelOf([1, 1, 3, 3], () => Number.POSITIVE_INFINITY),
        [1, 1, 9, 9],
      ),
    ).toBe('a weight is not finite');
  });
});

describe('a large kernel of full rank', () => {
  /** Errors of a transform are shares of the largest values in a tile; of these sums, which are at most about 50. */
  const transformed = { atol: 2e-5, rtol: 0 };

  it('is a list of taps in an exact plan, and agrees with the reference on 200 × 300 pixels', async () => {
    const weight = randomTensor([1, 1, 15, 15], 1);
    const conv = step({ padding: [7, 7, 7, 7] }, weight);
    expect(how({}, weight, [1, 1, 200, 300], true)).toBe('a list of 225 taps, because the kernel is no column times a row');
    expect(await parity(engine, conv, randomTensor([1, 1, 200, 300], 2), sumOf(225), true)).toBeLessThanOrEqual(1);
  });

  it('is added up in parts, so that long sums stay near the correctly rounded ones', async () => {
    const all = { shape: [1, 1, 60, 70], data: new Float32Array(4200).fill(0.7) };
    const nearlyOnes = kernelOf([1, 1, 41, 43], (_, u, v) => 1 + Math.sin(u * v * v + u) * 1e-3);
    expect(await parity(engine, step({}, nearlyOnes), all, { atol: 0, rtol: 2e-5 }, true)).toBeLessThanOrEqual(1);
  });

  it('is multiplied as a spectrum otherwise, with every border, and tiles that end where the picture does', async () => {
    for (const [i, paddingMode] of ['zeros', 'reflect', 'replicate', 'circular'].entries()) {
      const weight = randomTensor([2, 1, 27, 26 + i], i);
      const conv = step({ padding: [8, 9, 3, 11], paddingMode, groups: 2, flip: i % 2 === 1 }, weight);
      const shape = [2, 2, 101 + i, 123 + 2 * i];
      expect(how({ padding: [8, 9, 3, 11], groups: 2 }, weight, shape)).toMatch(
        /^Fourier transforms of \d+ × \d+ pixels, because/,
      );
      expect(await parity(engine, conv, randomTensor(shape, i), transformed), paddingMode).toBeLessThanOrEqual(1);
    }
  });

  it('is multiplied as a spectrum with gaps between its taps, and several outputs of a channel', async () => {
    const weight = randomTensor([4, 1, 24, 25], 1);
    const conv = step({ padding: [30, 30, 40, 40], dilation: [2, 1], groups: 2 }, weight);
    expect(how({ padding: [30, 30, 40, 40], dilation: [2, 1], groups: 2 }, weight, [1, 2, 150, 170])).toContain('Fourier');
    expect(await parity(engine, conv, randomTensor([1, 2, 150, 170], 1), transformed)).toBeLessThanOrEqual(1);
  });

  it('keeps NaN and infinities where the kernel reaches them: such tiles are made by lists of taps', async () => {
    const x = randomTensor([1, 1, 140, 150], 3);
    x.data.set([Number.NaN], 45);
    x.data.set([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], 15000);
    const weight = randomTensor([1, 1, 19, 21], 1);
    expect(how({}, weight, x.shape)).toContain('Fourier');
    expect(await parity(engine, step({}, weight), x, transformed)).toBeLessThanOrEqual(1);
  });
});

describe('a blur before a stride', () => {
  it('agrees with the reference for every filter up to 32, with borders and strides', async () => {
    for (let filterSize = 1; filterSize <= 32; filterSize++) {
      const paddingMode = ['zeros', 'reflect', 'replicate', 'circular'][filterSize % 4];
      const blur = stepOf('blurPool2d', { filterSize, paddingMode, stride: [1 + (filterSize % 3), 1 + (filterSize % 4)] });
      const error = await parity(engine, blur, randomTensor([2, 2, 33, 40 + filterSize], filterSize), { atol: 3e-7, rtol: 2e-7 });
      expect(error, `filter of ${filterSize}`).toBeLessThanOrEqual(1);
    }
  });

  it('has the gradient of the reference for every filter up to 32, with borders and strides', async () => {
    for (let filterSize = 1; filterSize <= 32; filterSize++) {
      const paddingMode = ['zeros', 'reflect', 'replicate', 'circular'][filterSize % 4];
      const blur = stepOf('blurPool2d', { filterSize, paddingMode, stride: [1 + (filterSize % 3), 1 + (filterSize % 4)] });
      const x = randomTensor([2, 2, 33, 40 + filterSize], filterSize);
      const y = await engine.run([blur], x);
      const error = await backwardParity(engine, blur, x, randomTensor(y.shape, 3), tolerances.blurPool2d!.backward!);
      expect(error, `filter of ${filterSize}`).toBeLessThanOrEqual(1);
    }
  });

  it('is split from a filter of 4 on', () => {
    const told = (filterSize: number) => {
      const verdict = engine.judge(stepOf('blurPool2d', { filterSize }), { shape: [1, 1, 64, 64] });
      return verdict.runs ? verdict.how : verdict.why;
    };
    expect(told(3)).toBe('a list of 9 taps, because a blur of 3 is too short to be split into passes');
    expect(told(4)).toBe('two passes of 4 taps, because the blur is a column times a row');
  });
});
