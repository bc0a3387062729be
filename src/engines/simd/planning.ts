// From a step to its plan: a pure choice.

import { mostValues } from '../../core/sequential';
import { type Shape, sizeOf } from '../../core/tensor';
import type { Given, Prepared } from '../engine';
import type { Work } from './machine';
import type { Plan, Planned } from './plan';
import { planners } from './plans';
import { meansOf } from './plans/axisTaps';
import { twoPasses } from './plans/twoPasses';

const byName: ReadonlyMap<string, Planned> = new Map(planners.map((one) => [one.op.name, one]));

interface Known {
  readonly shape: Shape;
  readonly exact: boolean;
  readonly plan: Plan | string;
  readonly outputs: Work['outputs'];
}
/** The last plan of a step: whoever asks how it would run is about to run it. */
const known = new WeakMap<Prepared, Known>();

/** What would run a step on `x`, or why nothing does. Needs no memory. @throws RangeError when they do not fit. */
export function planForward(step: Prepared, x: Given, exact: boolean): Work | string {
  const inputs = { x, ...step.weights };
  const last = known.get(step);
  const fits = last !== undefined && last.exact === exact && sameShape(last.shape, x.shape);
  const { plan, outputs } = fits ? last : planned(step, inputs, exact);
  return typeof plan === 'string' ? plan : { plan, inputs, outputs };
}

function planned(step: Prepared, inputs: Readonly<Record<string, Given>> & { readonly x: Given }, exact: boolean): Known {
  const { op, params } = step;
  const y = op.infer(shapesOf(inputs), params);
  const refusal = tooMany(op.name, y);
  if (refusal) throw new RangeError(refusal);
  const outputs = { y };
  const plan = byName.get(op.name)?.forward({ params, inputs, outputs, exact }) ?? 'there is no fast routine for it yet';
  const made = { shape: inputs.x.shape, exact, plan, outputs };
  known.set(step, made);
  return made;
}

const sameShape = (a: Shape, b: Shape): boolean => a === b || (a.length === b.length && a.every((size, i) => size === b[i]));

/** Whether there may be means of an op's results without those, which depends on parameters, too. */
export const mayMean = (op: string): boolean => byName.get(op)?.axes !== undefined;

/** What makes the means over cells of factor × factor of a step's result without the result; null where nothing does. */
export function planMeans(step: Prepared, x: Given, factor: number, exact: boolean): Work | null {
  const { op, params, weights } = step;
  const inputs = { x, ...weights };
  const y = op.infer(shapesOf(inputs), params);
  const axes = byName.get(op.name)?.axes?.({ params, inputs, outputs: { y }, exact });
  if (!axes) return null;
  const [n = 1, c = 1] = y;
  const [down, across] = [meansOf(axes.down, factor), meansOf(axes.across, factor)];
  const means = [n, c, down.output, across.output];
  const plan = twoPasses(down, across, { from: 'x', to: 'y' }, means);
  const how = `means of ${factor} × ${factor} pixels, without those pixels: ${plan.how}`;
  return { plan: { ...plan, how }, inputs, outputs: { y: means } };
}

/** What finds that which a step stores; null where there is no routine for it. */
export function planStored({ op, params, weights }: Prepared, x: Given): Work | null {
  const inputs = { x, ...weights };
  const outputs = { y: op.infer(shapesOf(inputs), params) };
  const plan = byName.get(op.name)?.store?.({ params, inputs, outputs, exact: false });
  return plan ? { plan, inputs, outputs } : null;
}

/** As `planForward`, of the gradients of a step; `given` is dy, where it is known. */
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
