import type { Step } from '../core/scene';
import { prepare } from '../core/sequential';
import type { Shape } from '../core/tensor';

export interface TorchWords {
  /** What the call returns: `x`, and what a step behind it takes. */
  readonly results: readonly string[];
  readonly call: string;
}

/**
 * One step of a chain in PyTorch's words; what it stores, or takes of a step before it, goes by the number of the storing step: `indices_1`.
 * `shapes` are those of the picture and of every step. @throws RangeError where it does not fit.
 */
export function torchWords(steps: readonly Step[], i: number, shapes: readonly Shape[]): TorchWords {
  const { op, params, taken } = prepare(steps, i, shapes);
  const field = taken && op.weights[taken.weight];
  if (taken && field?.kind === 'stored') return { results: ['x'], call: field.torch(params, nameOf(taken.weight, taken.from)) };
  for (const [name, stored] of Object.entries(op.stores ?? {})) {
    const isTaken = steps.some((step, k) => k > i && !step.off && prepare(steps, k, shapes).taken?.from === i);
    if (isTaken) return { results: ['x', nameOf(name, i)], call: stored.torch(params) };
  }
  return { results: ['x'], call: op.torch(params) };
}

const nameOf = (stored: string, step: number): string => `${stored}_${step + 1}`;
