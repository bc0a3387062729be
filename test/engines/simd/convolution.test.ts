import { describe, expect, it } from 'vitest';
import type { Prepared } from '../../../src/engines/engine';
import { openGuarded, parity, randomTensor, stepOf } from './engine';

const engine = await openGuarded();

/** Roundings of a float32 sum of products of values in ±1 grow as their number; the worst of a picture. */
const plain = (products: number) => ({ atol: (16 + 0.75 * products) * 2 ** -24, rtol: 2e-7 });
/** Winograd's transforms add and subtract multiples of up to 8: 1.7e-6 of the root mean square of the sums; the worst of a picture is twenty times that. */
const winograd = (products: number) => ({ atol: 1.1e-5 * Math.sqrt(products), rtol: 0 });

/** A convolution with random weights. */
function conv(
  channels: number,
  outputs: number,
  [kh, kw]: readonly [number, number],
  params: Readonly<Record<string, unknown>> = {},
): Prepared {
  const groups = typeof params.groups === 'number' ? params.groups : 1;
  return stepOf('conv2d', params, {
    weight: randomTensor([outputs, channels / groups, kh, kw], channels + 31 * outputs + kh),
    bias: randomTensor([outputs], outputs),
  });
}
const same = { padding: [1, 1, 1, 1] };
const modes = ['zeros', 'reflect', 'replicate', 'circular'];

