// Noise in a bell curve by Box and Muller, in float32: where it is small, the digits that are lost do not show.
import { factors, halfMixed, line, low, otherHalf, places, together } from './bits';
import { floats, fma, put } from './lanes';

/** Loading a number into all lanes is one instruction; one that is written into the code takes three. */
const numbers = memory.data<f32>([
  // 2⁻²⁷, 2⁻⁵³, ln 2
  7.450580596923828e-9, 1.1102230246251565e-16, 0.69314718,
  // The logarithm.
  -7.6344922e-2, 0.12761575, -0.13160183, 0.14201759, -0.16623357, 0.20001227, -0.25000820, 0.33333331, -0.5, 1,
  // sin 2πw, divided by w
  39.536705, -76.549782, 81.601006, -41.341656, 6.283185,
  // 2⁻²⁸
  3.725290298461914e-9,
]);
@inline function number(i: usize): v128 {
  return v128.load32_splat(numbers + (i << 2));
}

/** ln(1 + f) + e · ln 2. */
@inline function logOf(f: v128, e: v128): v128 {
  // In pairs: the longer the chain of products, the longer the processor waits.
  const y = f32x4.mul(f, f);
  const z = f32x4.mul(y, y);
  // Coefficients 11, 10, … 3 belong to f⁰, f¹, … f⁸.
  const a = fma(f, number(10), number(11));
  const b = fma(f, number(8), number(9));
  const c = fma(f, number(6), number(7));
  const d = fma(f, number(4), number(5));
  const p = fma(z, fma(z, number(3), fma(y, d, c)), fma(y, b, a));
  return fma(f32x4.convert_i32x4_s(e), number(2), fma(y, p, f));
}
/** The exponent of the power of 2 next to x, which leaves a factor from 0.707 to 1.414; and that factor less 1. */
@inline function exponentOf(x: v128): v128 {
  return i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
}
@inline function factorOf(x: v128, e: v128): v128 {
  return f32x4.sub(i32x4.sub(x, i32x4.shl(e, 23)), number(12));
}

/** ln(1 − u), where u has these bits; both u and 1 − u are taken from them, so that neither end loses digits. */
@inline function wholeLog(upper: v128, lower: v128): v128 {
  const rest = f32x4.mul(f32x4.convert_i32x4_s(lower), number(1));
  const u = fma(f32x4.convert_i32x4_s(upper), number(0), rest);
  const most = f32x4.mul(f32x4.convert_i32x4_s(i32x4.sub(i32x4.splat(1 << 27), upper)), number(0));
  const other = f32x4.sub(most, rest);
  const e = exponentOf(other);
  return logOf(v128.bitselect(f32x4.neg(u), factorOf(other, e), i32x4.eq(e, i32x4.splat(0))), e);
}
/** The same by the upper bits alone, and the middle of what the lower ones may be: for u that is near neither end. */
@inline function nearLog(upper: v128): v128 {
  const twice = i32x4.sub(i32x4.splat((1 << 28) - 1), i32x4.add(upper, upper));
  const other = f32x4.mul(f32x4.convert_i32x4_s(twice), number(18));
  const e = exponentOf(other);
  return logOf(factorOf(other, e), e);
}
/** The upper bits of u where its lower bits show in the noise: of u below 2⁻⁸, and of 1 − u below 2⁻⁹. */
const lowEnd: i32 = 1 << 19;
const highEnd: i32 = (1 << 27) - (1 << 18);
@inline function isNear(upper: v128): bool {
  const off = i32x4.abs(i32x4.sub(upper, i32x4.splat((lowEnd + highEnd) / 2)));
  return !v128.any_true(i32x4.gt_s(off, i32x4.splat((highEnd - lowEnd) / 2)));
}

/** cos 2πa of the upper 27 bits of a, as the sine of the distance to the nearest quarter or three quarters, which is exact. */
@inline function cosineOf(angle: v128): v128 {
  const turned = i32x4.sub(i32x4.abs(i32x4.sub(angle, i32x4.splat(1 << 26))), i32x4.splat(1 << 25));
  const w = f32x4.mul(f32x4.convert_i32x4_s(turned), number(0));
  const y = f32x4.mul(w, w);
  return f32x4.mul(w, fma(y, fma(y, fma(y, fma(y, number(13), number(14)), number(15)), number(16)), number(17)));
}

/** The upper bits of `together` places from an index on: of the sizes, and a line further on of the angles. */
@inline function draw(index: i32, first: i32, third: i32, scratch: usize): void {
  const one = v128.load32_splat(factors);
  const other = v128.load32_splat(factors, 4);
  const sizes = i32x4.splat(first);
  const angles = i32x4.splat(third);
  let at = places(index);
  for (let p = scratch; p < scratch + line; p += 16) {
    v128.store(p, halfMixed(at, sizes, one, other));
    v128.store(p + line, halfMixed(at, angles, one, other));
    at = i32x4.add(at, i32x4.splat(4));
  }
  for (let p = scratch; p < scratch + 2 * line; p += 16) v128.store(p, i32x4.shr_u(otherHalf(v128.load(p), one, other), 5));
}
/** Logarithms in the place of the bits of sizes. */
@inline function logs(index: i32, rests: i32, scratch: usize): void {
  for (let i = 0; i < together; i += 4) {
    const p = scratch + floats(i);
    const upper = v128.load(p);
    v128.store(p, isNear(upper) ? nearLog(upper) : wholeLog(upper, low(places(index + i), i32x4.splat(rests))));
  }
}
/** −2 times deviation² is the scale. */
@inline function noiseOf(p: usize, mean: v128, scale: v128): v128 {
  const size = f32x4.sqrt(f32x4.pmax(f32x4.splat(0), f32x4.mul(v128.load(p), scale)));
  return fma(size, cosineOf(v128.load(p + line)), mean);
}

/**
 * n floats x + mean + deviation · noise from x to y, which may be x; two keys for the sizes, one for the upper bits of the angles. Scratch holds
 * two numbers for each of the places.
 */
export function addSmallNormal(
  x: usize, y: usize, n: i32, index: i32, first: i32, second: i32, third: i32, mean: f32, deviation: f32, scratch: usize,
): void {
  const shift = f32x4.splat(mean);
  const scale = f32x4.splat(-2 * deviation * deviation);
  for (; n > 0; n -= together, index += together) {
    draw(index, first, third, scratch);
    logs(index, second, scratch);
    const count = min(n, together);
    for (let i = 0; i < count; i += 4, x += 16, y += 16) {
      put(y, f32x4.add(v128.load(x), noiseOf(scratch + floats(i), shift, scale)), count - i);
    }
  }
}
