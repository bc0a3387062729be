// dL/dx at one pixel, in every channel.

import type { Inquiry } from '.';
import { type From, passFrom } from './gradientsPass';

export interface GradientAtAsked {
  readonly from: From;
  /** A pixel of the ground. */
  readonly row: number;
  readonly column: number;
}

/** @throws RangeError where the ground has no such pixel. */
export const gradientAt: Inquiry<'gradientAt'> = async ({ from, row, column }, desk) => {
  const { nodes } = await passFrom(from, desk);
  const { shape, data } = nodes[0]!;
  const [, channels = 1, height = 1, width = 1] = shape;
  if (!(row >= 0 && row < height && column >= 0 && column < width))
    throw new RangeError(`A pixel of the picture is expected, received ${column}, ${row}.`);
  return Array.from({ length: channels }, (_, c) => data[(c * height + row) * width + column]!);
};
