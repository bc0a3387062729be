// Windows over a strip of output rows: input rows are joined downwards first, straight from the picture, then across, once for each output row.
// Few rows are read directly; many by van Herk and Gil-Werman: what a block of k rows holds from row j on, with what the next holds before row j,
// is the window at j, so that the cost does not grow with k. Sums are made the same way: nothing is subtracted, so nothing drifts.
import { across, atEnds } from './across';
import { advance, advanceSums, down, take } from './down';
import { adds, ExactMax, ExactMin, fill, finish1, finish2, finish3, finish4, join2, Max, Min, missing, Norm, nothing, scans, Sum } from './joins';
import { floats } from './lanes';
import {
  before, chain, dilationAcross, kernelHeight, kernelWidth, outputs, pitch, ratios, ratiosFrom, ratiosTo, rescue, rowBytes, rowScales, strideAcross, strideDown, width, yPitch,
} from './windowTable';

/** Scratch: the padded row, three more for `across`, a list of rows; then what van Herk keeps. */
@inline function padded(scratch: usize): usize { return scratch; }
@inline function list(scratch: usize, g: usize): usize { return scratch + 4 * rowBytes(g); }
@inline function kept(scratch: usize, g: usize): usize { return list(scratch, g) + ((floats(kernelHeight(g)) + 79) & ~63); }

/** The padded row becomes output row i. */
@inline function emit<T>(y: usize, i: i32, g: usize, scratch: usize): void {
  const out = y + (i as usize) * yPitch(g);
  const row = padded(scratch);
  const scale = adds<T>() ? load<f32>(rowScales(g) + floats(i)) : <f32>1;
  across<T>(row, row + rowBytes(g), rowBytes(g), out, outputs(g), kernelWidth(g), strideAcross(g), dilationAcross(g), scale);
  if (adds<T>() && ratios(g)) atEnds(out, ratios(g), outputs(g), ratiosFrom(g), ratiosTo(g));
}

/** The padding around the padded row: `across` uses the row up where windows are 17 wide or more, so it is laid for every row. */
@inline function border<T>(g: usize, scratch: usize): void {
  const row = padded(scratch);
  const end = row + rowBytes(g);
  const left = before(g);
  if (left) fill(row, left, nothing<T>());
  const after = row + floats(left + width(g));
  fill(after, ((end - after) >>> 2) as i32 - 4, nothing<T>());
}

/** Output row i reads rows start + i · stride and the k − 1 after it, those of them that are among `rows`. */
@inline function direct<T>(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): bool {
  const k = kernelHeight(g);
  const at = list(scratch, g);
  const row = padded(scratch) + floats(before(g));
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
    emit<T>(y, i, g, scratch);
    if (idof<T>() == idof<Norm>()) rescue(x, rows, first, y, i, g);
  }
  return scans<T>() && missing(seen);
}

/** The same by blocks of k rows. Rows below are counted from the first row of the first window. */
@inline function vanHerk<T>(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): bool {
  const k = kernelHeight(g);
  const w = width(g);
  const line = (floats(w) + 79) & ~63;
  const q = chain(g);
  const suffixes = kept(scratch, g);
  // Of sums, what lies in later chains of the same block; and of the next block, in earlier chains.
  const later = suffixes + (k as usize) * line;
  const earlier = later + (((k + q - 1) / q) as usize) * line;
  const prefix = earlier + line;
  const zeros = prefix + line;
  if (adds<T>()) memory.fill(zeros, 0, line);
  const at = list(scratch, g);
  const row = padded(scratch) + floats(before(g));
  let seen = f32x4.splat(0);
  let i = from;
  for (let block = start + from * strideDown(g); i < to; block += k) {
    // Addresses of what each row of the block is joined to; 0 is nothing.
    let next: usize = 0;
    let beyond: usize = 0;
    for (let j = k - 1; j >= 0; j--) {
      const r = block + j;
      if (r >= 0 && r < rows) {
        const to = suffixes + (j as usize) * line;
        seen = f32x4.add(seen, take<T>(to, x + (r as usize) * pitch(g), next, w));
        next = to;
      }
      store<u32>(at + floats(j), next as u32);
      if (adds<T>() && j % q == 0) {
        const own = later + ((j / q) as usize) * line;
        store<u32>(own + line - 4, beyond as u32);
        if (next && j) {
          if (beyond) {
            join2<Sum>(own, next, beyond, w);
            beyond = own;
          } else beyond = next;
        }
        next = 0;
      }
    }
    let recent: usize = 0;
    let chains: usize = 0;
    for (let j = 0; j < k && i < to; j++) {
      const r = block + k + j - 1;
      const below = j > 0 && r >= 0 && r < rows ? x + (r as usize) * pitch(g) : 0;
      const suffix = load<u32>(at + floats(j)) as usize;
      const far = adds<T>() ? (load<u32>(later + ((j / q) as usize) * line + line - 4) as usize) : 0;
      const here = start + i * strideDown(g) == block + j;
      if (here) border<T>(g, scratch);
      if (here && below && recent && suffix) {
        // Most rows: the prefix grows and the row of windows leaves in one loop.
        if (adds<T>() && q < k) advanceSums<T>(prefix, below, suffix, far ? far : zeros, chains ? chains : zeros, row, w);
        else seen = f32x4.add(seen, advance<T>(prefix, below, suffix, row, w));
      } else {
        if (below) {
          seen = f32x4.add(seen, take<T>(prefix, below, recent, w));
          recent = prefix;
        }
        if (here) {
          if (adds<T>()) addUp(row, suffix, far, recent, chains, w);
          else put<T>(row, suffix, recent, w);
        }
      }
      if (here) {
        emit<T>(y, i, g, scratch);
        if (idof<T>() == idof<Norm>()) rescue(x, rows, block + j, y, i, g);
        i++;
      }
      if (adds<T>() && j % q == 0 && recent && j > 0) {
        if (chains) join2<Sum>(earlier, earlier, recent, w);
        else memory.copy(earlier, recent, line);
        chains = earlier;
        recent = 0;
      }
    }
  }
  return scans<T>() && missing(seen);
}

/** Two rows, of which either may be nothing. */
@inline function put<T>(out: usize, a: usize, b: usize, w: i32): void {
  const one = f32x4.splat(1);
  if (a && b) finish2<T>(out, a, b, w, one);
  else if (a || b) finish1<T>(out, a ? a : b, w, one);
  else fill(out, w, nothing<T>());
}

/** Sums of four rows, of which any may be nothing. */
@inline function addUp(out: usize, a: usize, b: usize, c: usize, d: usize, w: i32): void {
  const one = f32x4.splat(1);
  if (!a) {
    a = d;
    d = 0;
  }
  if (!b) {
    b = d;
    d = 0;
  }
  if (!c) {
    c = d;
    d = 0;
  }
  if (!b) {
    b = c;
    c = 0;
  }
  if (!a) {
    a = b;
    b = c;
    c = 0;
  }
  if (!a) fill(out, w, 0);
  else if (!b) finish1<Sum>(out, a, w, one);
  else if (!c) finish2<Sum>(out, a, b, w, one);
  else if (!d) finish3<Sum>(out, a, b, c, w, one);
  else finish4<Sum>(out, a, b, c, d, w, one);
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
