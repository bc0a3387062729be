import { describe, expect, it } from 'vitest';
import { runningStatistics } from '../../src/core/ops/batchNorm';
import { maxPool2dIndices } from '../../src/core/ops/maxPool2d';
import { tensor } from '../../src/core/tensor';
import { conv, counting, gradients, numbers, row, run } from './run';

const nan = Number.NaN;
const inf = Number.POSITIVE_INFINITY;

describe('convolution', () => {
  const weigh = tensor([1, 1, 1, 3], [1, 10, 100]);
  const zeroToFive = row(0, 1, 2, 3, 4, 5);
  it('with stride 2 shifts the picture between SAME_UPPER and padding 1', () => {
    expect(numbers(run('conv2d', conv(zeroToFive, weigh), { stride: [1, 2], padding: [0, 0, 0, 1] }))).toEqual([210, 432, 54]);
    expect(numbers(run('conv2d', conv(zeroToFive, weigh), { stride: [1, 2], padding: [0, 0, 1, 1] }))).toEqual([100, 321, 543]);
  });
  it('pads each side on its own: top, bottom, left, right', () => {
    const y = run('conv2d', conv(counting(2, 2), tensor([1, 1, 1, 1], [1])), { padding: [1, 0, 0, 2] });
    expect(y.shape).toEqual([1, 1, 3, 4]);
    expect(numbers(y)).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 2, 3, 0, 0]);
  });
  it('of a window on padding alone is the bias', () => {
    const y = run('conv2d', conv(row(5), tensor([1, 1, 1, 1], [2]), [7]), { padding: [0, 0, 3, 0] });
    expect(numbers(y)).toEqual([7, 7, 7, 17]);
  });
  it('with a huge stride reads one window', () => {
    expect(numbers(run('conv2d', conv(counting(9, 9), tensor([1, 1, 1, 1], [1])), { stride: 1024 }))).toEqual([0]);
  });
  it('carries NaN and Infinity to the windows that read them, and only there', () => {
    const x = row(1, nan, 1, 1, inf, 1, 1);
    expect(numbers(run('conv2d', conv(x, tensor([1, 1, 1, 2], [1, 1]))))).toEqual([nan, nan, 2, inf, inf, 2]);
  });
  it('of an empty batch is empty', () => {
    const y = run('conv2d', conv(tensor([0, 1, 3, 3], []), tensor([1, 1, 2, 2], [1, 1, 1, 1])));
    expect(y.shape).toEqual([0, 1, 2, 2]);
  });
  it('adds overlapping gradients, and bias gradients count the outputs', () => {
    const found = gradients('conv2d', conv(row(1, 2, 3, 4), tensor([1, 1, 1, 3], [1, 10, 100])));
    expect(found).toEqual({ x: [1, 11, 110, 100], weight: [3, 5, 7], bias: [2] });
  });
  it.each([
    [{ padding: 4, paddingMode: 'reflect' }, 'conv2d: reflect padding of a picture 4 high may be at most 3, received 4'],
    [{ padding: [0, 5], paddingMode: 'circular' }, 'conv2d: circular padding of a picture 4 wide may be at most 4, received 5'],
    [{ groups: 3 }, 'conv2d: groups must divide the 1 channels of the input, received 3'],
    [{ dilation: 3 }, 'conv2d: a 3 × 3 window with dilation 3 spans 7 pixels, but the padded input is 4 × 4'],
  ])('refuses %j in words', (raw, sentence) => {
    const inputs = conv(counting(4, 4), tensor([1, 1, 3, 3], new Array<number>(9).fill(1)));
    expect(() => run('conv2d', inputs, raw)).toThrow(new RangeError(sentence));
  });
  it('accepts a reflection up to one less than the picture, and a wrap once round', () => {
    const inputs = conv(counting(4, 4), tensor([1, 1, 1, 1], [1]));
    expect(run('conv2d', inputs, { padding: 3, paddingMode: 'reflect' }).shape).toEqual([1, 1, 10, 10]);
    expect(run('conv2d', inputs, { padding: 4, paddingMode: 'circular' }).shape).toEqual([1, 1, 12, 12]);
    expect(run('conv2d', inputs, { padding: 40, paddingMode: 'replicate' }).shape).toEqual([1, 1, 84, 84]);
  });
  it('refuses kernels and biases of a wrong shape with both numbers', () => {
    const x = counting(4, 4);
    expect(() => run('conv2d', conv(x, tensor([1, 2, 1, 1], [1, 1])))).toThrow('a kernel must read 1 channels, received 2');
    expect(() => run('conv2d', conv(x, tensor([1, 1, 1, 1], [1]), [1, 2]))).toThrow(
      'expected one bias for each of 1 outputs, received [2]',
    );
    expect(() => run('conv2d', conv(tensor([4, 4], new Array<number>(16).fill(0)), tensor([1, 1, 1, 1], [1])))).toThrow(
      'expected a picture [N, C, H, W] with at least one channel and pixel, received [4, 4]',
    );
    expect(() => run('conv2d', conv(tensor([1, 1, 0, 4], []), tensor([1, 1, 1, 1], [1])))).toThrow('received [1, 1, 0, 4]');
  });
});

