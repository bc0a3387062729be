import { describe, expect, it } from 'vitest';
import { foldBatchNorm } from '../../src/core/fold';
import { type Tensor, tensor } from '../../src/core/tensor';
import { gradients, numbers, run } from './run';

/** Numbers between −1 and 1 that look random, the same for the same seed. */
const noise = (shape: readonly number[], seed: number): Tensor =>
  tensor(
    shape,
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin((i + 1) * 12.9898 + seed * 78.233)),
  );
const ones = (n: number) => tensor([n], new Array<number>(n).fill(1));
const none = (n: number) => tensor([n], new Array<number>(n).fill(0));
const closeTo = (got: Tensor, expected: Tensor) => {
  expect(got.shape).toEqual(expected.shape);
  for (const [i, v] of got.data.entries()) expect(v).toBeCloseTo(expected.data[i]!, 12);
};

describe('a batch norm folded into the convolution before it', () => {
  it('gives the same picture, with groups and without, seed 4', () => {
    for (const groups of [1, 2]) {
      const conv = { weight: noise([4, 4 / groups, 3, 2], 4), bias: noise([4], 5) };
      const variance = tensor([4], [0.5, 1, 2, 1e-4]);
      const norm = { weight: noise([4], 6), bias: noise([4], 7), runningMean: noise([4], 8), runningVar: variance };
      const x = noise([2, 4, 6, 5], 9);
      const both = run('batchNorm', { x: run('conv2d', { x, ...conv }, { groups }), ...norm }, { eps: 0.01 });
      closeTo(run('conv2d', { x, ...foldBatchNorm(conv, norm, 0.01) }, { groups }), both);
    }
  });
  it('refuses numbers for another count of outputs', () => {
    const norm = { weight: ones(1), bias: ones(1), runningMean: ones(1), runningVar: ones(1) };
    expect(() => foldBatchNorm({ weight: noise([2, 1, 1, 1], 1), bias: ones(2) }, norm)).toThrow(
      new RangeError('foldBatchNorm: expected weight of shape [2], received [1]'),
    );
  });
});

describe('norms', () => {
  const x = noise([1, 4, 3, 5], 1);
  it('of one picture: instance norm is batch norm in training', () => {
    const batch = { x, weight: noise([4], 2), bias: noise([4], 3), runningMean: none(4), runningVar: ones(4) };
    closeTo(run('instanceNorm', { x, weight: batch.weight, bias: batch.bias }), run('batchNorm', batch, { training: true }));
  });
  it('by group: one group is a layer norm, as many as channels an instance norm', () => {
    const inputs = { x, weight: ones(4), bias: none(4) };
    closeTo(run('groupNorm', inputs), run('layerNorm', { x, weight: ones(1), bias: none(1) }));
    closeTo(run('groupNorm', inputs, { numGroups: 4 }), run('instanceNorm', inputs));
  });
  it('find a variance of 1/4 on top of a hundred million', () => {
    const high = tensor([1, 1, 1, 4], [1e8, 1e8 + 1, 1e8, 1e8 + 1]);
    for (const name of ['instanceNorm', 'groupNorm', 'layerNorm'])
      expect(numbers(run(name, { x: high, weight: ones(1), bias: none(1) }, { eps: 0 }))).toEqual([-1, 1, -1, 1]);
  });
  it('of flat values are the shift, thanks to epsilon', () => {
    const flat = tensor([1, 1, 2, 2], [3, 3, 3, 3]);
    for (const name of ['instanceNorm', 'groupNorm', 'layerNorm'])
      expect(numbers(run(name, { x: flat, weight: ones(1), bias: tensor([1], [0.5]) }))).toEqual([0.5, 0.5, 0.5, 0.5]);
  });
  it('spread NaN over the values that share its mean, and no further', () => {
    const bad = tensor([1, 2, 1, 2], [Number.NaN, 1, 1, 3]);
    const y = numbers(run('instanceNorm', { x: bad, weight: ones(2), bias: none(2) }, { eps: 0 }));
    expect(y).toEqual([Number.NaN, Number.NaN, -1, 1]);
  });
  it('take batches without pictures', () => {
    for (const name of ['instanceNorm', 'groupNorm', 'layerNorm', 'localResponseNorm', 'normalizeInput']) {
      const weights = name.startsWith('l') || name === 'normalizeInput' ? 1 : 3;
      const inputs = { x: tensor([0, 3, 2, 2], []), weight: ones(weights), bias: none(weights) };
      expect(run(name, inputs).shape).toEqual([0, 3, 2, 2]);
    }
  });
  it('refuse what torch refuses, with both numbers', () => {
    const single = { x: noise([1, 3, 1, 1], 1), weight: ones(3), bias: none(3) };
    expect(() => run('instanceNorm', single)).toThrow('expected more than one pixel in each channel, received 1 × 1');
    expect(() => run('groupNorm', single, { numGroups: 2 })).toThrow('a number of groups that divides 3 channels, received 2');
    expect(() => run('groupNorm', single, { numGroups: 3 })).toThrow('expected more than one value in each group, received 1');
    expect(() => run('layerNorm', single)).toThrow('expected weight of shape [1] or [3, 1, 1], received [3]');
    expect(() => run('normalizeInput', { x: noise([1, 4, 1, 1], 1) })).toThrow('expected 3 channels for ImageNet, received 4');
  });
});

describe('local response norm', () => {
  it('of even size counts one channel more below, as torch does: sums 5, 14, 30, 54, 50', () => {
    const y = numbers(
      run('localResponseNorm', { x: tensor([1, 5, 1, 1], [1, 2, 3, 4, 5]) }, { size: 4, alpha: 4, beta: 1, k: 0 }),
    );
    expect(y.map((v, i) => (i + 1) / v)).toEqual([5, 14, 30, 54, 50].map((sum) => expect.closeTo(sum, 12)));
  });
  it('with no power changes nothing and passes the gradient on', () => {
    const x = noise([1, 3, 2, 2], 3);
    expect(numbers(run('localResponseNorm', { x }, { beta: 0 }))).toEqual(numbers(x));
    expect(gradients('localResponseNorm', { x }, { beta: 0 }).x).toEqual(new Array(12).fill(1));
  });
});
