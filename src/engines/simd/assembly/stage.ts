// Staging: the pixels that a tile of windows reads, gathered into scratch, padded, every stride-th pixel side by side.
import { evens, floats } from './lanes';

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