describe('max-pool', () => {
  it('lets the first of equal values win, and NaN over everything', () => {
    const x = row(3, 3, 1, nan, 5, 5);
    expect(numbers(run('maxPool2d', { x }, { kernelSize: [1, 2] }))).toEqual([3, nan, 5]);
    expect(numbers(maxPool2dIndices(x, { kernelSize: [1, 2] }))).toEqual([0, 3, 4]);
  });
  it('counts indices over one plane, padding left out', () => {
    const x = tensor([1, 2, 2, 2], [1, 2, 3, 4, 8, 7, 6, 5]);
    expect(numbers(maxPool2dIndices(x, { kernelSize: 2 }))).toEqual([3, 0]);
    expect(numbers(maxPool2dIndices(x, { kernelSize: 2, stride: 1, padding: 1 }))).toEqual([
      0, 1, 1, 2, 3, 3, 2, 3, 3, 0, 0, 1, 0, 0, 1, 2, 2, 3,
    ]);
  });
  it('adds gradients of overlapping windows', () => {
    expect(gradients('maxPool2d', { x: row(1, 5, 1, 2) }, { kernelSize: [1, 2], stride: 1 }).x).toEqual([0, 2, 0, 1]);
  });
  it('keeps −∞, and gives its gradient to the first pixel', () => {
    const x = row(-inf, -inf);
    expect(numbers(run('maxPool2d', { x }, { kernelSize: [1, 2] }))).toEqual([-inf]);
    expect(gradients('maxPool2d', { x }, { kernelSize: [1, 2] }).x).toEqual([1, 0]);
  });
  it('of a dilated window on padding alone is −∞, without index or gradient', () => {
    const [x, raw] = [row(9), { kernelSize: [1, 2], dilation: [1, 4], padding: [0, 1], stride: 4, ceilMode: true }];
    expect(numbers(run('maxPool2d', { x }, raw))).toEqual([-inf]);
    expect(numbers(maxPool2dIndices(x, raw))).toEqual([-1]);
    expect(gradients('maxPool2d', { x }, raw).x).toEqual([0]);
  });
  it('of one pixel is that pixel, of an empty batch empty', () => {
    expect(numbers(run('maxPool2d', { x: row(4) }, { kernelSize: 1 }))).toEqual([4]);
    expect(run('maxPool2d', { x: tensor([0, 3, 4, 4], []) }).shape).toEqual([0, 3, 2, 2]);
  });
  it('refuses padding of more than half of the kernel, as torch does', () => {
    expect(() => run('maxPool2d', { x: counting(8, 8) }, { kernelSize: 3, padding: 2, dilation: 2 })).toThrow(
      new RangeError('maxPool2d: padding may be at most half of the kernel, 1 for one 3 high, received 2'),
    );
  });
});

