import { describe, expect, it } from 'vitest';
import { foldBatchNorm } from '../../src/core/fold';
import { parse } from '../../src/core/parse';
import { opOf } from '../../src/core/registry';
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

describe('what a batch norm tells', () => {
  const inputs = {
    x: tensor([2, 2, 1, 2], [0, 2, 10, 20, 4, 6, 30, 40]),
    weight: ones(2),
    bias: none(2),
    runningMean: tensor([2], [1, -5]),
    runningVar: tensor([2], [2, 9]),
  };
  const told = (given: Readonly<Record<string, Tensor>>, raw: Readonly<Record<string, unknown>>) => {
    const op = opOf('batchNorm');
    const work = op.facts?.(given, parse(op.params, raw, op.name));
    let pauses = 0;
    for (;;) {
      const part = work?.next();
      if (!part || part.done) return { facts: part?.value, pauses };
      expect(part.value).toBeLessThanOrEqual(1);
      pauses++;
    }
  };
  it('in training are the statistics of the batch, and what they make of the running ones', () => {
    const { facts, pauses } = told(inputs, { training: true, momentum: 0.25 });
    // Channel 1 holds 0, 2, 4, 6, channel 2 holds 10, 20, 30, 40; the running variance takes 20/3 and 500/3.
    const expected = [
      ['Mean', [3, 25]],
      ['Variance', [5, 125]],
      ['Running mean after', [0.75 + 0.75, -3.75 + 6.25]],
      ['Running variance after', [1.5 + 5 / 3, 6.75 + 125 / 3]],
    ] as const;
    expect(facts?.map(({ title }) => title)).toEqual(expected.map(([title]) => title));
    for (const [i, [, values]] of expected.entries())
      for (const [c, value] of values.entries()) expect(facts?.[i]?.values[c]).toBeCloseTo(value, 12);
    expect(pauses).toBeGreaterThanOrEqual(4);
  });
  it('when not training are the running statistics', () =>
    expect(told(inputs, { training: false }).facts).toEqual([
      { title: 'Mean', values: [1, -5] },
      { title: 'Variance', values: [2, 9] },
    ]));
  it('of an empty batch in training leave the running statistics as they were', () =>
    expect(told({ ...inputs, x: tensor([0, 2, 1, 2], []) }, { training: true }).facts?.slice(2)).toEqual([
      { title: 'Running mean after', values: [1, -5] },
      { title: 'Running variance after', values: [2, 9] },
    ]));
});
