// Gradients of element-wise steps: dx = dy · f′(x) for n floats. A marker class chooses the derivative at compile time.
import { floats, storeSome } from './lanes';
import {
  celuSlope,
  clampSlope,
  eluSlope,
  geluSlope,
  geluTanhSlope,
  hardsigmoidSlope,
  hardswishSlope,
  leakyReluSlope,
  logsigmoidSlope,
  mishSlope,
  noSlope,
  seluSlope,
  shrinkSlope,
  sigmoidSlope,
  siluSlope,
  softplusSlope,
  softsignSlope,
  tanhSlope,
  tanhshrinkSlope,
  thresholdSlope,
} from './slopes';

class Celu {}
class Clamp {}
class Elu {}
class Gelu {}
class GeluTanh {}
class Hardsigmoid {}
class Hardswish {}
class LeakyRelu {}
class Logsigmoid {}
class Mish {}
class None {}
class Selu {}
class Shrink {}
class Sigmoid {}
class Silu {}
class Softplus {}
class Softsign {}
class Tanh {}
class Tanhshrink {}
class Threshold {}

@inline function f<T>(x: v128, a: v128, b: v128): v128 {
  if (idof<T>() == idof<Celu>()) return celuSlope(x, a);
  if (idof<T>() == idof<Clamp>()) return clampSlope(x, a, b);
  if (idof<T>() == idof<Elu>()) return eluSlope(x, a);
  if (idof<T>() == idof<Gelu>()) return geluSlope(x);
  if (idof<T>() == idof<GeluTanh>()) return geluTanhSlope(x);
  if (idof<T>() == idof<Hardsigmoid>()) return hardsigmoidSlope(x);
  if (idof<T>() == idof<Hardswish>()) return hardswishSlope(x);
  if (idof<T>() == idof<LeakyRelu>()) return leakyReluSlope(x, a);
  if (idof<T>() == idof<Logsigmoid>()) return logsigmoidSlope(x);
  if (idof<T>() == idof<Mish>()) return mishSlope(x);
  if (idof<T>() == idof<None>()) return noSlope(x);
  if (idof<T>() == idof<Selu>()) return seluSlope(x);
  if (idof<T>() == idof<Shrink>()) return shrinkSlope(x, a);
  if (idof<T>() == idof<Sigmoid>()) return sigmoidSlope(x);
  if (idof<T>() == idof<Silu>()) return siluSlope(x);
  if (idof<T>() == idof<Softplus>()) return softplusSlope(x, a, b);
  if (idof<T>() == idof<Softsign>()) return softsignSlope(x);
  if (idof<T>() == idof<Tanh>()) return tanhSlope(x);
  if (idof<T>() == idof<Tanhshrink>()) return tanhshrinkSlope(x);
  if (idof<T>() == idof<Threshold>()) return thresholdSlope(x, a);
  return x;
}

/** A derivative of 0 stops every gradient, an infinite one and NaN too. */
@inline function product<T>(x: usize, dy: usize, a: v128, b: v128): v128 {
  const slope = f<T>(v128.load(x), a, b);
  return v128.andnot(f32x4.mul(v128.load(dy), slope), f32x4.eq(slope, f32x4.splat(0)));
}

@inline function slopes<T>(x: usize, dy: usize, dx: usize, n: i32, a: f32 = 0, b: f32 = 0): void {
  const first = f32x4.splat(a);
  const second = f32x4.splat(b);
  const whole = x + floats(n & ~3);
  for (; x < whole; x += 16, dy += 16, dx += 16) v128.store(dx, product<T>(x, dy, first, second));
  storeSome(dx, product<T>(x, dy, first, second), n & 3);
}

export function slopeCelu(x: usize, dy: usize, dx: usize, n: i32, alpha: f32): void {
  slopes<Celu>(x, dy, dx, n, alpha);
}
export function slopeClamp(x: usize, dy: usize, dx: usize, n: i32, low: f32, high: f32): void {
  slopes<Clamp>(x, dy, dx, n, low, high);
}
export function slopeElu(x: usize, dy: usize, dx: usize, n: i32, alpha: f32): void {
  slopes<Elu>(x, dy, dx, n, alpha);
}
export function slopeGelu(x: usize, dy: usize, dx: usize, n: i32): void {
  slopes<Gelu>(x, dy, dx, n);
}
export function slopeGeluTanh(x: usize, dy: usize, dx: usize, n: i32): void {
  slopes<GeluTanh>(x, dy, dx, n);
}
export function slopeHardsigmoid(x: usize, dy: usize, dx: usize, n: i32): void {
  slopes<Hardsigmoid>(x, dy, dx, n);
}
export function slopeHardswish(x: usize, dy: usize, dx: usize, n: i32): void {
  slopes<Hardswish>(x, dy, dx, n);
}
export function slopeLeakyRelu(x: usize, dy: usize, dx: usize, n: i32, slope: f32): void {
  slopes<LeakyRelu>(x, dy, dx, n, slope);
}
export function slopeLogsigmoid(x: usize, dy: usize, dx: usize, n: i32): void {
  slopes<Logsigmoid>(x, dy, dx, n);
}
export function slopeMish(x: usize, dy: usize, dx: usize, n: i32): void {
  slopes<Mish>(x, dy, dx, n);
}
export function slopeNone(x: usize, dy: usize, dx: usize, n: i32): void {
  slopes<None>(x, dy, dx, n);
}
export function slopeSelu(x: usize, dy: usize, dx: usize, n: i32): void {
  slopes<Selu>(x, dy, dx, n);
}
export function slopeShrink(x: usize, dy: usize, dx: usize, n: i32, size: f32): void {
  slopes<Shrink>(x, dy, dx, n, size);
}
export function slopeSigmoid(x: usize, dy: usize, dx: usize, n: i32): void {
  slopes<Sigmoid>(x, dy, dx, n);
}
export function slopeSilu(x: usize, dy: usize, dx: usize, n: i32): void {
  slopes<Silu>(x, dy, dx, n);
}
export function slopeSoftplus(x: usize, dy: usize, dx: usize, n: i32, beta: f32, most: f32): void {
  slopes<Softplus>(x, dy, dx, n, beta, most);
}
export function slopeSoftsign(x: usize, dy: usize, dx: usize, n: i32): void {
  slopes<Softsign>(x, dy, dx, n);
}
export function slopeTanh(x: usize, dy: usize, dx: usize, n: i32): void {
  slopes<Tanh>(x, dy, dx, n);
}
export function slopeTanhshrink(x: usize, dy: usize, dx: usize, n: i32): void {
  slopes<Tanhshrink>(x, dy, dx, n);
}
export function slopeThreshold(x: usize, dy: usize, dx: usize, n: i32, most: f32): void {
  slopes<Threshold>(x, dy, dx, n, most);
}

/** dx = dy where x is above 0, elsewhere slope · dy, also where the slope is 0 and dy infinite. */
export function gradientPrelu(x: usize, dy: usize, dx: usize, n: i32, slope: f32): void {
  const s = f32x4.splat(slope);
  const whole = x + floats(n & ~3);
  for (; x < whole; x += 16, dy += 16, dx += 16) v128.store(dx, passed(x, dy, s));
  storeSome(dx, passed(x, dy, s), n & 3);
}
@inline function passed(x: usize, dy: usize, slope: v128): v128 {
  const g = v128.load(dy);
  return v128.bitselect(g, f32x4.mul(g, slope), f32x4.gt(v128.load(x), f32x4.splat(0)));
}
