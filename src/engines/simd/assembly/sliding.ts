// Windows that slide by 1 along a row, in one sweep: neighbours are joined by shuffles, so that nothing is stored between.
import { join } from './joins';
import { floats, storeSome } from './lanes';

/** Four values from number n ≤ 4 of eight on. */
@inline function shifted(n: i32, v: v128, next: v128): v128 {
  if (n == 1) return v128.shuffle<f32>(v, next, 1, 2, 3, 4);
  if (n == 2) return v128.shuffle<f32>(v, next, 2, 3, 4, 5);
  if (n == 3) return v128.shuffle<f32>(v, next, 3, 4, 5, 6);
  return next;
}

/** Extremes of 4 + 4q + shift neighbours, or of twice four and as many more; 1 ≤ shift ≤ 4, q ≤ 1. The last step overlaps. */
@inline function extremes<T>(eight: bool, q: i32, shift: i32, row: usize, out: usize, n: i32): void {
  let v = v128.load(row);
  let next = v128.load(row, 16);
  let two = join<T>(v, shifted(1, v, next));
  v = next;
  next = v128.load(row, 32);
  let nextTwo = join<T>(v, shifted(1, v, next));
  let four = join<T>(two, shifted(2, two, nextTwo));
  two = nextTwo;
  v = next;
  row += 48;
  // Extremes of the base, at the first vectors.
  let a = four;
  let b = four;
  if (eight) {
    next = v128.load(row);
    nextTwo = join<T>(v, v128.load(row - 12));
    const other = join<T>(two, shifted(2, two, nextTwo));
    a = join<T>(four, other);
    four = other;
    two = nextTwo;
    v = next;
    row += 16;
  }
  if (q) {
    next = v128.load(row);
    nextTwo = join<T>(v, v128.load(row - 12));
    const other = join<T>(two, shifted(2, two, nextTwo));
    b = eight ? join<T>(four, other) : other;
    four = other;
    two = nextTwo;
    v = next;
    row += 16;
  }
  const end = out + floats(n & ~3);
  for (;; row += 16, out += 16) {
    next = v128.load(row);
    nextTwo = join<T>(v, v128.load(row - 12));
    const other = join<T>(two, shifted(2, two, nextTwo));
    const c = eight ? join<T>(four, other) : other;
    four = other;
    two = nextTwo;
    v = next;
    const joined = join<T>(a, q ? shifted(shift, b, c) : shifted(shift, a, c));
    if (out >= end) {
      storeSome(out, joined, n & 3);
      return;
    }
    v128.store(out, joined);
    if (q) {
      a = b;
      b = c;
    } else a = c;
  }
}

/** Extremes of 5 to 16 neighbours. */
export function slideFew<T>(row: usize, out: usize, n: i32, k: i32): void {
  if (k == 5) extremes<T>(false, 0, 1, row, out, n);
  else if (k == 6) extremes<T>(false, 0, 2, row, out, n);
  else if (k == 7) extremes<T>(false, 0, 3, row, out, n);
  else if (k == 8) extremes<T>(false, 0, 4, row, out, n);
  else if (k == 9) extremes<T>(true, 0, 1, row, out, n);
  else if (k == 10) extremes<T>(true, 0, 2, row, out, n);
  else if (k == 11) extremes<T>(true, 0, 3, row, out, n);
  else if (k == 12) extremes<T>(true, 0, 4, row, out, n);
  else if (k == 13) extremes<T>(true, 1, 1, row, out, n);
  else if (k == 14) extremes<T>(true, 1, 2, row, out, n);
  else if (k == 15) extremes<T>(true, 1, 3, row, out, n);
  else extremes<T>(true, 1, 4, row, out, n);
}

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

/**
 * Sums of `many` times 16 and 4q + r neighbours, multiplied by `scale`; n of them, exactly. Sums of 16 wait in the row `sixteens` until the last of
 * a window is there; up to 16 numbers are written before and behind it. What is added are sums of two, four and eight, so that errors stay small.
 */
@inline function long(q: i32, r: i32, row: usize, out: usize, n: i32, many: i32, sixteens: usize, scale: v128): void {
  let v = v128.load(row);
  let two = f32x4.splat(0);
  // Sums of four, of the vector before, and the one before that; sums of eight, likewise.
  let four = two;
  let early = two;
  let eight = two;
  let earlyEight = two;
  const begin = row + ((q + 4 * many) << 4);
  // The first that are stored, before the row, are of no use.
  let to = sixteens - 64;
  for (; row < begin; row += 16, to += 16) {
    const nextTwo = f32x4.add(v, v128.load(row, 4));
    const nextFour = f32x4.add(two, shifted(2, two, nextTwo));
    const nextEight = f32x4.add(four, nextFour);
    v128.store(to, f32x4.add(earlyEight, nextEight));
    v = v128.load(row, 16);
    two = nextTwo;
    early = four;
    four = nextFour;
    earlyEight = eight;
    eight = nextEight;
  }
  const end = out + floats(n & ~3);
  for (;; row += 16, to += 16, sixteens += 16, out += 16) {
    const nextTwo = f32x4.add(v, v128.load(row, 4));
    const nextFour = f32x4.add(two, shifted(2, two, nextTwo));
    const nextEight = f32x4.add(four, nextFour);
    v128.store(to, f32x4.add(earlyEight, nextEight));
    let sum = nextTwo;
    if (r == 1) sum = v;
    if (r == 3) sum = f32x4.add(nextTwo, v128.load(row, 8));
    if (q == 1) sum = r ? f32x4.add(nextFour, sum) : nextFour;
    if (q == 2) sum = r ? f32x4.add(nextEight, sum) : nextEight;
    if (q == 3) sum = f32x4.add(nextEight, r ? f32x4.add(early, sum) : early);
    let all = v128.load(sixteens);
    if (many > 1) all = f32x4.add(all, v128.load(sixteens, 64));
    if (many > 2) sum = f32x4.add(v128.load(sixteens, 128), sum);
    all = f32x4.mul(f32x4.add(all, sum), scale);
    if (out >= end) {
      storeSome(out, all, n & 3);
      return;
    }
    v128.store(out, all);
    v = v128.load(row, 16);
    two = nextTwo;
    early = four;
    four = nextFour;
    earlyEight = eight;
    eight = nextEight;
  }
}

