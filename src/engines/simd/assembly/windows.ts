// Windows over a strip of output rows: input rows are joined downwards first, straight from the picture, then across, once for each output row.
// Few rows are read directly; many by van Herk and Gil-Werman, in blocks of output rows: the end of a head of rows with the beginning of a tail, so that
// the cost hardly grows with k. Sums are made the same way: nothing is subtracted, so nothing drifts.
import { across, atEnds } from './across';
import { fetch } from './ahead';
import { block } from './blocks';
import { down, noteRow } from './down';
import { adds, ExactMax, ExactMin, fill, Max, Min, missing, Norm, nothing, scans, Sum } from './joins';
import { floats } from './lanes';
import {
  before, dilationAcross, kernelHeight, kernelWidth, outputs, pitch, ratios, ratiosFrom, ratiosTo, rescue, rowBytes, rowScales, strideAcross, strideDown,
  together, width, yPitch,
} from './windowTable';

/** A padded row becomes output row i; `spare` are three more of its size. */
@inline function emit<T>(y: usize, i: i32, g: usize, row: usize, spare: usize): void {
  const out = y + (i as usize) * yPitch(g);
  const scale = adds<T>() ? load<f32>(rowScales(g) + floats(i)) : <f32>1;
  across<T>(row, spare, rowBytes(g), out, outputs(g), kernelWidth(g), strideAcross(g), dilationAcross(g), scale);
  if (adds<T>() && ratios(g)) atEnds(out, ratios(g), outputs(g), ratiosFrom(g), ratiosTo(g));
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

/** Rows of sums that may be one chain of additions. */
@inline function longest(): i32 {
  return 16;
}

/** Addresses of `n` rows from row r on, of `none` where there is no such row. Answers where the list ends. */
@inline function listRows(list: usize, x: usize, rows: i32, r: i32, n: i32, none: usize, g: usize): usize {
  for (const end = r + n; r < end; r++, list += 4) store<u32>(list, (r >= 0 && r < rows ? x + (r as usize) * pitch(g) : none) as u32);
  return list;
}

/** The same by blocks of output rows. */
@inline function blocks<T>(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): bool {
  const k = kernelHeight(g);
  const w = width(g);
  const high = together(g);
  // The middle of a window is what so many tails before hold, and the rows that are left.
  const many = k / high - 1;
  const rest = k % high;
  const line = (floats(w) + 79) & ~63;
  // Rows of windows begin with padding; their pixels start at a cache line.
  const pixels = (scratch + floats(before(g)) + 63) & ~63;
  const spare = scratch + (high as usize) * rowBytes(g) + 64;
  const none = spare + 3 * rowBytes(g);
  const totals = none + line;
  const list = totals + (many as usize) * line;
  fill(none, w, nothing<T>());
  const first = start + from * strideDown(g);
  const last = start + (to - 1) * strideDown(g);
  let seen = f32x4.splat(0);
  // Rows of tails are noted with their block.
  for (let r = max(first, 0); scans<T>() && r < min(first + high + rest, rows); r++) seen = f32x4.add(seen, noteRow(x + (r as usize) * pitch(g), w));
  for (let c = 0; c < many; c++) {
    listRows(list, x, rows, first + rest + (c + 1) * high, high, none, g);
    seen = f32x4.add(seen, down<T>(list, high, high, totals + (c as usize) * line, w));
  }
  let i = from;
  let oldest = 0;
  for (let r = first; r <= last; r += high) {
    let at = listRows(list, x, rows, r, high + rest, none, g);
    for (let c = 0; c < many; c++, at += 4) store<u32>(at, (totals + (c as usize) * line) as u32);
    listRows(at, x, rows, r + k, high, none, g);
    const n = min(high, last - r + 1);
    for (let t = 0; t < high; t++) fetch(load<u32>(at + floats(t)) as usize, w);
    const total = many > 0 && n == high ? totals + (oldest as usize) * line : 0;
    // A whole tail that no block sums up is read but for its last row.
    if (scans<T>() && n == high && !total) seen = f32x4.add(seen, noteRow(load<u32>(at + floats(high - 1)) as usize, w));
    if (adds<T>() && k > longest()) block<T>(true, list, high, rest, many, n, total, pixels, rowBytes(g), w);
    else seen = f32x4.add(seen, block<T>(false, list, high, rest, many, n, total, pixels, rowBytes(g), w));
    oldest = oldest + 1 < many ? oldest + 1 : 0;
    for (let j = 0; j < n && i < to; j++) {
      if (start + i * strideDown(g) != r + j) continue;
      const row = pixels - floats(before(g)) + (j as usize) * rowBytes(g);
      border<T>(g, row);
      emit<T>(y, i, g, row, spare);
      if (idof<T>() == idof<Norm>()) rescue(x, rows, r + j, y, i, g);
      i++;
    }
  }
  return scans<T>() && missing(seen);
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
