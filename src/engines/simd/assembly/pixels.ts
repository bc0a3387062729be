// Pixels on their way in: bytes to planes, and statistics. Arithmetic is in float64 and in the order of src/image, so that both make the same numbers.
import { floats } from './lanes';

const opaque: i32 = 0xff000000;

/** `n` RGBA8 pixels to three planes, 0..1. Transparent ones are laid on white; then `clear` is set to 1. */
export function planesOfRgba(rgba: usize, r: usize, g: usize, b: usize, n: i32, clear: usize): void {
  const low = i32x4.splat(255);
  const alpha = i32x4.splat(opaque);
  const most = f32x4.splat(255);
  const end = rgba + floats(n);
  while (rgba < end) {
    if (rgba + 16 <= end) {
      const v = v128.load(rgba);
      if (i32x4.all_true(i32x4.eq(v128.and(v, alpha), alpha))) {
        v128.store(r, f32x4.div(f32x4.convert_i32x4_s(v128.and(v, low)), most));
        v128.store(g, f32x4.div(f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(v, 8), low)), most));
        v128.store(b, f32x4.div(f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(v, 16), low)), most));
        rgba += 16;
        r += 16;
        g += 16;
        b += 16;
        continue;
      }
    }
    const a = load<u8>(rgba, 3) as f64;
    if (a !== 255) store<i32>(clear, 1);
    store<f32>(r, onWhite(load<u8>(rgba), a / 255));
    store<f32>(g, onWhite(load<u8>(rgba, 1), a / 255));
    store<f32>(b, onWhite(load<u8>(rgba, 2), a / 255));
    rgba += 4;
    r += 4;
    g += 4;
    b += 4;
  }
}
@inline function onWhite(v: u8, a: f64): f32 {
  return (((v as f64) / 255) * a + 1 - a) as f32;
}

/** 2v − 1: values 0..1 as −1..1. */
export function mapSigned(x: usize, y: usize, n: i32): void {
  const two = f32x4.splat(2);
  const one = f32x4.splat(1);
  const whole = x + floats(n & ~3);
  const end = x + floats(n);
  for (; x < whole; x += 16, y += 16) v128.store(y, f32x4.sub(f32x4.mul(v128.load(x), two), one));
  for (; x < end; x += 4, y += 4) store<f32>(y, 2 * load<f32>(x) - 1);
}

/** Of the finite values: least, most, sum of |v|, sum of |v| over the negative ones, as four float64 at `out`. */
export function statistics(x: usize, n: i32, out: usize): void {
  const end = x + floats(n);
  const none = f32x4.splat(0);
  store<f64>(out, Infinity);
  store<f64>(out, -Infinity, 8);
  store<f64>(out, 0, 16);
  store<f64>(out, 0, 24);
  let least = f32x4.splat(f32.POSITIVE_INFINITY);
  let most = f32x4.splat(f32.NEGATIVE_INFINITY);
  let sizes = f64x2.splat(0);
  let sums = f64x2.splat(0);
  for (; x + 256 <= end; x += 256) {
    // Sixteen of a lane are summed in float32, in two sums that do not wait for each other. Where one value is not finite, or the sum is too large,
    // they are counted one by one.
    let low = least, high = most, size = none, sum = none;
    let low1 = least, high1 = most, size1 = none, sum1 = none;
    for (let p = x; p < x + 256; p += 32) {
      const v = v128.load(p), u = v128.load(p, 16);
      low = f32x4.pmin(low, v);
      low1 = f32x4.pmin(low1, u);
      high = f32x4.pmax(high, v);
      high1 = f32x4.pmax(high1, u);
      size = f32x4.add(size, f32x4.abs(v));
      size1 = f32x4.add(size1, f32x4.abs(u));
      sum = f32x4.add(sum, v);
      sum1 = f32x4.add(sum1, u);
    }
    size = f32x4.add(size, size1);
    if (v128.any_true(f32x4.ne(f32x4.sub(size, size), none))) {
      singly(x, x + 256, out);
      continue;
    }
    least = f32x4.pmin(low, low1);
    most = f32x4.pmax(high, high1);
    sizes = f64x2.add(sizes, total(size));
    // The same roundings as of sizes, so that nothing is left where no value is negative.
    sums = f64x2.add(sums, total(f32x4.add(sum, sum1)));
  }
  singly(x, end, out);
  const low = min(
    min(f32x4.extract_lane(least, 0), f32x4.extract_lane(least, 1)),
    min(f32x4.extract_lane(least, 2), f32x4.extract_lane(least, 3)),
  );
  const high = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  store<f64>(out, min(load<f64>(out), low as f64));
  store<f64>(out, max(load<f64>(out, 8), high as f64), 8);
  const magnitude = f64x2.extract_lane(sizes, 0) + f64x2.extract_lane(sizes, 1);
  const signed = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  store<f64>(out, load<f64>(out, 16) + magnitude, 16);
  store<f64>(out, load<f64>(out, 24) + (magnitude - signed) / 2, 24);
}
/** Adds the finite values of [x, end) to the four numbers at `out`. */
function singly(x: usize, end: usize, out: usize): void {
  for (; x < end; x += 4) {
    const v = load<f32>(x) as f64;
    if (v - v !== 0) continue;
    store<f64>(out, min(load<f64>(out), v));
    store<f64>(out, max(load<f64>(out, 8), v), 8);
    store<f64>(out, load<f64>(out, 16) + abs(v), 16);
    if (v < 0) store<f64>(out, load<f64>(out, 24) - v, 24);
  }
}
/** Four float32 as sums of two in float64. */
@inline function total(v: v128): v128 {
  return f64x2.add(f64x2.promote_low_f32x4(v), f64x2.promote_low_f32x4(upper(v)));
}
/** The two upper values, where the lower ones were. */
@inline function upper(v: v128): v128 {
  return v128.shuffle<i32>(v, v, 2, 3, 2, 3);
}
