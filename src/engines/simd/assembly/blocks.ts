// Parts of blocks of rows, some rows at a time: what a column holds so far stays in registers meanwhile.
import { firstLanes, join, leaf, noted, scans } from './joins';
import { floats } from './lanes';

/** A part with one row more. Sums may start `anew` with every call, so that no chain of additions is long; `base` is what they are added to then. */
@inline function grown<T>(part: v128, value: v128): v128 {
  return join<T>(part, leaf<T>(value));
}
@inline function based<T>(anew: bool, part: v128, base: v128): v128 {
  return anew ? join<T>(part, base) : part;
}
@inline function started(anew: bool, base: v128): v128 {
  return anew ? f32x4.splat(0) : base;
}
@inline function addressOf(rows: usize, n: i32): usize {
  return load<u32>(rows + floats(n)) as usize;
}

/**
 * Row r of `out` becomes what rows r to n − 1 of a list of addresses and `base` hold together; w floats, rounded up to a vector. Answers what was noted
 * of the w. `base` may be a row of `out`, behind the n.
 */
@inline export function suffixes<T>(anew: bool, rows: usize, n: i32, base: usize, out: usize, line: usize, w: i32): v128 {
  let seen = f32x4.splat(0);
  let seenToo = seen;
  let i: usize = 0;
  for (const wide = floats(w & ~15); i < wide; i += 64) {
    const e = v128.load(base + i);
    const f = v128.load(base + i, 16);
    const k = v128.load(base + i, 32);
    const l = v128.load(base + i, 48);
    let a = started(anew, e);
    let b = started(anew, f);
    let c = started(anew, k);
    let d = started(anew, l);
    let to = out + ((n - 1) as usize) * line + i;
    for (let at = rows + floats(n); at > rows; to -= line) {
      at -= 4;
      const row = (load<u32>(at) as usize) + i;
      let x = v128.load(row);
      if (scans<T>()) seen = noted(seen, x);
      a = grown<T>(a, x);
      x = v128.load(row, 16);
      if (scans<T>()) seenToo = noted(seenToo, x);
      b = grown<T>(b, x);
      x = v128.load(row, 32);
      if (scans<T>()) seen = noted(seen, x);
      c = grown<T>(c, x);
      x = v128.load(row, 48);
      if (scans<T>()) seenToo = noted(seenToo, x);
      d = grown<T>(d, x);
      v128.store(to, based<T>(anew, a, e));
      v128.store(to, based<T>(anew, b, f), 16);
      v128.store(to, based<T>(anew, c, k), 32);
      v128.store(to, based<T>(anew, d, l), 48);
    }
  }
  for (let left = w & 15; left > 0; left -= 4, i += 16) {
    const inside = firstLanes(left);
    const e = v128.load(base + i);
    let a = started(anew, e);
    for (let r = n - 1; r >= 0; r--) {
      const x = v128.load(addressOf(rows, r) + i);
      if (scans<T>()) seen = noted(seen, v128.and(inside, x));
      a = grown<T>(a, x);
      v128.store(out + (r as usize) * line + i, based<T>(anew, a, e));
    }
  }
  return f32x4.add(seen, seenToo);
}

/**
 * Row r of `out` becomes what `base` and rows 0 to r of a list hold together, joined with row r of `others`; `base` becomes what it and all n rows hold.
 * Answers what was noted, where it is to `scan`.
 */
@inline export function prefixes<T>(
  anew: bool, scan: bool, rows: usize, n: i32, base: usize, others: usize, line: usize, out: usize, outLine: usize, w: i32,
): v128 {
  let seen = f32x4.splat(0);
  let seenToo = seen;
  let i: usize = 0;
  const list = rows + floats(n);
  for (const wide = floats(w & ~15); i < wide; i += 64) {
    const e = v128.load(base + i);
    const f = v128.load(base + i, 16);
    const k = v128.load(base + i, 32);
    const l = v128.load(base + i, 48);
    let a = started(anew, e);
    let b = started(anew, f);
    let c = started(anew, k);
    let d = started(anew, l);
    let to = out + i;
    let other = others + i;
    for (let at = rows; at < list; at += 4, to += outLine, other += line) {
      const row = (load<u32>(at) as usize) + i;
      let x = v128.load(row);
      if (scan && scans<T>()) seen = noted(seen, x);
      a = grown<T>(a, x);
      v128.store(to, join<T>(v128.load(other), based<T>(anew, a, e)));
      x = v128.load(row, 16);
      if (scan && scans<T>()) seenToo = noted(seenToo, x);
      b = grown<T>(b, x);
      v128.store(to, join<T>(v128.load(other, 16), based<T>(anew, b, f)), 16);
      x = v128.load(row, 32);
      if (scan && scans<T>()) seen = noted(seen, x);
      c = grown<T>(c, x);
      v128.store(to, join<T>(v128.load(other, 32), based<T>(anew, c, k)), 32);
      x = v128.load(row, 48);
      if (scan && scans<T>()) seenToo = noted(seenToo, x);
      d = grown<T>(d, x);
      v128.store(to, join<T>(v128.load(other, 48), based<T>(anew, d, l)), 48);
    }
    v128.store(base + i, based<T>(anew, a, e));
    v128.store(base + i, based<T>(anew, b, f), 16);
    v128.store(base + i, based<T>(anew, c, k), 32);
    v128.store(base + i, based<T>(anew, d, l), 48);
  }
  for (let left = w & 15; left > 0; left -= 4, i += 16) {
    const inside = firstLanes(left);
    const e = v128.load(base + i);
    let a = started(anew, e);
    for (let r = 0; r < n; r++) {
      const x = v128.load(addressOf(rows, r) + i);
      if (scan && scans<T>()) seen = noted(seen, v128.and(inside, x));
      a = grown<T>(a, x);
      v128.store(out + (r as usize) * outLine + i, join<T>(v128.load(others + (r as usize) * line + i), based<T>(anew, a, e)));
    }
    v128.store(base + i, based<T>(anew, a, e));
  }
  return f32x4.add(seen, seenToo);
}
