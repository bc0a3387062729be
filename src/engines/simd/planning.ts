// From a step to its plan: a pure choice.

import { mostValues } from '../../core/sequential';
import { type Shape, sizeOf } from '../../core/tensor';
import type { Given, Prepared } from '../engine';
import type { Work } from './machine';
import type { Plan, Planned } from './plan';
import { planners } from './plans';

const byName: ReadonlyMap<string, Planned> = new Map(planners.map((one) => [one.op.name, one]));

/** What would run a step on `x`, or why nothing does. Needs no memory. @throws RangeError when they do not fit. */
export function planForward({ op, params, weights }: Prepared, x: Given, exact: boolean): Work | string {
  const inputs = { x, ...weights };
  const y = op.infer(shapesOf(inputs), params);
  const refusal = tooMany(op.name, y);
  if (refusal) throw new RangeError(refusal);
  const outputs = { y };
  const plan = byName.get(op.name)?.forward({ params, inputs, outputs, exact }) ?? 'there is no fast routine for it yet';
  return typeof plan === 'string' ? plan : { plan, inputs, outputs };
}

/** The same of the gradients of a step; `given` is dy, where it is known. */
export function planBackward({ op, params, weights }: Prepared, x: Given, exact: boolean, given?: Given): Work | string {
  const forward = { x, ...weights };
  const dy = given ?? { shape: op.infer(shapesOf(forward), params) };
  const inputs: Record<string, Given> = { ...forward, dy };
  // Gradients are called d…, so that an input and its gradient have two names in a plan.
  const outputs = Object.fromEntries(op.differentiable.map((name) => [`d${name}`, inputs[name]?.shape ?? []]));
  const plan: Plan | string =
    byName.get(op.name)?.backward?.({ params, inputs, outputs, exact }) ?? 'there is no fast routine for its gradient yet';
  return typeof plan === 'string' ? plan : { plan, inputs, outputs };
}

const shapesOf = (inputs: Readonly<Record<string, Given>>): Record<string, Shape> =>
  Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));

const tooMany = (op: string, y: Shape): string | undefined =>
  sizeOf(y) > mostValues ? `${op}: expected a result of at most ${mostValues} values, received ${sizeOf(y)}` : undefined;
