// Rows of the picture joined into one.
import { firstLanes, join, leaf, noted, scans } from './joins';
import { floats, storeSome } from './lanes';

/** What is noted of a row. */
@inline export function noteRow(row: usize, w: i32): v128 {
  let seen = f32x4.splat(0);
  for (let left = w; left > 0; left -= 4, row += 16) seen = noted(seen, v128.and(v128.load(row), firstLanes(left)));
  return seen;
}

/** Joins rows of the picture by a list of their addresses; at least its first `scanned` are noted, for NaN. Exactly w floats are written. */
@inline export function down<T>(rows: usize, n: i32, scanned: i32, out: usize, w: i32): v128 {
  let seen = f32x4.splat(0);
  let seen1 = seen;
  let seen2 = seen;
  let seen3 = seen;
  const whole = floats(w & ~3);
  const wide = floats(w & ~15);
  let i: usize = 0;
  const end = rows + floats(n);
  const old = rows + floats(scanned);
  for (; i < wide; i += 64) {
    const first = (load<u32>(rows) as usize) + i;
    let a = v128.load(first);
    let b = v128.load(first, 16);
    let c = v128.load(first, 32);
    let d = v128.load(first, 48);
    if (scans<T>()) {
      seen = noted(seen, a);
      seen1 = noted(seen1, b);
      seen2 = noted(seen2, c);
      seen3 = noted(seen3, d);
    }
    a = leaf<T>(a);
    b = leaf<T>(b);
    c = leaf<T>(c);
    d = leaf<T>(d);
    let at = rows + 4;
    if (scans<T>()) {
      for (; at < old; at += 4) {
        const next = (load<u32>(at) as usize) + i;
        const e = v128.load(next);
        const f = v128.load(next, 16);
        const k = v128.load(next, 32);
        const l = v128.load(next, 48);
        seen = noted(seen, e);
        seen1 = noted(seen1, f);
        seen2 = noted(seen2, k);
        seen3 = noted(seen3, l);
        a = join<T>(a, e);
        b = join<T>(b, f);
        c = join<T>(c, k);
        d = join<T>(d, l);
      }
    }
    for (; at < end; at += 4) {
      const next = (load<u32>(at) as usize) + i;
      a = join<T>(a, leaf<T>(v128.load(next)));
      b = join<T>(b, leaf<T>(v128.load(next, 16)));
      c = join<T>(c, leaf<T>(v128.load(next, 32)));
      d = join<T>(d, leaf<T>(v128.load(next, 48)));
    }
    v128.store(out + i, a);
    v128.store(out + i, b, 16);
    v128.store(out + i, c, 32);
    v128.store(out + i, d, 48);
  }
  for (; i < whole; i += 16) {
    let a = v128.load((load<u32>(rows) as usize) + i);
    if (scans<T>()) seen = noted(seen, a);
    a = leaf<T>(a);
    for (let at = rows + 4; at < end; at += 4) {
      const v = v128.load((load<u32>(at) as usize) + i);
      if (scans<T>()) seen = noted(seen, v);
      a = join<T>(a, leaf<T>(v));
    }
    v128.store(out + i, a);
  }
  if (w & 3) {
    const inside = firstLanes(w & 3);
    let a = v128.load((load<u32>(rows) as usize) + i);
    if (scans<T>()) seen = noted(seen, v128.and(inside, a));
    a = leaf<T>(a);
    for (let at = rows + 4; at < end; at += 4) {
      const v = v128.load((load<u32>(at) as usize) + i);
      if (scans<T>()) seen = noted(seen, v128.and(inside, v));
      a = join<T>(a, leaf<T>(v));
    }
    storeSome(out + i, a, w & 3);
  }
  return f32x4.add(f32x4.add(seen, seen1), f32x4.add(seen2, seen3));
}
