// Windows over a strip of output rows: input rows are joined downwards first, straight from the picture, then across, once for each output row.
// Few rows are read directly; many by van Herk and Gil-Werman, in blocks of output rows: the end of a head of rows with the beginning of a tail, so that
// the cost hardly grows with k. Sums are made the same way: nothing is subtracted, so nothing drifts.
import { across, atEnds, rootRow } from './across';
import { fetch } from './ahead';
import { Block, block, NO_MIDDLE, ROW, SUMS } from './blocks';
import { down, noteRow } from './down';
import { adds, ExactMax, ExactMin, fill, join, Max, Min, missing, Norm, nothing, scans, Sum } from './joins';
import { floats } from './lanes';
import { sumFour } from './turned';
import {
  before, dilationAcross, inFours, kernelHeight, kernelWidth, outputs, pitch, ratios, ratiosFrom, ratiosTo, rescue, rowBytes, rowScales, strideAcross,
  strideDown, together, width, yPitch,
} from './windowTable';

/** A padded row becomes output row i; `spare` are three more of its size. */
@inline function emit<T>(y: usize, i: i32, g: usize, row: usize, spare: usize): void {
  const out = y + (i as usize) * yPitch(g);
  const scale = adds<T>() ? load<f32>(rowScales(g) + floats(i)) : <f32>1;
  across<T>(row, before(g), spare, rowBytes(g), out, outputs(g), kernelWidth(g), strideAcross(g), dilationAcross(g), scale);
  if (adds<T>() && ratios(g)) atEnds(out, ratios(g), outputs(g), ratiosFrom(g), ratiosTo(g));
}

/** Four padded rows of sums become output rows i to i + 3; `spare` are four more rows of their size and 512 bytes. */
@inline function emitFour<T>(y: usize, i: i32, g: usize, row: usize, spare: usize): void {
  for (let j: usize = 0; j < 4; j++) border<T>(g, row + j * rowBytes(g));
  const out = y + (i as usize) * yPitch(g);
  sumFour(row, rowBytes(g), spare, out, yPitch(g), outputs(g), kernelWidth(g), rowScales(g) + floats(i));
  for (let j: usize = 0; j < 4; j++) {
    const to = out + j * yPitch(g);
    if (idof<T>() == idof<Norm>()) rootRow(to, outputs(g));
    if (ratios(g)) atEnds(to, ratios(g), outputs(g), ratiosFrom(g), ratiosTo(g));
  }
}

/** The padding around a padded row: `across` uses the row up where windows are wide, so it is laid for every row. */
@inline function border<T>(g: usize, row: usize): void {
  const end = row + rowBytes(g);
  const left = before(g);
  if (left) fillExactly(row, left, nothing<T>());
  const after = row + floats(left + width(g));
  fill(after, ((end - after) >>> 2) as i32 - 4, nothing<T>());
}
@inline function fillExactly(p: usize, n: i32, value: f32): void {
  const end = p + floats(n);
  if (n < 4) {
    for (; p < end; p += 4) store<f32>(p, value);
    return;
  }
  const v = f32x4.splat(value);
  for (; p + 16 < end; p += 16) v128.store(p, v);
  v128.store(end - 16, v);
}

/** Output row i reads rows start + i · stride and the k − 1 after it, those of them that are among `rows`. */
@inline function direct<T>(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): bool {
  const k = kernelHeight(g);
  const spare = scratch + rowBytes(g);
  const at = spare + 3 * rowBytes(g);
  const row = scratch + floats(before(g));
  let seen = f32x4.splat(0);
  let scannedTo = 0;
  for (let i = from; i < to; i++) {
    const first = start + i * strideDown(g);
    const low = max(first, 0);
    const high = min(first + k, rows);
    let n = 0;
    // The newest first: those before were scanned with the output row before.
    for (let r = high - 1; r >= low; r--, n++) store<u32>(at + floats(n), (x + (r as usize) * pitch(g)) as u32);
    border<T>(g, scratch);
    if (n == 0) fill(row, width(g), nothing<T>());
    else seen = f32x4.add(seen, down<T>(at, n, max(high - max(low, scannedTo), 0), row, width(g)));
    scannedTo = max(scannedTo, high);
    emit<T>(y, i, g, scratch, spare);
    if (idof<T>() == idof<Norm>()) rescue(x, rows, first, y, i, g);
  }
  return scans<T>() && missing(seen);
}

