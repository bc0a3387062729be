// Activations of four values at a time. NaN stays NaN, and infinities go where the formula takes them.
import { atLeast, atMost, choose, expBelow, expm1Below, expWithin, log1pWithin, onePlusExp, reciprocal, tail, tanh, tanhRest } from './elementary';
import { fma } from './lanes';

/** x > 0 ? x : negative. */
@inline function above(x: v128, negative: v128): v128 {
  return choose(f32x4.gt(x, f32x4.splat(0)), x, negative);
}

@inline export function relu(x: v128): v128 {
  return atLeast(x, 0);
}
@inline export function leakyRelu(x: v128, slope: v128): v128 {
  return above(x, f32x4.mul(x, slope));
}
@inline export function clamp(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, low), high);
}
@inline export function threshold(x: v128, most: v128, value: v128): v128 {
  return choose(f32x4.le(x, most), value, x);
}
/** `middle` at 0; NaN counts as not above 0. */
@inline export function binaryStep(x: v128, middle: v128): v128 {
  const zero = f32x4.splat(0);
  return choose(f32x4.eq(x, zero), middle, v128.and(f32x4.gt(x, zero), f32x4.splat(1)));
}
@inline export function hardshrink(x: v128, size: v128): v128 {
  return v128.andnot(x, f32x4.le(f32x4.abs(x), size));
}
/** λ in two parts, so that what is left of x near λ has all its digits. */
@inline export function softshrink(x: v128, size: v128, high: v128, low: v128): v128 {
  const sign = v128.and(x, f32x4.splat(-0.0));
  const left = f32x4.sub(f32x4.sub(f32x4.abs(x), high), low);
  return v128.andnot(v128.or(left, sign), f32x4.le(f32x4.abs(x), size));
}
@inline function sixths(x: v128): v128 {
  return atMost(atLeast(f32x4.add(x, f32x4.splat(3)), 0), 6);
}
@inline export function hardsigmoid(x: v128): v128 {
  return f32x4.mul(sixths(x), f32x4.splat(0.16666667));
}
@inline export function hardswish(x: v128): v128 {
  return f32x4.mul(x, f32x4.mul(sixths(x), f32x4.splat(0.16666667)));
}

@inline export function elu(x: v128, alpha: v128): v128 {
  return above(x, f32x4.mul(alpha, expm1Below(atMost(x, 0))));
}
@inline export function celu(x: v128, alpha: v128): v128 {
  return above(x, f32x4.mul(alpha, expm1Below(atMost(f32x4.div(x, alpha), 0))));
}
@inline export function selu(x: v128): v128 {
  return choose(
    f32x4.gt(x, f32x4.splat(0)),
    f32x4.mul(x, f32x4.splat(1.0507009873554805)),
    f32x4.mul(f32x4.splat(1.7580993408473766), expm1Below(atMost(x, 0))),
  );
}

@inline export function sigmoid(x: v128): v128 {
  return reciprocal(onePlusExp(f32x4.neg(x)));
}
@inline export function silu(x: v128): v128 {
  return f32x4.div(x, onePlusExp(f32x4.neg(x)));
}
/** ln(1 + e^(−|x| · rate)), in (0, ln 2]. */
@inline function bend(x: v128, minusRate: v128): v128 {
  return log1pWithin(expBelow(f32x4.mul(f32x4.abs(x), minusRate)));
}
@inline export function softplus(x: v128, minusBeta: v128, perBeta: v128): v128 {
  return fma(bend(x, minusBeta), perBeta, atLeast(x, 0));
}
/** The same up to `most`; larger ones pass. */
@inline export function softplusUpTo(x: v128, minusBeta: v128, perBeta: v128, most: v128): v128 {
  return choose(f32x4.gt(x, most), x, softplus(x, minusBeta, perBeta));
}
@inline export function logsigmoid(x: v128): v128 {
  return f32x4.sub(atMost(x, 0), bend(x, f32x4.splat(-1)));
}
/** tanh(ln(1 + e)) is n / (n + 2) with n = e² + 2e: nothing cancels. */
@inline export function mish(x: v128): v128 {
  const e = expBelow(atMost(x, 20));
  const n = fma(e, e, f32x4.add(e, e));
  return f32x4.mul(x, f32x4.div(n, f32x4.add(n, f32x4.splat(2))));
}
@inline export function softsign(x: v128): v128 {
  return f32x4.div(x, f32x4.add(f32x4.abs(x), f32x4.splat(1)));
}
@inline export function hyperbolicTangent(x: v128): v128 {
  return tanh(x);
}
@inline export function tanhshrink(x: v128): v128 {
  const y = f32x4.mul(x, x);
  const small = f32x4.mul(f32x4.mul(y, x), tanhRest(y));
  return choose(f32x4.lt(y, f32x4.splat(0.5)), small, f32x4.sub(x, tanh(x)));
}

/** x · Φ(x) as max(x, 0) − |x| · Φ(−|x|), with the tail of the bell curve: relative accuracy also far to the left. */
@inline export function gelu(x: v128): v128 {
  const a = atMost(f32x4.abs(x), 13.2);
  const beyond = f32x4.mul(tail(a), expWithin(f32x4.mul(f32x4.mul(a, a), f32x4.splat(-0.5))));
  const step = v128.and(f32x4.gt(x, f32x4.splat(0)), f32x4.splat(1));
  // A product with 0 or 1, not a choice: at −∞ it is NaN, as infinity times Φ.
  return f32x4.sub(f32x4.mul(x, step), f32x4.mul(a, beyond));
}
/** x · (1 + tanh u) / 2 is x / (1 + e^−2u). */
@inline export function geluTanh(x: v128): v128 {
  const inner = fma(f32x4.mul(x, x), f32x4.splat(-0.071354814), f32x4.splat(-1.5957691));
  return f32x4.div(x, onePlusExp(f32x4.mul(x, inner)));
}
