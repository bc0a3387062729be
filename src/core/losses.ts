// Losses: how far a result is from a target, as one number or value by value. As torch.nn.functional has them.

import { type Tensor, zeros } from './tensor';

/** What becomes of the losses of single values. */
export type Reduction = 'none' | 'mean' | 'sum';

export interface Loss {
  readonly title: string;
  /** TeX of the loss of one value `x` with target `t`. */
  readonly formula: string;
  value(x: number, target: number): number;
  /** The derivatives in both; at kinks those that torch takes. */
  slope(x: number, target: number): number;
  targetSlope(x: number, target: number): number;
  /** Values that `x` may have; all where it is absent. */
  readonly between?: readonly [number, number];
}

/** The derivative of the size is 0 at 0, by convention. */
export const l1Loss: Loss = {
  title: 'Absolute error',
  formula: '|x - t|',
  value: (x, target) => Math.abs(x - target),
  slope: (x, target) => Math.sign(x - target),
  targetSlope: (x, target) => Math.sign(target - x),
};

export const mseLoss: Loss = {
  title: 'Squared error',
  formula: '(x - t)^2',
  value: (x, target) => (x - target) ** 2,
  slope: (x, target) => 2 * (x - target),
  targetSlope: (x, target) => 2 * (target - x),
};

/** Logarithms stop at −100, and the divisor of the gradient at 1e−12, as in torch: certain and wrong costs 100, not ∞. */
export const binaryCrossEntropy: Loss = {
  title: 'Binary cross-entropy',
  formula: String.raw`-\left(t \ln x + (1 - t) \ln(1 - x)\right)`,
  value: (x, target) => (target - 1) * no(x) - target * yes(x),
  slope: (x, target) => (x - target) / Math.max((1 - x) * x, 1e-12),
  targetSlope: (x) => no(x) - yes(x),
  between: [0, 1],
};

/** The same for values before their sigmoid, exact also where that would be 0 or 1. */
export const binaryCrossEntropyWithLogits: Loss = {
  title: 'Binary cross-entropy with logits',
  formula: String.raw`\max(x, 0) - x t + \ln(1 + e^{-|x|})`,
  value: (x, target) => Math.max(x, 0) - x * target + Math.log1p(Math.exp(-Math.abs(x))),
  slope: (x, target) => 1 / (1 + Math.exp(-x)) - target,
  targetSlope: (x) => -x,
};

export const losses: Readonly<Record<string, Loss>> = { mseLoss, l1Loss, binaryCrossEntropy, binaryCrossEntropyWithLogits };

/** One number in a tensor of shape [], or with `none` one for every value. @throws RangeError when shapes differ, or a value is not allowed. */
export function lossOf(loss: Loss, x: Tensor, target: Tensor, reduction: Reduction = 'mean'): Tensor<Float64Array> {
  check(loss, x, target);
  const y = zeros(reduction === 'none' ? x.shape : []);
  for (let i = 0; i < x.data.length; i++) y.data[reduction === 'none' ? i : 0]! += loss.value(x.data[i]!, target.data[i]!);
  if (reduction === 'mean') y.data[0]! /= x.data.length;
  return y;
}

/** Gradients in the values and in the target, given `dy` = dL/d(loss); 1 when it is left out. @throws RangeError as `lossOf` does. */
export function lossGradients(
  loss: Loss,
  x: Tensor,
  target: Tensor,
  reduction: Reduction = 'mean',
  dy?: Tensor,
): { readonly x: Tensor<Float64Array>; readonly target: Tensor<Float64Array> } {
  check(loss, x, target);
  const grads = { x: zeros(x.shape), target: zeros(x.shape) };
  const share = reduction === 'mean' ? 1 / x.data.length : 1;
  for (let i = 0; i < x.data.length; i++) {
    const factor = share * (dy?.data[reduction === 'none' ? i : 0] ?? 1);
    grads.x.data[i] = factor * loss.slope(x.data[i]!, target.data[i]!);
    grads.target.data[i] = factor * loss.targetSlope(x.data[i]!, target.data[i]!);
  }
  return grads;
}

const yes = (x: number): number => Math.max(Math.log(x), -100);
const no = (x: number): number => Math.max(Math.log1p(-x), -100);

function check({ title, between }: Loss, x: Tensor, target: Tensor): void {
  if (x.shape.join() !== target.shape.join()) {
    throw new RangeError(`${title}: expected a target of shape [${x.shape.join(', ')}], received [${target.shape.join(', ')}]`);
  }
  if (!between) return;
  const wrong = x.data.find((v) => !(v >= between[0] && v <= between[1]));
  if (wrong !== undefined)
    throw new RangeError(`${title}: expected values from ${between[0]} to ${between[1]}, received ${wrong}`);
}
