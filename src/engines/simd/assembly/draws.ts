// Ops that draw a number for every place. Scratch holds two numbers for each of the places that are worked on together.
import { drawHalves, high, joined, line, low, lowerOf, places, together, uniform, upperOf, upperTwo } from './bits';
import { floats, fma, put } from './lanes';

/** What `together` places are multiplied with, to scratch: 0 where the number drawn is below the limit, in its upper and lower bits; else the scale. */
@inline function dropFactors(index: i32, first: i32, second: i32, limitHigh: i32, limitLow: i32, scale: v128, scratch: usize): void {
  drawHalves(index, first, scratch);
  const limit = i32x4.splat(limitHigh);
  let ties = i32x4.splat(0);
  for (let p = scratch; p < scratch + line; p += 16) {
    const upper = upperOf(p);
    ties = v128.or(ties, i32x4.eq(upper, limit));
    v128.store(p, v128.andnot(scale, i32x4.lt_s(upper, limit)));
  }
  if (!v128.any_true(ties)) return;
  for (let i = 0; i < together; i += 4) {
    const at = places(index + i);
    const tie = i32x4.eq(high(at, i32x4.splat(first)), limit);
    const below = v128.and(tie, i32x4.lt_s(low(at, i32x4.splat(second)), i32x4.splat(limitLow)));
    v128.store(scratch + floats(i), v128.andnot(v128.load(scratch + floats(i)), below));
  }
}
/** x times those factors. x may be y. */
export function dropSome(
  x: usize,
  y: usize,
  n: i32,
  index: i32,
  first: i32,
  second: i32,
  limitHigh: i32,
  limitLow: i32,
  scale: f32,
  scratch: usize,
): void {
  for (; n > 0; n -= together, index += together) {
    dropFactors(index, first, second, limitHigh, limitLow, f32x4.splat(scale), scratch);
    const count = min(n, together);
    for (let i = 0; i < count; i += 4, x += 16, y += 16) {
      put(y, f32x4.mul(v128.load(x), v128.load(scratch + floats(i))), count - i);
    }
  }
}

/** x + (from + range · (2u − 1)), in float64 up to the last rounding. */
@inline function shifted(x: v128, u: v128, from: f64, range: f64): v128 {
  const both = f64x2.sub(f64x2.mul(f64x2.splat(2), u), f64x2.splat(1));
  return f64x2.add(f64x2.promote_low_f32x4(x), f64x2.add(f64x2.splat(from), f64x2.mul(f64x2.splat(range), both)));
}
export function addUniform(
  x: usize,
  y: usize,
  n: i32,
  index: i32,
  first: i32,
  second: i32,
  from: f64,
  range: f64,
  scratch: usize,
): void {
  for (; n > 0; n -= together, index += together) {
    drawHalves(index, first, scratch);
    drawHalves(index, second, scratch + line);
    const count = min(n, together);
    for (let i = 0; i < count; i += 4, x += 16, y += 16) {
      const upper = upperOf(scratch + floats(i));
      const lower = lowerOf(scratch + line + floats(i));
      const v = v128.load(x);
      const a = shifted(v, uniform(upper, lower), from, range);
      const b = shifted(upperTwo(v), uniform(upperTwo(upper), upperTwo(lower)), from, range);
      put(y, joined(a, b), count - i);
    }
  }
}

/** x · (from + range · u), in float64 up to the last rounding. */
@inline function sloped(x: v128, u: v128, from: f64, range: f64): v128 {
  const slope = f64x2.add(f64x2.splat(from), f64x2.mul(f64x2.splat(range), u));
  return f64x2.mul(f64x2.promote_low_f32x4(x), slope);
}
/** g where x is above 0, else g times a slope drawn from `from` to `from` + `range`; g is x itself, or a gradient. */
export function slopeSome(
  x: usize,
  g: usize,
  y: usize,
  n: i32,
  index: i32,
  first: i32,
  second: i32,
  from: f64,
  range: f64,
  scratch: usize,
): void {
  for (; n > 0; n -= together, index += together) {
    drawHalves(index, first, scratch);
    drawHalves(index, second, scratch + line);
    const count = min(n, together);
    for (let i = 0; i < count; i += 4, x += 16, g += 16, y += 16) {
      const upper = upperOf(scratch + floats(i));
      const lower = lowerOf(scratch + line + floats(i));
      const v = v128.load(g);
      const a = sloped(v, uniform(upper, lower), from, range);
      const b = sloped(upperTwo(v), uniform(upperTwo(upper), upperTwo(lower)), from, range);
      put(y, v128.bitselect(v, joined(a, b), f32x4.gt(v128.load(x), f32x4.splat(0))), count - i);
    }
  }
}

/** The same in float32, with the upper bits of the number: for slopes of one sign, of which then no digit is lost but the last ones. */
export function slopePositive(
  x: usize,
  g: usize,
  y: usize,
  n: i32,
  index: i32,
  first: i32,
  from: f32,
  range: f32,
  scratch: usize,
): void {
  const least = f32x4.splat(from);
  const unit = f32x4.splat(range * <f32>7.450580596923828e-9);
  for (; n > 0; n -= together, index += together) {
    drawHalves(index, first, scratch);
    const count = min(n, together);
    for (let i = 0; i < count; i += 4, x += 16, g += 16, y += 16) {
      const slope = fma(f32x4.convert_i32x4_s(upperOf(scratch + floats(i))), unit, least);
      const v = v128.load(g);
      put(y, v128.bitselect(v, f32x4.mul(v, slope), f32x4.gt(v128.load(x), f32x4.splat(0))), count - i);
    }
  }
}
