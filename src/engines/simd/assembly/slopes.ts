// Derivatives of activations, four values at a time; at kinks the one that torch takes, as the reference has it.
import { atLeast, atMost, choose, expBelow, expWithin, onePlusExp, reciprocal, tail, tanh } from './elementary';
import { fma } from './lanes';

@inline function one(): v128 {
  return f32x4.splat(1);
}

@inline export function noSlope(x: v128): v128 {
  return f32x4.splat(0);
}
/** 0 up to `most`, then 1; NaN counts as above. */
@inline export function thresholdSlope(x: v128, most: v128): v128 {
  return v128.andnot(one(), f32x4.le(x, most));
}
@inline export function leakyReluSlope(x: v128, slope: v128): v128 {
  return choose(f32x4.gt(x, f32x4.splat(0)), one(), slope);
}
@inline export function clampSlope(x: v128, low: v128, high: v128): v128 {
  return v128.andnot(one(), v128.or(f32x4.le(x, low), f32x4.ge(x, high)));
}
@inline export function shrinkSlope(x: v128, size: v128): v128 {
  return v128.andnot(one(), f32x4.le(f32x4.abs(x), size));
}
@inline export function hardsigmoidSlope(x: v128): v128 {
  return v128.and(f32x4.splat(0.16666667), f32x4.lt(f32x4.abs(x), f32x4.splat(3)));
}
@inline export function hardswishSlope(x: v128): v128 {
  const rising = fma(x, f32x4.splat(0.33333334), f32x4.splat(0.5));
  const most = choose(f32x4.lt(x, f32x4.splat(3)), rising, one());
  return v128.andnot(most, f32x4.le(x, f32x4.splat(-3)));
}

/** x ≤ 0 ? scale · e^(x / alpha) : more. */
@inline function exponential(x: v128, argument: v128, scale: v128, more: v128): v128 {
  return choose(f32x4.le(x, f32x4.splat(0)), f32x4.mul(scale, expBelow(atMost(argument, 0))), more);
}
@inline export function eluSlope(x: v128, alpha: v128): v128 {
  return exponential(x, x, alpha, one());
}
@inline export function celuSlope(x: v128, alpha: v128): v128 {
  return exponential(x, f32x4.div(x, alpha), one(), one());
}
@inline export function seluSlope(x: v128): v128 {
  return exponential(x, x, f32x4.splat(1.7580993408473766), f32x4.splat(1.0507009873554805));
}

@inline function square(x: v128): v128 {
  return f32x4.mul(x, x);
}
/** σ(x) and 1 − σ(x), both with all their digits, come from e = e^−|x| as 1 / (1 + e) and e / (1 + e). */
@inline function decay(x: v128): v128 {
  return expBelow(f32x4.neg(f32x4.abs(x)));
}
@inline export function sigmoidSlope(x: v128): v128 {
  const e = decay(x);
  return f32x4.div(e, square(f32x4.add(e, one())));
}
@inline export function tanhSlope(x: v128): v128 {
  return f32x4.mul(sigmoidSlope(f32x4.add(x, x)), f32x4.splat(4));
}
@inline export function tanhshrinkSlope(x: v128): v128 {
  return square(tanh(x));
}
@inline export function logsigmoidSlope(x: v128): v128 {
  return reciprocal(onePlusExp(x));
}
@inline export function softplusSlope(x: v128, beta: v128, most: v128): v128 {
  const share = reciprocal(onePlusExp(f32x4.neg(f32x4.mul(x, beta))));
  return choose(f32x4.gt(x, most), one(), share);
}
@inline export function softsignSlope(x: v128): v128 {
  return reciprocal(square(f32x4.add(f32x4.abs(x), one())));
}

/** σ + u · σ · (1 − σ), where σ = σ(t): what x · σ(t(x)) has as its derivative, with u = x · t′. */
@inline function gated(t: v128, u: v128): v128 {
  const e = decay(t);
  const near = reciprocal(f32x4.add(e, one()));
  const far = f32x4.mul(e, near);
  const right = f32x4.gt(t, f32x4.splat(0));
  const share = choose(right, near, far);
  const rest = choose(right, far, near);
  return f32x4.mul(share, fma(u, rest, one()));
}
/** Beyond 100 it is 1; x itself would make infinity times 0 of it. */
@inline export function siluSlope(v: v128): v128 {
  const x = atMost(v, 100);
  return gated(x, x);
}
@inline export function geluTanhSlope(v: v128): v128 {
  const x = atMost(atLeast(v, -12), 12);
  const y = square(x);
  const t = f32x4.mul(x, fma(y, f32x4.splat(0.071354814), f32x4.splat(1.5957691)));
  return gated(t, f32x4.mul(x, fma(y, f32x4.splat(0.21406445), f32x4.splat(1.5957691))));
}
/** Φ + x · φ, from the tail on either side. */
@inline export function geluSlope(x: v128): v128 {
  const a = atMost(f32x4.abs(x), 13.2);
  const bell = expWithin(f32x4.mul(square(a), f32x4.splat(-0.5)));
  const beyond = f32x4.mul(bell, fma(a, f32x4.splat(-0.3989423), tail(a)));
  return choose(f32x4.gt(x, f32x4.splat(0)), f32x4.sub(one(), beyond), beyond);
}
/** t + x · σ · (1 − t²) with t = n / (n + 2), n = e² + 2e; 1 − t² is 4 (1 + e)² / (n + 2)². */
@inline export function mishSlope(v: v128): v128 {
  const x = atMost(v, 20);
  const e = expBelow(x);
  const n = fma(e, e, f32x4.add(e, e));
  const d = reciprocal(f32x4.add(n, f32x4.splat(2)));
  const bend = f32x4.mul(f32x4.mul(f32x4.mul(f32x4.splat(4), e), f32x4.add(e, one())), square(d));
  return fma(x, bend, f32x4.mul(n, d));
}
