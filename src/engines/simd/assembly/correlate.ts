// Gradients of weights: sums of products of two pictures. Float32 over a few hundred pixels, float64 over all of them.
import { floats, fma } from './lanes';

/** Pixels that are summed in float32, a multiple of 8: of more, equal products would all be rounded the same way. */
const together = 512;

/** Adds the sum of four lanes. */
@inline function collect(to: usize, v: v128): void {
  const pairs = f64x2.add(f64x2.promote_low_f32x4(v), f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3)));
  store<f64>(to, load<f64>(to) + f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1));
}

/** Its first n < 4 lanes are ones, the others zeros. */
@inline function firstLanes(n: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(n));
}

/** Offset t of `taps`; the last one beyond them. */
@inline function offsetAt(offsets: usize, t: i32, taps: i32): usize {
  return load<i32>(offsets + floats(min(t, taps - 1))) as usize;
}

/** Up to four outputs by two taps. */
@inline function correlate4(
  dy: usize, plane: usize, row: usize, outputs: i32, src: usize, rowStep: usize, rows: i32, width: i32, offsets: usize, t: i32, taps: i32,
  sums: usize, sumsRow: usize,
): void {
  const zero = f32x4.splat(0);
  let a0 = zero, a1 = zero;
  let b0 = zero, b1 = zero;
  let c0 = zero, c1 = zero;
  let d0 = zero, d1 = zero;
  const toB: usize = outputs > 1 ? plane : 0;
  const toC: usize = outputs > 2 ? 2 * plane : 0;
  const toD: usize = outputs > 3 ? 3 * plane : 0;
  const whole = floats(width & ~3);
  const mask = firstLanes(width & 3);
  const first = offsetAt(offsets, t, taps);
  const second = offsetAt(offsets, t + 1, taps);
  for (let r = 0; r < rows; r++, src += rowStep, dy += row) {
    const end = dy + whole;
    let p = src + first;
    const next = second - first;
    let q = dy;
    for (; q < end; q += 16, p += 16) {
      const x0 = v128.load(p);
      const x1 = v128.load(p + next);
      let g = v128.load(q);
      a0 = fma(x0, g, a0);
      a1 = fma(x1, g, a1);
      g = v128.load(q + toB);
      b0 = fma(x0, g, b0);
      b1 = fma(x1, g, b1);
      g = v128.load(q + toC);
      c0 = fma(x0, g, c0);
      c1 = fma(x1, g, c1);
      g = v128.load(q + toD);
      d0 = fma(x0, g, d0);
      d1 = fma(x1, g, d1);
    }
    if (width & 3) {
      // What lies beyond the tile may be anything, NaN included.
      const x0 = v128.and(v128.load(p), mask);
      const x1 = v128.and(v128.load(p + next), mask);
      let g = v128.and(v128.load(q), mask);
      a0 = fma(x0, g, a0);
      a1 = fma(x1, g, a1);
      g = v128.and(v128.load(q + toB), mask);
      b0 = fma(x0, g, b0);
      b1 = fma(x1, g, b1);
      g = v128.and(v128.load(q + toC), mask);
      c0 = fma(x0, g, c0);
      c1 = fma(x1, g, c1);
      g = v128.and(v128.load(q + toD), mask);
      d0 = fma(x0, g, d0);
      d1 = fma(x1, g, d1);
    }
  }
  const both = t + 1 < taps;
  collect(sums, a0);
  if (both) collect(sums + 8, a1);
  if (outputs < 2) return;
  sums += sumsRow;
  collect(sums, b0);
  if (both) collect(sums + 8, b1);
  if (outputs < 3) return;
  sums += sumsRow;
  collect(sums, c0);
  if (both) collect(sums + 8, c1);
  if (outputs < 4) return;
  sums += sumsRow;
  collect(sums, d0);
  if (both) collect(sums + 8, d1);
}

/** One output by four taps, two columns of vectors at a time. */
@inline function correlate1(
  dy: usize, row: usize, src: usize, rowStep: usize, rows: i32, width: i32, offsets: usize, t: i32, taps: i32, sums: usize,
): void {
  const zero = f32x4.splat(0);
  let a = zero, b = zero, c = zero, d = zero;
  let e = zero, f = zero, g = zero, h = zero;
  const wide = floats(width & ~7);
  const first = offsetAt(offsets, t, taps);
  const second = offsetAt(offsets, t + 1, taps) - first;
  const third = offsetAt(offsets, t + 2, taps) - first;
  const fourth = offsetAt(offsets, t + 3, taps) - first;
  for (let r = 0; r < rows; r++, src += rowStep, dy += row) {
    let p = src + first;
    let q = dy;
    const end = dy + wide;
    for (; q < end; q += 32, p += 32) {
      let v = v128.load(q);
      a = fma(v128.load(p), v, a);
      b = fma(v128.load(p + second), v, b);
      c = fma(v128.load(p + third), v, c);
      d = fma(v128.load(p + fourth), v, d);
      v = v128.load(q, 16);
      e = fma(v128.load(p, 16), v, e);
      f = fma(v128.load(p + second, 16), v, f);
      g = fma(v128.load(p + third, 16), v, g);
      h = fma(v128.load(p + fourth, 16), v, h);
    }
    for (let left = width & 7; left > 0; left -= 4, q += 16, p += 16) {
      const mask = firstLanes(left);
      const v = v128.and(v128.load(q), mask);
      a = fma(v128.and(v128.load(p), mask), v, a);
      b = fma(v128.and(v128.load(p + second), mask), v, b);
      c = fma(v128.and(v128.load(p + third), mask), v, c);
      d = fma(v128.and(v128.load(p + fourth), mask), v, d);
    }
  }
  collect(sums, f32x4.add(a, e));
  if (t + 1 < taps) collect(sums + 8, f32x4.add(b, f));
  if (t + 2 < taps) collect(sums + 16, f32x4.add(c, g));
  if (t + 3 < taps) collect(sums + 24, f32x4.add(d, h));
}

