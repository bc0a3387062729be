// Windows of 2 × 2 that touch, all on the picture: two rows at once, from memory to memory.
import { ExactMax, ExactMin, finished, join, leaf, Max, Min, missing, noted, scans, Sum } from './joins';
import { evens, floats, odds, storeSome } from './lanes';

@inline function both<T>(a: v128, b: v128): v128 {
  return join<T>(leaf<T>(a), leaf<T>(b));
}

@inline function pairs<T>(x: usize, y: usize, rows: i32, width: i32, outputs: i32, factor: f32): bool {
  const scale = f32x4.splat(factor);
  const pitch = floats(width);
  let seen = f32x4.splat(0);
  let also = seen;
  const whole = floats(outputs & ~3);
  for (let i = 0; i < rows; i++, x += 2 * pitch, y += floats(outputs)) {
    let at = x;
    let out = y;
    for (const end = y + whole; out < end; out += 16, at += 32) {
      const a = v128.load(at);
      const b = v128.load(at, 16);
      const c = v128.load(at + pitch);
      const d = v128.load(at + pitch, 16);
      if (scans<T>()) {
        seen = noted(noted(seen, a), b);
        also = noted(noted(also, c), d);
      }
      const left = both<T>(a, c);
      const right = both<T>(b, d);
      v128.store(out, finished<T>(join<T>(evens(left, right), odds(left, right)), scale));
    }
    for (const end = y + floats(outputs); out < end; out += 4, at += 8) {
      const a = v128.load64_zero(at);
      const c = v128.load64_zero(at + pitch);
      if (scans<T>()) seen = noted(noted(seen, a), c);
      const v = both<T>(a, c);
      storeSome(out, finished<T>(join<T>(v, odds(v, v)), scale), 1);
    }
  }
  return scans<T>() && missing(f32x4.add(seen, also));
}

export function poolMaxPairs(x: usize, y: usize, rows: i32, width: i32, outputs: i32, factor: f32): void {
  if (pairs<Max>(x, y, rows, width, outputs, factor)) pairs<ExactMax>(x, y, rows, width, outputs, factor);
}
export function poolMinPairs(x: usize, y: usize, rows: i32, width: i32, outputs: i32, factor: f32): void {
  if (pairs<Min>(x, y, rows, width, outputs, factor)) pairs<ExactMin>(x, y, rows, width, outputs, factor);
}
export function poolSumPairs(x: usize, y: usize, rows: i32, width: i32, outputs: i32, factor: f32): void {
  pairs<Sum>(x, y, rows, width, outputs, factor);
}
