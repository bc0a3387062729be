// Elementary functions of four float32. Polynomials and rationals are minimax fits; errors are relative, in the relaxed binary.
import { floats, fma } from './lanes';

/**
 * Number i of a table, in all lanes. To load it is one instruction; a number that is written into the code takes three, in every turn of a loop.
 */
@inline export function term(table: usize, i: i32): v128 {
  return v128.load32_splat(table + floats(i));
}
@inline function horner(p: v128, x: v128, table: usize, i: i32): v128 {
  return fma(p, x, term(table, i));
}

/** x held between two bounds; x comes first, because pmax(a, b) = a < b ? b : a keeps a NaN `a`. */
@inline export function atLeast(x: v128, low: f32): v128 {
  return f32x4.pmax(x, f32x4.splat(low));
}
@inline export function atMost(x: v128, high: f32): v128 {
  return f32x4.pmin(x, f32x4.splat(high));
}

const small = memory.data<f32>([1, 2]);
/** 1 / x. */
@inline export function reciprocal(x: v128): v128 {
  return f32x4.div(term(small, 0), x);
}

/** Where `mask` is set a, elsewhere b. */
@inline export function choose(mask: v128, a: v128, b: v128): v128 {
  return v128.bitselect(a, b, mask);
}

/** Where e^x is no longer told from 0, and where it is infinite. */
const bounds = memory.data<f32>([-87.3, 89]);
@inline function notBelow(x: v128): v128 {
  return f32x4.pmax(x, term(bounds, 0));
}
@inline function notBeyond(x: v128): v128 {
  return f32x4.pmin(notBelow(x), term(bounds, 1));
}

/**
 * Adding 1.5 · 2²³ rounds to a whole number n, which is then in the low bits, where a shift by 23 makes it an exponent. The 126 more are the bias of
 * an exponent less 1: the power comes out as 2ⁿ⁻¹ times a polynomial that is twice as large, so that n = 128 does not overflow before its time.
 */
const halfPower = memory.data<f32>([12582912 + 126]);
const wholePower = memory.data<f32>([12582912 + 127]);
/** ln 2 in two parts; the first has few digits, so that its product with n is exact. Then both less than 0, and 1 / ln 2. */
const ln2 = memory.data<f32>([0.693359375, -2.12194440e-4, -0.693359375, 2.12194440e-4, 1.44269504]);

/** x − n · ln 2. */
@inline function rest(x: v128, n: v128): v128 {
  return fma(n, term(ln2, 3), fma(n, term(ln2, 2), x));
}

/** n, rounded, as it is after the addition. */
@inline function rounded(x: v128, bias: usize): v128 {
  return fma(x, term(ln2, 4), term(bias, 0));
}
const powers = memory.data<f32>([2.7628697e-3, 1.6737675e-2, 8.3336800e-2, 0.33333039, 0.99999988, 2, 2]);
/** 2 · e^(x − n · ln 2). */
@inline function fraction(x: v128, t: v128): v128 {
  const r = rest(x, f32x4.sub(t, term(halfPower, 0)));
  let p = horner(term(powers, 0), r, powers, 1);
  p = horner(p, r, powers, 2);
  p = horner(p, r, powers, 3);
  p = horner(p, r, powers, 4);
  p = horner(p, r, powers, 5);
  return horner(p, r, powers, 6);
}

/** e^x for −87.3 ≤ x ≤ 89, or NaN; infinite from 88.73 on. */
@inline function power(x: v128): v128 {
  const t = rounded(x, halfPower);
  // A product, not a sum of exponents: it keeps NaN and makes infinities.
  return f32x4.mul(fraction(x, t), i32x4.shl(t, 23));
}

/** 1 + e^x. */
@inline export function onePlusExp(v: v128): v128 {
  const x = notBeyond(v);
  const t = rounded(x, halfPower);
  return fma(fraction(x, t), i32x4.shl(t, 23), term(small, 0));
}

/** e^x, error 1e-7. It is infinite from 88.73 on, and 0 below −86.99, where it would be less than 1.7e-38. */
@inline export function exp(x: v128): v128 {
  return power(notBeyond(x));
}
/** The same for x ≤ 0. */
@inline export function expBelow(x: v128): v128 {
  return power(notBelow(x));
}
/** The same for −87.3 ≤ x ≤ 0. */
@inline export function expWithin(x: v128): v128 {
  return power(x);
}

const lessOne = memory.data<f32>([1.3814348e-3, 8.3688376e-3, 4.1668400e-2, 0.16666520, 0.49999994]);
/** e^x − 1 for x ≤ 0, error 1.5e-7 also near 0. */
@inline export function expm1Below(v: v128): v128 {
  const x = notBelow(v);
  const t = rounded(x, wholePower);
  const r = rest(x, f32x4.sub(t, term(wholePower, 0)));
  let p = horner(term(lessOne, 0), r, lessOne, 1);
  p = horner(p, r, lessOne, 2);
  p = horner(p, r, lessOne, 3);
  p = horner(p, r, lessOne, 4);
  p = fma(f32x4.mul(r, r), p, r);
  const scale = i32x4.shl(t, 23);
  return fma(p, scale, f32x4.sub(scale, term(small, 0)));
}

