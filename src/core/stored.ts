// What a step takes that a step before it stored: a max-unpool the indices of its max-pool.

import { parse } from './parse';
import { type AnyOp, opOf } from './registry';
import type { Step } from './scene';
import type { Params, Schema } from './schema';
import type { Shape } from './tensor';

export interface Taken {
  /** The input that is taken, which is also the name under which it was stored. */
  readonly weight: string;
  /** Index of the step that stores it. */
  readonly from: number;
  /** Of that step's result, and so of what it stores. */
  readonly shape: Shape;
  /** Of the step that takes it. */
  readonly params: Params<Schema>;
}

/** Finds the nearest step before step `i` that is on and fits. `shapes` are those of the nodes before it: of the picture, and of every step. */
export function takenBy(
  op: AnyOp,
  params: Params<Schema>,
  steps: readonly Step[],
  i: number,
  shapes: readonly Shape[],
): Taken | null {
  for (const [weight, field] of Object.entries(op.weights)) {
    if (field.kind !== 'stored') continue;
    for (let from = i - 1; from >= 0; from--) {
      const step = steps[from]!;
      const source = opOf(step.op);
      if (step.off || !source.stores?.[weight]) continue;
      const [x, y] = [shapes[from]!, shapes[from + 1]!];
      const fitting = field.take(shapes[i]!, params, { params: parse(source.params, step.params, step.op), x, y });
      if (fitting) return { weight, from, shape: y, params: fitting };
    }
  }
  return null;
}
