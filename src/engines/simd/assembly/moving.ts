// Values that move and are not changed: rows repeated, thinned out, framed; planes dealt and interleaved.
import { every, everyInFour, evenly } from './every';
import { evens, floats, odds, storeSome, zipHigh, zipLow } from './lanes';

const COPY: i32 = 0;
const REPEAT: i32 = 1;
const EVERY: i32 = 2;
const TABLE: i32 = 3;
// PIECES is 4.

// What a piece of a row holds.
const BORDER: i32 = 0;
const ONWARD: i32 = 1;
const SAME: i32 = 2;
// BACKWARD is 3.

export function copyValues(x: usize, y: usize, count: i32): void {
  memory.copy(y, x, floats(count));
}

@inline function fill(y: usize, n: i32, v: v128): void {
  const whole = y + floats(n & ~3);
  for (; y < whole; y += 16) v128.store(y, v);
  storeSome(y, v, (n & 3) as usize);
}

export function fillValues(y: usize, count: i32, value: f32): void {
  fill(y, count, f32x4.splat(value));
}

/** A row, in vectors: some thousand bytes are copied faster so than by a call. */
@inline function copyRow(x: usize, y: usize, n: i32): void {
  const end = y + floats(n & ~15), whole = y + floats(n & ~3);
  for (; y < end; x += 64, y += 64) {
    const a = v128.load(x), b = v128.load(x, 16), c = v128.load(x, 32), d = v128.load(x, 48);
    v128.store(y, a);
    v128.store(y, b, 16);
    v128.store(y, c, 32);
    v128.store(y, d, 48);
  }
  for (; y < whole; x += 16, y += 16) v128.store(y, v128.load(x));
  storeSome(y, v128.load(x), (n & 3) as usize);
}

/** Every value r times. */
function repeat(x: usize, y: usize, n: i32, r: i32): void {
  const end = x + floats(n), whole = x + floats(n & ~3);
  if (r == 2) {
    for (; x < whole; x += 16, y += 32) {
      const v = v128.load(x);
      v128.store(y, zipLow(v, v));
      v128.store(y, zipHigh(v, v), 16);
    }
  } else if (r == 3) {
    for (; x < whole; x += 16, y += 48) {
      const v = v128.load(x);
      v128.store(y, v128.shuffle<f32>(v, v, 0, 0, 0, 1));
      v128.store(y, v128.shuffle<f32>(v, v, 1, 1, 2, 2), 16);
      v128.store(y, v128.shuffle<f32>(v, v, 2, 3, 3, 3), 32);
    }
  } else if (r >= 4) {
    const last = floats(r - 4);
    for (; x < end; x += 4, y += last + 16) {
      const v = v128.load32_splat(x);
      for (let i: usize = 0; i < last; i += 16) v128.store(y + i, v);
      v128.store(y + last, v);
    }
  }
  for (; x < end; x += 4) for (let k = 0; k < r; k++, y += 4) store<f32>(y, load<f32>(x));
}

/** Longer rows go to memory, which takes one run of writes faster than two side by side. */
const shortRow: i32 = 1024;

/** Every value twice, in two rows at a time: half as many loads, and the second row needs no sweep of its own. */
function repeatTwice(x: usize, y: usize, below: usize, n: i32): void {
  const end = x + floats(n), whole = x + floats(n & ~3);
  for (; x < whole; x += 16, y += 32, below += 32) {
    const v = v128.load(x), a = zipLow(v, v), b = zipHigh(v, v);
    v128.store(y, a);
    v128.store(y, b, 16);
    v128.store(below, a);
    v128.store(below, b, 16);
  }
  for (; x < end; x += 4, y += 8, below += 8) {
    const v = v128.load32_splat(x);
    v128.store64_lane(y, v, 0);
    v128.store64_lane(below, v, 0);
  }
}

/** Values by a table of offsets in bytes. */
function byTable(x: usize, y: usize, n: i32, table: usize): void {
  for (const whole = y + floats(n & ~3); y < whole; y += 16, table += 16) {
    let v = v128.load32_zero(x + (load<u32>(table) as usize));
    v = v128.load32_lane(x + (load<u32>(table, 4) as usize), v, 1);
    v = v128.load32_lane(x + (load<u32>(table, 8) as usize), v, 2);
    v = v128.load32_lane(x + (load<u32>(table, 12) as usize), v, 3);
    v128.store(y, v);
  }
  for (let k = n & 3; k > 0; k--, y += 4, table += 4) store<f32>(y, load<f32>(x + (load<u32>(table) as usize)));
}

