// Powers and roots in float64, for Lp-pools: float32 has no room for high powers, and odd ones cancel.
import { floats } from './lanes';
import { powerOfTwo, rootOfTwo } from './wholePowers';

@inline function doubles(n: i32): usize {
  return (n as usize) << 3;
}

/** v to the p-th power; a whole p by multiplying. */
function power(v: f64, p: f64): f64 {
  if (p != Math.floor(p) || p > 64) return Math.pow(v, p);
  let result: f64 = 1;
  for (let left = p as i32; left > 0; left >>= 1, v *= v) if (left & 1) result *= v;
  return result;
}

/** A negative sum has no root. */
function root(v: f64, p: f64): f64 {
  if (p == 1) return v;
  if (p == 2) return Math.sqrt(v);
  if (p == 3) return v < 0 ? NaN : Math.cbrt(v);
  if (p == 4) return Math.sqrt(Math.sqrt(v));
  return Math.pow(v, 1 / p);
}

/** Whether a power is made by multiplying. */
@inline function isWhole(p: f64): bool {
  return p == Math.floor(p) && p <= 64;
}
/** Sums from here on, and up to there, have roots of the usual kind. */
const smallest: f64 = 1e-300;
const largest: f64 = 1e300;

/** n float32 to float64 powers. */
export function powers(x: usize, out: usize, n: i32, p: f64): void {
  let i = 0;
  if (isWhole(p) && p >= 1) {
    for (; i + 2 <= n; i += 2)
      v128.store(out + doubles(i), powerOfTwo(f64x2.promote_low_f32x4(v128.load64_zero(x + floats(i))), p as i32));
  }
  for (; i < n; i++) store<f64>(out + doubles(i), power(load<f32>(x + floats(i)) as f64, p));
}
export function roots(sums: usize, y: usize, n: i32, p: f64): void {
  const whole = isWhole(p) && p >= 3;
  for (let i = 0; i < n; i += 2) {
    const s = v128.load(sums + doubles(i));
    const usual = v128.or(
      f64x2.eq(s, f64x2.splat(0)),
      v128.and(f64x2.gt(s, f64x2.splat(smallest)), f64x2.lt(s, f64x2.splat(largest))),
    );
    if (whole && i + 2 <= n && i64x2.all_true(usual)) {
      v128.store64_lane(y + floats(i), f32x4.demote_f64x2_zero(rootOfTwo(s, p as i32)), 0);
      continue;
    }
    for (let j = i; j < min(i + 2, n); j++) store<f32>(y + floats(j), root(load<f64>(sums + doubles(j)), p) as f32);
  }
}

/** In place: dy · S^(1/p − 1), nothing where either is 0. */
export function rootSlopes(sums: usize, dy: usize, n: i32, p: f64): void {
  for (let i = 0; i < n; i++) {
    const sum = load<f64>(sums + doubles(i));
    const slope = load<f32>(dy + floats(i)) as f64;
    const none = sum == 0 || slope == 0;
    const by = p == 1 ? 1 : p == 2 ? 1 / Math.sqrt(sum) : Math.pow(sum, 1 / p - 1);
    store<f64>(sums + doubles(i), none ? 0 : slope * by);
  }
}

/** dx = what windows pass on · x^(p − 1); a pixel that receives nothing passes nothing on, even where its power is infinite or none. */
export function powerSlopes(x: usize, passed: usize, dx: usize, n: i32, p: f64): void {
  for (let i = 0; i < n; i++) {
    const v = load<f32>(x + floats(i)) as f64;
    const sum = load<f64>(passed + doubles(i));
    const slope = p == 1 ? 1 : p == 2 ? v : power(v, p - 1);
    store<f32>(dx + floats(i), (sum == 0 && Math.abs(v) != Infinity ? 0 : sum * slope) as f32);
  }
}
