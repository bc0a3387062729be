// Extremes of 5 to 64 neighbours along a row, in one sweep. Steps are written out four in a row: what a vector leaves for those behind it stays in its
// register then.
import { join, nothing } from './joins';
import { floats, shifted, storeRest } from './lanes';

/** Extremes of two neighbours, of which the first is at `p`, and so on. */
@inline function two<T>(p: usize): v128 {
  return join<T>(v128.load(p), v128.load(p, 4));
}
@inline function four<T>(v: v128, next: v128): v128 {
  return join<T>(v, shifted(2, v, next));
}

/**
 * Extremes of 4 + 4q + shift neighbours, or of twice four and as many more; 1 ≤ shift ≤ 4, q ≤ 1. The last step overlaps. Sixteen at a time; there is
 * room for them at `aside`.
 */
@inline function few<T>(eight: bool, q: i32, shift: i32, row: usize, out: usize, n: i32, aside: usize): void {
  // Extremes of two and of four, of the vectors before.
  let e = two<T>(row), f = two<T>(row + 16), s = four<T>(e, f);
  row += 32;
  // Extremes of the base, at the first vectors.
  let a = s, b = s;
  if (eight) {
    e = two<T>(row);
    const t = four<T>(f, e);
    a = join<T>(s, t);
    s = t;
    f = e;
    row += 16;
  }
  if (q) {
    e = two<T>(row);
    const t = four<T>(f, e);
    b = eight ? join<T>(s, t) : t;
    s = t;
    f = e;
    row += 16;
  }
  const whole = out + floats(n & ~15);
  for (; ; row += 64, out += 64) {
    const end = out == whole;
    if (end) {
      if (!(n & 15)) return;
      out = aside;
    }
    const e1 = two<T>(row), s1 = four<T>(f, e1), c = eight ? join<T>(s, s1) : s1;
    v128.store(out, q ? join<T>(a, shifted(shift, b, c)) : join<T>(a, shifted(shift, a, c)));
    if (!q) b = c;
    const e2 = two<T>(row + 16), s2 = four<T>(e1, e2), d = eight ? join<T>(s1, s2) : s2;
    v128.store(out, q ? join<T>(b, shifted(shift, c, d)) : join<T>(c, shifted(shift, c, d)), 16);
    const e3 = two<T>(row + 32), s3 = four<T>(e2, e3), g = eight ? join<T>(s2, s3) : s3;
    v128.store(out, q ? join<T>(c, shifted(shift, d, g)) : join<T>(d, shifted(shift, d, g)), 32);
    f = two<T>(row + 48);
    s = four<T>(e3, f);
    const h = eight ? join<T>(s3, s) : s;
    v128.store(out, q ? join<T>(d, shifted(shift, g, h)) : join<T>(g, shifted(shift, g, h)), 48);
    if (end) return storeRest(whole, aside, n & 15);
    a = q ? g : h;
    b = h;
  }
}

/** Extremes of 5 to 16 neighbours. */
export function slideFew<T>(row: usize, out: usize, n: i32, k: i32, aside: usize): void {
  if (k == 5) few<T>(false, 0, 1, row, out, n, aside);
  else if (k == 6) few<T>(false, 0, 2, row, out, n, aside);
  else if (k == 7) few<T>(false, 0, 3, row, out, n, aside);
  else if (k == 8) few<T>(false, 0, 4, row, out, n, aside);
  else if (k == 9) few<T>(true, 0, 1, row, out, n, aside);
  else if (k == 10) few<T>(true, 0, 2, row, out, n, aside);
  else if (k == 11) few<T>(true, 0, 3, row, out, n, aside);
  else if (k == 12) few<T>(true, 0, 4, row, out, n, aside);
  else if (k == 13) few<T>(true, 1, 1, row, out, n, aside);
  else if (k == 14) few<T>(true, 1, 2, row, out, n, aside);
  else if (k == 15) few<T>(true, 1, 3, row, out, n, aside);
  else few<T>(true, 1, 4, row, out, n, aside);
}

/**
 * Extremes of k neighbours, of which 4 divides k − shift, from two of sixteen that overlap, or two of 32 where that is `long`; n of them, exactly. These
 * wait in the row `waiting`, before which so many numbers are written. The row begins with `before` numbers of padding.
 */
