// Windows of many rows, for a block of neighbouring output rows together. Each window is the end of a head of rows, a middle that all windows of the
// block have, and the beginning of a tail. Tails of the blocks before are most of the middle, so that every row is read twice and a bit.
import { firstLanes, join, leaf, noted, nothing, scans } from './joins';
import { floats } from './lanes';

@inline function addressOf(list: usize): usize {
  return load<u32>(list) as usize;
}

/**
 * Row j of `out`, of the first `n`, becomes what rows j to `high` − 1 of the head, the middle, and rows 0 to j − 1 of the tail hold together; `total`
 * what all rows of the tail hold, unless it is 0. `list` has the addresses of the head, of `rest` rows and `many` rows of sums in the middle, and of the
 * tail. Sums that are `anew` add the middle last, so that no chain of additions is long. w floats are written, rounded up to a vector; answers what was
 * noted of the w of the tail.
 */
@inline export function block<T>(
  anew: bool, list: usize, high: i32, rest: i32, many: i32, n: i32, total: usize, out: usize, outLine: usize, w: i32,
): v128 {
  let seen = f32x4.splat(0);
  let seenToo = seen;
  const none = f32x4.splat(nothing<T>());
  const head = list + floats(high);
  const sums = head + floats(rest);
  const tail = sums + floats(many);
  const used = tail + floats(n - 1);
  const end = tail + floats(high);
  const last = out + ((high - 1) as usize) * outLine;
  let i: usize = 0;
  for (const wide = floats(w & ~15); i < wide; i += 64) {
    let a = none;
    let b = none;
    let c = none;
    let d = none;
    for (let at = head; at < sums; at += 4) {
      const row = addressOf(at) + i;
      a = join<T>(a, leaf<T>(v128.load(row)));
      b = join<T>(b, leaf<T>(v128.load(row, 16)));
      c = join<T>(c, leaf<T>(v128.load(row, 32)));
      d = join<T>(d, leaf<T>(v128.load(row, 48)));
    }
    for (let at = sums; at < tail; at += 4) {
      const row = addressOf(at) + i;
      a = join<T>(a, v128.load(row));
      b = join<T>(b, v128.load(row, 16));
      c = join<T>(c, v128.load(row, 32));
      d = join<T>(d, v128.load(row, 48));
    }
    const e = a;
    const f = b;
    const k = c;
    const l = d;
    if (anew) {
      a = none;
      b = none;
      c = none;
      d = none;
    }
    let to = last + i;
    for (let at = head; at > list; to -= outLine) {
      at -= 4;
      const row = addressOf(at) + i;
      a = join<T>(a, leaf<T>(v128.load(row)));
      b = join<T>(b, leaf<T>(v128.load(row, 16)));
      c = join<T>(c, leaf<T>(v128.load(row, 32)));
      d = join<T>(d, leaf<T>(v128.load(row, 48)));
      v128.store(to, a);
      v128.store(to, b, 16);
      v128.store(to, c, 32);
      v128.store(to, d, 48);
    }
    to += outLine;
    if (anew) {
      v128.store(to, join<T>(a, e));
      v128.store(to, join<T>(b, f), 16);
      v128.store(to, join<T>(c, k), 32);
      v128.store(to, join<T>(d, l), 48);
    }
    a = none;
    b = none;
    c = none;
    d = none;
    let at = tail;
    for (; at < used; at += 4) {
      to += outLine;
      const row = addressOf(at) + i;
      let x = v128.load(row);
      if (scans<T>()) seen = noted(seen, x);
      a = join<T>(a, leaf<T>(x));
      v128.store(to, join<T>(v128.load(to), anew ? join<T>(a, e) : a));
      x = v128.load(row, 16);
      if (scans<T>()) seenToo = noted(seenToo, x);
      b = join<T>(b, leaf<T>(x));
      v128.store(to, join<T>(v128.load(to, 16), anew ? join<T>(b, f) : b), 16);
      x = v128.load(row, 32);
      if (scans<T>()) seen = noted(seen, x);
      c = join<T>(c, leaf<T>(x));
      v128.store(to, join<T>(v128.load(to, 32), anew ? join<T>(c, k) : c), 32);
      x = v128.load(row, 48);
      if (scans<T>()) seenToo = noted(seenToo, x);
      d = join<T>(d, leaf<T>(x));
      v128.store(to, join<T>(v128.load(to, 48), anew ? join<T>(d, l) : d), 48);
    }
    if (total) {
      for (; at < end; at += 4) {
        const row = addressOf(at) + i;
        let x = v128.load(row);
        if (scans<T>()) seen = noted(seen, x);
        a = join<T>(a, leaf<T>(x));
        x = v128.load(row, 16);
        if (scans<T>()) seenToo = noted(seenToo, x);
        b = join<T>(b, leaf<T>(x));
        x = v128.load(row, 32);
        if (scans<T>()) seen = noted(seen, x);
        c = join<T>(c, leaf<T>(x));
        x = v128.load(row, 48);
        if (scans<T>()) seenToo = noted(seenToo, x);
        d = join<T>(d, leaf<T>(x));
      }
      v128.store(total + i, a);
      v128.store(total + i, b, 16);
      v128.store(total + i, c, 32);
      v128.store(total + i, d, 48);
    }
  }
  for (let left = w & 15; left > 0; left -= 4, i += 16) {
    const inside = firstLanes(left);
    let a = none;
    for (let at = head; at < sums; at += 4) a = join<T>(a, leaf<T>(v128.load(addressOf(at) + i)));
    for (let at = sums; at < tail; at += 4) a = join<T>(a, v128.load(addressOf(at) + i));
    const e = a;
    if (anew) a = none;
    let to = last + i;
    for (let at = head; at > list; to -= outLine) {
      at -= 4;
      a = join<T>(a, leaf<T>(v128.load(addressOf(at) + i)));
      v128.store(to, a);
    }
    to += outLine;
    if (anew) v128.store(to, join<T>(a, e));
    a = none;
    let at = tail;
    for (const stop = total ? end : used; at < stop; at += 4) {
      const x = v128.load(addressOf(at) + i);
      if (scans<T>()) seen = noted(seen, v128.and(inside, x));
      a = join<T>(a, leaf<T>(x));
      if (at >= used) continue;
      to += outLine;
      v128.store(to, join<T>(v128.load(to), anew ? join<T>(a, e) : a));
    }
    if (total) v128.store(total + i, a);
  }
  return f32x4.add(seen, seenToo);
}
