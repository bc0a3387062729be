// Windows of 3 × 3 that slide by 1, two output rows in one sweep: four rows are joined downwards, then across by shuffles, and nothing is kept between.
import { atEnds } from './across';
import { noteRow } from './down';
import { adds, ExactMax, ExactMin, fill, finished, join, leaf, Max, Min, missing, Norm, noted, nothing, scans, Sum } from './joins';
import { floats, storeSome } from './lanes';
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
/** Four values of a row, `other` where they do not lie on the picture. */
@inline function valuesAt(row: usize, column: i32, w: i32, other: v128): v128 {
  return v128.bitselect(v128.load(row + floats(column)), other, inside(column, w));
}

/**
 * Two output rows from rows a, b, c and from b, c, d. Answers what was noted of b and c, for NaN: a and d are such rows of other pairs, or are noted
 * by themselves.
 */
@inline function sweep<T>(
  a: usize, b: usize, c: usize, d: usize, upper: usize, lower: usize, n: i32, w: i32, left: i32, upperScale: v128, lowerScale: v128,
): v128 {
  const other = f32x4.splat(nothing<T>());
  let seen = f32x4.splat(0);
  let seenToo = seen;
  let column = -left;
  let middle = valuesAt(b, column, w, other);
  let last = valuesAt(c, column, w, other);
  if (scans<T>()) seen = noted(v128.and(middle, inside(column, w)), v128.and(last, inside(column, w)));
  let both = join<T>(leaf<T>(middle), leaf<T>(last));
  let above = join<T>(leaf<T>(valuesAt(a, column, w, other)), both);
  let below = join<T>(both, leaf<T>(valuesAt(d, column, w, other)));
  column += 4;
  // Whole vectors whose eight columns lie on the picture.
  const plain = min(n & ~3, w + left - 4 > 3 ? (w + left - 4) & ~3 : 0);
  let i: usize = 0;
  const from = floats(column);
  a += from;
  b += from;
  c += from;
  d += from;
  for (const end = floats(plain); i < end; i += 16) {
    middle = v128.load(b + i);
    last = v128.load(c + i);
    if (scans<T>()) {
      seen = noted(seen, middle);
      seenToo = noted(seenToo, last);
    }
    both = join<T>(leaf<T>(middle), leaf<T>(last));
    const nextAbove = join<T>(leaf<T>(v128.load(a + i)), both);
    const nextBelow = join<T>(both, leaf<T>(v128.load(d + i)));
    v128.store(upper + i, finished<T>(beside<T>(above, nextAbove), upperScale));
    v128.store(lower + i, finished<T>(beside<T>(below, nextBelow), lowerScale));
    above = nextAbove;
    below = nextBelow;
  }
  a -= from;
  b -= from;
  c -= from;
  d -= from;
  column += plain;
  for (let j = plain; j < n; j += 4, column += 4, i += 16) {
    middle = valuesAt(b, column, w, other);
    last = valuesAt(c, column, w, other);
    if (scans<T>()) seen = noted(noted(seen, v128.and(middle, inside(column, w))), v128.and(last, inside(column, w)));
    both = join<T>(leaf<T>(middle), leaf<T>(last));
    const nextAbove = join<T>(leaf<T>(valuesAt(a, column, w, other)), both);
    const nextBelow = join<T>(both, leaf<T>(valuesAt(d, column, w, other)));
    const up = finished<T>(beside<T>(above, nextAbove), upperScale);
    const low = finished<T>(beside<T>(below, nextBelow), lowerScale);
    if (j + 4 <= n) {
      v128.store(upper + i, up);
      v128.store(lower + i, low);
    } else {
      storeSome(upper + i, up, (n - j) as usize);
      storeSome(lower + i, low, (n - j) as usize);
    }
    above = nextAbove;
    below = nextBelow;
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
  fill(none, w, nothing<T>());
  let seen = f32x4.splat(0);
  for (let i = from; i < to; i += 2) {
    const r = start + i;
    const a = r >= 0 && r < rows ? x + (r as usize) * pitch(g) : none;
    const b = r + 1 >= 0 && r + 1 < rows ? x + ((r + 1) as usize) * pitch(g) : none;
    const c = r + 2 >= 0 && r + 2 < rows ? x + ((r + 2) as usize) * pitch(g) : none;
    const whole = i + 1 < to;
    const d = whole && r + 3 >= 0 && r + 3 < rows ? x + ((r + 3) as usize) * pitch(g) : none;
    const upper = y + (i as usize) * yPitch(g);
    const lower = whole ? upper + yPitch(g) : spare;
    const upperScale = adds<T>() ? v128.load32_splat(rowScales(g) + floats(i)) : f32x4.splat(1);
    const lowerScale = adds<T>() && whole ? v128.load32_splat(rowScales(g) + floats(i + 1)) : f32x4.splat(1);
    const found = sweep<T>(a, b, c, d, upper, lower, n, w, before(g), upperScale, lowerScale);
    if (scans<T>()) {
      seen = f32x4.add(seen, found);
      if (i == from) seen = f32x4.add(seen, noteRow(a, w));
      if (i + 2 >= to) seen = f32x4.add(seen, noteRow(d, w));
    }
    if (adds<T>() && ratios(g)) {
      atEnds(upper, ratios(g), n, ratiosFrom(g), ratiosTo(g));
      if (whole) atEnds(lower, ratios(g), n, ratiosFrom(g), ratiosTo(g));
    }
    if (idof<T>() == idof<Norm>()) {
      rescue(x, rows, r, y, i, g);
      if (whole) rescue(x, rows, r + 1, y, i + 1, g);
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
