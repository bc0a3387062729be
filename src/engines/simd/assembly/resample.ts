// Linear maps along rows and columns apart: resampling, and its gradient. Tables made in TypeScript carry the whole meaning: mode, corners,
// scale, antialias.
import { doubleRow, halveRow, halveTwo } from './doubling';
import { floats } from './lanes';
import { turnIn, turnOut, weighColumns } from './turning';
import { TAP, tapBytes, weighRows } from './weighing';

/** Rows that a table filters at a time. */
const GROUP: i32 = 8;

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
// DOUBLE is 2, HALVE 3.

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