describe('convolution by lists of taps', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 9])('agrees with the reference for %i outputs and every tail length', async (outputs) => {
    for (let w = 1; w <= 37; w++) {
      const x = randomTensor([1, 3, 3, w], w);
      expect(await parity(engine, conv(3, outputs, [3, 3], same), x, plain(27)), `${w} wide`).toBeLessThanOrEqual(1);
      expect(await parity(engine, conv(3, outputs, [1, 1]), x, plain(3)), `1 × 1, ${w} wide`).toBeLessThanOrEqual(1);
    }
  });
  it.each(modes)('pads every side by itself: %s', async (paddingMode) => {
    for (const stride of [
      [1, 1],
      [2, 2],
      [1, 3],
      [3, 4],
    ]) {
      const step = conv(4, 6, [4, 5], { padding: [3, 1, 2, 4], paddingMode, stride });
      expect(await parity(engine, step, randomTensor([2, 4, 11, 23], 5), plain(80)), `stride ${stride}`).toBeLessThanOrEqual(1);
    }
  });
  it('dilates, near and far', async () => {
    for (const dilation of [
      [2, 3],
      [7, 1],
      [1, 40],
      [30, 70],
    ]) {
      for (const stride of [1, 2, 3]) {
        const padding = [dilation[0], dilation[0], dilation[1], dilation[1]];
        const step = conv(2, 5, [3, 3], { dilation, padding, stride: [stride, stride] });
        expect(await parity(engine, step, randomTensor([1, 2, 41, 150], 6), plain(18)), `${dilation}`).toBeLessThanOrEqual(1);
      }
    }
  });
  it('skips pixels that a long stride leaves out', async () => {
    for (const stride of [
      [5, 7],
      [40, 1],
      [1, 64],
    ]) {
      const step = conv(3, 4, [2, 3], { stride });
      expect(await parity(engine, step, randomTensor([1, 3, 83, 90], 7), plain(18)), `${stride}`).toBeLessThanOrEqual(1);
    }
  });
  it('keeps groups apart, flipped or not', async () => {
    for (const flip of [false, true]) {
      const step = conv(12, 15, [3, 2], { groups: 3, flip, padding: [1, 0, 1, 1] });
      expect(await parity(engine, step, randomTensor([2, 12, 9, 30], 8), plain(24))).toBeLessThanOrEqual(1);
    }
  });
  it('adds up many channels in parts', async () => {
    for (const [channels, outputs, side] of [
      [200, 8, 3],
      [130, 6, 5],
      [600, 5, 1],
    ] as const) {
      const step = conv(channels, outputs, [side, side], { padding: [1, 1, 1, 1] });
      for (const w of [6, 45]) {
        const x = randomTensor([1, channels, 7, w], 9);
        expect(await parity(engine, step, x, plain(channels * side * side), true), `${channels} channels`).toBeLessThanOrEqual(1);
      }
    }
  });
  it('adds up the rows of a large kernel in parts', async () => {
    const step = conv(2, 4, [33, 31], { padding: [16, 16, 15, 15] });
    expect(await parity(engine, step, randomTensor([1, 2, 20, 50], 10), plain(2 * 33 * 31))).toBeLessThanOrEqual(1);
    const huge = conv(2, 2, [255, 255], { padding: [127, 127, 127, 127] });
    expect(await parity(engine, huge, randomTensor([1, 2, 5, 9], 11), plain(2 * 5 * 9))).toBeLessThanOrEqual(1);
  });
  it('takes rows of narrow pictures together', async () => {
    for (let w = 1; w <= 23; w++) {
      const x = randomTensor([1, 8, 14, w], w);
      expect(await parity(engine, conv(8, 16, [3, 3], same), x, plain(72), true), `${w} wide`).toBeLessThanOrEqual(1);
    }
  });
  it('takes tiles of wide pictures, and stores a last narrow one', async () => {
    for (const w of [200, 201, 207, 333]) {
      const x = randomTensor([1, 32, 6, w], w);
      expect(await parity(engine, conv(32, 5, [3, 3], same), x, plain(288), true), `${w} wide`).toBeLessThanOrEqual(1);
    }
  });
  it('filters a picture of 300 × 200', async () => {
    const x = randomTensor([1, 3, 200, 300], 12);
    expect(await parity(engine, conv(3, 8, [5, 5], { padding: [2, 2, 2, 2] }), x, plain(75))).toBeLessThanOrEqual(1);
    const half = conv(3, 8, [5, 5], { padding: [2, 2, 2, 2], stride: [2, 2] });
    expect(await parity(engine, half, x, plain(75))).toBeLessThanOrEqual(1);
  });
  it('lets NaN and infinities reach the windows that read them, and no others', async () => {
    const x = randomTensor([1, 3, 9, 40], 13);
    x.data.set([Number.NaN, Number.POSITIVE_INFINITY], 3 * 40 + 17);
    x.data[1000] = Number.NEGATIVE_INFINITY;
    expect(await parity(engine, conv(3, 7, [3, 3], same), x, plain(27))).toBeLessThanOrEqual(1);
  });
  it('takes four and more outputs of one channel together', async () => {
    for (const outputs of [4, 7, 16]) {
      const step = conv(1, outputs, [3, 5], { padding: [1, 1, 2, 2] });
      expect(engine.judge(step, { shape: [1, 1, 9, 30] })).toEqual({
        runs: true,
        how: expect.stringMatching(/for every output/),
      });
      expect(await parity(engine, step, randomTensor([2, 1, 9, 30], outputs), plain(15))).toBeLessThanOrEqual(1);
    }
  });
  it('says how many taps, and why', () => {
    const how = (step: Prepared, exact = false) => engine.judge(step, { shape: [1, 16, 20, 20] }, { exact });
    expect(how(conv(16, 8, [5, 5]))).toEqual({ runs: true, how: expect.stringMatching(/400 taps.*not 5 × 5/) });
    expect(how(conv(16, 8, [3, 3]))).toEqual({ runs: true, how: expect.stringMatching(/16 channels and 8 outputs/) });
    expect(how(conv(16, 16, [3, 3], { dilation: [1, 2] }))).toEqual({ runs: true, how: expect.stringMatching(/gaps/) });
    expect(how(conv(16, 16, [3, 3]), true)).toEqual({ runs: true, how: expect.stringMatching(/plain/) });
    expect(how(conv(16, 16, [1, 1]))).toEqual({ runs: true, how: expect.stringMatching(/16 planes/) });
  });
});

