// Samples of a pointwise op along a line of values, for plots and tests.

import { uniforms } from './random';
import type { AnyOp } from './registry';
import type { Params, Schema } from './schema';
import { type Tensor, tensor, zeros } from './tensor';

export interface CurveRange {
  readonly from: number;
  readonly to: number;
  /** How many samples, kinks not counted. */
  readonly count: number;
  /** With a seed the samples are drawn at random, evenly spread; without, they lie at equal distances, both ends included. */
  readonly seed?: number;
}
export interface Curve {
  /** In rising order; kinks inside the range are among them. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The derivative; at kinks the one that counts by convention. */
  readonly slope: Float64Array;
  /** Which of the samples are kinks. */
  readonly kinks: readonly number[];
}

/**
 * What a pointwise op makes of a range of values. `weights` has a tensor for one channel for every input but `x`.
 * @throws RangeError when the op is not pointwise, or the range is empty.
 */
export function curve(
  op: AnyOp,
  params: Params<Schema>,
  range: CurveRange,
  weights: Readonly<Record<string, Tensor>> = {},
): Curve {
  if (!op.kinks) throw new RangeError(`${op.name}: expected an op that takes every value alone, received one that does not`);
  const { from, to, count } = range;
  if (!(from <= to) || !Number.isFinite(to - from) || !(count >= 1))
    throw new RangeError(`curve: expected at least one sample of a finite range, received ${count} from ${from} to ${to}`);
  const kinks = op.kinks(params).filter((at) => at >= from && at <= to);
  const x = Float64Array.from(new Set([...samples(range), ...kinks])).sort();
  return { x, ...along(op, params, x, weights), kinks: kinks.map((at) => x.indexOf(at)) };
}

/** What a pointwise op makes of given values, and its slope there. `weights` as for `curve`. */
export function along(
  op: AnyOp,
  params: Params<Schema>,
  values: ArrayLike<number>,
  weights: Readonly<Record<string, Tensor>> = {},
): Pick<Curve, 'y' | 'slope'> {
  const inputs: Readonly<Record<string, Tensor>> = { x: tensor([1, 1, 1, values.length], values), ...weights };
  const y = zeros([1, 1, 1, values.length]);
  for (const _ of op.forward(inputs, params, y));
  const grads = Object.fromEntries(op.differentiable.map((name) => [name, zeros(inputs[name]?.shape ?? [])]));
  op.backward(inputs, params, tensor(y.shape, new Float64Array(values.length).fill(1)), grads);
  return { y: y.data, slope: grads.x?.data ?? new Float64Array(values.length) };
}

/** A value at a kink, and what it comes near from both sides. */
export interface Sides {
  readonly left: number;
  readonly at: number;
  readonly right: number;
}
export interface Kink {
  readonly at: number;
  readonly y: Sides;
  /** `at` is the slope that counts by convention. */
  readonly slope: Sides;
}

/** How near to a kink its sides are read, as a share of its size. */
const near = 1e-9;

/** What happens at every kink of a pointwise op, in rising order. `weights` as for `curve`. */
export function kinksOf(op: AnyOp, params: Params<Schema>, weights: Readonly<Record<string, Tensor>> = {}): readonly Kink[] {
  return (op.kinks?.(params) ?? []).map((at) => {
    const off = near * Math.max(1, Math.abs(at));
    const { y, slope } = along(op, params, [at - off, at, at + off], weights);
    const sides = ([left = 0, middle = 0, right = 0]: Float64Array): Sides => ({ left, at: middle, right });
    return { at, y: sides(y), slope: sides(slope) };
  });
}

/** What lies beside a kink that a plot should show, as a share of the interval. */
const beside = 0.2;

/** The interval from which a plot of a pointwise op takes its samples: the one that is declared, widened so that it holds the kinks. */
export function samplesOf(op: AnyOp, params: Params<Schema>): readonly [from: number, to: number] {
  const [from, to] = op.samples ?? [-5, 5];
  const kinks = op.kinks?.(params) ?? [];
  const [first, last] = [Math.min(from, ...kinks), Math.max(to, ...kinks)];
  const edge = beside * (last - first);
  return [first < from ? first - edge : from, last > to ? last + edge : to];
}

function samples({ from, to, count, seed }: CurveRange): number[] {
  if (seed !== undefined) {
    const draw = uniforms(seed);
    return Array.from({ length: count }, (_, i) => from + (to - from) * draw(i));
  }
  return Array.from({ length: count }, (_, i) => (count === 1 ? (from + to) / 2 : from + ((to - from) * i) / (count - 1)));
}
