// Which values a pointwise op answers with 0, and where it lets no gradient through.

import { along } from './curve';
import type { AnyOp } from './registry';
import type { Params, Schema } from './schema';
import type { Tensor } from './tensor';

/** A pointwise op on values that are shifted first, as by a bias. */
export interface Shifted {
  readonly op: AnyOp;
  readonly params: Params<Schema>;
  /** For one channel, of every input but `x`. */
  readonly weights: Readonly<Record<string, Tensor>>;
  readonly shift: number;
  /** A value is dead where the size of the slope is at most this. */
  readonly threshold: number;
}
export interface Liveness {
  readonly zeros: number;
  readonly dead: number;
}

/** Counts over some values; `marked` gets 1 for each one that is dead and 0 for the others. A slope that is no number stops gradients too. */
export function livenessOf(
  values: ArrayLike<number>,
  { op, params, weights, shift, threshold }: Shifted,
  marked: Uint8Array,
): Liveness {
  const x = Float64Array.from(values, (v) => v + shift);
  const { y, slope } = along(op, params, x, weights);
  let [zeros, dead] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    if (y[i] === 0) zeros += 1;
    const stops = !(Math.abs(slope[i]!) > threshold);
    if (stops) dead += 1;
    marked[i] = stops ? 1 : 0;
  }
  return { zeros, dead };
}
