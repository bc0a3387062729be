// Dense convolution of a tile by its tap list.
import { floats } from './lanes';
import { taps1, taps2, taps3, taps4, wide1, wide2, wide3, wide4 } from './taps';

/** `src` and `out` count from the scratch memory. */
const fromScratch = 1;
const intoScratch = 2;

/**
 * Rows of all outputs: weights [block][tap][outputs of the block], blocks of four and a smaller last one. Without a bias the sums are added to `out`.
 * In `y` a row ends in a block that overlaps the one before; in scratch it is filled up to whole blocks, as an overlap would be added twice.
 */
export function convolveTile(
  where: i32, src: usize, rowStep: usize, rows: i32, offsets: usize, taps: i32, weights: usize, bias: usize,
  out: usize, plane: usize, row: usize, outputs: i32, width: i32, scratch: usize,
): void {
  if (where & fromScratch) src += scratch;
  if (where & intoScratch) out += scratch;
  const end = offsets + floats(taps);
  const open = (where & intoScratch) != 0;
  for (let r = 0; r < rows; r++) {
    let w = weights;
    let b = bias;
    let to = out;
    let o = 0;
    for (; o + 4 <= outputs; o += 4) {
      const last = floats(open ? (width - 1) / wide4 * wide4 : width - wide4);
      for (let i: usize = 0; ; i = min(i + floats(wide4), last)) {
        taps4(src + i, offsets, end, w, to + i, plane, b);
        if (i == last) break;
      }
      w += floats(taps << 2);
      to += plane << 2;
      b += b ? 16 : 0;
    }
    const rest = outputs - o;
    if (rest == 3) {
      const last = floats(open ? (width - 1) / wide3 * wide3 : width - wide3);
      for (let i: usize = 0; ; i = min(i + floats(wide3), last)) {
        taps3(src + i, offsets, end, w, to + i, plane, b);
        if (i == last) break;
      }
    } else if (rest == 2) {
      const last = floats(open ? (width - 1) / wide2 * wide2 : width - wide2);
      for (let i: usize = 0; ; i = min(i + floats(wide2), last)) {
        taps2(src + i, offsets, end, w, to + i, plane, b);
        if (i == last) break;
      }
    } else if (rest == 1) {
      const last = floats(open ? (width - 1) / wide1 * wide1 : width - wide1);
      for (let i: usize = 0; ; i = min(i + floats(wide1), last)) {
        taps1(src + i, offsets, end, w, to + i, b);
        if (i == last) break;
      }
    }
    src += rowStep;
    out += row;
  }
}
