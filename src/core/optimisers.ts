// Optimisers: one step of a weight along its gradient, as torch.optim has them. Nothing is changed in place.

import { type Tensor, tensor, zeros } from './tensor';

export interface SgdSettings {
  readonly lr: number;
  /** How much of the last direction is kept. */
  readonly momentum?: number;
  /** How much of the new gradient is left out of the kept direction. */
  readonly dampening?: number;
  /** Adds this share of the weights to their gradient. */
  readonly weightDecay?: number;
  /** Looks one step ahead along the kept direction. */
  readonly nesterov?: boolean;
}
export interface SgdState {
  /** The direction kept by momentum. */
  readonly direction: Tensor<Float64Array> | null;
}

export interface AdamSettings {
  readonly lr: number;
  /** How much of the old mean and mean square of the gradient is kept. */
  readonly betas?: readonly [number, number];
  readonly eps?: number;
  /** Adds this share of the weights to their gradient. */
  readonly weightDecay?: number;
}
export interface AdamState {
  readonly steps: number;
  readonly mean: Tensor<Float64Array>;
  readonly square: Tensor<Float64Array>;
}

export interface Stepped<State> {
  readonly weights: Tensor<Float64Array>;
  /** To be given to the next step. */
  readonly state: State;
}

/** Stochastic gradient descent. `state` is null before the first step. @throws RangeError when shapes differ or nesterov lacks momentum. */
export function sgd(weights: Tensor, gradient: Tensor, state: SgdState | null, settings: SgdSettings): Stepped<SgdState> {
  checkShapes('sgd', weights, gradient);
  const { lr, momentum = 0, dampening = 0, weightDecay = 0, nesterov = false } = settings;
  if (nesterov && (momentum <= 0 || dampening !== 0)) {
    throw new RangeError(
      `sgd: expected a momentum above 0 and no dampening with nesterov, received ${momentum} and ${dampening}`,
    );
  }
  const slope = decayed(weights, gradient, weightDecay);
  if (momentum === 0) return { weights: moved(weights, (i) => lr * slope.data[i]!), state: { direction: null } };
  const before = state?.direction;
  const direction = made(weights, (i) =>
    before ? momentum * before.data[i]! + (1 - dampening) * slope.data[i]! : slope.data[i]!,
  );
  const along = (i: number) => (nesterov ? slope.data[i]! + momentum * direction.data[i]! : direction.data[i]!);
  return { weights: moved(weights, (i) => lr * along(i)), state: { direction } };
}

/** Kingma and Ba, 2015. `state` is null before the first step. @throws RangeError when shapes differ. */
export function adam(weights: Tensor, gradient: Tensor, state: AdamState | null, settings: AdamSettings): Stepped<AdamState> {
  checkShapes('adam', weights, gradient);
  const { lr, betas: [first, second] = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = settings;
  const slope = decayed(weights, gradient, weightDecay);
  const before = state ?? { steps: 0, mean: zeros(weights.shape), square: zeros(weights.shape) };
  const steps = before.steps + 1;
  const mean = made(weights, (i) => first * before.mean.data[i]! + (1 - first) * slope.data[i]!);
  const square = made(weights, (i) => second * before.square.data[i]! + (1 - second) * slope.data[i]! ** 2);
  // Both means start at 0 and are too small at first; this makes up for it.
  const [meanShare, squareShare] = [1 - first ** steps, 1 - second ** steps];
  const step = (i: number) => ((lr / meanShare) * mean.data[i]!) / (Math.sqrt(square.data[i]! / squareShare) + eps);
  return { weights: moved(weights, step), state: { steps, mean, square } };
}

const made = ({ shape, data }: Tensor, value: (i: number) => number): Tensor<Float64Array> =>
  tensor(
    shape,
    Array.from(data, (_, i) => value(i)),
  );
const moved = (weights: Tensor, step: (i: number) => number): Tensor<Float64Array> =>
  made(weights, (i) => weights.data[i]! - step(i));
const decayed = (weights: Tensor, gradient: Tensor, share: number): Tensor<Float64Array> =>
  made(weights, (i) => gradient.data[i]! + share * weights.data[i]!);

function checkShapes(op: string, weights: Tensor, gradient: Tensor): void {
  if (weights.shape.join() !== gradient.shape.join()) {
    throw new RangeError(
      `${op}: expected a gradient of shape [${weights.shape.join(', ')}], received [${gradient.shape.join(', ')}]`,
    );
  }
}
