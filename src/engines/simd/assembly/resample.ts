// Linear maps along rows and columns apart: resampling, and its gradient. Tables made in TypeScript carry the whole meaning: mode, corners,
// scale, antialias. A tap is a pair: an index, an offset in bytes or an address, then a float32 weight.
import { evens, floats, fma, odds, storeSome, zipHigh, zipLow } from './lanes';

const TAP: usize = 8;
/** Rows that a table filters at a time. */
const GROUP: i32 = 8;
/** Rows of a long column are summed in parts, so that they are read along and not across. */
const PART: usize = 16 * TAP;

// Fields of `axes`, in i32.
const WIDTH: usize = 0;
const HEIGHT: usize = 4;
const OUT_WIDTH: usize = 8;
/** Most taps of a result row, and where they are: of each row how many it has, a free i32, and as many pairs as the longest has: a row of x, in
 * rising order, and a weight. */
const ROW_TAPS: usize = 12;
const ROWS: usize = 16;
/** Rows that the scratch holds, and bytes of each. */
const LINES: usize = 20;
const LINE: usize = 24;
const KIND: usize = 28;
/** Taps of a result column. */
const TAPS: usize = 32;
/** TABLE: tiles of columns. DOUBLE, HALVE: weights, the same for all columns. */
const TABLE_AT: usize = 36;
/** TABLE: how many tiles. HALVE: column of the first tap of result column 0. */
const FIRST: usize = 40;
/** TABLE: bytes behind the columns in the scratch where rows that nobody needs go. DOUBLE, HALVE: columns that differ:
 * i32 column of the result, how many taps, pairs of a column of x and a weight. */
const EDGES: usize = 44;
const EDGE_COUNT: usize = 48;

// A tile, in i32: some columns of the result, the columns of x that they read, pairs of 32 · (column − FROM) and a weight: −32 is a
// column of zeros, for taps that are not used.
const FROM: usize = 0;
const COLUMNS: usize = 4;
const OUT_FROM: usize = 8;
const OUT_COLUMNS: usize = 12;
const PAIRS: usize = 16;
const TILE: usize = 20;

const KEPT: i32 = 0;
const TABLE: i32 = 1;
const DOUBLE: i32 = 2;
// HALVE is 3.

/** Bytes of n taps, up to a cache line. */
@inline function tapBytes(n: i32): usize {
  return (((n as usize) * TAP + 63) & ~63) + 64;
}

/** out = Σ weight · row over `count` floats; with `more`, added to what is there. `taps` to `end`: addresses and weights. */
function weighPart(taps: usize, end: usize, out: usize, count: i32, more: bool): void {
  let at: usize = 0;
  const zero = f32x4.splat(0);
  for (const whole = floats(count & ~31); at < whole; at += 128) {
    const o = out + at;
    let a = zero, b = zero, c = zero, d = zero, e = zero, f = zero, g = zero, h = zero;
    for (let t = taps; t < end; t += TAP) {
      const p = (load<u32>(t) as usize) + at;
      const w = v128.load32_splat(t, 4);
      a = fma(v128.load(p), w, a);
      b = fma(v128.load(p, 16), w, b);
      c = fma(v128.load(p, 32), w, c);
      d = fma(v128.load(p, 48), w, d);
      e = fma(v128.load(p, 64), w, e);
      f = fma(v128.load(p, 80), w, f);
      g = fma(v128.load(p, 96), w, g);
      h = fma(v128.load(p, 112), w, h);
    }
    // The sums of parts are added, and not carried on: their errors grow with the square root of their number then.
    if (more) {
      a = f32x4.add(a, v128.load(o));
      b = f32x4.add(b, v128.load(o, 16));
      c = f32x4.add(c, v128.load(o, 32));
      d = f32x4.add(d, v128.load(o, 48));
      e = f32x4.add(e, v128.load(o, 64));
      f = f32x4.add(f, v128.load(o, 80));
      g = f32x4.add(g, v128.load(o, 96));
      h = f32x4.add(h, v128.load(o, 112));
    }
    v128.store(o, a);
    v128.store(o, b, 16);
    v128.store(o, c, 32);
    v128.store(o, d, 48);
    v128.store(o, e, 64);
    v128.store(o, f, 80);
    v128.store(o, g, 96);
    v128.store(o, h, 112);
  }
  for (const all = floats(count); at < all; at += 16) {
    let a = zero;
    for (let t = taps; t < end; t += TAP) a = fma(v128.load((load<u32>(t) as usize) + at), v128.load32_splat(t, 4), a);
    if (more) a = f32x4.add(a, v128.load(out + at));
    if (at + 16 <= all) v128.store(out + at, a);
    else storeSome(out + at, a, (count & 3) as usize);
  }
}

