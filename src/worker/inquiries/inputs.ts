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

/** What was stored last: questions in a row are mostly about the same values. */
let last: { readonly x: Tensor; readonly written: string; readonly values: Tensor } | null = null;

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
    const from = layers.indexOf(takes.from);
    const written = JSON.stringify(desk.scene.steps[from]);
    const found = await desk.during(from - 1, async (x) => {
      if (last?.x !== x || last.written !== written)
        last = { x, written, values: await engines.store(takes.from, takes.weight, x, { signal }) };
      return last.values;
    });
    stored.set(takes.from, found);
  }
  const complete = supplied(layer, stored);
  return desk.during(node - 1, (x) => {
    const inputs = { ...complete.weights, x };
    const shapes = Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));
    return work({ layer: complete, inputs, shapes: { ...shapes, x: desk.shapes[node]! } });
  });
}