/** n values backward, from x down. */
function backward(x: usize, y: usize, n: i32): void {
  x -= 12;
  for (const whole = y + floats(n & ~3); y < whole; y += 16, x -= 16) {
    const v = v128.load(x);
    v128.store(y, v128.shuffle<f32>(v, v, 3, 2, 1, 0));
  }
  x += 12;
  for (let k = n & 3; k > 0; k--, y += 4, x -= 4) store<f32>(y, load<f32>(x));
}

/** A row of pieces, each four i32: values, what they are, the column of the first. */
@inline function assemble(x: usize, y: usize, pieces: usize, count: i32, border: v128): void {
  for (let k = 0; k < count; k++, pieces += 12) {
    const n = load<i32>(pieces), kind = load<i32>(pieces, 4), from = x + floats(load<i32>(pieces, 8));
    if (kind == BORDER) fill(y, n, border);
    else if (kind == SAME) fill(y, n, v128.load32_splat(from));
    else if (kind == ONWARD) copyRow(from, y, n);
    else backward(from, y, n);
    y += floats(n);
  }
}

/**
 * Result rows [from, to): row i is made of row `rows[i]` of x, or of the border where that is negative. A row that is made as the one before is
 * copied from there. `kind` says what becomes of columns: copied from column `by` on, each `by` times, every `by`-th from column `at` on, the
 * table or the `by` pieces at `at`.
 */
export function pickRows(
  x: usize, y: usize, from: i32, to: i32, width: i32, outWidth: i32, rows: usize, kind: i32, by: i32, at: usize, border: f32,
): void {
  const stride = floats(outWidth), edge = f32x4.splat(border);
  y += (from as usize) * stride;
  for (let i = from, last = -2; i < to; i++, y += stride) {
    const row = rows + ((i as usize) << 2), r = load<i32>(row);
    const p = x + (max(r, 0) as usize) * floats(width);
    if (r < 0) fill(y, outWidth, edge);
    else if (kind == COPY) memory.copy(y, p + floats(by), stride);
    else if (kind == REPEAT && by == 2 && outWidth <= shortRow && r != last && i + 1 < to && load<i32>(row, 4) == r) {
      repeatTwice(p, y, y + stride, width);
      i++;
      y += stride;
    } else if (r == last) copyRow(y - stride, y, outWidth);
    else if (kind == REPEAT) repeat(p, y, width, by);
    else if (kind == EVERY && i + 3 < to && evenly(row, by)) {
      everyInFour(p + (at << 2), floats(width * by), y, stride, outWidth, by);
      i += 3;
      y += 3 * stride;
    } else if (kind == EVERY) every(p + (at << 2), y, outWidth, by);
    else if (kind == TABLE) byTable(p, y, outWidth, at);
    else assemble(p, y, at, by, edge);
    last = r;
  }
}

/** Transposes 4 × 4 values: the vector with lane k of each. */
@inline function lane0(ab: v128, cd: v128): v128 {
  return v128.shuffle<f64>(ab, cd, 0, 2);
}
@inline function lane1(ab: v128, cd: v128): v128 {
  return v128.shuffle<f64>(ab, cd, 1, 3);
}

/** r rows, `apart` bytes from each other, value by value into one. */
function interleave(x: usize, apart: usize, y: usize, n: i32, r: i32): void {
  const all = floats(n), whole = floats(n & ~3), step = floats(r);
  let i: usize = 0;
  if (r == 2) {
    for (; i < whole; i += 16, y += 32) {
      const a = v128.load(x + i), b = v128.load(x + apart + i);
      v128.store(y, zipLow(a, b));
      v128.store(y, zipHigh(a, b), 16);
    }
  } else if (r == 3) {
    for (; i < whole; i += 16, y += 48) {
      const a = v128.load(x + i), b = v128.load(x + apart + i), c = v128.load(x + 2 * apart + i);
      const ab = zipLow(a, b), AB = zipHigh(a, b);
      v128.store(y, v128.shuffle<f32>(v128.shuffle<f32>(ab, c, 0, 1, 4, 4), a, 0, 1, 2, 5));
      v128.store(y, v128.shuffle<f32>(v128.shuffle<f32>(b, c, 1, 1, 5, 5), AB, 0, 2, 4, 5), 16);
      v128.store(y, v128.shuffle<f32>(v128.shuffle<f32>(AB, c, 2, 3, 6, 7), c, 2, 0, 1, 7), 32);
    }
  } else if (r >= 4) {
    // Four rows at a time; the last four overlap those before.
    for (let v: usize = 0; v < (r as usize); v += 4) {
      const u = min(v, (r as usize) - 4), p = x + u * apart;
      for (let j: usize = 0, o = y + (u << 2); j < all; j += 16, o += 4 * step) {
        const a = v128.load(p + j), b = v128.load(p + apart + j), c = v128.load(p + 2 * apart + j), d = v128.load(p + 3 * apart + j);
        const ab = zipLow(a, b), cd = zipLow(c, d), AB = zipHigh(a, b), CD = zipHigh(c, d);
        v128.store(o, lane0(ab, cd));
        if (j + 4 < all) v128.store(o + step, lane1(ab, cd));
        if (j + 8 < all) v128.store(o + 2 * step, lane0(AB, CD));
        if (j + 12 < all) v128.store(o + 3 * step, lane1(AB, CD));
      }
    }
    return;
  }
  for (; i < all; i += 4) for (let v: usize = 0; v < (r as usize); v++, y += 4) store<f32>(y, load<f32>(x + v * apart + i));
}

