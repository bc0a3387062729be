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
  const inputs = { x: tensor([1, 1, 1, x.length], x), ...weights };
  const y = zeros(inputs.x.shape);
  for (const _ of op.forward(inputs, params, y));
  const grads = Object.fromEntries(op.differentiable.map((name) => [name, zeros(inputs[name as keyof typeof inputs].shape)]));
  op.backward(inputs, params, tensor(inputs.x.shape, new Float64Array(x.length).fill(1)), grads);
  return { x, y: y.data, slope: grads.x?.data ?? new Float64Array(x.length), kinks: kinks.map((at) => x.indexOf(at)) };
}

function samples({ from, to, count, seed }: CurveRange): number[] {
  if (seed !== undefined) {
    const draw = uniforms(seed);
    return Array.from({ length: count }, (_, i) => from + (to - from) * draw(i));
  }
  return Array.from({ length: count }, (_, i) => (count === 1 ? (from + to) / 2 : from + ((to - from) * i) / (count - 1)));
}