describe('average-pool', () => {
  it('of 7 × 7 with a window of 2, stride 3 and ceil mode ends in 4, 7, 9.5', () => {
    const y = run('avgPool2d', { x: counting(7, 7) }, { kernelSize: 2, stride: 3, ceilMode: true });
    expect(numbers(y).slice(0, 3)).toEqual([4, 7, 9.5]);
  });
  it('hangs over on one side only: 0 to 4 with a window of 3 and stride 4 gives 1 and 4', () => {
    expect(numbers(run('avgPool2d', { x: row(0, 1, 2, 3, 4) }, { kernelSize: [1, 3], stride: 4, ceilMode: true }))).toEqual([
      1, 4,
    ]);
  });
  it('shares the gradient among counted pixels', () => {
    expect(gradients('avgPool2d', { x: row(1, 2, 3, 4) }, { kernelSize: [1, 2] }).x).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(gradients('avgPool2d', { x: row(1, 2) }, { kernelSize: [1, 2], divisorOverride: 1 }).x).toEqual([1, 1]);
  });
  it('lets NaN spoil its own window only', () => {
    expect(numbers(run('avgPool2d', { x: row(nan, 1, 2, 4) }, { kernelSize: [1, 2] }))).toEqual([nan, 3]);
  });
});

describe('resampling', () => {
  const four = row(0, 1, 2, 3);
  it('from 4 to 3 reads 0 1 2 in nearest and 0 2 3 in nearest-exact', () => {
    expect(numbers(run('interpolate', { x: four }, { size: [1, 3], mode: 'nearest' }))).toEqual([0, 1, 2]);
    expect(numbers(run('interpolate', { x: four }, { size: [1, 3], mode: 'nearest-exact' }))).toEqual([0, 2, 3]);
  });
  it('of 0 to 9 to one pixel is 4.5 in bilinear', () => {
    expect(numbers(run('interpolate', { x: row(0, 1, 2, 3, 4, 5, 6, 7, 8, 9) }, { size: 1, mode: 'bilinear' }))).toEqual([4.5]);
  });
  it('keeps a straight line straight between the borders in bilinear', () => {
    const y = numbers(run('interpolate', { x: row(0, 1, 2, 3, 4, 5) }, { scaleFactor: [1, 2], mode: 'bilinear' }));
    for (let j = 1; j < 11; j++) expect(y[j]).toBeCloseTo((j + 0.5) / 2 - 0.5, 12);
  });
  it('keeps a flat picture flat in every mode, larger and smaller, with and without antialiasing', () => {
    const x = tensor([1, 1, 6, 5], new Array<number>(30).fill(0.7));
    for (const mode of ['nearest', 'nearest-exact', 'bilinear', 'bicubic', 'area']) {
      for (const scaleFactor of [0.4, 0.9, 1, 1.7, 3]) {
        for (const antialias of mode.startsWith('bi') ? [false, true] : [false]) {
          for (const v of numbers(run('interpolate', { x }, { scaleFactor, mode, antialias }))) expect(v).toBeCloseTo(0.7, 12);
        }
      }
    }
  });
  it('to its own size is the identity', () => {
    const x = counting(3, 4);
    for (const mode of ['nearest', 'nearest-exact', 'bilinear', 'bicubic', 'area']) {
      expect(numbers(run('interpolate', { x }, { scaleFactor: 1, mode }))).toEqual(numbers(x));
    }
  });
  it('of one pixel repeats it', () => {
    for (const mode of ['nearest', 'nearest-exact', 'bilinear', 'bicubic', 'area']) {
      expect(numbers(run('interpolate', { x: row(3) }, { size: [2, 2], mode }))).toEqual([3, 3, 3, 3]);
    }
  });
  it('copies an axis that keeps its length, whatever the scale, and doubles by halving the index', () => {
    const x = row(5, 1, 4);
    for (const mode of ['nearest', 'bilinear'])
      expect(numbers(run('interpolate', { x }, { scaleFactor: 1.3, mode }))).toEqual([5, 1, 4]);
    expect(numbers(run('interpolate', { x }, { scaleFactor: [1, 2.3], mode: 'nearest' }))).toEqual([5, 5, 1, 1, 4, 4]);
  });
  it('one pixel wide and antialiased repeats its first row, as torch 2.13 does on the CPU', () => {
    const y = numbers(run('interpolate', { x: counting(8, 2) }, { size: [4, 1], mode: 'bilinear', antialias: true }));
    expect(new Set(y).size).toBe(1);
  });
  it('refuses a result without pixels, and options that a mode has not', () => {
    expect(() => run('interpolate', { x: four }, { scaleFactor: 0.2 })).toThrow(
      new RangeError('interpolate: the result must be at least 1 × 1, but 4 × 1 scaled by 0.2 × 0.2 is 0 × 0'),
    );
    expect(() => run('interpolate', { x: four }, { alignCorners: true })).toThrow(
      new RangeError('interpolate: aligned corners work with bilinear, bicubic and lanczos, received nearest'),
    );
    expect(() => run('interpolate', { x: four }, { mode: 'area', antialias: true })).toThrow('received area');
  });
});

