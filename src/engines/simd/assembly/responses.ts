// Local response norm: every value times a power of the squares of its neighbours across planes.
import { choose, exp, log, reciprocal } from './elementary';
import { floats, fma, storeSome } from './lanes';

/** s^−β; at 0 it is infinite, at infinity 0. */
@inline function power(s: v128, beta: f32): v128 {
  // Roots are exact where the usual power allows them.
  if (beta === 0.75) {
    const root = f32x4.sqrt(s);
    return reciprocal(f32x4.mul(root, f32x4.sqrt(root)));
  }
  const endless = f32x4.splat(Infinity);
  const found = exp(f32x4.mul(log(s), f32x4.splat(-beta)));
  return choose(f32x4.eq(s, f32x4.splat(0)), endless, v128.andnot(found, f32x4.eq(s, endless)));
}

/** Squares of all planes, one row for each. */
@inline function square(x: usize, channels: i32, plane: usize, row: usize, tile: usize): void {
  for (let c = 0; c < channels; c++, x += plane, tile += row) {
    for (let i: usize = 0; i < row; i += 16) {
      const v = v128.load(x + i);
      v128.store(tile + i, f32x4.mul(v, v));
    }
  }
}
/** The sum of vectors a row apart. */
@inline function sumOf(first: usize, last: usize, row: usize): v128 {
  let sum = v128.load(first);
  for (let t = first + row; t <= last; t += row) sum = f32x4.add(sum, v128.load(t));
  return sum;
}

/** The same where every window holds all planes: they share one factor. */
@inline function normaliseAlike(
  x: usize, y: usize, channels: i32, n: i32, plane: usize, k: f32, scale: f32, beta: f32,
): void {
  const apart = y - x;
  for (; n > 0; n -= 4, x += 16) {
    let sum = f32x4.splat(0);
    const end = x + <usize>channels * plane;
    for (let p = x; p < end; p += plane) {
      const v = v128.load(p);
      sum = f32x4.add(sum, f32x4.mul(v, v));
    }
    const factor = power(fma(sum, f32x4.splat(scale), f32x4.splat(k)), beta);
    for (let p = x; p < end; p += plane) storeUpTo(p + apart, f32x4.mul(v128.load(p), factor), n);
  }
}

/** Places of one strip. */
@inline function normaliseStrip(
  x: usize, y: usize, channels: i32, n: i32, plane: usize, before: i32, after: i32, k: f32, scale: f32, beta: f32, tile: usize,
): void {
  const row = floats((n + 3) & ~3);
  square(x, channels, plane, row, tile);
  const whole = floats(n & ~3);
  for (let c = 0; c < channels; c++, x += plane, y += plane) {
    const first = tile + <usize>max(c - before, 0) * row;
    const last = tile + <usize>min(c + after, channels - 1) * row;
    for (let i: usize = 0; i < row; i += 16) {
      const sum = sumOf(first + i, last + i, row);
      const factor = power(fma(sum, f32x4.splat(scale), f32x4.splat(k)), beta);
      const value = f32x4.mul(v128.load(x + i), factor);
      if (i < whole) v128.store(y + i, value);
      else storeSome(y + i, value, n & 3);
    }
  }
}

/**
 * y = x · (k + scale · Σ x²)^−β for n places of `channels` planes, over the planes from `before` to `after` the own one, strip by strip. The squares
 * are kept in the tile, one row for each plane.
 */
export function normaliseResponses(
  x: usize, y: usize, channels: i32, n: i32, plane: usize, strip: i32,
  before: i32, after: i32, k: f32, scale: f32, beta: f32, tile: usize,
): void {
  if (min(before, after) >= channels - 1) return normaliseAlike(x, y, channels, n, plane, k, scale, beta);
  for (; n > 0; n -= strip, x += floats(strip), y += floats(strip))
    normaliseStrip(x, y, channels, min(n, strip), plane, before, after, k, scale, beta, tile);
}

/**
 * dx = dy · s^−β − pull · x · Σ dy · x · s^(−β−1), where s are the sums of `normaliseResponses`, and the last sum runs over the planes in whose window
 * the own one lies. The tile has two rows for each plane.
 */
export function responseGradients(
  x: usize, dy: usize, dx: usize, channels: i32, n: i32, plane: usize, strip: i32,
  before: i32, after: i32, k: f32, scale: f32, beta: f32, pull: f32, tile: usize,
): void {
  for (let at: usize = 0; n > 0; n -= strip, at += floats(strip))
    stripGradients(x + at, dy + at, dx + at, channels, min(n, strip), plane, before, after, k, scale, beta, pull, tile);
}
@inline function stripGradients(
  x: usize, dy: usize, dx: usize, channels: i32, n: i32, plane: usize,
  before: i32, after: i32, k: f32, scale: f32, beta: f32, pull: f32, tile: usize,
): void {
  const row = floats((n + 3) & ~3);
  const passed = tile + <usize>channels * row;
  square(x, channels, plane, row, tile);
  for (let c = 0, at: usize = 0, t = passed; c < channels; c++, at += plane, t += row) {
    const first = tile + <usize>max(c - before, 0) * row;
    const last = tile + <usize>min(c + after, channels - 1) * row;
    for (let i: usize = 0; i < row; i += 16) {
      const s = fma(sumOf(first + i, last + i, row), f32x4.splat(scale), f32x4.splat(k));
      const slope = v128.load(dy + at + i);
      const none = f32x4.eq(slope, f32x4.splat(0));
      const own = v128.andnot(f32x4.mul(slope, power(s, beta)), none);
      v128.store(t + i, v128.andnot(f32x4.div(f32x4.mul(own, v128.load(x + at + i)), s), none));
      storeUpTo(dx + at + i, own, n - ((i >> 2) as i32));
    }
  }
  if (pull == 0) return;
  for (let c = 0; c < channels; c++, x += plane, dx += plane) {
    const first = passed + <usize>max(c - after, 0) * row;
    const last = passed + <usize>min(c + before, channels - 1) * row;
    for (let i: usize = 0; i < row; i += 16) {
      const sum = f32x4.mul(f32x4.mul(sumOf(first + i, last + i, row), v128.load(x + i)), f32x4.splat(pull));
      storeUpTo(dx + i, f32x4.sub(v128.load(dx + i), sum), n - ((i >> 2) as i32));
    }
  }
}
/** Four values, or the first n. */
@inline function storeUpTo(p: usize, v: v128, n: i32): void {
  if (n >= 4) v128.store(p, v);
  else storeSome(p, v, n);
}
