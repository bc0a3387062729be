// What of a pass a change of one pixel can reach, as a chain on a part of its ground: all else of the number stays as it is.

import { ahead, behind, type Plane, type Span } from '../../core/behind';
import { forwardSteps, layersOf } from '../../core/sequential';
import type { Shape, Tensor } from '../../core/tensor';
import { breathed } from '../breathed';
import type { InquiryDesk } from '.';
import type { Pass } from './gradientsPass';

export interface Near {
  /** The part of the ground's picture. */
  readonly x: Tensor<Float64Array>;
  /** The flat index in it of a pixel of the ground. */
  at(channel: number, row: number, column: number): number;
  /** What the values that may change add to the number, computed in float64 from `x` or what became of it. */
  amount(x: Tensor): Promise<number>;
}

/** Of a larger part all of the ground is as fast. */
const mostShare = 0.5;

/** Values of the pass and of the part differ by roundings alone. */
const tolerance = 1e-4;

/** Null where that is about all of the ground, where nobody can say how far a change reaches, or where steps do something else on a part. */
export async function nearTo(pass: Pass, row: number, column: number, { breath }: InquiryDesk): Promise<Near | null> {
  const { scene, x, objective } = pass;
  const pixel = { height: { from: row, to: row + 1 }, width: { from: column, to: column + 1 } };
  const reached = ahead(scene, x.shape, pixel);
  if (reached === 'nowhere') return { x: cropped(x, pixel), at: (channel) => channel, amount: async () => 0 };
  const found = reached && behind(scene, x.shape, reached);
  if (!reached || !found) return null;
  const { part, values } = found;
  const [, , height = 1, width = 1] = x.shape;
  const [rows, columns] = [length(part.height), length(part.width)];
  if (rows * columns > mostShare * height * width) return null;
  const small = cropped(x, part);
  const forward = async (from: Tensor) => (await breathed(forwardSteps(layersOf(scene, from.shape), from), breath)).y;
  const [made, y] = [await forward(small), pass.values.at(-1)!];
  const [held, whole] = [[...placesIn(made.shape, values)], [...placesIn(y.shape, reached)]];
  if (!held.every((at, i) => alike(made.data[at]!, y.data[whole[i]!]!))) return null;
  return {
    x: small,
    at: (channel, i, j) => (channel * rows + i - part.height.from) * columns + j - part.width.from,
    async amount(from) {
      const { data } = from === small ? made : await forward(from);
      return held.reduce((sum, at, i) => sum + objective.share(data[at]!, whole[i]!, y.shape), 0);
    },
  };
}

const length = ({ from, to }: Span): number => to - from;
const alike = (a: number, b: number): boolean => Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));

/** Flat indices of a rectangle, of all channels. */
function* placesIn([, channels = 1, rows = 1, columns = 1]: Shape, { height, width }: Plane<Span>): Generator<number> {
  for (let c = 0; c < channels; c++)
    for (let i = height.from; i < height.to; i++) for (let j = width.from; j < width.to; j++) yield (c * rows + i) * columns + j;
}

function cropped(x: Tensor, part: Plane<Span>): Tensor<Float64Array> {
  const [n = 1, channels = 1] = x.shape;
  const data = Float64Array.from(placesIn(x.shape, part), (at) => x.data[at]!);
  return { shape: [n, channels, length(part.height), length(part.width)], data };
}