/** Values of one row dealt to r rows, `apart` bytes from each other, n to each. */
function deal(x: usize, y: usize, apart: usize, n: i32, r: i32): void {
  const all = floats(n), whole = floats(n & ~3), step = floats(r);
  let i: usize = 0;
  if (r == 2) {
    for (; i < whole; i += 16, x += 32) {
      const a = v128.load(x), b = v128.load(x, 16);
      v128.store(y + i, evens(a, b));
      v128.store(y + apart + i, odds(a, b));
    }
  } else if (r == 3) {
    for (; i < whole; i += 16, x += 48) {
      const a = v128.load(x), b = v128.load(x, 16), c = v128.load(x, 32);
      v128.store(y + i, v128.shuffle<f32>(v128.shuffle<f32>(a, b, 0, 3, 6, 6), c, 0, 1, 2, 5));
      v128.store(y + apart + i, v128.shuffle<f32>(v128.shuffle<f32>(a, b, 1, 4, 7, 7), c, 0, 1, 2, 6));
      v128.store(y + 2 * apart + i, v128.shuffle<f32>(v128.shuffle<f32>(a, b, 2, 5, 5, 5), c, 0, 1, 4, 7));
    }
  } else if (r >= 4 && n >= 4) {
    // Four rows and four values of each at a time; the last ones overlap those before.
    for (let v: usize = 0; v < (r as usize); v += 4) {
      const u = min(v, (r as usize) - 4), o = y + u * apart;
      for (let j: usize = 0; j < all; j += 16) {
        const k = min(j, all - 16), p = x + (u << 2) + (k >> 2) * step;
        const a = v128.load(p), b = v128.load(p + step), c = v128.load(p + 2 * step), d = v128.load(p + 3 * step);
        const ab = zipLow(a, b), cd = zipLow(c, d), AB = zipHigh(a, b), CD = zipHigh(c, d);
        v128.store(o + k, lane0(ab, cd));
        v128.store(o + apart + k, lane1(ab, cd));
        v128.store(o + 2 * apart + k, lane0(AB, CD));
        v128.store(o + 3 * apart + k, lane1(AB, CD));
      }
    }
    return;
  }
  for (; i < all; i += 4) for (let v: usize = 0; v < (r as usize); v++, x += 4) store<f32>(y + v * apart + i, load<f32>(x));
}

/** Rows [from, to) of each of r² planes of x, `plane` values each and `width` wide, interleaved to r times as many rows of y. */
export function shufflePlanes(x: usize, y: usize, from: i32, to: i32, width: i32, plane: i32, r: i32): void {
  const apart = floats(plane), stride = floats(width);
  for (let i = from; i < to; i++) {
    for (let u = 0; u < r; u++) {
      const row = y + ((i * r + u) as usize) * stride * (r as usize);
      interleave(x + (u as usize) * (r as usize) * apart + (i as usize) * stride, apart, row, width, r);
    }
  }
}

/** Rows [from, to) of each of r² planes of y, `plane` values each and `outWidth` wide, dealt from a plane of x. */
export function unshufflePlane(x: usize, y: usize, from: i32, to: i32, width: i32, outWidth: i32, plane: i32, r: i32): void {
  const apart = floats(plane);
  for (let i = from; i < to; i++) {
    for (let u = 0; u < r; u++) {
      const o = y + (u as usize) * (r as usize) * apart + (i as usize) * floats(outWidth);
      deal(x + ((i * r + u) as usize) * floats(width), o, apart, outWidth, r);
    }
  }
}
