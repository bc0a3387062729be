// Pixels in and out: bytes to planes, statistics, values to colours. Arithmetic is in float64 and in the order of src/image, so that both make
// the same bytes.
import { floats } from './lanes';

/** R, G, B, A as the bytes of one number: not a number, and infinite. */
const notANumber: i32 = 0xffff00ff;
const infinite: i32 = 0xffffe500;
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
  let sums = f64x2.splat(0);
  let negatives = f64x2.splat(0);
  for (; x + 256 <= end; x += 256) {
    // Sixteen of a lane are summed in float32. Where one of them is not finite, or the sum is too large, they are counted one by one.
    let low = least;
    let high = most;
    let sum = none;
    let negative = none;
    for (let p = x; p < x + 256; p += 16) {
      const v = v128.load(p);
      low = f32x4.pmin(low, v);
      high = f32x4.pmax(high, v);
      sum = f32x4.add(sum, f32x4.abs(v));
      negative = f32x4.add(negative, f32x4.pmin(none, v));
    }
    if (v128.any_true(f32x4.ne(f32x4.sub(sum, sum), none))) {
      singly(x, x + 256, out);
      continue;
    }
    least = low;
    most = high;
    sums = f64x2.add(sums, total(sum));
    negatives = f64x2.sub(negatives, total(negative));
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
  store<f64>(out, load<f64>(out, 16) + f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1), 16);
  store<f64>(out, load<f64>(out, 24) + f64x2.extract_lane(negatives, 0) + f64x2.extract_lane(negatives, 1), 24);
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

/** Pixels of three planes (all the same one for grey), each value at v · scale + offset of 0..1. `keep`: bits of a value that count. */
export function drawColours(
  r: usize,
  g: usize,
  b: usize,
  rgba: usize,
  n: i32,
  scale: f64,
  offset: f64,
  keep: i32,
): void {
  // A branch for each loop, not for each value.
  if (scale === 1 && offset === 0 && keep === -1) draw<Unit>(r, g, b, rgba, n, scale, offset, keep);
  else draw<Affine>(r, g, b, rgba, n, scale, offset, keep);
}
class Unit {}
class Affine {}

@inline function draw<T>(
  r: usize,
  g: usize,
  b: usize,
  rgba: usize,
  n: i32,
  scale: f64,
  offset: f64,
  keep: i32,
): void {
  const k = i32x4.splat(keep);
  const s = f64x2.splat(scale);
  const o = f64x2.splat(offset);
  const alpha = i32x4.splat(opaque);
  const grey = r === g;
  const whole = rgba + floats(n & ~3);
  for (; rgba < whole; rgba += 16, r += 16, g += 16, b += 16) {
    const red = v128.load(r);
    const first = bytes<T>(v128.and(red, k), s, o);
    let pixel = v128.or(alpha, first);
    let odd = f32x4.sub(red, red);
    if (grey) {
      pixel = v128.or(pixel, v128.or(i32x4.shl(first, 8), i32x4.shl(first, 16)));
    } else {
      const green = v128.load(g);
      const blue = v128.load(b);
      odd = f32x4.add(odd, f32x4.add(f32x4.sub(green, green), f32x4.sub(blue, blue)));
      pixel = v128.or(pixel, i32x4.shl(bytes<T>(v128.and(green, k), s, o), 8));
      pixel = v128.or(pixel, i32x4.shl(bytes<T>(v128.and(blue, k), s, o), 16));
    }
    v128.store(rgba, pixel);
    if (v128.any_true(f32x4.ne(odd, odd))) markOdd(r, g, b, rgba, 4);
  }
  n &= 3;
  for (let i: usize = 0; i < floats(n); i += 4) {
    const red = level(load<f32>(r + i), scale, offset, keep);
    const green = level(load<f32>(g + i), scale, offset, keep);
    const blue = level(load<f32>(b + i), scale, offset, keep);
    store<i32>(rgba + i, opaque | red | (green << 8) | (blue << 16));
  }
  markOdd(r, g, b, rgba, n);
}
@inline function bytes<T>(v: v128, scale: v128, offset: v128): v128 {
  return idof<T>() == idof<Unit>() ? unitLevels(v) : levels(v, scale, offset);
}

/**
 * floor(255 v + 0.5) of values cut to 0..1, as float64 gives it, in float32: a first guess, put right where it is one off.
 * 255 v = 256 v − v, and neither 256 v nor its distance from the guess is rounded.
 */
@inline function unitLevels(v: v128): v128 {
  const half = f32x4.splat(0.5);
  const t = f32x4.pmin(f32x4.pmax(v, f32x4.splat(0)), f32x4.splat(1));
  const guess = f32x4.floor(f32x4.add(f32x4.mul(t, f32x4.splat(255)), half));
  const off = f32x4.sub(f32x4.mul(t, f32x4.splat(256)), guess);
  const more = f32x4.ge(f32x4.sub(off, half), t);
  const less = f32x4.lt(f32x4.add(off, half), t);
  // Adding 2^23 puts the bits of a whole number to the lower end.
  const bias = f32x4.splat(8388608);
  const whole = v128.xor(f32x4.add(guess, bias), bias);
  return i32x4.add(i32x4.sub(whole, more), less);
}

/** Float32 places a value within 1e-4 of a step of 511; nearer to the middle between two steps than 1e-3, float64 decides. */
const surelyRounded: f32 = 0.499;
@inline function placedRoughly(v: v128, scale: v128, offset: v128): v128 {
  const t = f32x4.add(f32x4.mul(v, scale), offset);
  return f32x4.pmin(f32x4.pmax(t, f32x4.splat(0)), f32x4.splat(1));
}