@inline function peaks<T>(long: bool, shift: i32, row: usize, out: usize, n: i32, k: i32, waiting: usize, aside: usize, before: i32): void {
  let e = f32x4.splat(nothing<T>()), s = e;
  // Extremes of eight, of two vectors before and of one; of sixteen, of four vectors before to one; and what waited last.
  let a = e, b = e, p1 = e, p2 = e, p3 = e, p4 = e, last = e;
  const base = long ? 32 : 16;
  // The first that are stored, before the row, are of no use; nor are sweeps over padding. Two steps at a time, of which the first may be one too many.
  const begin = row + floats((k + 3) & ~3), skipped = floats(max(0, min(before - 1, base)) & ~3);
  const early = (begin - row - skipped) & 16;
  let to = waiting - floats(base) + skipped - early;
  for (row += skipped - early; row < begin; row += 32, to += 32) {
    const e1 = two<T>(row), s1 = four<T>(e, e1), c = join<T>(s, s1), q1 = join<T>(a, c);
    v128.store(to, long ? join<T>(p1, q1) : q1);
    e = two<T>(row + 16);
    s = four<T>(e1, e);
    a = c;
    const d = join<T>(s1, s), q2 = join<T>(b, d);
    b = d;
    last = long ? join<T>(p2, q2) : q2;
    v128.store(to, last, 16);
    p1 = p3;
    p2 = p4;
    p3 = q1;
    p4 = q2;
  }
  const whole = out + floats(n & ~15);
  for (; ; row += 64, to += 64, waiting += 64, out += 64) {
    const end = out == whole;
    if (end) {
      if (!(n & 15)) return;
      out = aside;
    }
    const e1 = two<T>(row), s1 = four<T>(e, e1), c = join<T>(s, s1), q1 = join<T>(a, c), l1 = long ? join<T>(p1, q1) : q1;
    v128.store(to, l1);
    v128.store(out, join<T>(v128.load(waiting), shifted(shift, last, l1)));
    const e2 = two<T>(row + 16), s2 = four<T>(e1, e2), d = join<T>(s1, s2), q2 = join<T>(b, d), l2 = long ? join<T>(p2, q2) : q2;
    v128.store(to, l2, 16);
    v128.store(out, join<T>(v128.load(waiting, 16), shifted(shift, l1, l2)), 16);
    const e3 = two<T>(row + 32), s3 = four<T>(e2, e3);
    a = join<T>(s2, s3);
    const q3 = join<T>(c, a), l3 = long ? join<T>(p3, q3) : q3;
    v128.store(to, l3, 32);
    v128.store(out, join<T>(v128.load(waiting, 32), shifted(shift, l2, l3)), 32);
    e = two<T>(row + 48);
    s = four<T>(e3, e);
    b = join<T>(s3, s);
    const q4 = join<T>(d, b);
    last = long ? join<T>(p4, q4) : q4;
    v128.store(to, last, 48);
    v128.store(out, join<T>(v128.load(waiting, 48), shifted(shift, l3, last)), 48);
    if (end) return storeRest(whole, aside, n & 15);
    p1 = q1;
    p2 = q2;
    p3 = q3;
    p4 = q4;
  }
}

@inline function shifts<T>(long: bool, row: usize, out: usize, n: i32, k: i32, waiting: usize, aside: usize, before: i32): void {
  const shift = k & 3;
  if (shift == 0) peaks<T>(long, 0, row, out, n, k, waiting, aside, before);
  else if (shift == 1) peaks<T>(long, 1, row, out, n, k, waiting, aside, before);
  else if (shift == 2) peaks<T>(long, 2, row, out, n, k, waiting, aside, before);
  else peaks<T>(long, 3, row, out, n, k, waiting, aside, before);
}

/** Extremes of 17 to 64 neighbours; up to 20 numbers are written before `waiting`. */
export function slideMany<T>(row: usize, out: usize, n: i32, k: i32, waiting: usize, aside: usize, before: i32): void {
  if (k <= 32) shifts<T>(false, row, out, n, k, waiting, aside, before);
  else shifts<T>(true, row, out, n, k, waiting + 64, aside, before);
}