/** Two, four or six rows: their addresses and weights stay in registers. */
@inline function weighFewRows(n: i32, taps: usize, out: usize, count: i32): void {
  const p0 = load<usize>(taps), p1 = load<usize>(taps, 8), p2 = load<usize>(taps, 16);
  const p3 = load<usize>(taps, 24), p4 = load<usize>(taps, 32), p5 = load<usize>(taps, 40);
  const w0 = v128.load32_splat(taps, 4), w1 = v128.load32_splat(taps, 12), w2 = v128.load32_splat(taps, 20);
  const w3 = v128.load32_splat(taps, 28), w4 = v128.load32_splat(taps, 36), w5 = v128.load32_splat(taps, 44);
  let at: usize = 0;
  for (const whole = floats(count & ~3); at < whole + 16; at += 16) {
    let sum = fma(v128.load(p1 + at), w1, f32x4.mul(v128.load(p0 + at), w0));
    if (n >= 4) sum = fma(v128.load(p3 + at), w3, fma(v128.load(p2 + at), w2, sum));
    if (n >= 6) sum = fma(v128.load(p5 + at), w5, fma(v128.load(p4 + at), w4, sum));
    if (at == whole) {
      storeSome(out + at, sum, (count & 3) as usize);
      break;
    }
    v128.store(out + at, sum);
  }
}
function weighRows(taps: usize, n: i32, out: usize, count: i32): void {
  if (n == 2) return weighFewRows(2, taps, out, count);
  if (n == 4) return weighFewRows(4, taps, out, count);
  if (n == 6) return weighFewRows(6, taps, out, count);
  const end = taps + (n as usize) * TAP;
  let part = taps;
  do {
    weighPart(part, min(part + PART, end), out, count, part > taps);
    part += PART;
  } while (part < end);
}

/** Four rows of four to four columns of four, 32 bytes apart. */
@inline function turnFourIn(into: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab = zipLow(a, b), cd = zipLow(c, d), AB = zipHigh(a, b), CD = zipHigh(c, d);
  v128.store(into, v128.shuffle<f64>(ab, cd, 0, 2));
  v128.store(into, v128.shuffle<f64>(ab, cd, 1, 3), 32);
  v128.store(into, v128.shuffle<f64>(AB, CD, 0, 2), 64);
  v128.store(into, v128.shuffle<f64>(AB, CD, 1, 3), 96);
}
/** Eight rows, whose addresses are at `heads`, side by side: eight floats for each of `count` columns, rounded up to four. */
function turnIn(heads: usize, into: usize, count: i32): void {
  const a = load<usize>(heads), b = load<usize>(heads, 4), c = load<usize>(heads, 8), d = load<usize>(heads, 12);
  const e = load<usize>(heads, 16), f = load<usize>(heads, 20), g = load<usize>(heads, 24), h = load<usize>(heads, 28);
  for (let i: usize = 0, all = floats(count); i < all; i += 16, into += 128) {
    turnFourIn(into, v128.load(a + i), v128.load(b + i), v128.load(c + i), v128.load(d + i));
    turnFourIn(into + 16, v128.load(e + i), v128.load(f + i), v128.load(g + i), v128.load(h + i));
  }
}

