// Arithmetic on one vector of four float32. The only file that knows about relaxed SIMD.

/** a·b + c. One instruction in the relaxed binary, two in the plain one; decided at compile time. */
@inline export function fma(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Whole numbers from 0 up to 2²² without what is behind their points. */
@inline export function truncated(v: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i32x4.relaxed_trunc_f32x4_s(v);
  // Adding 2²³ puts the bits of a whole number to the lower end.
  const bias = f32x4.splat(8388608);
  return v128.xor(f32x4.add(f32x4.floor(v), bias), bias);
}

/** Bytes of `n` floats. */
@inline export function floats(n: i32): usize {
  return (n as usize) << 2;
}

/** Stores the first `n` < 4 values of `v`. */
@inline export function storeSome(p: usize, v: v128, n: usize): void {
  if (n & 2) {
    v128.store64_lane(p, v, 0);
    if (n & 1) v128.store32_lane(p, v, 2, 8);
  } else if (n & 1) v128.store32_lane(p, v, 0);
}

/** As many of four values as there is room for. */
@inline export function put(out: usize, v: v128, room: i32): void {
  if (room >= 4) v128.store(out, v);
  else if (room > 0) storeSome(out, v, room);
}

/** Stores the first n < 16 values of a row. */
@inline export function storeRest(out: usize, row: usize, n: i32): void {
  const whole = floats(n & ~3);
  for (let i: usize = 0; i < whole; i += 16) v128.store(out + i, v128.load(row + i));
  storeSome(out + whole, v128.load(row + whole), n & 3);
}

/** Four values from number n ≤ 4 of eight on. */
@inline export function shifted(n: i32, v: v128, next: v128): v128 {
  if (n == 1) return v128.shuffle<f32>(v, next, 1, 2, 3, 4);
  if (n == 2) return v128.shuffle<f32>(v, next, 2, 3, 4, 5);
  if (n == 3) return v128.shuffle<f32>(v, next, 3, 4, 5, 6);
  return next;
}

/** Even and odd elements of eight consecutive floats, and back. */
@inline export function evens(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 2, 4, 6);
}
@inline export function odds(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 1, 3, 5, 7);
}
@inline export function zipLow(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 4, 1, 5);
}
@inline export function zipHigh(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 2, 6, 3, 7);
}
