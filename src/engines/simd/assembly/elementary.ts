// Elementary functions of four float32. Polynomials and rationals are minimax fits; errors are relative, in the relaxed binary.
import { fma } from './lanes';

@inline function horner(p: v128, x: v128, c: f32): v128 {
  return fma(p, x, f32x4.splat(c));
}

/** x held between two bounds; x comes first, because pmax(a, b) = a < b ? b : a keeps a NaN `a`. */
@inline export function atLeast(x: v128, low: f32): v128 {
  return f32x4.pmax(x, f32x4.splat(low));
}
@inline export function atMost(x: v128, high: f32): v128 {
  return f32x4.pmin(x, f32x4.splat(high));
}

/** 1 / x. */
@inline export function reciprocal(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), x);
}

/** Where `mask` is set a, elsewhere b. */
@inline export function choose(mask: v128, a: v128, b: v128): v128 {
  return v128.bitselect(a, b, mask);
}

/**
 * Adding 1.5 · 2²³ rounds to a whole number n, which is then in the low bits, where a shift by 23 makes it an exponent. The 126 more are the bias of
 * an exponent less 1: the power comes out as 2ⁿ⁻¹ times a polynomial that is twice as large, so that n = 128 does not overflow before its time.
 */
const halfPower: f32 = 12582912 + 126;
const wholePower: f32 = 12582912 + 127;
const log2e: f32 = 1.44269504;
/** ln 2 in two parts; the first has few digits, so that its product with n is exact. */
const ln2High: f32 = 0.693359375;
const ln2Low: f32 = -2.12194440e-4;

/** x − n · ln 2. */
@inline function rest(x: v128, n: v128): v128 {
  return fma(n, f32x4.splat(-ln2Low), fma(n, f32x4.splat(-ln2High), x));
}

/** n, rounded, as it is after the addition. */
@inline function halvings(x: v128): v128 {
  return fma(x, f32x4.splat(log2e), f32x4.splat(halfPower));
}
/** 2 · e^(x − n · ln 2). */
@inline function fraction(x: v128, t: v128): v128 {
  const r = rest(x, f32x4.sub(t, f32x4.splat(halfPower)));
  let p = f32x4.splat(2.7628697e-3);
  p = horner(p, r, 1.6737675e-2);
  p = horner(p, r, 8.3336800e-2);
  p = horner(p, r, 0.33333039);
  p = horner(p, r, 0.99999988);
  p = horner(p, r, 2);
  return horner(p, r, 2);
}

/** e^x for −87.3 ≤ x ≤ 89, or NaN; infinite from 88.73 on. */
@inline function power(x: v128): v128 {
  const t = halvings(x);
  // A product, not a sum of exponents: it keeps NaN and makes infinities.
  return f32x4.mul(fraction(x, t), i32x4.shl(t, 23));
}

/** 1 + e^x. */
@inline export function onePlusExp(v: v128): v128 {
  const x = atMost(atLeast(v, -87.3), 89);
  const t = halvings(x);
  return fma(fraction(x, t), i32x4.shl(t, 23), f32x4.splat(1));
}

/** e^x, error 1e-7. It is infinite from 88.73 on, and 0 below −86.99, where it would be less than 1.7e-38. */
@inline export function exp(x: v128): v128 {
  return power(atMost(atLeast(x, -87.3), 89));
}
/** The same for x ≤ 0. */
@inline export function expBelow(x: v128): v128 {
  return power(atLeast(x, -87.3));
}
/** The same for −87.3 ≤ x ≤ 0. */
@inline export function expWithin(x: v128): v128 {
  return power(x);
}

/** e^x − 1 for x ≤ 0, error 1.5e-7 also near 0. */
@inline export function expm1Below(v: v128): v128 {
  const x = atLeast(v, -87.3);
  const t = fma(x, f32x4.splat(log2e), f32x4.splat(wholePower));
  const r = rest(x, f32x4.sub(t, f32x4.splat(wholePower)));
  let p = f32x4.splat(1.3814348e-3);
  p = horner(p, r, 8.3688376e-3);
  p = horner(p, r, 4.1668400e-2);
  p = horner(p, r, 0.16666520);
  p = horner(p, r, 0.49999994);
  p = fma(f32x4.mul(r, r), p, r);
  const scale = i32x4.shl(t, 23);
  return fma(p, scale, f32x4.sub(scale, f32x4.splat(1)));
}

