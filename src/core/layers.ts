// A chain of layers with all their numbers: forward with what lies between, and backward from any place of it.

import { parse } from './parse';
import { type AnyOp, opOf } from './registry';
import type { Scene } from './scene';
import type { Params, Schema } from './schema';
import { type Shape, sizeOf, type Tensor, zeros } from './tensor';
import { atStep, refuseTooLarge, trace } from './trace';
import { weightsOf } from './weights';

/** One op with parameters and every input but `x`. */
export interface Layer {
  readonly op: AnyOp;
  readonly params: Params<Schema>;
  readonly weights: Readonly<Record<string, Tensor>>;
}

/** A chain after its forward pass. Row `i` holds what went into layer `i`; without `keep` only the ends are there. */
export interface Pass {
  readonly layers: readonly Layer[];
  /** Outputs of the layers, in order; null where they were not kept. */
  readonly outputs: readonly (Tensor<Float64Array> | null)[];
  readonly x: Tensor;
  readonly y: Tensor;
}

/** The layers of a scene (its steps that are on), with its small weights made into tensors for a picture of that shape. @throws RangeError as `trace` does. */
export function layersOf(scene: Scene, xShape: Shape): Layer[] {
  const shapes = [xShape, ...trace(scene, xShape)];
  return scene.steps.flatMap((step, i) => {
    if (step.off) return [];
    const op = opOf(step.op);
    const params = parse(op.params, step.params, op.name);
    return [{ op, params, weights: weightsOf(op, step, params, shapes[i]!) }];
  });
}

/**
 * Runs a chain in float64. Yields how much is done, 0 to 1, where work may pause or stop; `finished` runs it through.
 * With `keep` every output stays, which a backward pass needs.
 * @throws RangeError `step 2: …` where a layer does not fit.
 */
export function* forwardSteps(
  layers: readonly Layer[],
  x: Tensor,
  { keep = false }: { readonly keep?: boolean } = {},
): Generator<number, Pass> {
  const outputs: (Tensor<Float64Array> | null)[] = [];
  let last: Tensor = x;
  for (const [i, { op, params, weights }] of layers.entries()) {
    const inputs = { ...weights, x: last };
    const y = zeros(atStep(layers, i, () => refuseTooLarge(op.name, op.infer(shapesIn(inputs), params))));
    for (const done of op.forward(inputs, params, y)) yield (i + done) / layers.length;
    if (!keep && i > 0) outputs[i - 1] = null;
    outputs.push(y);
    last = y;
  }
  return { layers, outputs, x, y: last };
}

/** What a generator returns, its pauses skipped. */
export function finished<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** A scene on a picture, in float64. @throws RangeError where it does not fit. */
export const runScene = (scene: Scene, x: Tensor, options: { readonly keep?: boolean } = {}): Pass =>
  finished(forwardSteps(layersOf(scene, x.shape), x, options));

export const shapesIn = (inputs: Readonly<Record<string, Tensor>>): Record<string, Shape> =>
  Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));

/** Gradients of zeros for the inputs of a layer that it is differentiable in. */
export const gradientsFor = ({ op }: Layer, inputs: Readonly<Record<string, Tensor>>): Record<string, Tensor<Float64Array>> =>
  Object.fromEntries(op.differentiable.map((name) => [name, zeros(inputs[name]?.shape ?? [])]));

/** Whether a tensor holds anything at all. */
export const isEmpty = ({ shape }: Tensor): boolean => sizeOf(shape) === 0;
