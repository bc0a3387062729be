// Windows of 3 × 3 that slide by 1, four output rows in one sweep: six rows are joined downwards, then across by shuffles, and nothing is kept between.
import { atEnds } from './across';
import { noteRow } from './down';
import { adds, ExactMax, ExactMin, fill, finished, join, leaf, Max, Min, missing, Norm, noted, nothing, scans, Sum } from './joins';
import { floats, put } from './lanes';
import {
  before, outputs, pitch, ratios, ratiosFrom, ratiosTo, rescue, rowBytes, rowScales, width, yPitch,
} from './windowTable';

/** Three neighbours in the rows of two vectors, for each of the first four. */
@inline function beside<T>(v: v128, next: v128): v128 {
  return join<T>(join<T>(v, v128.shuffle<f32>(v, next, 1, 2, 3, 4)), v128.shuffle<f32>(v, next, 2, 3, 4, 5));
}

/** Which of four columns from `column` on lie on the picture. */
@inline function inside(column: i32, w: i32): v128 {
  return i32x4.lt_u(i32x4.add(i32x4.splat(column), i32x4(0, 1, 2, 3)), i32x4.splat(w));
}
/** Rows that a sweep makes: rows of memory that lie far apart are waited for together. */
@inline function together(): i32 {
  return 4;
}

@inline function addressOf(list: usize, n: usize): usize {
  return load<u32>(list + (n << 2)) as usize;
}

/**
 * Four output rows from six rows, of which `list` has the addresses: of the six, then of the four. Answers what was noted of the rows between the first
 * and the last, for NaN: these two are such rows of other sweeps, or are noted by themselves.
 */
@inline function sweep<T>(list: usize, scales: usize, n: i32, w: i32, left: i32): v128 {
  const a = addressOf(list, 0), b = addressOf(list, 1), c = addressOf(list, 2), d = addressOf(list, 3), e = addressOf(list, 4), f = addressOf(list, 5);
  // A result is stored when the vector behind it is read.
  const skipped = floats(left) - 16;
  const o = addressOf(list, 6) + skipped, p = addressOf(list, 7) + skipped, q = addressOf(list, 8) + skipped, r = addressOf(list, 9) + skipped;
  const other = f32x4.splat(nothing<T>());
  let s = other, t = other, u = other, v = other;
  if (adds<T>()) {
    s = v128.load32_splat(scales);
    t = v128.load32_splat(scales, 4);
    u = v128.load32_splat(scales, 8);
    v = v128.load32_splat(scales, 12);
  }
  let seen = f32x4.splat(0);
  let seenToo = seen;
  // Three rows joined, for each of the results, at the vector before.
  let first = other;
  let second = other;
  let third = other;
  let fourth = other;
  // Whole vectors whose eight columns lie on the picture.
  const plain = min(n & ~3, w + left - 4 > 3 ? (w + left - 4) & ~3 : 0);
  for (let j = -4; j < n; j += 4) {
    let i = floats(j + 4 - left);
    if (j == 0) {
      for (const end = i + floats(plain); i < end; i += 16) {
        const above = v128.load(b + i), middle = v128.load(c + i), below = v128.load(d + i), last = v128.load(e + i);
        if (scans<T>()) {
          seen = noted(noted(seen, above), below);
          seenToo = noted(noted(seenToo, middle), last);
        }
        const upper = join<T>(leaf<T>(above), leaf<T>(middle));
        const lower = join<T>(leaf<T>(below), leaf<T>(last));
        let next = join<T>(leaf<T>(v128.load(a + i)), upper);
        v128.store(o + i, finished<T>(beside<T>(first, next), s));
        first = next;
        next = join<T>(upper, leaf<T>(below));
        v128.store(p + i, finished<T>(beside<T>(second, next), t));
        second = next;
        next = join<T>(leaf<T>(middle), lower);
        v128.store(q + i, finished<T>(beside<T>(third, next), u));
        third = next;
        next = join<T>(lower, leaf<T>(v128.load(f + i)));
        v128.store(r + i, finished<T>(beside<T>(fourth, next), v));
        fourth = next;
      }
      j = plain;
      if (j >= n) break;
    }
    const column = j + 4 - left;
    const whole = inside(column, w);
    const above = v128.load(b + i), middle = v128.load(c + i), below = v128.load(d + i), last = v128.load(e + i);
    if (scans<T>()) {
      seen = noted(noted(seen, v128.and(above, whole)), v128.and(below, whole));
      seenToo = noted(noted(seenToo, v128.and(middle, whole)), v128.and(last, whole));
    }
    const upper = join<T>(leaf<T>(above), leaf<T>(middle));
    const lower = join<T>(leaf<T>(below), leaf<T>(last));
    const one = v128.bitselect(join<T>(leaf<T>(v128.load(a + i)), upper), other, whole);
    const two = v128.bitselect(join<T>(upper, leaf<T>(below)), other, whole);
    const three = v128.bitselect(join<T>(leaf<T>(middle), lower), other, whole);
    const four = v128.bitselect(join<T>(lower, leaf<T>(v128.load(f + i))), other, whole);
    put(o + i, finished<T>(beside<T>(first, one), s), j < 0 ? 0 : n - j);
    put(p + i, finished<T>(beside<T>(second, two), t), j < 0 ? 0 : n - j);
    put(q + i, finished<T>(beside<T>(third, three), u), j < 0 ? 0 : n - j);
    put(r + i, finished<T>(beside<T>(fourth, four), v), j < 0 ? 0 : n - j);
    first = one;
    second = two;
    third = three;
    fourth = four;
  }
  return f32x4.add(seen, seenToo);
}

