// Noise in a bell curve by Box and Muller, in float32: where it is small, the digits that are lost do not show.
import { factors, mixedBits, places } from './bits';
import { floats, fma, storeSome } from './lanes';

/** Loading a number into all lanes is one instruction; one that is written into the code takes three. */
const numbers = memory.data<f32>([
  // 2⁻²⁷, 2⁻⁵³, ln 2, −2
  7.450580596923828e-9, 1.1102230246251565e-16, 0.69314718, -2,
  // The logarithm.
  -7.6344922e-2, 0.12761575, -0.13160183, 0.14201759, -0.16623357, 0.20001227, -0.25000820, 0.33333331, -0.5, 1,
  // 2π · 2⁻²⁷, the cosine, the sine
  4.68133785e-8, 2.4433157e-5, -1.3887316e-3, 4.1666646e-2, -1.9515296e-4, 8.3321609e-3, -0.16666655,
]);
@inline function number(i: usize): v128 {
  return v128.load32_splat(numbers + (i << 2));
}

/** √(−2 ln(1 − u)), where u has these bits; both u and 1 − u are taken from them, so that neither end loses digits. */
@inline function sizeOf(upper: v128, lower: v128): v128 {
  const rest = f32x4.mul(f32x4.convert_i32x4_s(lower), number(1));
  const u = fma(f32x4.convert_i32x4_s(upper), number(0), rest);
  const other = f32x4.sub(f32x4.mul(f32x4.convert_i32x4_s(i32x4.sub(i32x4.splat(1 << 27), upper)), number(0)), rest);
  // The exponent of the power of 2 next to it, which leaves a factor from 0.707 to 1.414.
  const e = i32x4.shr_s(i32x4.sub(other, i32x4.splat(0x3f3504f3)), 23);
  const factor = f32x4.sub(i32x4.sub(other, i32x4.shl(e, 23)), number(13));
  const f = v128.bitselect(f32x4.neg(u), factor, i32x4.eq(e, i32x4.splat(0)));
  // In pairs: the longer the chain of products, the longer the processor waits.
  const y = f32x4.mul(f, f);
  const z = f32x4.mul(y, y);
  // Coefficients 12, 11, … 4 belong to f⁰, f¹, … f⁸.
  const a = fma(f, number(11), number(12));
  const b = fma(f, number(9), number(10));
  const c = fma(f, number(7), number(8));
  const d = fma(f, number(5), number(6));
  const p = fma(z, fma(z, number(4), fma(y, d, c)), fma(y, b, a));
  const log = fma(f32x4.convert_i32x4_s(e), number(2), fma(y, p, f));
  return f32x4.sqrt(f32x4.pmax(f32x4.splat(0), f32x4.mul(log, number(3))));
}

/** cos 2πa of the upper 27 bits of a: the distance to the nearest quarter of the circle is exact. */
@inline function cosineOf(angle: v128): v128 {
  const quarter = i32x4.shr_u(i32x4.add(angle, i32x4.splat(1 << 24)), 25);
  const t = f32x4.mul(f32x4.convert_i32x4_s(i32x4.sub(angle, i32x4.shl(quarter, 25))), number(14));
  const y = f32x4.mul(t, t);
  const z = f32x4.mul(y, y);
  const even = fma(z, fma(z, number(15), fma(y, number(16), number(17))), fma(y, number(12), number(13)));
  const odd = fma(f32x4.mul(y, t), fma(z, number(18), fma(y, number(19), number(20))), t);
  // Quarters 1 and 3 are sines; of 1 and 2 the sign is negative.
  const crosswise = i32x4.shr_s(i32x4.shl(quarter, 31), 31);
  const sign = i32x4.shl(i32x4.add(quarter, i32x4.splat(1)), 30);
  return v128.xor(v128.bitselect(odd, even, crosswise), v128.and(sign, i32x4.splat(0x80000000)));
}

/** Places whose bits are drawn before any is used: two short loops keep the processor busier than one long one. The planner knows their bytes. */
const together: i32 = 256;

/**
 * n floats x + mean + deviation · noise from x to y, which may be x; two keys for the sizes, one for the upper bits of the angles. Scratch holds
 * three numbers for each of the places.
 */
export function addSmallNormal(
  x: usize, y: usize, n: i32, index: i32, first: i32, second: i32, third: i32, mean: f32, deviation: f32, scratch: usize,
): void {
  const line = floats(together);
  const one = v128.load32_splat(factors);
  const other = v128.load32_splat(factors, 4);
  const sizes = i32x4.splat(first);
  const rests = i32x4.splat(second);
  const angles = i32x4.splat(third);
  for (; n > 0; n -= together, index += together, x += line, y += line) {
    let at = places(index);
    for (let p = scratch; p < scratch + line; p += 16) {
      v128.store(p, i32x4.shr_u(mixedBits(at, sizes, one, other), 5));
      v128.store(p + line, i32x4.shr_u(mixedBits(at, rests, one, other), 6));
      v128.store(p + 2 * line, i32x4.shr_u(mixedBits(at, angles, one, other), 5));
      at = i32x4.add(at, i32x4.splat(4));
    }
    const count = min(n, together);
    const whole = floats(count & ~3);
    for (let i: usize = 0; ; i += 16) {
      const p = scratch + i;
      const size = f32x4.mul(sizeOf(v128.load(p), v128.load(p + line)), f32x4.splat(deviation));
      const noise = fma(size, cosineOf(v128.load(p + 2 * line)), f32x4.splat(mean));
      const value = f32x4.add(v128.load(x + i), noise);
      if (i >= whole) {
        storeSome(y + i, value, count & 3);
        break;
      }
      v128.store(y + i, value);
    }
  }
}