/** Pixels in the colours of a table of `steps` numbers, at most 1024: the mean place of `planes` (1 or 3) values. */
export function drawTable(
  r: usize,
  g: usize,
  b: usize,
  rgba: usize,
  n: i32,
  planes: i32,
  scale: f64,
  offset: f64,
  table: usize,
  steps: i32,
): void {
  const s = f32x4.splat(scale as f32);
  const o = f32x4.splat(offset as f32);
  const perPlane = f32x4.splat((((steps - 1) as f64) / (planes as f64)) as f32);
  const certain = f32x4.splat(surelyRounded);
  const whole = rgba + floats(n & ~3);
  for (; rgba < whole; rgba += 16, r += 16, g += 16, b += 16) {
    const first = v128.load(r);
    let sum = placedRoughly(first, s, o);
    let odd = f32x4.sub(first, first);
    if (planes === 3) {
      const second = v128.load(g);
      const third = v128.load(b);
      sum = f32x4.add(sum, f32x4.add(placedRoughly(second, s, o), placedRoughly(third, s, o)));
      odd = f32x4.add(odd, f32x4.add(f32x4.sub(second, second), f32x4.sub(third, third)));
    }
    // What is no number, or infinite, makes a place that is no number, which is not certain either.
    const exact = f32x4.add(f32x4.mul(sum, perPlane), odd);
    const nearest = f32x4.nearest(exact);
    if (i32x4.all_true(f32x4.lt(f32x4.abs(f32x4.sub(exact, nearest)), certain))) {
      const at = i32x4.trunc_sat_f32x4_s(nearest);
      store<i32>(rgba, entry(table, i32x4.extract_lane(at, 0)));
      store<i32>(rgba, entry(table, i32x4.extract_lane(at, 1)), 4);
      store<i32>(rgba, entry(table, i32x4.extract_lane(at, 2)), 8);
      store<i32>(rgba, entry(table, i32x4.extract_lane(at, 3)), 12);
    } else {
      for (let i: usize = 0; i < 16; i += 4) drawOne(r + i, g + i, b + i, rgba + i, planes, scale, offset, table, steps);
    }
  }
  const tail = floats(n & 3);
  for (let i: usize = 0; i < tail; i += 4) drawOne(r + i, g + i, b + i, rgba + i, planes, scale, offset, table, steps);
}
function drawOne(
  r: usize,
  g: usize,
  b: usize,
  rgba: usize,
  planes: i32,
  scale: f64,
  offset: f64,
  table: usize,
  steps: i32,
): void {
  let sum = place(load<f32>(r) as f64, scale, offset);
  if (planes === 3) {
    sum += place(load<f32>(g) as f64, scale, offset);
    sum += place(load<f32>(b) as f64, scale, offset);
  }
  // A sum of NaN has no colour of its own; markOdd gives it one.
  if (sum === sum) store<i32>(rgba, entry(table, round((sum / (planes as f64)) * ((steps - 1) as f64))));
  markOdd(r, g, b, rgba, 1);
}

/** Gives values that are no numbers, or infinite, colours that no scale contains. */
function markOdd(r: usize, g: usize, b: usize, rgba: usize, n: i32): void {
  for (let i: usize = 0; i < floats(n); i += 4) {
    const odd = oddness(load<f32>(r + i)) | oddness(load<f32>(g + i)) | oddness(load<f32>(b + i));
    if (odd) store<i32>(rgba + i, odd & 1 ? notANumber : infinite);
  }
}
/** 1 for NaN, 2 for an infinity. */
@inline function oddness(v: f32): i32 {
  if (v - v === 0) return 0;
  return v !== v ? 1 : 2;
}

@inline function entry(table: usize, i: i32): i32 {
  return load<i32>(table + floats(i));
}
@inline function place(v: f64, scale: f64, offset: f64): f64 {
  return min(max(v * scale + offset, 0), 1);
}
@inline function round(v: f64): i32 {
  const whole = floor(v);
  return (whole as i32) + (v - whole >= 0.5 ? 1 : 0);
}
@inline function level(v: f32, scale: f64, offset: f64, keep: i32): i32 {
  const t = place(reinterpret<f32>(reinterpret<i32>(v) & keep) as f64, scale, offset);
  return t === t ? ((t * 255 + 0.5) as i32) : 0;
}

/** As `place`, of the two lower values. */
@inline function placed(v: v128, scale: v128, offset: v128): v128 {
  const t = f64x2.add(f64x2.mul(f64x2.promote_low_f32x4(v), scale), offset);
  return f64x2.pmin(f64x2.pmax(t, f64x2.splat(0)), f64x2.splat(1));
}
/** Whole numbers below 2^32 as the low half of each float64: adding 2^52 puts their bits there. */
@inline function asBits(v: v128): v128 {
  return f64x2.add(v, f64x2.splat(4503599627370496));
}
@inline function paired(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(low, high, 0, 2, 4, 6);
}

@inline function bytesOf(t: v128): v128 {
  return asBits(f64x2.floor(f64x2.add(f64x2.mul(t, f64x2.splat(255)), f64x2.splat(0.5))));
}
@inline function levels(v: v128, scale: v128, offset: v128): v128 {
  return paired(bytesOf(placed(v, scale, offset)), bytesOf(placed(upper(v), scale, offset)));
}
