// Columns that all have the same taps: twice as many of them, or half.
import { evens, floats, fma, odds, storeSome, zipHigh, zipLow } from './lanes';

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
export function doubleRow(taps: i32, out: usize, row: usize, weights: usize, count: i32): void {
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
export function halveRow(taps: usize, out: usize, row: usize, weights: usize, count: i32): void {
  if (taps == 2) halve(2, out, row, weights, count);
  else if (taps == 4) halve(4, out, row, weights, count);
  else halve(taps, out, row, weights, count);
}

/** Half as many columns of two rows that are summed: two taps each way, with nothing stored between. */
export function halveTwo(taps: usize, out: usize, first: usize, weights: usize, count: i32): void {
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