const logarithm = memory.data<f32>([
  -7.6344922e-2, 0.12761575, -0.13160183, 0.14201759, -0.16623357, 0.20001227, -0.25000820, 0.33333331, -0.5,
]);
/** ln x of a positive finite x that is not subnormal, or NaN; error 1.2e-7 also near 1. */
@inline export function log(x: v128): v128 {
  // The exponent of the power of 2 next to x, which leaves a factor from 0.707 to 1.414.
  const e = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(e, 23)), term(small, 0));
  const n = f32x4.convert_i32x4_s(e);
  const square = f32x4.mul(f, f);
  let p = horner(term(logarithm, 0), f, logarithm, 1);
  p = horner(p, f, logarithm, 2);
  p = horner(p, f, logarithm, 3);
  p = horner(p, f, logarithm, 4);
  p = horner(p, f, logarithm, 5);
  p = horner(p, f, logarithm, 6);
  p = horner(p, f, logarithm, 7);
  p = f32x4.mul(f32x4.mul(p, f), square);
  p = fma(n, term(ln2, 1), p);
  p = fma(square, term(logarithm, 8), p);
  // x − x is 0, or NaN.
  return f32x4.add(fma(n, term(ln2, 0), f32x4.add(f, p)), f32x4.sub(x, x));
}

const hyperbolic = memory.data<f32>([0.28178334, 0.27960601, 0.40024909, 0.66666317, 2]);
/** ln(1 + z) for 0 ≤ z ≤ 1 as 2 atanh(z / (2 + z)), error 2e-7. */
@inline export function log1pWithin(z: v128): v128 {
  const t = f32x4.div(z, f32x4.add(z, term(small, 1)));
  const y = f32x4.mul(t, t);
  let p = horner(term(hyperbolic, 0), y, hyperbolic, 1);
  p = horner(p, y, hyperbolic, 2);
  p = horner(p, y, hyperbolic, 3);
  p = horner(p, y, hyperbolic, 4);
  return f32x4.mul(p, t);
}

const tanhBounds = memory.data<f32>([-7.90531110763549805, 7.90531110763549805]);
const tanhAbove = memory.data<f32>([
  -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-8, 1.48572235717979e-5, 6.37261928875436e-4,
  4.89352455891786e-3,
]);
const tanhUnder = memory.data<f32>([1.19825839466702e-6, 1.18534705686654e-4, 2.26843463243900e-3, 4.89352518554385e-3]);
/** tanh as a rational of degree 13 over 6, error 3e-7. */
@inline export function tanh(v: v128): v128 {
  const x = f32x4.pmin(f32x4.pmax(v, term(tanhBounds, 0)), term(tanhBounds, 1));
  const y = f32x4.mul(x, x);
  let p = horner(term(tanhAbove, 0), y, tanhAbove, 1);
  p = horner(p, y, tanhAbove, 2);
  p = horner(p, y, tanhAbove, 3);
  p = horner(p, y, tanhAbove, 4);
  p = horner(p, y, tanhAbove, 5);
  p = horner(p, y, tanhAbove, 6);
  let q = horner(term(tanhUnder, 0), y, tanhUnder, 1);
  q = horner(q, y, tanhUnder, 2);
  q = horner(q, y, tanhUnder, 3);
  return f32x4.div(f32x4.mul(p, x), q);
}

const tanhLeft = memory.data<f32>([-2.0390346e-3, 8.0893584e-3, -2.1680057e-2, 5.3946715e-2, -0.13333242, 0.33333331]);
/** (x − tanh x) / x³ for x² ≤ 0.5, error 1e-7, from the square. */
@inline export function tanhRest(y: v128): v128 {
  let p = horner(term(tanhLeft, 0), y, tanhLeft, 1);
  p = horner(p, y, tanhLeft, 2);
  p = horner(p, y, tanhLeft, 3);
  p = horner(p, y, tanhLeft, 4);
  return horner(p, y, tanhLeft, 5);
}

const tailAbove = memory.data<f32>([1.6863728e-2, 0.11875418, 0.36061529, 0.49999982]);
const tailUnder = memory.data<f32>([4.2276543e-2, 0.29745770, 0.94971311, 1.5190976, 1]);
/** The share of a bell curve beyond a, 0 ≤ a ≤ 13.2, divided by e^(−a²/2): error 5e-7. */
@inline export function tail(a: v128): v128 {
  let p = horner(term(tailAbove, 0), a, tailAbove, 1);
  p = horner(p, a, tailAbove, 2);
  p = horner(p, a, tailAbove, 3);
  let q = horner(term(tailUnder, 0), a, tailUnder, 1);
  q = horner(q, a, tailUnder, 2);
  q = horner(q, a, tailUnder, 3);
  q = horner(q, a, tailUnder, 4);
  return f32x4.div(p, q);
}
