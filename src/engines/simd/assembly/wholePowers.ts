// Whole powers of two float64, and their roots, by multiplying.

/** To the power p ≥ 1. */
@inline export function powerOfTwo(v: v128, p: i32): v128 {
  let result = p & 1 ? v : f64x2.splat(1);
  for (let left = p >> 1; left > 0; left >>= 1) {
    v = f64x2.mul(v, v);
    if (left & 1) result = f64x2.mul(result, v);
  }
  return result;
}

/** The upper half of 1 as a float64, less what makes a straight line of its bits come nearest to a logarithm. */
const upperOfOne: f64 = 1072646017;

/** The cube root, where r is 1 over it to a few percent: without loops, because 3 is the usual odd power. */
@inline function cubeRoot(s: v128, r: v128): v128 {
  const share = f64x2.splat(1 / 3.0);
  const third = f64x2.mul(s, share);
  const more = f64x2.splat(4 / 3.0);
  r = f64x2.mul(r, f64x2.sub(more, f64x2.mul(third, f64x2.mul(r, f64x2.mul(r, r)))));
  r = f64x2.mul(r, f64x2.sub(more, f64x2.mul(third, f64x2.mul(r, f64x2.mul(r, r)))));
  r = f64x2.mul(r, f64x2.sub(more, f64x2.mul(third, f64x2.mul(r, f64x2.mul(r, r)))));
  return v128.and(f64x2.mul(s, f64x2.mul(r, r)), f64x2.ne(s, f64x2.splat(0)));
}

/** The p-th roots of 0, or of what is neither near the smallest float64 nor near the largest; error 1e-9. */
@inline export function rootOfTwo(s: v128, p: i32): v128 {
  for (; (p & 1) == 0; p >>= 1) s = f64x2.sqrt(s);
  if (p == 1) return s;
  // 1 over the root: the exponent divided, then Newton's steps, which need no division.
  const share = f64x2.splat(1 / (p as f64));
  const upper = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(s, s, 1, 3, 1, 3));
  const most = f64x2.splat(upperOfOne * (1 + 1 / (p as f64)));
  // Adding 1.5 · 2⁵² rounds to a whole number, which is then in the low bits.
  const bits = f64x2.add(f64x2.sub(most, f64x2.mul(upper, share)), f64x2.splat(6755399441055744));
  let r = i64x2.shl(bits, 32);
  if (p == 3) return cubeRoot(s, r);
  for (let step = 0; step < 3; step++) {
    const off = f64x2.sub(f64x2.splat(1), f64x2.mul(s, powerOfTwo(r, p)));
    r = f64x2.add(r, f64x2.mul(r, f64x2.mul(off, share)));
  }
  const root = f64x2.mul(s, powerOfTwo(r, p - 1));
  return v128.and(root, f64x2.ne(s, f64x2.splat(0)));
}
