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

/**
 * y = x · (k + scale · Σ x²)^−β for n places of `channels` planes, over the planes from `before` to `after` the own one. The squares are kept in the
 * tile, one row for each plane.
 */
export function normaliseResponses(
  x: usize,
  y: usize,
  channels: i32,
  n: i32,
  plane: usize,
  before: i32,
  after: i32,
  k: f32,
  scale: f32,
  beta: f32,
  tile: usize,
): void {
  const row = floats((n + 3) & ~3);
  for (let c = 0, p = x, t = tile; c < channels; c++, p += plane, t += row) {
    for (let i: usize = 0; i < row; i += 16) {
      const v = v128.load(p + i);
      v128.store(t + i, f32x4.mul(v, v));
    }
  }
  const whole = floats(n & ~3);
  for (let c = 0; c < channels; c++, x += plane, y += plane) {
    const first = tile + <usize>max(c - before, 0) * row;
    const last = tile + <usize>min(c + after, channels - 1) * row;
    for (let i: usize = 0; i < row; i += 16) {
      let sum = v128.load(first + i);
      for (let t = first + row; t <= last; t += row) sum = f32x4.add(sum, v128.load(t + i));
      const factor = power(fma(sum, f32x4.splat(scale), f32x4.splat(k)), beta);
      const value = f32x4.mul(v128.load(x + i), factor);
      if (i < whole) v128.store(y + i, value);
      else storeSome(y + i, value, n & 3);
    }
  }
}