/** Four columns of four rows to the rows at `heads`, at byte i; all four floats of each, or the first `some`. */
@inline function turnFourOut(heads: usize, i: usize, from: usize, some: usize): void {
  const a = v128.load(from), b = v128.load(from, 32), c = v128.load(from, 64), d = v128.load(from, 96);
  const ab = zipLow(a, b), cd = zipLow(c, d), AB = zipHigh(a, b), CD = zipHigh(c, d);
  put(load<usize>(heads) + i, v128.shuffle<f64>(ab, cd, 0, 2), some);
  put(load<usize>(heads, 4) + i, v128.shuffle<f64>(ab, cd, 1, 3), some);
  put(load<usize>(heads, 8) + i, v128.shuffle<f64>(AB, CD, 0, 2), some);
  put(load<usize>(heads, 12) + i, v128.shuffle<f64>(AB, CD, 1, 3), some);
}
@inline function put(p: usize, v: v128, some: usize): void {
  if (some == 4) v128.store(p, v);
  else storeSome(p, v, some);
}
/** Back from columns of eight to `count` floats of eight rows. */
function turnOut(heads: usize, from: usize, count: i32): void {
  const whole = floats(count & ~3);
  for (let i: usize = 0; i < whole; i += 16, from += 128) {
    turnFourOut(heads, i, from, 4);
    turnFourOut(heads + 16, i, from + 16, 4);
  }
  if (!(count & 3)) return;
  turnFourOut(heads, whole, from, (count & 3) as usize);
  turnFourOut(heads + 16, whole, from + 16, (count & 3) as usize);
}

/** Result columns of eight rows from columns of eight rows: every result has its own `n` taps. */
@inline function weighFew(columns: usize, taps: usize, n: usize, into: usize, count: i32): void {
  const size = n * TAP;
  for (let end = into + ((count as usize) << 5); into < end; into += 32) {
    let a = f32x4.splat(0), b = a;
    for (const last = taps + size; taps < last; taps += TAP) {
      const p = columns + (load<u32>(taps) as usize);
      const w = v128.load32_splat(taps, 4);
      a = fma(v128.load(p), w, a);
      b = fma(v128.load(p, 16), w, b);
    }
    v128.store(into, a);
    v128.store(into, b, 16);
  }
}
/** The same for many taps, in parts whose sums are added. */
function weighMany(columns: usize, taps: usize, n: usize, into: usize, count: i32): void {
  for (let end = into + ((count as usize) << 5); into < end; into += 32) {
    let A = f32x4.splat(0), B = A;
    for (const last = taps + n * TAP; taps < last; ) {
      let a = f32x4.splat(0), b = a;
      for (const part = min(taps + PART, last); taps < part; taps += TAP) {
        const p = columns + (load<u32>(taps) as usize);
        const w = v128.load32_splat(taps, 4);
        a = fma(v128.load(p), w, a);
        b = fma(v128.load(p, 16), w, b);
      }
      A = f32x4.add(A, a);
      B = f32x4.add(B, b);
    }
    v128.store(into, A);
    v128.store(into, B, 16);
  }
}
function weighColumns(columns: usize, taps: usize, n: usize, into: usize, count: i32): void {
  if (n == 2) weighFew(columns, taps, 2, into, count);
  else if (n == 4) weighFew(columns, taps, 4, into, count);
  else if (n <= 16) weighFew(columns, taps, n, into, count);
  else weighMany(columns, taps, n, into, count);
}

