// Windows that slide by 1 along a row, in one sweep: neighbours are joined by shuffles, so that nothing is stored between.
import { join } from './joins';
import { floats, shifted, storeRest } from './lanes';

/** Extremes of 16 neighbours, n of them, rounded up. */
export function slideSixteen<T>(row: usize, out: usize, n: i32): void {
  const v0 = v128.load(row);
  const v1 = v128.load(row, 16);
  let v = v128.load(row, 32);
  let two = join<T>(v1, shifted(1, v1, v));
  const first = join<T>(v0, shifted(1, v0, v1));
  let four = join<T>(first, shifted(2, first, two));
  let early = four;
  let eight = four;
  row += 48;
  // The first two eights, then all.
  for (let i = -2; i < n; i += i < 0 ? 1 : 4, row += 16) {
    const next = v128.load(row);
    const nextTwo = join<T>(v, v128.load(row - 12));
    const other = join<T>(two, shifted(2, two, nextTwo));
    const last = join<T>(four, other);
    four = other;
    two = nextTwo;
    v = next;
    if (i >= 0) {
      v128.store(out, join<T>(early, last));
      out += 16;
    }
    early = eight;
    eight = last;
  }
}

@inline function two(p: usize): v128 {
  return f32x4.add(v128.load(p), v128.load(p, 4));
}
@inline function four(v: v128, next: v128): v128 {
  return f32x4.add(v, shifted(2, v, next));
}

/**
 * The last 4q + r of a window, which end with r numbers of the vector at `p`: `e` is the sum of two there, `s` and `t` those of four one and three vectors
 * before, `c` that of eight two vectors before.
 */
@inline function ending(q: i32, r: i32, p: usize, e: v128, s: v128, c: v128, t: v128): v128 {
  let sum = e;
  if (r == 1) sum = v128.load(p);
  if (r == 3) sum = f32x4.add(e, v128.load(p, 8));
  if (q == 1) sum = r ? f32x4.add(s, sum) : s;
  if (q == 2) sum = r ? f32x4.add(c, sum) : c;
  if (q == 3) sum = f32x4.add(c, r ? f32x4.add(t, sum) : t);
  return sum;
}
/** With `many` sums of 16 that waited. */
@inline function whole(many: i32, waiting: usize, sum: v128, scale: v128): v128 {
  let all = v128.load(waiting);
  if (many > 1) all = f32x4.add(all, v128.load(waiting, 64));
  if (many > 2) sum = f32x4.add(v128.load(waiting, 128), sum);
  return f32x4.mul(f32x4.add(all, sum), scale);
}

/**
 * Sums of `many` times 16 and 4q + r neighbours, multiplied by `scale`; n of them, exactly. Sums of 16 wait in the row `waiting` until the last of
 * a window is there; up to 16 numbers are written before and behind it. What is added are sums of two, four and eight, so that errors stay small.
 * Sixteen at a time; there is room for them at `aside`. The row begins with `before` numbers of padding.
 */
@inline function long(q: i32, r: i32, row: usize, out: usize, n: i32, many: i32, waiting: usize, scale: v128, aside: usize, before: i32): void {
  let e = f32x4.splat(0);
  // Sums of four, of two vectors before and of one; of eight, likewise.
  let t = e, s = e, a = e, b = e;
  // The first that are stored, before the row, are of no use; sums of padding are 0.
  const begin = row + ((q + 4 * many) << 4), skipped = min(floats(max(0, before - 1) & ~3), begin - row);
  let to = waiting - 64;
  for (const sums = to + skipped; to < sums; to += 16) v128.store(to, e);
  for (row += skipped; row < begin; row += 16, to += 16) {
    const next = two(row), u = four(e, next), c = f32x4.add(s, u);
    v128.store(to, f32x4.add(a, c));
    e = next;
    t = s;
    s = u;
    a = b;
    b = c;
  }
  const last = out + floats(n & ~15);
  for (; ; row += 64, to += 64, waiting += 64, out += 64) {
    const end = out == last;
    if (end) {
      if (!(n & 15)) return;
      out = aside;
    }
    const e1 = two(row), s1 = four(e, e1), c = f32x4.add(s, s1);
    v128.store(to, f32x4.add(a, c));
    v128.store(out, whole(many, waiting, ending(q, r, row, e1, s1, c, t), scale));
    const e2 = two(row + 16), s2 = four(e1, e2), d = f32x4.add(s1, s2);
    v128.store(to, f32x4.add(b, d), 16);
    v128.store(out, whole(many, waiting + 16, ending(q, r, row + 16, e2, s2, d, s), scale), 16);
    const e3 = two(row + 32), s3 = four(e2, e3);
    a = f32x4.add(s2, s3);
    v128.store(to, f32x4.add(c, a), 32);
    v128.store(out, whole(many, waiting + 32, ending(q, r, row + 32, e3, s3, a, s1), scale), 32);
    e = two(row + 48);
    s = four(e3, e);
    b = f32x4.add(s3, s);
    v128.store(to, f32x4.add(d, b), 48);
    v128.store(out, whole(many, waiting + 48, ending(q, r, row + 48, e, s, b, s2), scale), 48);
    if (end) return storeRest(last, aside, n & 15);
    t = s3;
  }
}

