// Extremes of 17 to 64 neighbours along a row, in one sweep: extremes of 16 wait in a row of their own until the last of a window is there.
import { join } from './joins';
import { floats, storeSome } from './lanes';

/** Four values from number n < 4 of eight on. */
@inline function shifted(n: i32, v: v128, next: v128): v128 {
  if (n == 1) return v128.shuffle<f32>(v, next, 1, 2, 3, 4);
  if (n == 2) return v128.shuffle<f32>(v, next, 2, 3, 4, 5);
  if (n == 3) return v128.shuffle<f32>(v, next, 3, 4, 5, 6);
  return next;
}

/** Extremes of k neighbours, of which 4 divides k − shift, from `many` + 1 of sixteen; n of them, exactly. The last sixteen overlap those before. */
@inline function peaks<T>(many: i32, shift: i32, row: usize, out: usize, n: i32, k: i32, sixteens: usize): void {
  let two = f32x4.splat(0);
  // Extremes of four, of the vector before; of eight, of two and of three vectors before; of sixteen, of the vector before.
  let four = two;
  let eight = two;
  let early = two;
  let last = two;
  const begin = row + 64 + ((((k - 16) >> 2) + (shift ? 1 : 0)) << 4);
  // The first that are stored, before the row, are of no use.
  let to = sixteens - 64;
  for (; row < begin; row += 16, to += 16) {
    const nextTwo = join<T>(v128.load(row), v128.load(row, 4));
    const nextFour = join<T>(two, shifted(2, two, nextTwo));
    const nextEight = join<T>(four, nextFour);
    last = join<T>(early, nextEight);
    v128.store(to, last);
    two = nextTwo;
    four = nextFour;
    early = eight;
    eight = nextEight;
  }
  const end = out + floats(n & ~3);
  for (;; row += 16, to += 16, sixteens += 16, out += 16) {
    const nextTwo = join<T>(v128.load(row), v128.load(row, 4));
    const nextFour = join<T>(two, shifted(2, two, nextTwo));
    const nextEight = join<T>(four, nextFour);
    const sixteen = join<T>(early, nextEight);
    v128.store(to, sixteen);
    let all = join<T>(v128.load(sixteens), shifted(shift, last, sixteen));
    if (many > 1) all = join<T>(all, v128.load(sixteens, 64));
    if (many > 2) all = join<T>(all, v128.load(sixteens, 128));
    if (out >= end) {
      storeSome(out, all, n & 3);
      return;
    }
    v128.store(out, all);
    two = nextTwo;
    four = nextFour;
    early = eight;
    eight = nextEight;
    last = sixteen;
  }
}

@inline function shifts<T>(many: i32, row: usize, out: usize, n: i32, k: i32, sixteens: usize): void {
  const shift = k & 3;
  if (shift == 0) peaks<T>(many, 0, row, out, n, k, sixteens);
  else if (shift == 1) peaks<T>(many, 1, row, out, n, k, sixteens);
  else if (shift == 2) peaks<T>(many, 2, row, out, n, k, sixteens);
  else peaks<T>(many, 3, row, out, n, k, sixteens);
}

/** Extremes of 17 to 64 neighbours; up to 16 numbers are written before `sixteens`. */
export function slideMany<T>(row: usize, out: usize, n: i32, k: i32, sixteens: usize): void {
  if (k <= 32) shifts<T>(1, row, out, n, k, sixteens);
  else if (k <= 48) shifts<T>(2, row, out, n, k, sixteens);
  else shifts<T>(3, row, out, n, k, sixteens);
}