/** ln x of a positive finite x that is not subnormal, or NaN; error 1.2e-7 also near 1. */
@inline export function log(x: v128): v128 {
  // The exponent of the power of 2 next to x, which leaves a factor from 0.707 to 1.414.
  const e = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(e, 23)), f32x4.splat(1));
  const n = f32x4.convert_i32x4_s(e);
  const square = f32x4.mul(f, f);
  let p = f32x4.splat(-7.6344922e-2);
  p = horner(p, f, 0.12761575);
  p = horner(p, f, -0.13160183);
  p = horner(p, f, 0.14201759);
  p = horner(p, f, -0.16623357);
  p = horner(p, f, 0.20001227);
  p = horner(p, f, -0.25000820);
  p = horner(p, f, 0.33333331);
  p = f32x4.mul(f32x4.mul(p, f), square);
  p = fma(n, f32x4.splat(ln2Low), p);
  p = fma(square, f32x4.splat(-0.5), p);
  // x − x is 0, or NaN.
  return f32x4.add(fma(n, f32x4.splat(ln2High), f32x4.add(f, p)), f32x4.sub(x, x));
}

/** ln(1 + z) for 0 ≤ z ≤ 1 as 2 atanh(z / (2 + z)), error 2e-7. */
@inline export function log1pWithin(z: v128): v128 {
  const t = f32x4.div(z, f32x4.add(z, f32x4.splat(2)));
  const y = f32x4.mul(t, t);
  let p = f32x4.splat(0.28178334);
  p = horner(p, y, 0.27960601);
  p = horner(p, y, 0.40024909);
  p = horner(p, y, 0.66666317);
  p = horner(p, y, 2);
  return f32x4.mul(p, t);
}

/** tanh as a rational of degree 13 over 6, error 3e-7. */
@inline export function tanh(v: v128): v128 {
  const x = atMost(atLeast(v, -7.90531110763549805), 7.90531110763549805);
  const y = f32x4.mul(x, x);
  let p = f32x4.splat(-2.76076847742355e-16);
  p = horner(p, y, 2.00018790482477e-13);
  p = horner(p, y, -8.60467152213735e-11);
  p = horner(p, y, 5.12229709037114e-8);
  p = horner(p, y, 1.48572235717979e-5);
  p = horner(p, y, 6.37261928875436e-4);
  p = horner(p, y, 4.89352455891786e-3);
  let q = f32x4.splat(1.19825839466702e-6);
  q = horner(q, y, 1.18534705686654e-4);
  q = horner(q, y, 2.26843463243900e-3);
  q = horner(q, y, 4.89352518554385e-3);
  return f32x4.div(f32x4.mul(p, x), q);
}

/** (x − tanh x) / x³ for x² ≤ 0.5, error 1e-7, from the square. */
@inline export function tanhRest(y: v128): v128 {
  let p = f32x4.splat(-2.0390346e-3);
  p = horner(p, y, 8.0893584e-3);
  p = horner(p, y, -2.1680057e-2);
  p = horner(p, y, 5.3946715e-2);
  p = horner(p, y, -0.13333242);
  return horner(p, y, 0.33333331);
}

/** The share of a bell curve beyond a, 0 ≤ a ≤ 13.2, divided by e^(−a²/2): error 5e-7. */
@inline export function tail(a: v128): v128 {
  let p = f32x4.splat(1.6863728e-2);
  p = horner(p, a, 0.11875418);
  p = horner(p, a, 0.36061529);
  p = horner(p, a, 0.49999982);
  let q = f32x4.splat(4.2276543e-2);
  q = horner(q, a, 0.29745770);
  q = horner(q, a, 0.94971311);
  q = horner(q, a, 1.5190976);
  q = horner(q, a, 1);
  return f32x4.div(p, q);
}
