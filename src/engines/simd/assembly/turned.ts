// Sums of many neighbours along four rows at once, turned so that every row has a lane of its own: what a window adds hardly grows with its length. As
// rows are joined in assembly/blocks.ts: the end of a head of columns, a middle that eight windows have, and the beginning of a tail.
import { floats, storeRest, zipHigh, zipLow } from './lanes';

/** Lane k of four vectors, of which pairs are zipped; for the first two, and the last two lanes. */
@inline function first(ab: v128, cd: v128): v128 {
  return v128.shuffle<f64>(ab, cd, 0, 2);
}
@inline function second(ab: v128, cd: v128): v128 {
  return v128.shuffle<f64>(ab, cd, 1, 3);
}

/** Four rows, `line` bytes from each other: number i of each, up to number n, becomes vector i. */
@inline function turn(row: usize, line: usize, n: i32, turned: usize): void {
  for (const end = row + floats(n); row < end; row += 16, turned += 64) {
    const a = v128.load(row), b = v128.load(row + line), c = v128.load(row + 2 * line), d = v128.load(row + 3 * line);
    const ab = zipLow(a, b), cd = zipLow(c, d), AB = zipHigh(a, b), CD = zipHigh(c, d);
    v128.store(turned, first(ab, cd));
    v128.store(turned, second(ab, cd), 16);
    v128.store(turned, first(AB, CD), 32);
    v128.store(turned, second(AB, CD), 48);
  }
}

/** And back: four vectors, multiplied by `scale`, to four rows. */
@inline function turnBack(a: v128, b: v128, c: v128, d: v128, scale: v128, out: usize, line: usize): void {
  a = f32x4.mul(a, scale);
  b = f32x4.mul(b, scale);
  c = f32x4.mul(c, scale);
  d = f32x4.mul(d, scale);
  const ab = zipLow(a, b), cd = zipLow(c, d), AB = zipHigh(a, b), CD = zipHigh(c, d);
  v128.store(out, first(ab, cd));
  v128.store(out + line, second(ab, cd));
  v128.store(out + 2 * line, first(AB, CD));
  v128.store(out + 3 * line, second(AB, CD));
}

/** The sum of n vectors from `p` on. */
@inline function sumOf(p: usize, n: i32): v128 {
  let sum = v128.load(p);
  for (let i = 1; i < n; i++) {
    p += 16;
    sum = f32x4.add(sum, v128.load(p));
  }
  return sum;
}

/**
 * Sums of 15 ≤ k < 64 neighbours, n of them, of four rows that are `line` bytes from each other, multiplied by the four numbers at `scales`. There is room for four
 * such rows and 512 bytes at `turned`.
 */
export function sumFour(row: usize, line: usize, turned: usize, out: usize, outLine: usize, n: i32, k: i32, scales: usize): void {
  const scale = v128.load(scales);
  const sums = turned + 4 * line;
  const aside = sums + 128;
  turn(row, line, ((n + 7) & ~7) + k, turned);
  const many = (k - 7) >> 3;
  const rest = (k - 7) & 7;
  for (let c = 0; c < many; c++) v128.store(sums + ((c as usize) << 4), sumOf(turned + ((7 + rest + 8 * c) << 4), 8));
  const lastSum = sums + ((many as usize) << 4);
  let latest = f32x4.splat(0);
  // The middle is the sums from one on, and those that are new since these were added up.
  let at = lastSum;
  let x = turned;
  for (let left = n; left > 0; left -= 8, x += 128, out += 32, at += 16) {
    if (at == lastSum) {
      let sum = f32x4.splat(0);
      for (let s = lastSum - 16; s >= sums; s -= 16) {
        sum = f32x4.add(v128.load(s), sum);
        v128.store(s, sum);
      }
      latest = f32x4.splat(0);
      at = sums;
    }
    let m = f32x4.add(v128.load(at), latest);
    if (rest) m = f32x4.add(m, sumOf(x + 112, rest));
    const s6 = f32x4.add(m, v128.load(x, 96));
    const s5 = f32x4.add(s6, v128.load(x, 80));
    const s4 = f32x4.add(s5, v128.load(x, 64));
    const s3 = f32x4.add(s4, v128.load(x, 48));
    const s2 = f32x4.add(s3, v128.load(x, 32));
    const s1 = f32x4.add(s2, v128.load(x, 16));
    const s0 = f32x4.add(s1, v128.load(x));
    const tail = x + ((k as usize) << 4);
    const some = left < 8;
    const to = some ? aside : out;
    const toLine: usize = some ? 32 : outLine;
    let t = v128.load(tail);
    const y1 = f32x4.add(s1, t);
    t = f32x4.add(t, v128.load(tail, 16));
    const y2 = f32x4.add(s2, t);
    t = f32x4.add(t, v128.load(tail, 32));
    turnBack(s0, y1, y2, f32x4.add(s3, t), scale, to, toLine);
    t = f32x4.add(t, v128.load(tail, 48));
    const y4 = f32x4.add(s4, t);
    t = f32x4.add(t, v128.load(tail, 64));
    const y5 = f32x4.add(s5, t);
    t = f32x4.add(t, v128.load(tail, 80));
    const y6 = f32x4.add(s6, t);
    t = f32x4.add(t, v128.load(tail, 96));
    turnBack(y4, y5, y6, f32x4.add(m, t), scale, to + 16, toLine);
    t = f32x4.add(t, v128.load(tail, 112));
    v128.store(at, t);
    latest = f32x4.add(latest, t);
    if (!some) continue;
    for (let r: usize = 0; r < 4; r++) storeRest(out + r * outLine, aside + (r << 5), left);
  }
}
