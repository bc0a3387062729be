// Softmax and its logarithm across rows that lie one behind the other: memory is read from one end to the other, which it does soonest. A NaN or an
// infinity makes its whole lane NaN, as in softmax.ts.
import { expBelow, log, reciprocal } from './elementary';
import { floats, storeSome } from './lanes';

/** Rows whose powers are summed before they join the sum of all, so that long lanes lose nothing. */
const block = 32;

/** The largest of every lane, two rows at a time. */
@inline function largest(x: usize, rows: i32, row: usize, tops: usize, size: usize): void {
  memory.copy(tops, x, size);
  if (rows & 1) x += row;
  for (const end = x + <usize>(rows & ~1) * row; x < end; x += 2 * row) {
    const next = x + row;
    for (let p: usize = 0; p < size; p += 16) {
      v128.store(tops + p, f32x4.pmax(v128.load(tops + p), f32x4.pmax(v128.load(x + p), v128.load(next + p))));
    }
  }
}

/** A power of what is left of the largest, which joins the others of its lanes. */
@inline function joined(x: usize, top: usize, part: usize): v128 {
  const power = expBelow(f32x4.sub(v128.load(x), v128.load(top)));
  v128.store(part, f32x4.add(v128.load(part), power));
  return power;
}
/** Sums of the powers; these go to y where they are asked for. */
@inline function sum(x: usize, y: usize, rows: i32, n: i32, tops: usize, sums: usize, parts: usize, size: usize, keep: bool): void {
  const row = floats(n), whole = floats(n & ~3);
  memory.fill(sums, 0, size);
  for (; rows > 0; rows -= block) {
    memory.fill(parts, 0, size);
    for (const end = x + <usize>min(rows, block) * row; x < end; x += row, y += row) {
      for (let p: usize = 0; p < whole; p += 16) {
        const power = joined(x + p, tops + p, parts + p);
        if (keep) v128.store(y + p, power);
      }
      if (whole == row) continue;
      const power = joined(x + whole, tops + whole, parts + whole);
      if (keep) storeSome(y + whole, power, n & 3);
    }
    for (let p: usize = 0; p < size; p += 16) v128.store(sums + p, f32x4.add(v128.load(sums + p), v128.load(parts + p)));
  }
}

/** `rows` of n lanes. Scratch holds three rows. */
export function softmaxAcross(x: usize, y: usize, rows: i32, n: i32, tops: usize): void {
  const row = floats(n), whole = floats(n & ~3), size = floats((n + 3) & ~3), sums = tops + size;
  largest(x, rows, row, tops, size);
  sum(x, y, rows, n, tops, sums, sums + size, size, true);
  for (let p = sums; p < sums + size; p += 16) v128.store(p, reciprocal(v128.load(p)));
  for (const end = y + <usize>rows * row; y < end; y += row) {
    for (let p: usize = 0; p < whole; p += 16) v128.store(y + p, f32x4.mul(v128.load(y + p), v128.load(sums + p)));
    storeSome(y + whole, f32x4.mul(v128.load(y + whole), v128.load(sums + whole)), n & 3);
  }
}
@inline function distance(x: usize, top: usize, size: usize): v128 {
  return f32x4.sub(f32x4.sub(v128.load(x), v128.load(top)), v128.load(size));
}
export function logSoftmaxAcross(x: usize, y: usize, rows: i32, n: i32, tops: usize): void {
  const row = floats(n), whole = floats(n & ~3), size = floats((n + 3) & ~3), sums = tops + size;
  largest(x, rows, row, tops, size);
  sum(x, y, rows, n, tops, sums, sums + size, size, false);
  for (let p = sums; p < sums + size; p += 16) v128.store(p, log(v128.load(p)));
  for (const end = y + <usize>rows * row; y < end; x += row, y += row) {
    for (let p: usize = 0; p < whole; p += 16) v128.store(y + p, distance(x + p, tops + p, sums + p));
    storeSome(y + whole, distance(x + whole, tops + whole, sums + whole), n & 3);
  }
}