describe('convolution by Winograd', () => {
  it('is chosen for many channels, and not where the sum must be plain', () => {
    const step = conv(16, 16, [3, 3], same);
    const x = { shape: [1, 16, 64, 64] };
    expect(engine.judge(step, x)).toEqual({ runs: true, how: expect.stringMatching(/^Winograd.*16/) });
    expect(engine.judge(step, x, { exact: true })).toEqual({ runs: true, how: expect.not.stringMatching(/^Winograd/) });
    expect(engine.judge(conv(16, 16, [3, 3], { ...same, stride: [1, 2] }), x)).toEqual({
      runs: true,
      how: expect.not.stringMatching(/^Winograd/),
    });
  });
  it.each(modes)('agrees with the reference at every width, %s', async (paddingMode) => {
    for (let w = 29; w <= 50; w++) {
      const step = conv(16, 12 + (w % 8), [3, 3], { padding: [1, 2, 2, 1], paddingMode });
      const x = randomTensor([1, 16, 8 + (w % 5), w], w);
      expect(engine.judge(step, x)).toEqual({ runs: true, how: expect.stringMatching(/^Winograd/) });
      expect(await parity(engine, step, x, winograd(144)), `${w} wide`).toBeLessThanOrEqual(1);
    }
  });
  it('takes several rows of a narrow picture together', async () => {
    for (let w = 9; w <= 20; w++) {
      const [step, x] = [conv(16, 12 + (w % 4), [3, 3], same), randomTensor([1, 16, 110 + w, w], w)];
      expect(engine.judge(step, x)).toEqual({ runs: true, how: expect.stringMatching(/^Winograd/) });
      expect(await parity(engine, step, x, winograd(144)), `${w} wide`).toBeLessThanOrEqual(1);
    }
  });
  it('takes no padding, much padding, batches, groups and flipped kernels', async () => {
    for (const params of [{}, { padding: [9, 0, 20, 3] }, { groups: 2, flip: true, ...same }]) {
      const step = conv(32, 24, [3, 3], params);
      expect(await parity(engine, step, randomTensor([2, 32, 18, 34], 14), winograd(288))).toBeLessThanOrEqual(1);
    }
  });
  it('takes a picture of 300 × 200 and 64 channels', async () => {
    expect(
      await parity(engine, conv(16, 16, [3, 3], same), randomTensor([1, 16, 100, 300], 15), winograd(144)),
    ).toBeLessThanOrEqual(1);
    expect(
      await parity(engine, conv(64, 65, [3, 3], same), randomTensor([1, 64, 30, 33], 16), winograd(576)),
    ).toBeLessThanOrEqual(1);
  });
  it('takes so many channels that hardly any pixels of all of them fit in the cache', async () => {
    const [step, x] = [conv(512, 16, [3, 3], same), randomTensor([1, 512, 17, 33], 19)];
    // The tolerance is for fewer channels: most are empty.
    for (let c = 0; c < 512; c++) if (c % 7 !== 3) x.data.fill(0, c * 17 * 33, (c + 1) * 17 * 33);
    expect(engine.judge(step, x)).toEqual({ runs: true, how: expect.stringMatching(/^Winograd/) });
    expect(await parity(engine, step, x, winograd(4608))).toBeLessThanOrEqual(1);
  });
  it('agrees where a row of tiles is so much work that it is made in parts, which a following step may map', async () => {
    const [step, x] = [conv(72, 72, [3, 3], same), randomTensor([1, 72, 6, 1001], 16)];
    expect(await parity(engine, step, x, winograd(648))).toBeLessThanOrEqual(1);
    const [both, first] = [await engine.run([step, stepOf('relu')], x), await engine.run([step], x)];
    expect(both.data).toEqual(first.data.map((v) => Math.max(v, 0)));
  });
  it('keeps NaN and infinities to the windows that read them', async () => {
    const x = randomTensor([2, 16, 23, 45], 18);
    x.data[5000] = Number.NaN;
    x.data[9003] = Number.POSITIVE_INFINITY;
    x.data[20000] = Number.NEGATIVE_INFINITY;
    x.data[0] = Number.NEGATIVE_INFINITY;
    for (const paddingMode of ['zeros', 'replicate'])
      for (const params of [
        { ...same, paddingMode },
        { ...same, paddingMode, flip: true },
      ])
        expect(await parity(engine, conv(16, 17, [3, 3], params), x, winograd(144))).toBeLessThanOrEqual(1);
  });
  it('is followed by activations in the same pass', async () => {
    const x = randomTensor([2, 16, 21, 40], 17);
    for (const step of [conv(16, 16, [3, 3], same), conv(16, 6, [3, 3], same), conv(16, 6, [1, 1])]) {
      const [plain, fused] = [await engine.run([step], x), await engine.run([step, stepOf('relu')], x)];
      expect(Array.from(fused.data)).toEqual(Array.from(plain.data, (v) => Math.max(v, 0)));
    }
  });
});