/** Rows of sums to which a chain of additions may go on from what they have in common; above, errors would grow. */
@inline function longest(): i32 {
  return 64;
}

/** Whether none of n rows from row r on is among `rows`, and whether all of them are. */
@inline function outside(r: i32, n: i32, rows: i32): bool {
  return r + n <= 0 || r >= rows;
}
@inline function among(r: i32, n: i32, rows: i32): bool {
  return r >= 0 && r + n <= rows;
}

/** Where n rows from row r on are: where there is no such row, `none`; rows of both kinds are copied to `aside`, `line` bytes apart. */
@inline function rowsAt(x: usize, rows: i32, r: i32, n: i32, none: usize, aside: usize, line: usize, g: usize): usize {
  if (among(r, n, rows)) return x + (r as usize) * pitch(g);
  if (outside(r, n, rows)) return none;
  for (let t = 0; t < n; t++) {
    const row = r + t;
    memory.copy(aside + (t as usize) * line, row >= 0 && row < rows ? x + (row as usize) * pitch(g) : none, floats(width(g)));
  }
  return aside;
}
/** How far such rows are from each other. */
@inline function lineOf(rows: i32, r: i32, n: i32, line: usize, g: usize): usize {
  return among(r, n, rows) ? pitch(g) : outside(r, n, rows) ? 0 : line;
}

/** Joins those of n rows from row r on that there are; answers what was noted of them. */
@inline function joinRows<T>(list: usize, x: usize, rows: i32, r: i32, n: i32, out: usize, g: usize): v128 {
  const low = max(r, 0);
  const count = min(r + n, rows) - low;
  if (count <= 0) {
    fill(out, width(g), nothing<T>());
    return f32x4.splat(0);
  }
  for (let t = 0; t < count; t++) store<u32>(list + floats(t), (x + ((low + t) as usize) * pitch(g)) as u32);
  return down<T>(list, count, count, out, width(g));
}

@inline function makeBlock<T>(high: i32, many: i32, rest: i32, k: i32, b: Block, w: i32): v128 {
  if (high == 5) return block<T>(5, NO_MIDDLE, false, b, w);
  if (high == 6) return block<T>(6, NO_MIDDLE, false, b, w);
  if (high == 7) return block<T>(7, NO_MIDDLE, false, b, w);
  if (many > 0) {
    if (adds<T>() && k > longest()) return block<T>(8, SUMS, true, b, w);
    return block<T>(8, SUMS, false, b, w);
  }
  if (rest > 0) return block<T>(8, ROW, false, b, w);
  return block<T>(8, NO_MIDDLE, false, b, w);
}