describe('activations', () => {
  it('keep NaN', () => {
    for (const name of ['relu', 'leakyRelu', 'sigmoid']) expect(numbers(run(name, { x: row(nan) }))).toEqual([nan]);
  });
  it('reach their limits', () => {
    expect(numbers(run('relu', { x: row(-inf, inf) }))).toEqual([0, inf]);
    expect(numbers(run('leakyRelu', { x: row(-inf, inf) }))).toEqual([-inf, inf]);
    expect(numbers(run('sigmoid', { x: row(-800, 800) }))).toEqual([0, 1]);
  });
  it('turn −0 into 0 in ReLU and keep it in Leaky ReLU', () => {
    expect(Object.is(run('relu', { x: row(-0) }).data[0], 0)).toBe(true);
    expect(Object.is(run('leakyRelu', { x: row(-0) }).data[0], -0)).toBe(true);
  });
  it('have at 0 the slopes that torch takes: 0, 0.01 and 1/4', () => {
    expect(gradients('relu', { x: row(0) }).x).toEqual([0]);
    expect(gradients('leakyRelu', { x: row(0) }).x).toEqual([0.01]);
    expect(gradients('sigmoid', { x: row(0) }).x).toEqual([0.25]);
  });
  it('take tensors without values and of any shape', () => {
    expect(run('relu', { x: tensor([0], []) }).shape).toEqual([0]);
    expect(run('sigmoid', { x: tensor([2, 0, 3], []) }).shape).toEqual([2, 0, 3]);
  });
});

describe('batch norm', () => {
  const channel = (x: readonly number[]) => ({
    x: tensor([1, 1, 1, x.length], x),
    weight: tensor([1], [1]),
    bias: tensor([1], [0]),
    runningMean: tensor([1], [0]),
    runningVar: tensor([1], [1]),
  });
  it('finds a variance of 1/4 on top of a hundred million', () => {
    expect(numbers(run('batchNorm', channel([1e8, 1e8 + 1, 1e8, 1e8 + 1]), { training: true, eps: 0 }))).toEqual([-1, 1, -1, 1]);
  });
  it('moves running statistics by the momentum, with the unbiased variance', () => {
    const { mean, variance } = runningStatistics(channel([0, 2]), { training: true, momentum: 0.1 });
    expect(mean.data[0]).toBeCloseTo(0.1, 15);
    expect(variance.data[0]).toBeCloseTo(0.9 + 0.1 * 2, 15);
  });
  it('leaves running statistics alone when not training, and for an empty batch', () => {
    expect(runningStatistics(channel([5, 7]), { training: false, momentum: 0.1 }).mean.data[0]).toBe(0);
    const empty = { ...channel([]), x: tensor([0, 1, 1, 2], []) };
    expect(runningStatistics(empty, { training: true, momentum: 0.1 }).variance.data[0]).toBe(1);
    expect(run('batchNorm', empty, { training: true }).shape).toEqual([0, 1, 1, 2]);
  });
  it('of a flat channel is the shift, thanks to epsilon', () => {
    expect(numbers(run('batchNorm', { ...channel([3, 3]), bias: tensor([1], [0.5]) }, { training: true }))).toEqual([0.5, 0.5]);
  });
  it('refuses to train on a single value, and weights of a wrong length', () => {
    expect(() => run('batchNorm', channel([1]), { training: true })).toThrow(
      new RangeError('batchNorm: training needs more than one value in each channel, received 1'),
    );
    expect(() => run('batchNorm', { ...channel([1, 2]), bias: tensor([2], [0, 0]) })).toThrow(
      new RangeError('batchNorm: expected bias with one number for each of 1 channels, received [2]'),
    );
  });
});
