// Random numbers by place, to the last bit as src/core/random.ts draws them: a seed's two keys and an index give 53 bits.

/** What bits are multiplied with. A loop is faster when it holds them as variables than when it writes them into its code. */
export const factors = memory.data<u32>([0x7feb352d, 0x846ca68b]);

@inline function mixed(value: v128, first: v128, second: v128): v128 {
  let bits = v128.xor(value, i32x4.shr_u(value, 16));
  bits = i32x4.mul(bits, first);
  bits = v128.xor(bits, i32x4.shr_u(bits, 15));
  bits = i32x4.mul(bits, second);
  return v128.xor(bits, i32x4.shr_u(bits, 16));
}
/** 32 bits, with the two `factors` in all lanes. */
@inline export function mixedBits(index: v128, key: v128, first: v128, second: v128): v128 {
  return otherHalf(halfMixed(index, key, first, second), first, second);
}
/** The same in two halves: long chains of products keep a processor waiting, short loops over many places do not. */
@inline export function halfMixed(index: v128, key: v128, first: v128, second: v128): v128 {
  return i32x4.add(mixed(v128.xor(index, key), first, second), key);
}
@inline export function otherHalf(half: v128, first: v128, second: v128): v128 {
  return mixed(half, first, second);
}
@inline function bits(index: v128, key: v128): v128 {
  return mixedBits(index, key, v128.load32_splat(factors), v128.load32_splat(factors, 4));
}
/** The upper 27 bits of a number, and the lower 26. */
@inline export function high(index: v128, first: v128): v128 {
  return i32x4.shr_u(bits(index, first), 5);
}
@inline export function low(index: v128, second: v128): v128 {
  return i32x4.shr_u(bits(index, second), 6);
}

/** From 0 up to 1, of the lower two of four numbers. */
@inline export function uniform(high: v128, low: v128): v128 {
  const upper = f64x2.mul(f64x2.convert_low_i32x4_s(high), f64x2.splat(67108864));
  return f64x2.mul(f64x2.add(upper, f64x2.convert_low_i32x4_s(low)), f64x2.splat(1.1102230246251565e-16));
}
@inline export function upperTwo(v: v128): v128 {
  return v128.shuffle<i64>(v, v, 1, 1);
}
@inline export function joined(a: v128, b: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 2);
}
@inline export function places(index: i32): v128 {
  return i32x4.add(i32x4.splat(index), i32x4(0, 1, 2, 3));
}

/** Places that are worked on together, in several short loops. The planner knows their bytes. */
export const together: i32 = 256;
/** Bytes of a number for each of them. */
export const line: usize = 1024;

/** First halves of the numbers of `together` places, from an index on. */
@inline export function drawHalves(index: i32, key: i32, halves: usize): void {
  const one = v128.load32_splat(factors);
  const other = v128.load32_splat(factors, 4);
  const keys = i32x4.splat(key);
  const step = i32x4.splat(4);
  let at = places(index);
  for (const end = halves + line; halves < end; halves += 16) {
    v128.store(halves, halfMixed(at, keys, one, other));
    at = i32x4.add(at, step);
  }
}
@inline function whole(half: usize): v128 {
  return otherHalf(v128.load(half), v128.load32_splat(factors), v128.load32_splat(factors, 4));
}
/** The upper 27 bits of a number from its first half, and the lower 26. */
@inline export function upperOf(half: usize): v128 {
  return i32x4.shr_u(whole(half), 5);
}
@inline export function lowerOf(half: usize): v128 {
  return i32x4.shr_u(whole(half), 6);
}
