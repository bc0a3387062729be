// How much every pixel moves one value behind a chain, as magnitudes of a gradient: the field that counts, inside of the one that could.

import { backward } from './backward';
import { forwardSteps, layersOf } from './layers';
import type { ReceptiveAxis } from './receptive';
import type { Scene } from './scene';
import { sizeOf, type Tensor, zeros } from './tensor';

export interface Influence {
  /** The value itself: of one channel, or the sum of all. */
  readonly value: number;
  /** |gradient| with respect to the picture, added up over the channels, row by row. */
  readonly sums: Float64Array;
}

/** Of the value at a row and column, of one channel or of the sum of all. Pauses, told as how much is done, lie between rows. */
export function* influence(
  scene: Scene,
  x: Tensor,
  [row, column]: readonly [number, number],
  channel: number | null,
): Generator<number, Influence> {
  const pass = yield* forwardSteps(layersOf(scene, x.shape), x, { keep: true });
  const [, channels = 1, h = 1, w = 1] = pass.y.shape;
  const seed = zeros(pass.y.shape);
  let value = 0;
  for (let c = 0; c < channels; c++) {
    if (channel !== null && channel !== c) continue;
    const at = (c * h + row) * w + column;
    seed.data[at] = 1;
    value += pass.y.data[at]!;
  }
  const { x: gradient } = pass.layers.length > 0 ? backward(pass, { of: 'loss', gradient: () => seed }) : { x: seed };
  return { value, sums: magnitudes(gradient) };
}

function magnitudes({ shape, data }: Tensor): Float64Array {
  const plane = sizeOf(shape.slice(2));
  const sums = new Float64Array(plane);
  data.forEach((value, at) => {
    sums[at % plane]! += Math.abs(value);
  });
  return sums;
}

/** Where sums of a part of the picture lie. */
export interface PartOfPicture {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}
/** How much of all of it lies in the middle half of a box, by height and by width. */
export function shareInHalf(
  sums: Float64Array,
  { left, top, width }: PartOfPicture,
  box: { readonly height: ReceptiveAxis; readonly width: ReceptiveAxis },
  [row, column]: readonly [number, number],
): number {
  const inHalf = ({ size, jump, start }: ReceptiveAxis, output: number, at: number): boolean => {
    const centre = start + output * jump + (size - 1) / 2;
    return Math.abs(at - centre) <= size / 4;
  };
  let [all, inside] = [0, 0];
  sums.forEach((sum, k) => {
    all += sum;
    if (inHalf(box.height, row, top + Math.floor(k / width)) && inHalf(box.width, column, left + (k % width))) inside += sum;
  });
  return all > 0 ? inside / all : 0;
}
