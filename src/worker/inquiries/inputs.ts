// Everything that a step reads, as the engines give it to the step.

import { layersByStep, supplied } from '../../core/sequential';
import type { Shape, Tensor } from '../../core/tensor';
import type { Node } from '../api';
import type { InquiryDesk } from '.';

type Layers = ReturnType<typeof layersByStep>;
export interface Read {
  readonly layer: NonNullable<Layers[number]>;
  readonly inputs: Readonly<Record<string, Tensor>> & { readonly x: Tensor<Float32Array> };
  readonly shapes: Readonly<Record<string, Shape>> & { readonly x: Shape };
}

/** Works with the inputs of a step that is on, also those that a step before it stored. @throws RangeError where it is off. */
export async function withInputs<T>(node: Node, desk: InquiryDesk, work: (read: Read) => Promise<T>): Promise<T> {
  const layers = layersByStep(desk.scene, desk.shapes[0]!);
  const layer = layers[node];
  if (!layer) throw new RangeError(`A step that is on is expected, received ${node + 1}.`);
  const { takes } = layer;
  const stored = new Map<typeof layer, Tensor>();
  if (takes) {
    const { engines } = desk.workshop;
    const { signal } = desk.breath;
    const found = await desk.during(layers.indexOf(takes.from) - 1, (x) =>
      engines.store(takes.from, takes.weight, x, { signal }),
    );
    stored.set(takes.from, found);
  }
  const complete = supplied(layer, stored);
  return desk.during(node - 1, (x) => {
    const inputs = { ...complete.weights, x };
    const shapes = Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));
    return work({ layer: complete, inputs, shapes: { ...shapes, x: desk.shapes[node]! } });
  });
}