/** Sums of 4q + r neighbours, q ≥ 1, multiplied by `scale`; n of them, which are whole vectors. */
@inline function few(q: i32, r: i32, row: usize, out: usize, n: i32, scale: v128): void {
  let next = v128.load(row, 16);
  const first = v128.load(row);
  let two = f32x4.add(first, shifted(1, first, next));
  let v = next;
  let four = two;
  let early = two;
  row += 32;
  if (q > 1) {
    next = v128.load(row);
    const nextTwo = f32x4.add(v, v128.load(row - 12));
    four = f32x4.add(two, shifted(2, two, nextTwo));
    two = nextTwo;
    v = next;
    row += 16;
  }
  if (q > 2) {
    next = v128.load(row);
    const nextTwo = f32x4.add(v, v128.load(row - 12));
    early = four;
    four = f32x4.add(two, shifted(2, two, nextTwo));
    two = nextTwo;
    v = next;
    row += 16;
  }
  for (const end = out + floats(n); out < end; out += 16, row += 16) {
    next = v128.load(row);
    const nextTwo = f32x4.add(v, v128.load(row - 12));
    const nextFour = f32x4.add(two, shifted(2, two, nextTwo));
    let sum = nextFour;
    if (q > 1) sum = f32x4.add(four, sum);
    let rest = nextTwo;
    if (r == 1) rest = v;
    if (r == 3) rest = f32x4.add(nextTwo, shifted(2, v, next));
    if (q > 2) rest = r ? f32x4.add(early, rest) : early;
    if (q > 2 || r) sum = f32x4.add(sum, rest);
    v128.store(out, f32x4.mul(sum, scale));
    v = next;
    two = nextTwo;
    if (q > 2) early = four;
    if (q > 1) four = nextFour;
  }
}

/** Sums of 4 to 15 neighbours, n ≥ 4 of them. */
export function sumFew(row: usize, out: usize, n: i32, rest: i32, factor: f32): void {
  if (n & 3) sumFew(row + floats(n - 4), out + floats(n - 4), 4, rest, factor);
  n &= ~3;
  const scale = f32x4.splat(factor);
  if (rest == 4) few(1, 0, row, out, n, scale);
  else if (rest == 5) few(1, 1, row, out, n, scale);
  else if (rest == 6) few(1, 2, row, out, n, scale);
  else if (rest == 7) few(1, 3, row, out, n, scale);
  else if (rest == 8) few(2, 0, row, out, n, scale);
  else if (rest == 9) few(2, 1, row, out, n, scale);
  else if (rest == 10) few(2, 2, row, out, n, scale);
  else if (rest == 11) few(2, 3, row, out, n, scale);
  else if (rest == 12) few(3, 0, row, out, n, scale);
  else if (rest == 13) few(3, 1, row, out, n, scale);
  else if (rest == 14) few(3, 2, row, out, n, scale);
  else few(3, 3, row, out, n, scale);
}

/** Sums of `many` times 16 and `rest` more neighbours, 0 < rest < 16. */
export function sumLong(row: usize, out: usize, n: i32, many: i32, rest: i32, sixteens: usize, factor: f32): void {
  const scale = f32x4.splat(factor);
  if (rest == 1) long(0, 1, row, out, n, many, sixteens, scale);
  else if (rest == 2) long(0, 2, row, out, n, many, sixteens, scale);
  else if (rest == 3) long(0, 3, row, out, n, many, sixteens, scale);
  else if (rest == 4) long(1, 0, row, out, n, many, sixteens, scale);
  else if (rest == 5) long(1, 1, row, out, n, many, sixteens, scale);
  else if (rest == 6) long(1, 2, row, out, n, many, sixteens, scale);
  else if (rest == 7) long(1, 3, row, out, n, many, sixteens, scale);
  else if (rest == 8) long(2, 0, row, out, n, many, sixteens, scale);
  else if (rest == 9) long(2, 1, row, out, n, many, sixteens, scale);
  else if (rest == 10) long(2, 2, row, out, n, many, sixteens, scale);
  else if (rest == 11) long(2, 3, row, out, n, many, sixteens, scale);
  else if (rest == 12) long(3, 0, row, out, n, many, sixteens, scale);
  else if (rest == 13) long(3, 1, row, out, n, many, sixteens, scale);
  else if (rest == 14) long(3, 2, row, out, n, many, sixteens, scale);
  else long(3, 3, row, out, n, many, sixteens, scale);
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
