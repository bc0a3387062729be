// Dense convolution of a tile by its tap list.
import { floats } from './lanes';
import { taps1, taps2, taps3, taps4, wide1, wide2, wide3, wide4 } from './taps';

/** `src` and `out` count from the scratch memory. */
const fromScratch = 1;
const intoScratch = 2;

/** Where the last block of a row begins: in a row that others follow it overlaps the one before, in an open row it may write beyond the end. */
@inline function lastBlock(width: i32, wide: i32, open: bool): usize {
  return floats(open ? (width - 1) / wide * wide : width - wide);
}

/** One row of all outputs: weights [block][tap][outputs of the block], blocks of four and a smaller last one. */
export function tapRow(
  src: usize, offsets: usize, taps: i32, weights: usize, bias: usize, out: usize, plane: usize, outputs: i32, width: i32, open: bool,
): void {
  const end = offsets + floats(taps);
  let o = outputs;
  for (; o >= 4; o -= 4) {
    const last = lastBlock(width, wide4, open);
    for (let i: usize = 0; ; i = min(i + floats(wide4), last)) {
      taps4(src + i, offsets, end, weights, out + i, plane, bias);
      if (i == last) break;
    }
    weights += floats(taps << 2);
    out += plane << 2;
    bias += bias ? 16 : 0;
  }
  if (o == 3) {
    const last = lastBlock(width, wide3, open);
    for (let i: usize = 0; ; i = min(i + floats(wide3), last)) {
      taps3(src + i, offsets, end, weights, out + i, plane, bias);
      if (i == last) break;
    }
  } else if (o == 2) {
    const last = lastBlock(width, wide2, open);
    for (let i: usize = 0; ; i = min(i + floats(wide2), last)) {
      taps2(src + i, offsets, end, weights, out + i, plane, bias);
      if (i == last) break;
    }
  } else if (o == 1) {
    const last = lastBlock(width, wide1, open);
    for (let i: usize = 0; ; i = min(i + floats(wide1), last)) {
      taps1(src + i, offsets, end, weights, out + i, bias);
      if (i == last) break;
    }
  }
}

/**
 * Rows of all outputs. Without a bias the sums are added to `out`.
 * In `y` a row ends in a block that overlaps the one before; in scratch it is filled up to whole blocks, as an overlap would be added twice.
 */
export function convolveTile(
  where: i32, src: usize, rowStep: usize, rows: i32, offsets: usize, taps: i32, weights: usize, bias: usize,
  out: usize, plane: usize, row: usize, outputs: i32, width: i32, scratch: usize,
): void {
  if (where & fromScratch) src += scratch;
  if (where & intoScratch) out += scratch;
  const open = (where & intoScratch) != 0;
  for (let r = 0; r < rows; r++, src += rowStep, out += row) tapRow(src, offsets, taps, weights, bias, out, plane, outputs, width, open);
}

/** Weights in the order in which `tapRow` reads them; `taps` holds the index of each in the kernel of one output. */
export function packWeights(weights: usize, perOutput: i32, taps: usize, count: i32, outputs: i32, to: usize, scratch: usize): void {
  const end = taps + floats(count);
  const next = floats(perOutput);
  for (let o = 0; o < outputs; o += 4) {
    const size = min(4, outputs - o);
    for (let t = taps; t < end; t += 4) {
      let from = weights + floats(load<i32>(t));
      for (let k = 0; k < size; k++, from += next, to += 4) store<f32>(to, load<f32>(from));
    }
    weights += next << 2;
  }
}
