// Columns by a table of taps: eight rows are laid side by side, so that a column is two vectors and any column is as near as the next.
import { floats, fma, storeSome, zipHigh, zipLow } from './lanes';
import { PART, TAP } from './weighing';

/** Four rows of four to four columns of four, 32 bytes apart. */
@inline function turnFourIn(into: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab = zipLow(a, b), cd = zipLow(c, d), AB = zipHigh(a, b), CD = zipHigh(c, d);
  v128.store(into, v128.shuffle<f64>(ab, cd, 0, 2));
  v128.store(into, v128.shuffle<f64>(ab, cd, 1, 3), 32);
  v128.store(into, v128.shuffle<f64>(AB, CD, 0, 2), 64);
  v128.store(into, v128.shuffle<f64>(AB, CD, 1, 3), 96);
}
/** Eight rows, whose addresses are at `heads`, side by side: eight floats for each of `count` columns, rounded up to four. */
export function turnIn(heads: usize, into: usize, count: i32): void {
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
export function turnOut(heads: usize, from: usize, count: i32): void {
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
export function weighColumns(columns: usize, taps: usize, n: usize, into: usize, count: i32): void {
  if (n == 2) weighFew(columns, taps, 2, into, count);
  else if (n == 4) weighFew(columns, taps, 4, into, count);
  else if (n <= 16) weighFew(columns, taps, n, into, count);
  else weighMany(columns, taps, n, into, count);
}
