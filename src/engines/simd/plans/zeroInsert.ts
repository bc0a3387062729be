// Pixels set into blocks of zeros.

import { zeroInsert } from '../../../core/ops/zeroInsert';
import { imageAxes } from '../../../core/tensor';
import { gathered } from '../gathered';
import { planned } from '../plan';
import { runLength } from '../runs';

export const zeroInserts = [
  planned(zeroInsert, ({ params, inputs }) => ({
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
  })),
];
