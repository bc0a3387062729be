// What pools do with two values, as marker classes that choose the arithmetic at compile time, and loops that do it to whole rows.
import { floats, storeSome } from './lanes';

/** `pmax` and `pmin` are one instruction, but lose NaN: rows are scanned for it, and work that met one is done again by the exact ones. */
export class Max {}
export class Min {}
export class ExactMax {}
export class ExactMin {}
export class Sum {}
/** Sums of squares, and the root of them at the end. */
export class Norm {}

@inline export function join<T>(a: v128, b: v128): v128 {
  if (idof<T>() == idof<Max>()) return f32x4.pmax(a, b);
  if (idof<T>() == idof<Min>()) return f32x4.pmin(a, b);
  if (idof<T>() == idof<ExactMax>()) return f32x4.max(a, b);
  if (idof<T>() == idof<ExactMin>()) return f32x4.min(a, b);
  return f32x4.add(a, b);
}

/** What a padded position holds. */
@inline export function nothing<T>(): f32 {
  if (idof<T>() == idof<Max>() || idof<T>() == idof<ExactMax>()) return -Infinity;
  if (idof<T>() == idof<Min>() || idof<T>() == idof<ExactMin>()) return Infinity;
  return 0;
}

/** A value of the picture before it is joined. */
@inline export function leaf<T>(v: v128): v128 {
  if (idof<T>() == idof<Norm>()) return f32x4.mul(v, v);
  return v;
}

@inline export function adds<T>(): bool {
  return idof<T>() == idof<Sum>() || idof<T>() == idof<Norm>();
}
/** Whether NaN must be looked for. */
@inline export function scans<T>(): bool {
  return idof<T>() == idof<Max>() || idof<T>() == idof<Min>();
}
/** Sums of all values are NaN where one of them is, or where infinities meet: then the work is done again for nothing. One instruction a vector. */
@inline export function noted(seen: v128, v: v128): v128 {
  return f32x4.add(seen, v);
}
@inline export function missing(seen: v128): bool {
  return v128.any_true(f32x4.ne(seen, seen));
}

/** A joined value as it goes into the result. */
@inline export function finished<T>(v: v128, scale: v128): v128 {
  if (idof<T>() == idof<Sum>()) return f32x4.mul(v, scale);
  if (idof<T>() == idof<Norm>()) return f32x4.sqrt(f32x4.mul(v, scale));
  return v;
}

/** n floats, rounded up to a vector. */
@inline export function fill(p: usize, n: i32, value: f32): void {
  const v = f32x4.splat(value);
  const end = p + floats(n);
  for (; p < end; p += 16) v128.store(p, v);
}

/** The first n lanes of a mask. */
@inline export function firstLanes(n: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(n));
}

/** out = a · b · c · d, n floats rounded up to a vector; out may be one of them. */
@inline export function join4<T>(out: usize, a: usize, b: usize, c: usize, d: usize, n: i32): void {
  for (let i: usize = 0, end = floats(n); i < end; i += 16) {
    const left = join<T>(v128.load(a + i), v128.load(b + i));
    v128.store(out + i, join<T>(left, join<T>(v128.load(c + i), v128.load(d + i))));
  }
}

/** One to four rows joined and finished; exactly n floats are written. `out` may be the last of them. */
@inline export function finish1<T>(out: usize, a: usize, n: i32, scale: v128): void {
  const whole = floats(n & ~3);
  for (let i: usize = 0; i < whole; i += 16) v128.store(out + i, finished<T>(v128.load(a + i), scale));
  storeSome(out + whole, finished<T>(v128.load(a + whole), scale), n & 3);
}
@inline export function finish2<T>(out: usize, a: usize, b: usize, n: i32, scale: v128): void {
  const whole = floats(n & ~3);
  for (let i: usize = 0; i < whole; i += 16) v128.store(out + i, two<T>(a + i, b + i, scale));
  storeSome(out + whole, two<T>(a + whole, b + whole, scale), n & 3);
}
@inline export function finish3<T>(out: usize, a: usize, b: usize, c: usize, n: i32, scale: v128): void {
  const whole = floats(n & ~3);
  for (let i: usize = 0; i < whole; i += 16) v128.store(out + i, three<T>(a + i, b + i, c + i, scale));
  storeSome(out + whole, three<T>(a + whole, b + whole, c + whole, scale), n & 3);
}
@inline export function finish4<T>(out: usize, a: usize, b: usize, c: usize, d: usize, n: i32, scale: v128): void {
  const whole = floats(n & ~3);
  for (let i: usize = 0; i < whole; i += 16) v128.store(out + i, four<T>(a + i, b + i, c + i, d + i, scale));
  storeSome(out + whole, four<T>(a + whole, b + whole, c + whole, d + whole, scale), n & 3);
}
@inline function two<T>(a: usize, b: usize, scale: v128): v128 {
  return finished<T>(join<T>(v128.load(a), v128.load(b)), scale);
}
@inline function three<T>(a: usize, b: usize, c: usize, scale: v128): v128 {
  return finished<T>(join<T>(join<T>(v128.load(a), v128.load(b)), v128.load(c)), scale);
}
@inline function four<T>(a: usize, b: usize, c: usize, d: usize, scale: v128): v128 {
  return finished<T>(join<T>(join<T>(v128.load(a), v128.load(b)), join<T>(v128.load(c), v128.load(d))), scale);
}