/** Eight rows, whose column 0 is where `rows` says, to those of which `heads` says where, tile by tile; `heads` and `rows` end elsewhere. */
function filterGroup(axes: usize, rows: usize, heads: usize, columns: usize): void {
  const n = load<usize>(axes, TAPS);
  let tile = load<usize>(axes, TABLE_AT), from = 0, outFrom = 0;
  for (let k = load<i32>(axes, FIRST); k > 0; k--, tile += TILE) {
    const count = load<i32>(tile, COLUMNS), outCount = load<i32>(tile, OUT_COLUMNS);
    const results = columns + (((count + 3) & ~3) as usize) * 32;
    move(rows, load<i32>(tile, FROM) - from);
    move(heads, load<i32>(tile, OUT_FROM) - outFrom);
    from = load<i32>(tile, FROM);
    outFrom = load<i32>(tile, OUT_FROM);
    turnIn(rows, columns, count);
    weighColumns(columns, load<usize>(tile, PAIRS), n, results, outCount);
    turnOut(heads, results, outCount);
  }
}
/** Eight addresses, some floats further. */
@inline function move(heads: usize, count: i32): void {
  const by = i32x4.splat(count << 2);
  v128.store(heads, i32x4.add(v128.load(heads), by));
  v128.store(heads, i32x4.add(v128.load(heads, 16), by), 16);
}

/** Twice as many columns: pairs of results have the same weights, over columns next to each other. Writes up to 6 floats more. */
@inline function double(taps: i32, out: usize, row: usize, weights: usize, count: i32): void {
  const a0 = v128.load32_splat(weights), a1 = v128.load32_splat(weights, 4), a2 = v128.load32_splat(weights, 8);
  const a3 = v128.load32_splat(weights, 12), a4 = v128.load32_splat(weights, 16), a5 = v128.load32_splat(weights, 20);
  weights += floats(taps);
  const b0 = v128.load32_splat(weights), b1 = v128.load32_splat(weights, 4), b2 = v128.load32_splat(weights, 8);
  const b3 = v128.load32_splat(weights, 12), b4 = v128.load32_splat(weights, 16), b5 = v128.load32_splat(weights, 20);
  for (let end = row + floats(count); row < end; row += 16, out += 32) {
    const p = row - floats(taps >> 1);
    const x1 = v128.load(p, 4), x2 = v128.load(p, 8);
    let a = fma(x1, a1, f32x4.mul(v128.load(p), a0));
    let b = fma(x2, b1, f32x4.mul(x1, b0));
    if (taps >= 4) {
      const x3 = v128.load(p, 12), x4 = v128.load(p, 16);
      a = fma(x3, a3, fma(x2, a2, a));
      b = fma(x4, b3, fma(x3, b2, b));
      if (taps >= 6) {
        const x5 = v128.load(p, 20);
        a = fma(x5, a5, fma(x4, a4, a));
        b = fma(v128.load(p, 24), b5, fma(x5, b4, b));
      }
    }
    v128.store(out, zipLow(a, b));
    v128.store(out, zipHigh(a, b), 16);
  }
}
function doubleRow(taps: i32, out: usize, row: usize, weights: usize, count: i32): void {
  if (taps == 2) double(2, out, row, weights, count);
  else if (taps == 4) double(4, out, row, weights, count);
  else double(6, out, row, weights, count);
}

/** Four results from every second column, by pairs of taps: the columns between are those of the next tap. */
@inline function halfFour(taps: usize, p: usize, weights: usize): v128 {
  let sum = f32x4.splat(0);
  for (const end = weights + (taps << 2); weights < end; weights += 8, p += 8) {
    const a = v128.load(p), b = v128.load(p, 16);
    sum = fma(evens(a, b), v128.load32_splat(weights), sum);
    sum = fma(odds(a, b), v128.load32_splat(weights, 4), sum);
  }
  return sum;
}
/** Half as many columns; `row` is where the first tap of the first result is. */
@inline function halve(taps: usize, out: usize, row: usize, weights: usize, count: i32): void {
  let i: usize = 0;
  for (const whole = floats(count & ~3); i < whole; i += 16) v128.store(out + i, halfFour(taps, row + (i << 1), weights));
  if (count & 3) storeSome(out + i, halfFour(taps, row + (i << 1), weights), (count & 3) as usize);
}
function halveRow(taps: usize, out: usize, row: usize, weights: usize, count: i32): void {
  if (taps == 2) halve(2, out, row, weights, count);
  else if (taps == 4) halve(4, out, row, weights, count);
  else halve(taps, out, row, weights, count);
}

