// Where gradients start, as a person chose it, and as it is possible with the result there is now.

import { losses } from '../../core/losses';
import type { Shape } from '../../core/tensor';
import type { Node } from '../../worker/api';
import type { From, OriginAsked, TargetAsked } from '../../worker/inquiries/gradientsPass';

/** What is chosen; what does not fit the result is brought into it, and comes back when it fits again. */
export interface Choice {
  readonly of: OriginAsked['of'];
  /** Fractions of the result, so that a place stays where it is when the size changes. */
  readonly place: { readonly u: number; readonly v: number };
  readonly channel: number;
  readonly loss: string;
  readonly target: 'constant' | Node;
  readonly constant: number;
}
export const firstChoice: Choice = {
  of: 'value',
  place: { u: 0.5, v: 0.5 },
  channel: 0,
  loss: Object.keys(losses)[0] ?? '',
  target: 'constant',
  constant: 0.5,
};

/** The origin for a result of that shape; `fits` names the nodes that a loss may have for a target. */
export function fromOf(choice: Choice, node: Node, shape: Shape, fits: readonly Node[]): From {
  const [, channels = 1, height = 1, width = 1] = shape;
  const channel = Math.min(choice.channel, channels - 1);
  if (choice.of === 'mean') return { node, origin: { of: 'mean', channel } };
  if (choice.of === 'value') {
    const { column, row } = pixelOf(choice.place, width, height);
    return { node, origin: { of: 'value', channel, row, column } };
  }
  const known = choice.target !== 'constant' && fits.includes(choice.target) ? choice.target : null;
  const target: TargetAsked = known === null ? { of: 'constant', value: choice.constant } : { of: 'node', node: known };
  return { node, origin: { of: 'loss', loss: choice.loss, target } };
}

/** Nodes before the last that have its shape. */
export const targetsFor = (node: Node, shapeAt: (node: Node) => Shape | null): Node[] => {
  const shape = shapeAt(node)?.join();
  return Array.from({ length: node + 1 }, (_, i) => i - 1).filter((one) => shapeAt(one)?.join() === shape);
};

export function pixelOf({ u, v }: Choice['place'], width: number, height: number): { column: number; row: number } {
  const along = (share: number, length: number) => Math.min(length - 1, Math.max(0, Math.floor(share * length)));
  return { column: along(u, width), row: along(v, height) };
}
/** The middle of a pixel, as a place. */
export const placeOf = (column: number, row: number, width: number, height: number): Choice['place'] => ({
  u: (column + 0.5) / width,
  v: (row + 0.5) / height,
});
