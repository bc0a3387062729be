// Noise in a bell curve by Box and Muller, in float64: with as many digits as the reference has, but for the last ones.
import { high, joined, low, places, uniform, upperTwo } from './bits';
import { storeSome } from './lanes';

@inline function step(p: v128, x: v128, c: f64): v128 {
  return f64x2.add(f64x2.mul(p, x), f64x2.splat(c));
}

/** ln x of a normal positive x: the exponent of the power of 2 next to x, and 2 atanh of what is left; error 1e-15. */
@inline function log(x: v128): v128 {
  const e = i64x2.shr_s(i64x2.sub(x, i64x2.splat(0x3fe6a09e667f3bcd)), 52);
  const f = f64x2.sub(i64x2.sub(x, i64x2.shl(e, 52)), f64x2.splat(1));
  const s = f64x2.div(f, f64x2.add(f, f64x2.splat(2)));
  const y = f64x2.mul(s, s);
  let p = f64x2.splat(0.11764705882352941);
  p = step(p, y, 0.13333333333333333);
  p = step(p, y, 0.15384615384615385);
  p = step(p, y, 0.18181818181818182);
  p = step(p, y, 0.2222222222222222);
  p = step(p, y, 0.2857142857142857);
  p = step(p, y, 0.4);
  p = step(p, y, 0.6666666666666666);
  p = step(p, y, 2.0);
  const n = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(e, e, 0, 2, 0, 2));
  return f64x2.add(f64x2.mul(n, f64x2.splat(0.6931471805599453)), f64x2.mul(p, s));
}

/** cos 2πa for 0 ≤ a < 1, by the nearest quarter of the circle; error 1e-15. */
@inline function cosine(a: v128): v128 {
  const quarter = f64x2.nearest(f64x2.mul(a, f64x2.splat(4)));
  const rest = f64x2.sub(a, f64x2.mul(quarter, f64x2.splat(0.25)));
  const t = f64x2.mul(rest, f64x2.splat(6.283185307179586));
  const y = f64x2.mul(t, t);
  let even = f64x2.splat(4.779477332387385e-14);
  even = step(even, y, -1.1470745597729725e-11);
  even = step(even, y, 2.08767569878681e-09);
  even = step(even, y, -2.755731922398589e-07);
  even = step(even, y, 2.48015873015873e-05);
  even = step(even, y, -0.001388888888888889);
  even = step(even, y, 0.041666666666666664);
  even = step(even, y, -0.5);
  even = step(even, y, 1.0);
  let odd = f64x2.splat(-7.647163731819816e-13);
  odd = step(odd, y, 1.6059043836821613e-10);
  odd = step(odd, y, -2.505210838544172e-08);
  odd = step(odd, y, 2.7557319223985893e-06);
  odd = step(odd, y, -0.0001984126984126984);
  odd = step(odd, y, 0.008333333333333333);
  odd = step(odd, y, -0.16666666666666666);
  odd = step(odd, y, 1.0);
  const first = f64x2.eq(quarter, f64x2.splat(1));
  const crosswise = v128.or(first, f64x2.eq(quarter, f64x2.splat(3)));
  const negative = v128.or(first, f64x2.eq(quarter, f64x2.splat(2)));
  const value = v128.bitselect(f64x2.mul(odd, t), even, crosswise);
  return v128.xor(value, v128.and(negative, f64x2.splat(-0.0)));
}

/** x + mean + deviation · √(−2 ln(1 − u)) · cos 2πa. */
@inline function shifted(x: v128, u: v128, a: v128, mean: f64, deviation: f64): v128 {
  const size = f64x2.sqrt(f64x2.mul(log(f64x2.sub(f64x2.splat(1), u)), f64x2.splat(-2)));
  const noise = f64x2.mul(f64x2.splat(deviation), f64x2.mul(size, cosine(a)));
  return f64x2.add(f64x2.promote_low_f32x4(x), f64x2.add(f64x2.splat(mean), noise));
}

/** n floats from x to y, which may be x; two keys for the sizes, two for the angles. */
export function addNormal(
  x: usize,
  y: usize,
  n: i32,
  index: i32,
  first: i32,
  second: i32,
  third: i32,
  fourth: i32,
  mean: f64,
  deviation: f64,
): void {
  for (let i = 0; i < n; i += 4, x += 16, y += 16) {
    const at = places(index + i);
    const sizeHigh = high(at, i32x4.splat(first));
    const sizeLow = low(at, i32x4.splat(second));
    const angleHigh = high(at, i32x4.splat(third));
    const angleLow = low(at, i32x4.splat(fourth));
    const v = v128.load(x);
    const a = shifted(v, uniform(sizeHigh, sizeLow), uniform(angleHigh, angleLow), mean, deviation);
    const size = uniform(upperTwo(sizeHigh), upperTwo(sizeLow));
    const angle = uniform(upperTwo(angleHigh), upperTwo(angleLow));
    const b = shifted(upperTwo(v), size, angle, mean, deviation);
    if (i + 4 <= n) v128.store(y, joined(a, b));
    else storeSome(y, joined(a, b), n & 3);
  }
}