/** Output row i reads rows start + i to start + i + 2, those of them that are among `rows`. */
@inline function threes<T>(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): bool {
  const w = width(g);
  const n = outputs(g);
  // A row of nothing, which may be read before its beginning, too; and one for what nobody wants.
  const none = scratch + 64;
  const spare = none + rowBytes(g);
  const list = spare + rowBytes(g);
  fill(none, w, nothing<T>());
  let seen = f32x4.splat(0);
  for (let i = from; i < to; i += together()) {
    const first = start + i;
    const made = min(together(), to - i);
    for (let k = 0; k < together() + 2; k++) {
      const r = first + k;
      store<u32>(list + floats(k), (r >= 0 && r < rows && k < made + 2 ? x + (r as usize) * pitch(g) : none) as u32);
    }
    for (let k = 0; k < together(); k++) {
      store<u32>(list + floats(together() + 2 + k), (k < made ? y + ((i + k) as usize) * yPitch(g) : spare) as u32);
    }
    const found = sweep<T>(list, rowScales(g) + floats(i), n, w, before(g));
    if (scans<T>()) {
      seen = f32x4.add(seen, found);
      if (i == from) seen = f32x4.add(seen, noteRow(addressOf(list, 0), w));
      if (i + together() >= to) seen = f32x4.add(seen, noteRow(addressOf(list, together() + 1), w));
    }
    for (let k = 0; k < made; k++) {
      if (adds<T>() && ratios(g)) atEnds(y + ((i + k) as usize) * yPitch(g), ratios(g), n, ratiosFrom(g), ratiosTo(g));
      if (idof<T>() == idof<Norm>()) rescue(x, rows, first + k, y, i + k, g);
    }
  }
  return scans<T>() && missing(seen);
}

export function poolMaxThrees(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): void {
  if (threes<Max>(x, rows, start, y, from, to, g, scratch)) threes<ExactMax>(x, rows, start, y, from, to, g, scratch);
}
export function poolMinThrees(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): void {
  if (threes<Min>(x, rows, start, y, from, to, g, scratch)) threes<ExactMin>(x, rows, start, y, from, to, g, scratch);
}
export function poolSumThrees(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): void {
  threes<Sum>(x, rows, start, y, from, to, g, scratch);
}
export function poolNormThrees(x: usize, rows: i32, start: i32, y: usize, from: i32, to: i32, g: usize, scratch: usize): void {
  threes<Norm>(x, rows, start, y, from, to, g, scratch);
}
