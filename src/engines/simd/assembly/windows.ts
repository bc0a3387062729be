// Windows over a strip of output rows: input rows are joined downwards first, straight from the picture, then across, once for each output row.
// Few rows are read directly; many by van Herk and Gil-Werman: what a block of k rows holds from row j on, with what the next holds before row j,
// is the window at j, so that the cost does not grow with k. Sums are made the same way: nothing is subtracted, so nothing drifts.
import { across, atEnds } from './across';
import { prefixes, suffixes } from './blocks';
import { down } from './down';
import { adds, ExactMax, ExactMin, fill, Max, Min, missing, Norm, nothing, scans, Sum } from './joins';
import { floats } from './lanes';
import {
  before, dilationAcross, kernelHeight, kernelWidth, outputs, pitch, ratios, ratiosFrom, ratiosTo, rescue, rowBytes, rowScales, strideAcross, strideDown,
  width, yPitch,
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

/** Rows of a block that are made together. */
@inline function together(): i32 {
  return 8;
}

/** Rows of sums that may be one chain of additions. */
@inline function longest(): i32 {
  return 16;
}

/** Addresses of `n` rows from row r on, of `none` where there is no such row. */
@inline function listRows(list: usize, x: usize, rows: i32, r: i32, n: i32, none: usize, g: usize): void {
  for (const end = r + n; r < end; r++, list += 4) store<u32>(list, (r >= 0 && r < rows ? x + (r as usize) * pitch(g) : none) as u32);
}

/** The same by blocks of k rows. */
@inline function vanHerk<T>(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): bool {
  const k = kernelHeight(g);
  const w = width(g);
  const line = (floats(w) + 79) & ~63;
  // Rows of windows begin with padding; their pixels start at a cache line.
  const pixels = (scratch + floats(before(g)) + 63) & ~63;
  const spare = scratch + (together() as usize) * rowBytes(g) + 64;
  const list = spare + 3 * rowBytes(g);
  const none = list + 64;
  const prefix = none + line;
  const parts = prefix + line;
  fill(none, w, nothing<T>());
  let seen = f32x4.splat(0);
  let i = from;
  for (let block = start + from * strideDown(g); i < to; block += k) {
    let base = none;
    for (let end = k; end > 0; end -= together()) {
      const j = max(end - together(), 0);
      const own = parts + (j as usize) * line;
      listRows(list, x, rows, block + j, end - j, none, g);
      if (adds<T>() && k > longest()) suffixes<T>(true, list, end - j, base, own, line, w);
      else seen = f32x4.add(seen, suffixes<T>(false, list, end - j, base, own, line, w));
      base = own;
    }
    fill(prefix, w, nothing<T>());
    // Rows behind the last block are noted here, others with their own block.
    const isLast = start + (to - 1) * strideDown(g) < block + k;
    for (let j = 0; j < k && i < to; j += together()) {
      const n = min(together(), k - j);
      // The first row of the block is a window by itself.
      listRows(list, x, rows, block + k + j - 1, n, none, g);
      if (j == 0) store<u32>(list, none as u32);
      const others = parts + (j as usize) * line;
      if (adds<T>() && k > longest()) prefixes<T>(true, false, list, n, prefix, others, line, pixels, rowBytes(g), w);
      else if (!scans<T>() || isLast) seen = f32x4.add(seen, prefixes<T>(false, true, list, n, prefix, others, line, pixels, rowBytes(g), w));
      else prefixes<T>(false, false, list, n, prefix, others, line, pixels, rowBytes(g), w);
      for (let r = 0; r < n && i < to; r++) {
        if (start + i * strideDown(g) != block + j + r) continue;
        const row = pixels - floats(before(g)) + (r as usize) * rowBytes(g);
        border<T>(g, row);
        emit<T>(y, i, g, row, spare);
        if (idof<T>() == idof<Norm>()) rescue(x, rows, block + j + r, y, i, g);
        i++;
      }
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
  if (vanHerk<Max>(x, rows, start, y, from, to, g, scratch)) vanHerk<ExactMax>(x, rows, start, y, from, to, g, scratch);
}
export function poolMinBlocks(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): void {
  if (vanHerk<Min>(x, rows, start, y, from, to, g, scratch)) vanHerk<ExactMin>(x, rows, start, y, from, to, g, scratch);
}
export function poolSumBlocks(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): void {
  vanHerk<Sum>(x, rows, start, y, from, to, g, scratch);
}
export function poolNormBlocks(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): void {
  vanHerk<Norm>(x, rows, start, y, from, to, g, scratch);
}
