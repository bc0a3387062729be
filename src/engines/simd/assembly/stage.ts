// Staging: the pixels that a tile of windows reads, gathered into scratch, padded, every stride-th pixel side by side.
import { evens, floats, zipHigh, zipLow } from './lanes';

/** n floats; may write up to 3 more. */
@inline export function copyFloats(to: usize, from: usize, n: i32): void {
  const end = to + floats(n);
  for (; to + 64 <= end; to += 64, from += 64) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to, v128.load(from, 32), 32);
    v128.store(to, v128.load(from, 48), 48);
  }
  for (; to < end; to += 16, from += 16) v128.store(to, v128.load(from));
}

/** n of every stride-th float; may write up to 3 more. */
@inline function copyEvery(to: usize, from: usize, n: i32, stride: i32): void {
  if (stride == 1) {
    copyFloats(to, from, n);
    return;
  }
  const end = to + floats(n);
  if (stride == 2) {
    for (; to < end; to += 16, from += 32) v128.store(to, evens(v128.load(from), v128.load(from, 16)));
    return;
  }
  const step = floats(stride);
  for (; to < end; to += 4, from += step) store<f32>(to, load<f32>(from));
}

/** Pixels [from, to) of a lane by its table of columns; a negative one is zero. */
@inline function gather(out: usize, row: usize, columns: usize, from: i32, to: i32): void {
  for (let k = from; k < to; k++, out += 4) {
    const column = load<i32>(columns + floats(k));
    store<f32>(out, column < 0 ? 0 : load<f32>(row + floats(column)));
  }
}

/**
 * Rows of a tile, [channel][row][lane]. `rows`: index of each source row, −1 for zeros, −2 for one that nobody reads.
 * A lane is a record of four int32: the address of its table of source columns; from where to where that table is `stride` apart, so that no table
 * is needed; how many pixels it has beyond those of the tile.
 */
export function stageTile(
  x: usize, planeBytes: usize, rowBytes: usize, channels: i32, rows: usize, rowCount: i32, channelBytes: usize,
  lanes: usize, laneCount: i32, laneBytes: usize, stride: i32, column: i32, count: i32, scratch: usize,
): void {
  const lanesEnd = lanes + floats(laneCount << 2);
  for (let c = 0; c < channels; c++) {
    let out = scratch;
    for (let s = 0; s < rowCount; s++) {
      const index = load<i32>(rows + floats(s));
      const row = x + (index as usize) * rowBytes;
      for (let lane = lanes; lane < lanesEnd; lane += 16, out += laneBytes) {
        if (index == -2) continue;
        const to = column + count + load<i32>(lane, 12);
        if (index < 0) {
          const end = out + floats(to - column);
          for (let p = out; p < end; p += 16) v128.store(p, f32x4.splat(0));
          continue;
        }
        const columns = load<i32>(lane) as usize;
        const a = min(max(load<i32>(lane, 4), column), to);
        const b = min(max(load<i32>(lane, 8), a), to);
        if (b > a) copyEvery(out + floats(a - column), row + floats(load<i32>(columns + floats(a))), b - a, stride);
        gather(out, row, columns, column, a);
        gather(out + floats(b - column), row, columns, b, to);
      }
    }
    scratch += channelBytes;
    x += planeBytes;
  }
}

/** Finished sums from scratch into rows of `y`, to every `step`-th pixel. */
export function unstageTile(
  from: usize, fromPlane: usize, fromRow: usize, y: usize, plane: usize, row: usize, outputs: i32, rows: i32, width: i32, step: i32, scratch: usize,
): void {
  const next = floats(step);
  for (let o = 0; o < outputs; o++) {
    for (let r = 0; r < rows; r++) {
      let p = scratch + from + (o as usize) * fromPlane + (r as usize) * fromRow;
      let q = y + (o as usize) * plane + (r as usize) * row;
      const end = p + floats(width);
      if (step == 1) for (; p + 16 <= end; p += 16, q += 16) v128.store(q, v128.load(p));
      for (; p < end; p += 4, q += next) store<f32>(q, load<f32>(p));
    }
  }
}

/** Columns of `from` as rows of `to`, both of which count from the scratch memory where `where` has bit 1 or 2. */
export function turnTile(
  where: i32, from: usize, fromRow: usize, rows: i32, columns: i32, to: usize, toRow: usize, scratch: usize,
): void {
  if (where & 1) from += scratch;
  if (where & 2) to += scratch;
  const wholeRows = rows & ~3;
  const wholeColumns = columns & ~3;
  for (let c = 0; c < wholeColumns; c += 4) {
    let p = from + floats(c);
    let q = to + (c as usize) * toRow;
    for (let r = 0; r < wholeRows; r += 4, p += fromRow << 2, q += 16) {
      const a0 = v128.load(p);
      const a1 = v128.load(p + fromRow);
      const a2 = v128.load(p + 2 * fromRow);
      const a3 = v128.load(p + 3 * fromRow);
      const low01 = zipLow(a0, a1);
      const low23 = zipLow(a2, a3);
      const high01 = zipHigh(a0, a1);
      const high23 = zipHigh(a2, a3);
      v128.store(q, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
      v128.store(q + toRow, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
      v128.store(q + 2 * toRow, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
      v128.store(q + 3 * toRow, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
    }
  }
  for (let r = 0; r < rows; r++) {
    for (let c = r < wholeRows ? wholeColumns : 0; c < columns; c++)
      store<f32>(to + (c as usize) * toRow + floats(r), load<f32>(from + (r as usize) * fromRow + floats(c)));
  }
}