/** The same by blocks of output rows. */
@inline function blocks<T>(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): bool {
  const k = kernelHeight(g);
  const w = width(g);
  const high = together(g);
  // The middle of a window: rows that are left, and so many sums of `high` rows.
  const many = (k - high + 1) / high;
  const rest = (k - high + 1) % high;
  const line = (floats(w) + 79) & ~63;
  // Rows of windows begin with padding; their pixels start at a cache line.
  const pixels = (scratch + floats(before(g)) + 63) & ~63;
  const spare = scratch + (high as usize) * rowBytes(g) + 64;
  const none = spare + 4 * rowBytes(g) + 512;
  const middle = none + line;
  const latest = middle + line;
  const sums = latest + line;
  const aside = sums + (many as usize) * line;
  const behind = aside + ((high - 1) as usize) * line;
  const list = behind + (high as usize) * line;
  const b = changetype<Block>(list + floats(high));
  b.latest = latest;
  b.out = pixels;
  b.outLine = rowBytes(g);
  fill(none, w, nothing<T>());
  fill(middle, w, nothing<T>());
  b.rest = middle;
  const first = start + from * strideDown(g);
  const last = start + (to - 1) * strideDown(g);
  let seen = f32x4.splat(0);
  for (let r = max(first, 0); scans<T>() && r < min(first + high - 1 + rest, rows); r++) {
    seen = f32x4.add(seen, noteRow(x + (r as usize) * pitch(g), w));
  }
  for (let c = 0; c < many; c++) {
    seen = f32x4.add(seen, joinRows<T>(list, x, rows, first + high - 1 + rest + c * high, high, sums + (c as usize) * line, g));
  }
  let i = from;
  // A middle is the sums from one on, joined from the last to the first once in `many` blocks, and those that are new since then.
  let fresh = many;
  for (let r = first; r <= last; r += high) {
    if (many > 0 && fresh == many) {
      for (let c = many - 2; c >= 0; c--) addRow<T>(sums + (c as usize) * line, w, line);
      fill(latest, w, nothing<T>());
      fresh = 0;
    }
    if (rest > 0) joinRows<T>(list, x, rows, r + high - 1, rest, middle, g);
    b.head = rowsAt(x, rows, r, high - 1, none, aside, line, g);
    b.headLine = lineOf(rows, r, high - 1, line, g);
    b.tail = rowsAt(x, rows, r + k, high, none, behind, line, g);
    b.tailLine = lineOf(rows, r + k, high, line, g);
    b.sums = sums + (fresh as usize) * line;
    for (let t: usize = 0; r == first && t < (high as usize); t++) fetch(b.tail + t * b.tailLine, w);
    seen = f32x4.add(seen, makeBlock<T>(high, many, rest, k, b, w));
    fresh++;
    for (let j = 0; j < high && i < to; ) {
      const four = adds<T>() && inFours(g) && j + 4 <= high && i + 4 <= to;
      const made = four ? 4 : 1;
      // Rows of the next tail come from memory while the results of this one are made.
      for (let next = r + high + k + j, end = next + made; next < end; next++) {
        if (next >= 0 && next < rows) fetch(x + (next as usize) * pitch(g), w);
      }
      const row = pixels - floats(before(g)) + (j as usize) * rowBytes(g);
      j += made;
      if (four) emitFour<T>(y, i, g, row, spare);
      else if (start + i * strideDown(g) != r + j - 1) continue;
      else {
        border<T>(g, row);
        emit<T>(y, i, g, row, spare);
      }
      for (const end = i + made; i < end; i++) {
        if (idof<T>() == idof<Norm>()) rescue(x, rows, start + i * strideDown(g), y, i, g);
      }
    }
  }
  return scans<T>() && missing(seen);
}

/** Joins the row behind a row to it. */
@inline function addRow<T>(row: usize, w: i32, line: usize): void {
  for (const end = row + floats(w); row < end; row += 16) v128.store(row, join<T>(v128.load(row), v128.load(row + line)));
}

export function poolMaxDirect(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): void {
  if (direct<Max>(x, rows, start, y, from, to, g, scratch)) direct<ExactMax>(x, rows, start, y, from, to, g, scratch);
}
export function poolMinDirect(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): void {
  if (direct<Min>(x, rows, start, y, from, to, g, scratch)) direct<ExactMin>(x, rows, start, y, from, to, g, scratch);
}
export function poolSumDirect(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): void {
  direct<Sum>(x, rows, start, y, from, to, g, scratch);
}
export function poolNormDirect(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): void {
  direct<Norm>(x, rows, start, y, from, to, g, scratch);
}
export function poolMaxBlocks(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): void {
  if (blocks<Max>(x, rows, start, y, from, to, g, scratch)) blocks<ExactMax>(x, rows, start, y, from, to, g, scratch);
}
export function poolMinBlocks(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): void {
  if (blocks<Min>(x, rows, start, y, from, to, g, scratch)) blocks<ExactMin>(x, rows, start, y, from, to, g, scratch);
}
export function poolSumBlocks(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): void {
  blocks<Sum>(x, rows, start, y, from, to, g, scratch);
}
export function poolNormBlocks(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): void {
  blocks<Norm>(x, rows, start, y, from, to, g, scratch);
}
