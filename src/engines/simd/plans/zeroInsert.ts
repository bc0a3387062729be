// Pixels set into blocks of zeros.

import { zeroInsert } from '../../../core/ops/zeroInsert';
import type { Pair } from '../../../core/schema';
import { imageAxes, type Shape } from '../../../core/tensor';
import { gathered } from '../gathered';
import { type Plan, planned } from '../plan';
import { runLength } from '../runs';
import { type AxisTaps, picksAsTaps } from './axisTaps';
import { picked } from './picks';

/** The gradient of every pixel is that of its place among the zeros. */
function back(x: Shape, dy: Shape, [strideY, strideX]: Pair): Plan {
  const [, , h, w] = imageAxes('zeroInsert', x);
  const [, , height, width] = imageAxes('zeroInsert', dy);
  const places = (length: number, stride: number) => Int32Array.from({ length }, (_, i) => i * stride);
  const ends = { from: 'dy', to: 'dx' };
  const how = () => 'what lies between the zeros, picked';
  return picked({ rows: places(h, strideY), columns: places(w, strideX), height, width, how, ends }, x);
}

/** Every place of an axis, and zeros up to the next. */
const nails = (length: number, stride: number): AxisTaps =>
  picksAsTaps(
    Int32Array.from({ length: length * stride }, (_, i) => (i % stride === 0 ? i / stride : -1)),
    length,
  );

export const zeroInserts = [
  planned(
    zeroInsert,
    ({ params, inputs }) => ({
      how: 'rows of zeros, and the pixels between zeros',
      build(place) {
        const [n, c, h, w] = imageAxes('zeroInsert', inputs.x.shape);
        const [strideY, strideX] = params.stride;
        const [x, y] = [place.at('x'), place.at('y')];
        // Values of the result for one row of the picture.
        const perRow = w * strideX * strideY;
        const rows = Math.max(1, Math.floor(runLength / perRow));
        const parts = [];
        for (let plane = 0; plane < n * c; plane++) {
          for (let r = 0; r < h; r += rows) {
            const count = Math.min(rows, h - r);
            const at = y + 4 * (plane * h + r) * perRow;
            parts.push({
              price: count * perRow,
              calls: [['insertZeros', x + 4 * (plane * h + r) * w, at, w, count, strideY, strideX] as const],
              writes: [{ at, count: count * perRow, plane }],
            });
          }
        }
        return [gathered(parts, runLength)];
      },
    }),
    ({ params, inputs: { x, dy } }) => back(x.shape, dy.shape, params.stride),
    {
      axes({ params, inputs: { x } }) {
        const [, , h, w] = imageAxes('zeroInsert', x.shape);
        const [strideY, strideX] = params.stride;
        return { down: nails(h, strideY), across: nails(w, strideX) };
      },
    },
  ),
];
