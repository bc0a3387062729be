import { describe, expect, it } from 'vitest';
import { binaryCrossEntropy, type Loss, losses, lossGradients, lossOf, mseLoss } from '../../src/core/losses';
import { type AdamState, adam, type SgdState, sgd } from '../../src/core/optimisers';
import { type Tensor, tensor } from '../../src/core/tensor';
import { numbers } from './run';

const inf = Number.POSITIVE_INFINITY;
const row = (...values: number[]): Tensor => tensor([values.length], values);
const loss = (name: string): Loss => losses[name] ?? mseLoss;

describe('losses', () => {
  const [x, target] = [row(0.1, 0.5, 0.9), row(0.2, 1, 0)];
  it('add up to the sum, and to the mean of it', () => {
    for (const one of Object.values(losses)) {
      const each = numbers(lossOf(one, x, target, 'none'));
      const sum = each.reduce((a, b) => a + b, 0);
      expect(numbers(lossOf(one, x, target, 'sum'))[0]).toBeCloseTo(sum, 14);
      expect(numbers(lossOf(one, x, target))[0]).toBeCloseTo(sum / 3, 14);
      expect(lossOf(one, x, target).shape).toEqual([]);
    }
  });
  it('have the gradients of central differences, in values and in targets, for every reduction', () => {
    const weigh = tensor([3], [1.5, -2, 0.25]);
    for (const one of Object.values(losses)) {
      for (const reduction of ['none', 'mean', 'sum'] as const) {
        const dy = reduction === 'none' ? weigh : tensor([], [1.5]);
        const total = (a: Tensor, b: Tensor) =>
          numbers(lossOf(one, a, b, reduction)).reduce((sum, v, i) => sum + v * dy.data[i]!, 0);
        const moved = (t: Tensor, i: number, h: number) =>
          tensor(
            t.shape,
            numbers(t).map((v, k) => (k === i ? v + h : v)),
          );
        const grads = lossGradients(one, x, target, reduction, dy);
        for (let i = 0; i < 3; i++) {
          const h = 1e-6;
          const alongX = (total(moved(x, i, h), target) - total(moved(x, i, -h), target)) / (2 * h);
          const alongTarget = (total(x, moved(target, i, h)) - total(x, moved(target, i, -h))) / (2 * h);
          expect(grads.x.data[i]).toBeCloseTo(alongX, 6);
          expect(grads.target.data[i]).toBeCloseTo(alongTarget, 6);
        }
      }
    }
  });
  it('of probabilities stop at 100 for certain and wrong, as torch does', () => {
    expect(numbers(lossOf(binaryCrossEntropy, row(0, 1), row(1, 0), 'none'))).toEqual([100, 100]);
    expect(numbers(lossOf(binaryCrossEntropy, row(0, 1), row(0, 1), 'none'))).toEqual([0, 0]);
    expect(numbers(lossGradients(binaryCrossEntropy, row(0), row(1)).x)).toEqual([-1e12]);
  });
  it('of logits stay exact at ±1000', () => {
    const logits = loss('binaryCrossEntropyWithLogits');
    expect(numbers(lossOf(logits, row(1000, -1000), row(0, 1), 'none'))).toEqual([1000, 1000]);
    expect(numbers(lossGradients(logits, row(1000, -1000), row(0, 1), 'none').x)).toEqual([1, -1]);
  });
  it('have slope 0 where the absolute error is 0', () =>
    expect(numbers(lossGradients(loss('l1Loss'), row(3), row(3)).x)).toEqual([0]));
  it('of nothing are NaN on average and 0 in sum', () => {
    expect(numbers(lossOf(mseLoss, row(), row()))).toEqual([Number.NaN]);
    expect(numbers(lossOf(mseLoss, row(), row(), 'sum'))).toEqual([0]);
    expect(numbers(lossOf(mseLoss, row(inf), row(0)))).toEqual([inf]);
  });
  it('refuse targets of another shape and probabilities outside 0 to 1', () => {
    expect(() => lossOf(mseLoss, row(1), row(1, 2))).toThrow('expected a target of shape [1], received [2]');
    for (const wrong of [1.1, -0.1, Number.NaN])
      expect(() => lossOf(binaryCrossEntropy, row(wrong), row(1))).toThrow(`expected values from 0 to 1, received ${wrong}`);
  });
});

describe('optimisers', () => {
  const slopes = [row(1, -2), row(0.5, 1), row(-1, 3)];
  it('with momentum keep a direction, looked ahead with nesterov, and let weights decay', () => {
    const settings = { lr: 0.1, momentum: 0.9, weightDecay: 0.01, nesterov: true };
    let [weights, kept] = [
      [1, 2],
      [0, 0],
    ];
    let [tensors, state]: [Tensor, SgdState | null] = [row(1, 2), null];
    slopes.forEach((slope, step) => {
      const after = sgd(tensors, slope, state, settings);
      [tensors, state] = [after.weights, after.state];
      const full = numbers(slope).map((g, i) => g + 0.01 * weights[i]!);
      kept = full.map((g, i) => (step === 0 ? g : 0.9 * kept[i]! + g));
      weights = weights.map((w, i) => w - 0.1 * (full[i]! + 0.9 * kept[i]!));
      numbers(tensors).forEach((v, i) => {
        expect(v).toBeCloseTo(weights[i]!, 14);
      });
    });
  });
  it('take a first step of the learning rate in Adam, whatever the size of the gradient', () => {
    const { weights, state } = adam(row(1, 1, 1), row(1e-3, -5, 1e6), null, { lr: 0.1 });
    numbers(weights).forEach((v, i) => {
      expect(v).toBeCloseTo([0.9, 1.1, 0.9][i]!, 5);
    });
    expect(state.steps).toBe(1);
  });
  it('change nothing in place', () => {
    const [weights, slope] = [row(1, 2), row(3, 4)];
    const first: { state: AdamState } = adam(weights, slope, null, { lr: 0.1 });
    const before = numbers(first.state.mean);
    adam(weights, slope, first.state, { lr: 0.1 });
    sgd(weights, slope, null, { lr: 0.1 });
    expect([numbers(weights), numbers(slope), numbers(first.state.mean)]).toEqual([[1, 2], [3, 4], before]);
  });
  it('find the lowest point of a bowl', () => {
    let [weights, state]: [Tensor, AdamState | null] = [row(3, -4), null];
    for (let i = 0; i < 2000; i++) {
      const after = adam(
        weights,
        tensor(
          [2],
          numbers(weights).map((v) => 2 * (v - 1)),
        ),
        state,
        { lr: 0.02 },
      );
      [weights, state] = [after.weights, after.state];
    }
    numbers(weights).forEach((v) => {
      expect(v).toBeCloseTo(1, 6);
    });
  });
  it('refuse gradients of another shape, and nesterov without momentum', () => {
    expect(() => adam(row(1), row(1, 2), null, { lr: 1 })).toThrow('expected a gradient of shape [1], received [2]');
    expect(() => sgd(row(1), row(1), null, { lr: 1, nesterov: true })).toThrow('received 0 and 0');
  });
});
