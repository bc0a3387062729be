import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paddingBy, samePadding } from '../../src/core/same';
import { tensor } from '../../src/core/tensor';
import { conv, counting, gradients, numbers, row, run } from './run';

const nan = Number.NaN;

describe('padding by rule', () => {
  const along = (length: number, kernel: number, stride: number, dilation = 1) => ({ length, kernel, stride, dilation });
  it('same (upper) puts the odd position at the end, same (lower) at the start', () => {
    expect(samePadding(along(6, 3, 2), 'upper')).toEqual([0, 1]);
    expect(samePadding(along(6, 3, 2), 'lower')).toEqual([1, 0]);
    expect(paddingBy('valid', along(6, 3, 2), along(6, 3, 2))).toEqual([0, 0, 0, 0]);
    expect(paddingBy('same-lower', along(6, 3, 2), along(5, 3, 1))).toEqual([1, 0, 1, 1]);
  });
  it('same makes as many outputs as the stride fits into the length, seed 41', () => {
    const small = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(small, small, small, fc.integer({ min: 1, max: 4 }), fc.boolean(), (length, kernel, stride, dilation, up) => {
        const padding = paddingBy(up ? 'same-upper' : 'same-lower', along(1, 1, 1), along(length, kernel, stride, dilation));
        const inputs = conv(
          tensor([1, 1, 1, length], new Array<number>(length).fill(1)),
          tensor([1, 1, 1, kernel], new Array<number>(kernel).fill(1)),
        );
        const y = run('conv2d', inputs, { padding, stride: [1, stride], dilation: [1, dilation] });
        expect(y.shape[3]).toBe(Math.ceil(length / stride));
      }),
      { seed: 41 },
    );
  });
  it('6 positions, kernel 3, stride 2: the classic shift between upper and lower', () => {
    const inputs = conv(row(0, 1, 2, 3, 4, 5), tensor([1, 1, 1, 3], [1, 10, 100]));
    const by = (rule: 'same-upper' | 'same-lower') =>
      numbers(run('conv2d', inputs, { stride: [1, 2], padding: paddingBy(rule, along(1, 1, 1), along(6, 3, 2)) }));
    expect(by('same-upper')).toEqual([210, 432, 54]);
    expect(by('same-lower')).toEqual([100, 321, 543]);
  });
});

describe('a flipped kernel', () => {
  it('is the kernel turned half round, values and gradients', () => {
    const x = counting(4, 5);
    const kernel = [1, 2, 3, 4, 5, 6];
    const turned = conv(x, tensor([1, 1, 2, 3], kernel.toReversed()));
    expect(numbers(run('conv2d', conv(x, tensor([1, 1, 2, 3], kernel)), { flip: true }))).toEqual(numbers(run('conv2d', turned)));
    expect(gradients('conv2d', conv(x, tensor([1, 1, 2, 3], kernel)), { flip: true }).weight).toEqual(
      gradients('conv2d', turned).weight?.toReversed(),
    );
  });
});

describe('transposed convolution', () => {
  it('is the gradient of the convolution with the same weights, seed 42', () => {
    const small = fc.integer({ min: 1, max: 3 });
    fc.assert(
      fc.property(small, small, small, small, fc.integer({ min: 0, max: 2 }), (size, kernel, stride, dilation, padding) => {
        const length = (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1;
        fc.pre(length >= 1);
        const weight = tensor(
          [2, 3, kernel, kernel],
          Array.from({ length: 6 * kernel * kernel }, (_, i) => Math.sin(i + 1)),
        );
        const given = Array.from({ length: 2 * size * size }, (_, i) => Math.cos(i));
        const x = tensor([1, 3, length, length], new Array<number>(3 * length * length).fill(0));
        const params = { stride, padding, dilation };
        const expected = gradients('conv2d', conv(x, weight), { ...params, padding: [padding, padding] }, given).x;
        const bias = tensor([3], [0, 0, 0]);
        const y = run('convTranspose2d', { x: tensor([1, 2, size, size], given), weight, bias }, params);
        expect(y.shape).toEqual([1, 3, length, length]);
        for (const [i, v] of y.data.entries()) expect(v).toBeCloseTo(expected![i]!, 10);
      }),
      { seed: 42 },
    );
  });
  it('with kernel 3 and stride 2 overlaps unevenly, with kernel 4 evenly', () => {
    const ones = (n: number) => new Array<number>(n).fill(1);
    const over = (kernel: number) =>
      numbers(run('convTranspose2d', conv(row(1, 1, 1, 1), tensor([1, 1, 1, kernel], ones(kernel))), { stride: [1, 2] }));
    expect(over(3)).toEqual([1, 1, 2, 1, 2, 1, 2, 1, 1]);
    expect(over(4).slice(2, -2)).toEqual([2, 2, 2, 2, 2, 2]);
  });
  it('refuses output padding as large as stride and dilation, and a result that padding swallows', () => {
    const inputs = conv(row(1, 2), tensor([1, 1, 1, 1], [1]));
    expect(() => run('convTranspose2d', inputs, { stride: 2, outputPadding: 2 })).toThrow('at most 1, received 2');
    expect(() => run('convTranspose2d', inputs, { padding: 1 })).toThrow('but padding cuts it to 0 × −1');
  });
});

/** Resampling by the book: a sinc under a wider sinc, as wide as the shrinking, normalised inside of the picture. */
function lanczosLine(values: readonly number[], output: number): number[] {
  const sinc = (t: number) => (t === 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t));
  const scale = values.length / output;
  const wide = Math.max(1, scale);
  return Array.from({ length: output }, (_, i) => {
    let [sum, total] = [0, 0];
    for (const [k, v] of values.entries()) {
      const t = (k + 0.5 - (i + 0.5) * scale) / wide;
      if (Math.abs(t) >= 3) continue;
      sum += v * sinc(t) * sinc(t / 3);
      total += sinc(t) * sinc(t / 3);
    }
    return sum / total;
  });
}

