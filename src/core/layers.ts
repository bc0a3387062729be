// A chain of layers with all their numbers: forward with what lies between, and backward from any place of it.

import { finished, notCounted } from './finished';
import type { AnyOp } from './registry';
import type { Scene, Step } from './scene';
import type { Params, Schema } from './schema';
import { type Shape, sizeOf, type Tensor, zeros } from './tensor';
import { atStep, nodesOf, prepare, refuseTooLarge } from './trace';
import { weightsOf } from './weights';

/** One op with parameters and every input but `x`. */
export interface Layer {
  readonly op: AnyOp;
  readonly params: Params<Schema>;
  readonly weights: Readonly<Record<string, Tensor>>;
  /** The input that a layer before it stores; not among the weights until that has run. */
  readonly takes?: Takes;
}
export interface Takes {
  readonly weight: string;
  readonly from: Layer;
  readonly shape: Shape;
}

/** A chain after its forward pass; its layers have what they took. Row `i` holds what went into layer `i`; without `keep` only the ends are there. */
export interface Pass {
  readonly layers: readonly Layer[];
  /** Outputs of the layers, in order; null where they were not kept. */
  readonly outputs: readonly (Tensor<Float64Array> | null)[];
  readonly x: Tensor;
  readonly y: Tensor;
}

/** The layers of a scene (its steps that are on), with its small weights made into tensors for a picture of that shape. @throws RangeError as `trace` does. */
export const layersOf = (scene: Scene, xShape: Shape): Layer[] => layersByStep(scene, xShape).filter((layer) => layer !== null);

/** The same by step; null for one that is off. */
export function layersByStep({ steps }: Pick<Scene, 'steps'>, xShape: Shape): (Layer | null)[] {
  const shapes = nodesOf(steps, xShape);
  const layers: (Layer | null)[] = [];
  for (const [i, step] of steps.entries()) layers.push(step.off ? null : layerOf(steps, i, shapes, layers));
  return layers;
}

function layerOf(steps: readonly Step[], i: number, shapes: readonly Shape[], before: readonly (Layer | null)[]): Layer {
  const { op, params, taken } = prepare(steps, i, shapes);
  const weights = weightsOf(op, steps[i]!, params, shapes[i]!);
  const from = taken && before[taken.from];
  if (!from) return { op, params, weights };
  const { [taken.weight]: _, ...others } = weights;
  return { op, params, weights: others, takes: { weight: taken.weight, from, shape: taken.shape } };
}

/** Layers whose values others take, each with the name under which it stores them. */
export const storing = (layers: readonly Layer[]): ReadonlyMap<Layer, string> =>
  new Map(layers.flatMap(({ takes }) => (takes ? [[takes.from, takes.weight]] : [])));

/** A layer with what it takes among its weights. @throws RangeError where that has not been stored. */
export function supplied(layer: Layer, stored: ReadonlyMap<Layer, Tensor>): Layer {
  const { op, params, weights, takes } = layer;
  if (!takes) return layer;
  const values = stored.get(takes.from);
  if (!values) throw new RangeError(`${op.name} ${takes.weight}: expected what ${takes.from.op.name} stored, received nothing`);
  return { op, params, weights: { ...weights, [takes.weight]: values } };
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
  const ran: Layer[] = [];
  const wanted = storing(layers);
  const stored = new Map<Layer, Tensor>();
  let last: Tensor = x;
  for (const [i, layer] of layers.entries()) {
    const { op, params, weights } = supplied(layer, stored);
    const inputs = { ...weights, x: last };
    const work = op.stores?.[wanted.get(layer) ?? '']?.forward(inputs, params);
    if (work) stored.set(layer, yield* notCounted(work, i / layers.length));
    ran.push({ op, params, weights });
    const y = zeros(atStep(layers, i, () => refuseTooLarge(op.name, op.infer(shapesIn(inputs), params))));
    for (const done of op.forward(inputs, params, y)) yield (i + done) / layers.length;
    if (!keep && i > 0) outputs[i - 1] = null;
    outputs.push(y);
    last = y;
  }
  return { layers: ran, outputs, x, y: last };
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
