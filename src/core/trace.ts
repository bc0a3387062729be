// Shapes of tensors on their way through a scene.

import type { AxisSize } from './op';
import { parse } from './parse';
import { type AnyOp, opOf } from './registry';
import type { Scene, Step } from './scene';
import type { Params, Schema } from './schema';
import { type Taken, takenBy } from './stored';
import { type Shape, sizeOf, type Tensor } from './tensor';
import { shapesOf, weightsOf } from './weights';

/** The most values that one tensor may hold: 2 GiB as float32. */
export const mostValues = 2 ** 29;

/** Every input of a step: the given `x`, and tensors filled from the step's weights. @throws RangeError */
export function inputsOf(op: AnyOp, step: Step, x: Tensor): Record<string, Tensor> {
  return { x, ...weightsOf(op, step, parse(op.params, step.params, op.name), x.shape) };
}

/** The shape after every step; one that is off keeps it. @throws RangeError where a step does not fit; `step 2: …` when there are several. */
export const trace = (scene: Scene, xShape: Shape): Shape[] => nodesOf(scene.steps, xShape).slice(1);

/** The shapes of the picture and of the result of every step. @throws RangeError as `trace` does. */
export function nodesOf(steps: readonly Step[], xShape: Shape): Shape[] {
  const shapes = [xShape];
  steps.forEach((step, i) => {
    shapes.push(
      atStep(steps, i, () => {
        if (step.off) return shapes[i]!;
        const { op, params, shapes: inputs } = prepare(steps, i, shapes);
        return refuseTooLarge(op.name, op.infer(inputs, params));
      }),
    );
  });
  return shapes;
}

/** How the axes of one step's output got their lengths; null for an op that keeps the shape, and for a step that is off. @throws RangeError as `trace` does. */
export function sizesOf(
  scene: Scene,
  xShape: Shape,
  stepIndex: number,
): { readonly height: AxisSize; readonly width: AxisSize } | null {
  const step = scene.steps[stepIndex];
  if (!step) throw new RangeError(`step: expected 0 to ${scene.steps.length - 1}, received ${stepIndex}`);
  if (step.off) return null;
  const before = nodesOf(scene.steps.slice(0, stepIndex), xShape);
  return atStep(scene.steps, stepIndex, () => {
    const { op, params, shapes } = prepare(scene.steps, stepIndex, before);
    return op.sizes?.(shapes, params) ?? null;
  });
}

/** The shape, where a result of it may be made. @throws RangeError */
export function refuseTooLarge(op: string, y: Shape): Shape {
  if (sizeOf(y) <= mostValues) return y;
  throw new RangeError(`${op}: expected a result of at most ${mostValues} values, received ${sizeOf(y)} [${y.join(', ')}]`);
}

/** A step in its place in a chain. */
export interface Placed {
  readonly op: AnyOp;
  readonly params: Params<Schema>;
  /** Of all inputs. */
  readonly shapes: Record<string, Shape>;
  readonly taken: Taken | null;
}

/** Step `i`, given the shapes of the nodes before it. @throws RangeError */
export function prepare(steps: readonly Step[], i: number, before: readonly Shape[]): Placed {
  const [step, x] = [steps[i]!, before[i]!];
  const op = opOf(step.op);
  const given = parse(op.params, step.params, op.name);
  const taken = takenBy(op, given, steps, i, before);
  const params = taken?.params ?? given;
  const shapes = shapesOf(op, step, params, x);
  return { op, params, shapes: taken ? { ...shapes, [taken.weight]: taken.shape } : shapes, taken };
}

/** Runs `work`; an error of one step among several says which. */
export function atStep<T>(steps: readonly unknown[], index: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError && steps.length > 1) throw new RangeError(`step ${index + 1}: ${error.message}`);
    throw error;
  }
}