describe('Lanczos', () => {
  it.each([5, 8, 13, 20, 31])('makes %s of 13 pixels as the formula does', (output) => {
    const values = Array.from({ length: 13 }, (_, i) => Math.sin(i * i));
    const y = run('interpolate', { x: row(...values) }, { size: [1, output], mode: 'lanczos' });
    for (const [i, v] of lanczosLine(values, output).entries()) expect(y.data[i]!).toBeCloseTo(v, 10);
  });
  it('needs no switch for antialiasing, as torch knows it with antialiasing only', () => {
    const x = counting(9, 9);
    const params = { size: [4, 4], mode: 'lanczos' };
    expect(numbers(run('interpolate', { x }, params))).toEqual(
      numbers(run('interpolate', { x }, { ...params, antialias: true })),
    );
  });
});

describe('shuffles, slices and nails', () => {
  it('unshuffling undoes shuffling, bit for bit', () => {
    const x = tensor(
      [2, 9, 2, 3],
      Array.from({ length: 108 }, (_, i) => (i === 5 ? -0 : i === 7 ? nan : Math.sin(i))),
    );
    const back = run('pixelUnshuffle', { x: run('pixelShuffle', { x }, { upscaleFactor: 3 }) }, { downscaleFactor: 3 });
    expect(back.shape).toEqual(x.shape);
    expect(numbers(back)).toEqual(numbers(x));
  });
  it('shuffling repeated channels is nearest upsampling', () => {
    const x = tensor(
      [1, 3, 2, 2],
      Array.from({ length: 12 }, (_, i) => i),
    );
    const shuffled = run('pixelShuffle', { x }, { upscaleFactor: 2, repeat: true });
    expect(numbers(shuffled)).toEqual(numbers(run('interpolate', { x }, { scaleFactor: 2 })));
  });
  it('slicing takes the nails out of their bed', () => {
    const x = row(1, -0, nan, 4);
    const bed = run('zeroInsert', { x }, { stride: 3 });
    expect(bed.shape).toEqual([1, 1, 3, 12]);
    expect(numbers(run('stridedSlice', { x: bed }, { stride: 3 }))).toEqual([1, -0, nan, 4]);
  });
  it('refuse what does not fit, in words', () => {
    expect(() => run('pixelShuffle', { x: tensor([1, 3, 1, 1], [1, 2, 3]) })).toThrow(
      'pixelShuffle: a factor of 2 needs a multiple of 4 channels, but the input has 3',
    );
    expect(() => run('pixelUnshuffle', { x: counting(4, 5) })).toThrow(
      'pixelUnshuffle: expected sides that 2 divides, received 5 × 4',
    );
    expect(() => run('stridedSlice', { x: counting(4, 5) }, { start: [0, 5] })).toThrow('received column 5 and row 0');
    expect(() => run('pad', { x: counting(4, 5) }, { padding: [0, 0, -3, -2] })).toThrow('pad: at least one pixel must stay');
    expect(() => run('pad', { x: counting(4, 5) }, { padding: 4, mode: 'reflect' })).toThrow('may be at most 3, received 4');
    expect(() => run('pickChannels', { x: counting(1, 1) }, { first: 1 })).toThrow('pickChannels: the input has channels 0 to 0');
    expect(() => run('grey', { x: counting(2, 2) })).toThrow(
      'grey: bt601 needs red, green and blue, but the input has 1 channels',
    );
  });
});

describe('blur-pool', () => {
  it('is a padded binomial convolution, sliced', () => {
    const x = counting(6, 7);
    const line = [1, 4, 6, 4, 1].map((v) => v / 16);
    const weight = tensor(
      [1, 1, 5, 5],
      line.flatMap((a) => line.map((b) => a * b)),
    );
    const blurred = run('conv2d', conv(x, weight), { padding: 2, paddingMode: 'reflect' });
    const sliced = run('stridedSlice', { x: blurred }, { stride: [2, 3] });
    const y = run('blurPool2d', { x }, { filterSize: 5, stride: [2, 3] });
    expect(y.shape).toEqual(sliced.shape);
    for (const [i, v] of y.data.entries()) expect(v).toBeCloseTo(sliced.data[i]!, 10);
  });
});

describe('linear', () => {
  it('over the channels is the 1 × 1 mix and the 1 × 1 convolution', () => {
    const x = tensor(
      [2, 3, 2, 2],
      Array.from({ length: 24 }, (_, i) => Math.sin(i)),
    );
    const [weight, bias] = [tensor([2, 3], [1, 2, 3, 4, 5, 6]), tensor([2], [0.5, -1])];
    const y = numbers(run('linear', { x, weight, bias }, { over: 'channels' }));
    const other = run('conv2d', { x, weight: tensor([2, 3, 1, 1], weight.data), bias });
    expect(y).toEqual(numbers(run('mix1x1', { x, weight, bias })));
    for (const [i, v] of y.entries()) expect(v).toBeCloseTo(other.data[i]!, 12);
  });
  it('refuses a matrix whose columns are not the inputs', () => {
    const bias = tensor([1], [0]);
    expect(() => run('linear', { x: row(1, 2), weight: tensor([1, 3], [1, 1, 1]), bias })).toThrow(
      'linear: expected a column of weights for each of 2 inputs, received 3 columns',
    );
  });
});
