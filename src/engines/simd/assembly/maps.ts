// Element-wise routines: n floats from x to y, which may be x. A marker class chooses the arithmetic at compile time.
import {
  binaryStep,
  celu,
  clamp,
  elu,
  gelu,
  geluTanh,
  hardshrink,
  hardsigmoid,
  hardswish,
  leakyRelu,
  logsigmoid,
  mish,
  relu,
  selu,
  sigmoid,
  silu,
  softplus,
  softplusUpTo,
  softshrink,
  softsign,
  tanhshrink,
  threshold,
} from './activations';
import { tanh } from './elementary';
import { floats, storeSome } from './lanes';

class BinaryStep {}
class Celu {}
class Clamp {}
class Elu {}
class Gelu {}
class GeluTanh {}
class Hardshrink {}
class Hardsigmoid {}
class Hardswish {}
class LeakyRelu {}
class Logsigmoid {}
class Mish {}
class Relu {}
class Selu {}
class Sigmoid {}
class Silu {}
class Softplus {}
class SoftplusUpTo {}
class Softshrink {}
class Softsign {}
class Tanh {}
class Tanhshrink {}
class Threshold {}

@inline function f<T>(v: v128, a: v128, b: v128, c: v128): v128 {
  if (idof<T>() == idof<BinaryStep>()) return binaryStep(v, a);
  if (idof<T>() == idof<Celu>()) return celu(v, a);
  if (idof<T>() == idof<Clamp>()) return clamp(v, a, b);
  if (idof<T>() == idof<Elu>()) return elu(v, a);
  if (idof<T>() == idof<Gelu>()) return gelu(v);
  if (idof<T>() == idof<GeluTanh>()) return geluTanh(v);
  if (idof<T>() == idof<Hardshrink>()) return hardshrink(v, a);
  if (idof<T>() == idof<Hardsigmoid>()) return hardsigmoid(v);
  if (idof<T>() == idof<Hardswish>()) return hardswish(v);
  if (idof<T>() == idof<LeakyRelu>()) return leakyRelu(v, a);
  if (idof<T>() == idof<Logsigmoid>()) return logsigmoid(v);
  if (idof<T>() == idof<Mish>()) return mish(v);
  if (idof<T>() == idof<Relu>()) return relu(v);
  if (idof<T>() == idof<Selu>()) return selu(v);
  if (idof<T>() == idof<Sigmoid>()) return sigmoid(v);
  if (idof<T>() == idof<Silu>()) return silu(v);
  if (idof<T>() == idof<Softplus>()) return softplus(v, a, b);
  if (idof<T>() == idof<SoftplusUpTo>()) return softplusUpTo(v, a, b, c);
  if (idof<T>() == idof<Softshrink>()) return softshrink(v, a, b, c);
  if (idof<T>() == idof<Softsign>()) return softsign(v);
  if (idof<T>() == idof<Tanh>()) return tanh(v);
  if (idof<T>() == idof<Tanhshrink>()) return tanhshrink(v);
  if (idof<T>() == idof<Threshold>()) return threshold(v, a, b);
  return v;
}

@inline function map<T>(x: usize, y: usize, n: i32, a: f32 = 0, b: f32 = 0, c: f32 = 0): void {
  const first = f32x4.splat(a);
  const second = f32x4.splat(b);
  const third = f32x4.splat(c);
  const whole = x + floats(n & ~3);
  for (; x < whole; x += 16, y += 16) v128.store(y, f<T>(v128.load(x), first, second, third));
  storeSome(y, f<T>(v128.load(x), first, second, third), n & 3);
}

export function mapBinaryStep(x: usize, y: usize, n: i32, middle: f32): void {
  map<BinaryStep>(x, y, n, middle);
}
export function mapCelu(x: usize, y: usize, n: i32, alpha: f32): void {
  map<Celu>(x, y, n, alpha);
}
export function mapClamp(x: usize, y: usize, n: i32, low: f32, high: f32): void {
  map<Clamp>(x, y, n, low, high);
}
export function mapElu(x: usize, y: usize, n: i32, alpha: f32): void {
  map<Elu>(x, y, n, alpha);
}
export function mapGelu(x: usize, y: usize, n: i32): void {
  map<Gelu>(x, y, n);
}
export function mapGeluTanh(x: usize, y: usize, n: i32): void {
  map<GeluTanh>(x, y, n);
}
export function mapHardshrink(x: usize, y: usize, n: i32, size: f32): void {
  map<Hardshrink>(x, y, n, size);
}
export function mapHardsigmoid(x: usize, y: usize, n: i32): void {
  map<Hardsigmoid>(x, y, n);
}
export function mapHardswish(x: usize, y: usize, n: i32): void {
  map<Hardswish>(x, y, n);
}
export function mapLeakyRelu(x: usize, y: usize, n: i32, slope: f32): void {
  map<LeakyRelu>(x, y, n, slope);
}
export function mapLogsigmoid(x: usize, y: usize, n: i32): void {
  map<Logsigmoid>(x, y, n);
}
export function mapMish(x: usize, y: usize, n: i32): void {
  map<Mish>(x, y, n);
}
export function mapRelu(x: usize, y: usize, n: i32): void {
  map<Relu>(x, y, n);
}
export function mapSelu(x: usize, y: usize, n: i32): void {
  map<Selu>(x, y, n);
}
export function mapSigmoid(x: usize, y: usize, n: i32): void {
  map<Sigmoid>(x, y, n);
}
export function mapSilu(x: usize, y: usize, n: i32): void {
  map<Silu>(x, y, n);
}
export function mapSoftplus(x: usize, y: usize, n: i32, minusBeta: f32, perBeta: f32): void {
  map<Softplus>(x, y, n, minusBeta, perBeta);
}
export function mapSoftplusUpTo(x: usize, y: usize, n: i32, minusBeta: f32, perBeta: f32, most: f32): void {
  map<SoftplusUpTo>(x, y, n, minusBeta, perBeta, most);
}
export function mapSoftshrink(x: usize, y: usize, n: i32, size: f32, high: f32, low: f32): void {
  map<Softshrink>(x, y, n, size, high, low);
}
export function mapSoftsign(x: usize, y: usize, n: i32): void {
  map<Softsign>(x, y, n);
}
export function mapTanh(x: usize, y: usize, n: i32): void {
  map<Tanh>(x, y, n);
}
export function mapTanhshrink(x: usize, y: usize, n: i32): void {
  map<Tanhshrink>(x, y, n);
}
export function mapThreshold(x: usize, y: usize, n: i32, most: f32, value: f32): void {
  map<Threshold>(x, y, n, most, value);
}
