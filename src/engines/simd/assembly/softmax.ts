// Softmax and its logarithm along an axis: across planes in strips that stay in the first cache, or along rows.
// A NaN in a lane makes its sum NaN, and with it the whole lane; so does an infinity, as infinity less infinity.
import { expBelow, log, reciprocal } from './elementary';
import { floats, storeSome } from './lanes';

/** Powers that are summed before they join the sum of all, so that long lanes lose nothing. */
const block = 32;

/** A row of n floats in whole vectors. */
@inline function rowBytes(n: i32): usize {
  return floats((n + 3) & ~3);
}

@inline function addRow(from: usize, to: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, f32x4.add(v128.load(to + i), v128.load(from + i)));
}

/**
 * Lanes across `channels` planes, n of them side by side: leaves x − largest in the tile, or its power, and sums of the powers behind the tile.
 * The tile is one row for each plane: a copy, because planes whose distance is a power of two would push each other out of the cache.
 */
@inline function weigh(x: usize, channels: i32, n: i32, plane: usize, tile: usize, powers: bool): usize {
  const row = rowBytes(n);
  const top = tile + <usize>channels * row;
  const sums = top + row;
  const part = sums + row;
  for (let c = 0, t = tile; c < channels; c++, x += plane, t += row) {
    for (let i: usize = 0; i < row; i += 16) {
      const v = v128.load(x + i);
      v128.store(t + i, v);
      v128.store(top + i, c === 0 ? v : f32x4.pmax(v128.load(top + i), v));
    }
  }
  memory.fill(sums, 0, row);
  for (let from = 0, t = tile; from < channels; from += block) {
    memory.fill(part, 0, row);
    for (let c = from; c < min(from + block, channels); c++, t += row) {
      for (let i: usize = 0; i < row; i += 16) {
        const d = f32x4.sub(v128.load(t + i), v128.load(top + i));
        const e = expBelow(d);
        v128.store(t + i, powers ? e : d);
        v128.store(part + i, f32x4.add(v128.load(part + i), e));
      }
    }
    addRow(part, sums, row);
  }
  return sums;
}

/** A row out of the tile, which may be longer than n. */
@inline function copyOut(t: usize, y: usize, n: i32): void {
  memory.copy(y, t, floats(n));
}

export function softmaxColumns(x: usize, y: usize, channels: i32, n: i32, plane: usize, tile: usize): void {
  const row = rowBytes(n);
  const sums = weigh(x, channels, n, plane, tile, true);
  for (let i: usize = 0; i < row; i += 16) v128.store(sums + i, reciprocal(v128.load(sums + i)));
  const whole = floats(n & ~3);
  for (let c = 0, t = tile; c < channels; c++, t += row, y += plane) {
    for (let i: usize = 0; i < whole; i += 16) v128.store(y + i, f32x4.mul(v128.load(t + i), v128.load(sums + i)));
    storeSome(y + whole, f32x4.mul(v128.load(t + whole), v128.load(sums + whole)), n & 3);
  }
}

export function logSoftmaxColumns(x: usize, y: usize, channels: i32, n: i32, plane: usize, tile: usize): void {
  const row = rowBytes(n);
  const sums = weigh(x, channels, n, plane, tile, false);
  for (let i: usize = 0; i < row; i += 16) v128.store(sums + i, log(v128.load(sums + i)));
  const whole = floats(n & ~3);
  for (let c = 0, t = tile; c < channels; c++, t += row, y += plane) {
    for (let i: usize = 0; i < whole; i += 16) v128.store(y + i, f32x4.sub(v128.load(t + i), v128.load(sums + i)));
    storeSome(y + whole, f32x4.sub(v128.load(t + whole), v128.load(sums + whole)), n & 3);
  }
}

/** share · (dy − Σ dy · share), where a share is a power in the tile times one divided by the sum. */
export function softmaxColumnsGradient(
  x: usize,
  dy: usize,
  dx: usize,
  channels: i32,
  n: i32,
  plane: usize,
  tile: usize,
): void {
  const row = rowBytes(n);
  const sums = weigh(x, channels, n, plane, tile, true);
  const total = sums - row;
  const part = sums + row;
  for (let i: usize = 0; i < row; i += 16) v128.store(sums + i, reciprocal(v128.load(sums + i)));
  memory.fill(total, 0, row);
  for (let from = 0, t = tile, g = dy; from < channels; from += block) {
    memory.fill(part, 0, row);
    for (let c = from; c < min(from + block, channels); c++, t += row, g += plane) {
      for (let i: usize = 0; i < row; i += 16) {
        const share = f32x4.mul(v128.load(t + i), v128.load(sums + i));
        v128.store(t + i, share);
        v128.store(part + i, f32x4.add(v128.load(part + i), f32x4.mul(share, v128.load(g + i))));
      }
    }
    addRow(part, total, row);
  }
  for (let c = 0, t = tile; c < channels; c++, t += row, dy += plane, dx += plane) {
    for (let i: usize = 0; i < row; i += 16) {
      v128.store(t + i, f32x4.mul(v128.load(t + i), f32x4.sub(v128.load(dy + i), v128.load(total + i))));
    }
    copyOut(t, dx, n);
  }
}

/** dy − share · Σ dy. */
export function logSoftmaxColumnsGradient(
  x: usize,
  dy: usize,
  dx: usize,
  channels: i32,
  n: i32,
  plane: usize,
  tile: usize,
): void {
  const row = rowBytes(n);
  const sums = weigh(x, channels, n, plane, tile, true);
  const total = sums - row;
  const part = sums + row;
  memory.fill(total, 0, row);
  for (let from = 0, g = dy; from < channels; from += block) {
    memory.fill(part, 0, row);
    for (let c = from; c < min(from + block, channels); c++, g += plane) addRow(g, part, row);
    addRow(part, total, row);
  }
  for (let i: usize = 0; i < row; i += 16) v128.store(total + i, f32x4.div(v128.load(total + i), v128.load(sums + i)));
  for (let c = 0, t = tile; c < channels; c++, t += row, dy += plane, dx += plane) {
    for (let i: usize = 0; i < row; i += 16) {
      v128.store(t + i, f32x4.sub(v128.load(dy + i), f32x4.mul(v128.load(t + i), v128.load(total + i))));
    }
    copyOut(t, dx, n);
  }
}
