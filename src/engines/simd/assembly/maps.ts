// Element-wise routines: n floats from x to y, which may be x. A marker class chooses the arithmetic at compile time.
import { floats, storeSome } from './lanes';

class Relu {}

@inline function f<T>(v: v128): v128 {
  const zero = f32x4.splat(0);
  // max, not pmax: it keeps NaN, and memory is the limit anyway.
  if (idof<T>() == idof<Relu>()) return f32x4.max(v, zero);
  return v;
}

@inline function map<T>(x: usize, y: usize, n: i32): void {
  const whole = x + floats(n & ~3);
  for (; x < whole; x += 16, y += 16) v128.store(y, f<T>(v128.load(x)));
  storeSome(y, f<T>(v128.load(x)), n & 3);
}

export function mapRelu(x: usize, y: usize, n: i32): void {
  map<Relu>(x, y, n);
}

/** v > 0 ? v : slope · v; NaN stays. */
export function mapLeakyRelu(x: usize, y: usize, n: i32, slope: f32): void {
  const s = f32x4.splat(slope);
  const whole = x + floats(n & ~3);
  for (; x < whole; x += 16, y += 16) v128.store(y, leaky(v128.load(x), s));
  storeSome(y, leaky(v128.load(x), s), n & 3);
}
@inline function leaky(v: v128, slope: v128): v128 {
  return v128.bitselect(v, f32x4.mul(v, slope), f32x4.gt(v, f32x4.splat(0)));
}
