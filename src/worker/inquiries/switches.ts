// Which input values of a pool won their windows, in a part of the picture: the switches that it would store.

import { behind } from '../../core/behind';
import { gradientsFor, layersOf } from '../../core/layers';
import { zeros } from '../../core/tensor';
import type { Area, Node } from '../api';
import { cropOf, cut } from '../drawings';
import type { Inquiry } from '.';
import { stepOn } from './gradientsPass';

export interface SwitchesAsked {
  /** A step that is on. */
  readonly node: Node;
  readonly channel: number;
  /** Of its output. */
  readonly area: Area;
}
export interface Switches {
  /** Of its input: all that these windows read. */
  readonly area: Area;
  /** How many of the windows each value of the area won, row by row. */
  readonly wins: Uint16Array;
}

/** Null where the windows do not lie on whole pixels. */
export const switches: Inquiry<'switches'> = async ({ node, channel, area: asked }, { scene, shapes, during }) => {
  const step = stepOn(scene, node);
  const area = cut(asked, shapes[node + 1]!);
  const shape = shapes[node]!;
  const alone = { ...scene, steps: [step] };
  const wanted = area && {
    height: { from: area.top, to: area.top + area.height },
    width: { from: area.left, to: area.left + area.width },
  };
  const found = wanted && behind(alone, shape, wanted);
  if (!found) return null;
  const { height, width } = found.part;
  const read = { left: width.from, top: height.from, width: width.to - width.from, height: height.to - height.from };
  const x = await during(node - 1, async (whole) => cropOf(whole, read, [channel]));
  const [layer] = layersOf(alone, x.shape);
  if (!layer) return null;
  const inputs = { ...layer.weights, x };
  const dy = zeros(
    layer.op.infer(
      { ...Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, t.shape])), x: x.shape },
      layer.params,
    ),
  );
  const across = dy.shape[3] ?? 1;
  for (let row = found.values.height.from; row < found.values.height.to; row++)
    dy.data.fill(1, row * across + found.values.width.from, row * across + found.values.width.to);
  const grads = gradientsFor(layer, inputs);
  layer.op.backward(inputs, layer.params, dy, grads);
  return { area: read, wins: Uint16Array.from(grads.x?.data ?? []) };
};