/** Half as many columns of two rows that are summed: two taps each way, with nothing stored between. */
function halveTwo(taps: usize, out: usize, first: usize, weights: usize, count: i32): void {
  const top = load<usize>(taps) + first, bottom = load<usize>(taps, 8) + first;
  const u = v128.load32_splat(taps, 4), v = v128.load32_splat(taps, 12);
  const l = v128.load32_splat(weights), r = v128.load32_splat(weights, 4);
  for (let i: usize = 0, whole = floats(count & ~3); ; i += 16) {
    const p = top + (i << 1), q = bottom + (i << 1);
    const a = fma(v128.load(q), v, f32x4.mul(v128.load(p), u));
    const b = fma(v128.load(q, 16), v, f32x4.mul(v128.load(p, 16), u));
    const sum = fma(odds(a, b), r, f32x4.mul(evens(a, b), l));
    if (i == whole) return storeSome(out + i, sum, (count & 3) as usize);
    v128.store(out + i, sum);
  }
}

/** The columns that differ. */
function weighEdges(axes: usize, row: usize, out: usize): void {
  let edge = load<usize>(axes, EDGES);
  for (let k = load<i32>(axes, EDGE_COUNT); k > 0; k--) {
    const at = out + floats(load<i32>(edge)), end = edge + TAP + load<usize>(edge, 4) * TAP;
    let sum: f32 = 0;
    for (edge += TAP; edge < end; edge += TAP) sum += load<f32>(row + floats(load<i32>(edge))) * load<f32>(edge, 4);
    store<f32>(at, sum);
  }
}

/** Addresses and weights of the rows behind a result row; row r is line r mod `lines`. */
@inline function rowsOf(row: usize, taps: usize, first: usize, stride: usize, lines: i32): i32 {
  const n = load<i32>(row);
  for (const end = row + (n as usize) * TAP; row < end; taps += TAP) {
    row += TAP;
    store<usize>(taps, first + ((load<i32>(row) % lines) as usize) * stride);
    store<f32>(taps, load<f32>(row, 4), 4);
  }
  return n;
}
const EVERY_ROW = i32.MAX_VALUE;

/** Columns of eight rows, behind a column of zeros. */
@inline function columnsAt(free: usize): usize {
  v128.store(free, f32x4.splat(0));
  v128.store(free, f32x4.splat(0), 16);
  return free + 32;
}

/**
 * Result rows [from, to) where there are more result rows than rows of x: each row of x is filtered along once, into a ring of rows in the
 * scratch, and a result row is a weighted sum of those.
 */
