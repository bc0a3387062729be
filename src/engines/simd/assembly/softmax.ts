// Softmax and its logarithm along an axis that goes across planes, or across rows: sixteen lanes at a time, whose values wait in a tile, a line for
// each plane. A NaN in a lane makes its sum NaN, and with it the whole lane; so does an infinity, as infinity less infinity.
import { expBelow, log, reciprocal } from './elementary';
import { floats } from './lanes';

/** Bytes of sixteen floats: a line of the cache. */
const line: usize = 64;
/** Lines whose powers are summed before they join the sum of all, so that long lanes lose nothing. */
const block: usize = 32 * line;

/** Sixteen lanes across planes: leaves x − largest in the tile, or its power, and the sums of the powers. */
@inline function weigh(x: usize, channels: i32, plane: usize, tile: usize, sums: usize, powers: bool): void {
  let a = v128.load(x), b = v128.load(x, 16), c = v128.load(x, 32), d = v128.load(x, 48);
  const end = tile + <usize>channels * line;
  for (let t = tile; t < end; t += line, x += plane) {
    const e = v128.load(x), f = v128.load(x, 16), g = v128.load(x, 32), h = v128.load(x, 48);
    keep(t, e, f, g, h);
    a = f32x4.pmax(a, e);
    b = f32x4.pmax(b, f);
    c = f32x4.pmax(c, g);
    d = f32x4.pmax(d, h);
  }
  keep(sums, f32x4.splat(0), f32x4.splat(0), f32x4.splat(0), f32x4.splat(0));
  for (let from = tile; from < end; from += block) {
    let e = f32x4.splat(0), f = e, g = e, h = e;
    const to = min(from + block, end);
    for (let t = from; t < to; t += line) {
      e = f32x4.add(e, weighed(t, a, powers));
      f = f32x4.add(f, weighed(t + 16, b, powers));
      g = f32x4.add(g, weighed(t + 32, c, powers));
      h = f32x4.add(h, weighed(t + 48, d, powers));
    }
    join(sums, e, f, g, h);
  }
}
/** The power of what is left of `top`; one of both stays. */
@inline function weighed(t: usize, top: v128, powers: bool): v128 {
  const rest = f32x4.sub(v128.load(t), top);
  const power = expBelow(rest);
  v128.store(t, powers ? power : rest);
  return power;
}
@inline function keep(p: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(p, a);
  v128.store(p, b, 16);
  v128.store(p, c, 32);
  v128.store(p, d, 48);
}
@inline function join(p: usize, a: v128, b: v128, c: v128, d: v128): void {
  const e = f32x4.add(v128.load(p), a), f = f32x4.add(v128.load(p, 16), b);
  keep(p, e, f, f32x4.add(v128.load(p, 32), c), f32x4.add(v128.load(p, 48), d));
}

/** Results of sixteen lanes, which stand in the tile; of the last ones only n are lanes of the picture. */
@inline function putSome(tile: usize, y: usize, channels: i32, plane: usize, n: i32): void {
  for (const end = tile + <usize>channels * line; tile < end; tile += line, y += plane) memory.copy(y, tile, floats(n));
}

/** A power times what is found of the sum, or what is left of the largest less that. */
@inline function result(v: v128, by: v128, powers: bool): v128 {
  return powers ? f32x4.mul(v, by) : f32x4.sub(v, by);
}
@inline function found(sum: v128, powers: bool): v128 {
  return powers ? reciprocal(sum) : log(sum);
}
@inline function columns(x: usize, y: usize, channels: i32, n: i32, plane: usize, sums: usize, powers: bool): void {
  const tile = sums + line;
  for (; n > 0; n -= 16, x += line, y += line) {
    weigh(x, channels, plane, tile, sums, powers);
    const a = found(v128.load(sums), powers), b = found(v128.load(sums, 16), powers);
    const c = found(v128.load(sums, 32), powers), d = found(v128.load(sums, 48), powers);
    const step = n >= 16 ? plane : line;
    let to = n >= 16 ? y : tile;
    for (let t = tile, end = tile + <usize>channels * line; t < end; t += line, to += step) {
      const e = result(v128.load(t), a, powers), f = result(v128.load(t, 16), b, powers);
      keep(to, e, f, result(v128.load(t, 32), c, powers), result(v128.load(t, 48), d, powers));
    }
    if (n < 16) putSome(tile, y, channels, plane, n);
  }
}

/** n lanes across `channels` planes. Scratch: a line for each plane, and one more. */
export function softmaxColumns(x: usize, y: usize, channels: i32, n: i32, plane: usize, sums: usize): void {
  columns(x, y, channels, n, plane, sums, true);
}
export function logSoftmaxColumns(x: usize, y: usize, channels: i32, n: i32, plane: usize, sums: usize): void {
  columns(x, y, channels, n, plane, sums, false);
}

/** share · (dy − Σ dy · share), where a share is a power in the tile times one divided by the sum. */
export function softmaxColumnsGradient(
  x: usize, dy: usize, dx: usize, channels: i32, n: i32, plane: usize, sums: usize,
): void {
  const tile = sums + line;
  const end = tile + <usize>channels * line;
  for (; n > 0; n -= 16, x += line, dy += line, dx += line) {
    weigh(x, channels, plane, tile, sums, true);
    for (let i: usize = 0; i < line; i += 16) {
      const inverse = reciprocal(v128.load(sums + i));
      let sum = f32x4.splat(0);
      for (let from = tile, g = dy + i; from < end; from += block) {
        let part = f32x4.splat(0);
        const to = min(from + block, end);
        for (let t = from; t < to; t += line, g += plane) {
          const share = f32x4.mul(v128.load(t + i), inverse);
          v128.store(t + i, share);
          part = f32x4.add(part, f32x4.mul(share, v128.load(g)));
        }
        sum = f32x4.add(sum, part);
      }
      for (let t = tile, g = dy + i; t < end; t += line, g += plane)
        v128.store(t + i, f32x4.mul(v128.load(t + i), f32x4.sub(v128.load(g), sum)));
    }
    putSome(tile, dx, channels, plane, min(n, 16));
  }
}

/** dy − share · Σ dy. */
export function logSoftmaxColumnsGradient(
  x: usize, dy: usize, dx: usize, channels: i32, n: i32, plane: usize, sums: usize,
): void {
  const tile = sums + line;
  const end = tile + <usize>channels * line;
  for (; n > 0; n -= 16, x += line, dy += line, dx += line) {
    weigh(x, channels, plane, tile, sums, true);
    for (let i: usize = 0; i < line; i += 16) {
      let sum = f32x4.splat(0);
      for (let from = tile, g = dy + i; from < end; from += block) {
        let part = f32x4.splat(0);
        const to = min(from + block, end);
        for (let t = from; t < to; t += line, g += plane) part = f32x4.add(part, v128.load(g));
        sum = f32x4.add(sum, part);
      }
      const share = f32x4.div(sum, v128.load(sums + i));
      for (let t = tile, g = dy + i; t < end; t += line, g += plane)
        v128.store(t + i, f32x4.sub(v128.load(g), f32x4.mul(v128.load(t + i), share)));
    }
    putSome(tile, dx, channels, plane, min(n, 16));
  }
}
