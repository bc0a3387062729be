// Max-unpooling: by indices that were stored, or of a picture that is pooled on the spot.

import { maxUnpool2d } from '../../../core/ops/maxUnpool2d';
import type { Params } from '../../../core/schema';
import { type Shape, sizeOf } from '../../../core/tensor';
import { poolSlides, slideSize } from '../../../core/window';
import { type Given, type Plan, planned } from '../plan';
import { slideReading, winnersPlan } from './winners';

type Unpooling = Params<(typeof maxUnpool2d)['params']>;

/** The picture itself stays where it wins a window. */
function pooledHere(x: Shape, { kernelSize, stride, padding }: Unpooling, given: string, into: string): Plan {
  const [height, width] = poolSlides([x[2] ?? 1, x[3] ?? 1], { kernelSize, stride, padding, ceilMode: false });
  const y = [x[0] ?? 0, x[1] ?? 1, slideSize(height).output, slideSize(width).output];
  return winnersPlan({ how: 'max', x, y, rows: slideReading(height), columns: slideReading(width), pick: { given, into } });
}

function stored(x: Shape, indices: Given, large: Shape, back: boolean): Plan | string {
  const [plane, size] = [sizeOf(x.slice(2)), sizeOf(large.slice(2))];
  const { data } = indices;
  if (!data) return 'its indices are not known';
  if (!data.every((at) => Number.isInteger(at) && at >= 0 && at < size))
    return `an index is no whole number from 0 to ${size - 1}, which the formula explains`;
  return {
    how: back ? 'gradients read at the indices' : 'planes of zeros, and values put at their indices',
    build: (place) => {
      const table = place.put(Int32Array.from(data));
      const [from, into] = back ? [place.at('dy'), place.at('dx')] : [place.at('x'), place.at('y')];
      const planes = Array.from({ length: (x[0] ?? 0) * (x[1] ?? 1) }, (_, p) => p);
      return [
        planes.map((p) => {
          const at = table + 4 * p * plane;
          if (back) return { calls: [['unpoolBack', from + 4 * p * size, at, plane, into + 4 * p * plane]] };
          const to = into + 4 * p * size;
          return {
            calls: [['unpool', from + 4 * p * plane, at, plane, to, size]],
            writes: [{ at: to, count: size, plane: p }],
          };
        }),
      ];
    },
  };
}

/** As the op has it: an empty list of indices. */
const pools = ({ shape }: Given): boolean => shape.length === 1 && sizeOf(shape) === 0;

export const unpooling = [
  planned(
    maxUnpool2d,
    ({ params, inputs: { x, indices }, outputs: { y = [] } }) =>
      pools(indices) ? pooledHere(x.shape, params, 'x', 'y') : stored(x.shape, indices, y, false),
    ({ params, inputs: { x, indices, dy } }) =>
      pools(indices) ? pooledHere(x.shape, params, 'dy', 'dx') : stored(x.shape, indices, dy.shape, true),
  ),
];