export function resampleAlong(x: usize, y: usize, from: i32, to: i32, axes: usize, scratch: usize): void {
  const width = load<i32>(axes, WIDTH), height = load<i32>(axes, HEIGHT), outWidth = load<i32>(axes, OUT_WIDTH);
  const most = load<i32>(axes, ROW_TAPS), line = load<usize>(axes, LINE), lines = load<i32>(axes, LINES), kind = load<i32>(axes, KIND);
  const heads = scratch, rows = scratch + 32, taps = scratch + 64, ring = taps + tapBytes(most);
  const columns = columnsAt(ring + (lines as usize) * line);
  const stride = floats(width), step = (most as usize) * TAP + TAP;
  let row = load<usize>(axes, ROWS) + (from as usize) * step;
  let done = -1;
  y += (from as usize) * floats(outWidth);
  for (let i = from; i < to; i++, row += step, y += floats(outWidth)) {
    const n = load<i32>(row);
    // The first row of all that is read; those between two result rows that nobody reads are few.
    if (done < 0 && n > 0) done = load<i32>(row + TAP) - 1;
    for (const last = n > 0 ? load<i32>(row + (n as usize) * TAP) : done; done < last; ) {
      const q = done + 1;
      if (kind == TABLE) {
        for (let k = 0; k < GROUP; k++) {
          store<usize>(rows + (k << 2), x + (min(q + k, height - 1) as usize) * stride);
          store<usize>(heads + (k << 2), ring + (((q + k) % lines) as usize) * line);
        }
        filterGroup(axes, rows, heads, columns);
        done += GROUP;
      } else {
        const slot = ring + ((q % lines) as usize) * line, p = x + (q as usize) * stride;
        doubleRow(load<i32>(axes, TAPS), slot, p, load<usize>(axes, TABLE_AT), width);
        weighEdges(axes, p, slot);
        done = q;
      }
    }
    weighRows(taps, rowsOf(row, taps, ring, line, lines), y, outWidth);
  }
}

/** A row of sums down columns: where it is. One that is a row of x stays where it is. */
@inline function sumDown(row: usize, x: usize, stride: usize, taps: usize, into: usize, width: i32): usize {
  if (load<i32>(row) == 1 && load<f32>(row + TAP, 4) == 1) return x + (load<i32>(row + TAP) as usize) * stride;
  weighRows(taps, rowsOf(row, taps, x, stride, EVERY_ROW), into, width);
  return into;
}

/** Result rows [from, to) where there are not more than rows of x: rows of x are summed first, and what is left is filtered along. */
export function resampleDown(x: usize, y: usize, from: i32, to: i32, axes: usize, scratch: usize): void {
  const width = load<i32>(axes, WIDTH), outWidth = load<i32>(axes, OUT_WIDTH), most = load<i32>(axes, ROW_TAPS);
  const line = load<usize>(axes, LINE), lines = load<i32>(axes, LINES), kind = load<i32>(axes, KIND);
  const heads = scratch, rows = scratch + 32, taps = scratch + 64, sums = taps + tapBytes(most) + 64;
  const columns = columnsAt(sums + (lines as usize) * line);
  const stride = floats(width), outStride = floats(outWidth), step = (most as usize) * TAP + TAP;
  let row = load<usize>(axes, ROWS) + (from as usize) * step;
  y += (from as usize) * outStride;
  if (kind == KEPT) {
    for (let i = from; i < to; i++, row += step, y += outStride) {
      const at = sumDown(row, x, stride, taps, y, width);
      if (at != y) memory.copy(y, at, stride);
    }
  } else if (kind == TABLE) {
    const spare = columns + load<usize>(axes, EDGES);
    for (let i = from; i < to; i += GROUP) {
      for (let k = 0; k < GROUP; k++) {
        // Rows behind the last one are made of anything and go nowhere.
        const real = i + k < to;
        store<usize>(rows + (k << 2), real ? sumDown(row, x, stride, taps, sums + (k as usize) * line, width) : load<usize>(rows));
        store<usize>(heads + (k << 2), real ? y : spare);
        row += step;
        y += outStride;
      }
      filterGroup(axes, rows, heads, columns);
    }
  } else {
    const first = floats(load<i32>(axes, FIRST)), weights = load<usize>(axes, TABLE_AT), n = load<usize>(axes, TAPS);
    const plain = n == 2 && load<i32>(axes, EDGE_COUNT) == 0;
    for (let i = from; i < to; i++, row += step, y += outStride) {
      if (plain && load<i32>(row) == 2) {
        rowsOf(row, taps, x, stride, EVERY_ROW);
        halveTwo(taps, y, first, weights, outWidth);
      } else {
        const at = sumDown(row, x, stride, taps, sums, width);
        halveRow(n, y, at + first, weights, outWidth);
        weighEdges(axes, at, y);
      }
    }
  }
}