/** Sums of 4q + r neighbours, q ≥ 1, multiplied by `scale`; n of them, exactly, sixteen at a time. There is room for them at `aside`. */
@inline function few(q: i32, r: i32, row: usize, out: usize, n: i32, scale: v128, aside: usize): void {
  let e = two(row), s = e, t = e;
  row += 16;
  if (q > 1) {
    const next = two(row);
    s = four(e, next);
    e = next;
    row += 16;
  }
  if (q > 2) {
    const next = two(row);
    t = s;
    s = four(e, next);
    e = next;
    row += 16;
  }
  const last = out + floats(n & ~15);
  for (; ; row += 64, out += 64) {
    const end = out == last;
    if (end) {
      if (!(n & 15)) return;
      out = aside;
    }
    const e1 = two(row), s1 = four(e, e1);
    v128.store(out, f32x4.mul(ending(q, r, row, e1, s1, f32x4.add(s, s1), t), scale));
    const e2 = two(row + 16), s2 = four(e1, e2);
    v128.store(out, f32x4.mul(ending(q, r, row + 16, e2, s2, f32x4.add(s1, s2), s), scale), 16);
    const e3 = two(row + 32), s3 = four(e2, e3);
    v128.store(out, f32x4.mul(ending(q, r, row + 32, e3, s3, f32x4.add(s2, s3), s1), scale), 32);
    e = two(row + 48);
    s = four(e3, e);
    v128.store(out, f32x4.mul(ending(q, r, row + 48, e, s, f32x4.add(s3, s), s2), scale), 48);
    if (end) return storeRest(last, aside, n & 15);
    t = s3;
  }
}

/** Sums of 4 to 15 neighbours. */
export function sumFew(row: usize, out: usize, n: i32, rest: i32, factor: f32, aside: usize): void {
  const scale = f32x4.splat(factor);
  if (rest == 4) few(1, 0, row, out, n, scale, aside);
  else if (rest == 5) few(1, 1, row, out, n, scale, aside);
  else if (rest == 6) few(1, 2, row, out, n, scale, aside);
  else if (rest == 7) few(1, 3, row, out, n, scale, aside);
  else if (rest == 8) few(2, 0, row, out, n, scale, aside);
  else if (rest == 9) few(2, 1, row, out, n, scale, aside);
  else if (rest == 10) few(2, 2, row, out, n, scale, aside);
  else if (rest == 11) few(2, 3, row, out, n, scale, aside);
  else if (rest == 12) few(3, 0, row, out, n, scale, aside);
  else if (rest == 13) few(3, 1, row, out, n, scale, aside);
  else if (rest == 14) few(3, 2, row, out, n, scale, aside);
  else few(3, 3, row, out, n, scale, aside);
}

/** Sums of `many` times 16 and `rest` more neighbours, 0 < rest < 16. */
export function sumLong(row: usize, out: usize, n: i32, many: i32, rest: i32, waiting: usize, factor: f32, aside: usize, before: i32): void {
  const scale = f32x4.splat(factor);
  if (rest == 1) long(0, 1, row, out, n, many, waiting, scale, aside, before);
  else if (rest == 2) long(0, 2, row, out, n, many, waiting, scale, aside, before);
  else if (rest == 3) long(0, 3, row, out, n, many, waiting, scale, aside, before);
  else if (rest == 4) long(1, 0, row, out, n, many, waiting, scale, aside, before);
  else if (rest == 5) long(1, 1, row, out, n, many, waiting, scale, aside, before);
  else if (rest == 6) long(1, 2, row, out, n, many, waiting, scale, aside, before);
  else if (rest == 7) long(1, 3, row, out, n, many, waiting, scale, aside, before);
  else if (rest == 8) long(2, 0, row, out, n, many, waiting, scale, aside, before);
  else if (rest == 9) long(2, 1, row, out, n, many, waiting, scale, aside, before);
  else if (rest == 10) long(2, 2, row, out, n, many, waiting, scale, aside, before);
  else if (rest == 11) long(2, 3, row, out, n, many, waiting, scale, aside, before);
  else if (rest == 12) long(3, 0, row, out, n, many, waiting, scale, aside, before);
  else if (rest == 13) long(3, 1, row, out, n, many, waiting, scale, aside, before);
  else if (rest == 14) long(3, 2, row, out, n, many, waiting, scale, aside, before);
  else long(3, 3, row, out, n, many, waiting, scale, aside, before);
}

/** Sums of 16 neighbours, n of them, rounded up; up to 16 numbers are written before and behind the row. */
export function sumSixteens(row: usize, n: i32, sixteens: usize): void {
  let v = v128.load(row);
  let two = f32x4.splat(0);
  let four = two;
  let eight = two;
  let earlyEight = two;
  sixteens -= 64;
  for (const end = row + floats(((n + 3) & ~3) + 16); row < end; row += 16, sixteens += 16) {
    const next = v128.load(row, 16);
    const nextTwo = f32x4.add(v, v128.load(row, 4));
    const nextFour = f32x4.add(two, shifted(2, two, nextTwo));
    const nextEight = f32x4.add(four, nextFour);
    v128.store(sixteens, f32x4.add(earlyEight, nextEight));
    v = next;
    two = nextTwo;
    four = nextFour;
    earlyEight = eight;
    eight = nextEight;
  }
}
