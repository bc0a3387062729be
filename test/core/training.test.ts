import { describe, expect, it } from 'vitest';
import { opOf } from '../../src/core/registry';
import type { Step } from '../../src/core/scene';
import { tensor } from '../../src/core/tensor';
import { gathered, numbersOf, type Rule, trainable, updated, weightValue, withNumbers } from '../../src/core/training';

const rule: Rule = { optimiser: 'sgd', lr: 0.5 };
const step = (weights: Step['weights']): Step => ({ op: 'conv2d', params: {}, ...(weights && { weights }) });

describe('the numbers of a weight', () => {
  it.each([
    [3, [3]],
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
    [[[1, 2, 3]], [1, 2, 3]],
    [
      [
        [[[1, 2]], [[3, 4]]],
        [[[5, 6]], [[7, 8]]],
      ],
      [1, 2, 3, 4, 5, 6, 7, 8],
    ],
  ])('of %j lie in the order of its tensor, and come back', (value, numbers) => {
    expect(numbersOf(value)).toEqual(numbers);
    expect(withNumbers(value, numbers)).toEqual(value);
    const doubled = numbers.map((v) => 2 * v);
    expect(numbersOf(withNumbers(value, doubled))).toEqual(doubled);
  });
  it('that fill many places have the sum of their gradients', () =>
    expect(Array.from(gathered(2, tensor([6], [1, 2, 3, 4, 5, 6])).data)).toEqual([9, 12]));
});

describe('an update', () => {
  it('moves kernel and bias against their gradients, and leaves the rest of the step', () => {
    const before = { ...step({ weight: [[1, 2]], bias: 0.5 }), params: { stride: [2, 2] } };
    const gradients = { weight: tensor([1, 1, 1, 2], [2, -4]), bias: tensor([1], [1]), x: tensor([1], [9]) };
    expect(updated(before, gradients, {}, rule).step).toEqual({ ...before, weights: { weight: [[0, 4]], bias: 0 } });
  });
  it('of a kernel that all filters share moves it once by the sum of their gradients', () => {
    const gradients = { weight: tensor([2, 1, 1, 1], [2, 3]) };
    expect(updated(step({ weight: [[1]] }), gradients, {}, rule).step.weights).toEqual({ weight: [[-1.5]] });
  });
  it('starts from the default where the step gives none', () => {
    const value = weightValue(opOf('conv2d'), step(undefined), 'bias');
    expect(updated(step(undefined), { bias: tensor([1], [2]) }, {}, rule).step.weights).toEqual({ bias: Number(value) - 1 });
  });
  it('keeps the direction with momentum', () => {
    const [first, momentum] = [{ bias: tensor([1], [1]) }, { optimiser: 'momentum', lr: 0.1 } as const];
    const once = updated(step({ bias: 1 }), first, {}, momentum);
    const twice = updated(once.step, first, once.memories, momentum);
    // 1 − 0.1 · 1, then − 0.1 · (0.9 + 1).
    expect(once.step.weights?.bias).toBeCloseTo(0.9, 12);
    expect(twice.step.weights?.bias).toBeCloseTo(0.71, 12);
  });
  it('with Adam is as long as the rate at first, whatever the gradient', () => {
    for (const slope of [1e-4, 1, 300]) {
      const { step: after } = updated(step({ bias: 1 }), { bias: tensor([1], [slope]) }, {}, { optimiser: 'adam', lr: 0.1 });
      expect(after.weights?.bias).toBeCloseTo(0.9, 4);
    }
  });
  it('stays in the range of a number, and says so', () => {
    const { step: after, held } = updated(step({ bias: 999 }), { bias: tensor([1], [-1000]) }, {}, rule);
    expect([after.weights, held]).toEqual([{ bias: 1000 }, 1]);
  });
  it('reaches what a gradient reaches: not the running statistics of a norm', () => {
    expect(trainable(opOf('batchNorm'))).toEqual(['weight', 'bias']);
    expect(trainable(opOf('relu'))).toEqual([]);
  });
});