/**
 * Adds to `sums` [output][tap], in float64, the products of a tile of `dy` with the pixels under each tap, which are staged in scratch memory.
 * With `fresh` the sums begin at 0.
 */
export function correlateTile(
  dy: usize, plane: usize, row: usize, outputs: i32, rowStep: usize, rows: i32, width: i32, offsets: usize, taps: i32,
  sums: usize, sumsRow: usize, fresh: i32, scratch: usize,
): void {
  if (fresh) for (let o = 0; o < outputs; o++) memory.fill(sums + (o as usize) * sumsRow, 0, (taps as usize) << 3);
  for (let c = 0; c < width; c += together) {
    const wide = min(together, width - c);
    const high = max(1, together / wide);
    for (let r = 0; r < rows; r += high) {
      const part = dy + (r as usize) * row + floats(c);
      const source = scratch + (r as usize) * rowStep + floats(c);
      correlatePart(part, plane, row, outputs, source, rowStep, min(high, rows - r), wide, offsets, taps, sums, sumsRow);
    }
  }
}
@inline function correlatePart(
  dy: usize, plane: usize, row: usize, outputs: i32, source: usize, rowStep: usize, rows: i32, width: i32, offsets: usize, taps: i32,
  sums: usize, sumsRow: usize,
): void {
  for (let o = 0; o < outputs; ) {
    const left = outputs - o;
    if (left < 3) {
      for (let t = 0; t < taps; t += 4) correlate1(dy, row, source, rowStep, rows, width, offsets, t, taps, sums + ((t as usize) << 3));
      o += 1;
      dy += plane;
      sums += sumsRow;
      continue;
    }
    for (let t = 0; t < taps; t += 2)
      correlate4(dy, plane, row, left, source, rowStep, rows, width, offsets, t, taps, sums + ((t as usize) << 3), sumsRow);
    o += 4;
    dy += plane << 2;
    sums += sumsRow << 2;
  }
}

/** Sums of all parts, rounded once, to where `indices` says: of outputs [output][tap]. */
export function joinSums(
  sums: usize, partBytes: usize, parts: i32, outputs: i32, taps: i32, indices: usize, to: usize, perOutput: i32, scratch: usize,
): void {
  for (let o = 0; o < outputs; o++, to += floats(perOutput)) {
    for (let t = 0; t < taps; t++, sums += 8) {
      let sum: f64 = 0;
      for (let p = 0; p < parts; p++) sum += load<f64>(sums + (p as usize) * partBytes);
      store<f32>(to + floats(load<i32>(indices + floats(t))), sum as f32);
    }
  }
}

/** The sum of n floats of each of `rows` rows, in float64. */
export function sumRows(x: usize, row: usize, rows: i32, n: i32, to: usize): void {
  store<f64>(to, 0);
  for (let r = 0; r < rows; r++, x += row) {
    let p = x;
    for (let left = n; left > 0; ) {
      const block = min(left, 256);
      const end = p + floats(block & ~3);
      let sum = f32x4.splat(0);
      for (; p < end; p += 16) sum = f32x4.add(sum, v128.load(p));
      if (block & 3) sum = f32x4.add(sum, v128.and(v128.load(p), firstLanes(block & 3)));
      collect(to, sum);
      left -= block;
    }
  }
}

/** Zeros. */
export function clearFloats(to: usize, n: i32, scratch: usize): void {
  memory.fill(to, 0, floats(n));
}

/**
 * Rows of a gradient out of one of the padded picture: each of `width` columns gets what lies on the columns that repeat it, in float64.
 * `starts` and `sources` list the padded rows of each row, `columns` the place of each padded column.
 */
export function foldRows(
  x: usize, row: usize, padded: i32, y: usize, width: i32, from: i32, to: i32, starts: usize, sources: usize, columns: usize, scratch: usize,
): void {
  for (let r = from; r < to; r++) {
    memory.fill(scratch, 0, (width as usize) << 3);
    const last = load<i32>(starts + floats(r + 1));
    for (let k = load<i32>(starts + floats(r)); k < last; k++) {
      const source = x + (load<i32>(sources + floats(k)) as usize) * row;
      for (let c = 0; c < padded; c++) {
        const sum = scratch + ((load<i32>(columns + floats(c)) as usize) << 3);
        store<f64>(sum, load<f64>(sum) + (load<f32>(source + floats(c)) as f64));
      }
    }
    for (let c = 0; c < width; c++) store<f32>(y + floats(r * width + c), load<f64>(scratch + ((c as usize) << 3)) as f32);
  }
}
