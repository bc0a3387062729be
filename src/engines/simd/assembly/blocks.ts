// Windows of many rows, for a block of neighbouring output rows together, in registers. Each window is the end of a head of rows, a middle that all
// windows of the block have, and the beginning of a tail.
import { firstLanes, join, leaf, noted, nothing, scans } from './joins';
import { floats } from './lanes';

/** What windows have in common: nothing, a row, or a row with sums of rows. */
export const NO_MIDDLE: i32 = 0;
export const ROW: i32 = 1;
export const SUMS: i32 = 2;

/** Where a block reads and writes: `high` − 1 rows of the head, as many of the tail and one more, `high` rows of `out`. */
@unmanaged export class Block {
  head: usize;
  headLine: usize;
  tail: usize;
  tailLine: usize;
  /** What the middle is joined of: rows in one, tails from one of those before on, and tails since then. */
  rest: usize;
  sums: usize;
  latest: usize;
  out: usize;
  outLine: usize;
}

@inline function over<T>(v: v128, middle: v128, anew: bool): v128 {
  return anew ? join<T>(v, middle) : v;
}

/** Eight columns, or four; answers what was noted of the tail and the row behind it. */
@inline function columns<T>(high: i32, middle: i32, anew: bool, wide: bool, b: Block, i: usize): v128 {
  const none = f32x4.splat(nothing<T>());
  let m = none, n = none;
  const rest = b.rest + i, sums = b.sums + i, latest = b.latest + i;
  if (middle == SUMS) {
    m = join<T>(v128.load(sums), v128.load(latest));
    m = join<T>(v128.load(rest), m);
    if (wide) {
      n = join<T>(v128.load(sums, 16), v128.load(latest, 16));
      n = join<T>(v128.load(rest, 16), n);
    }
  } else if (middle == ROW) {
    m = v128.load(rest);
    if (wide) n = v128.load(rest, 16);
  }
  const line = b.headLine;
  let p = b.head + i + ((high - 2) as usize) * line;
  // What the head holds from each of its rows on: s1 to s6 of four columns, t1 to t6 of the next four.
  let s = leaf<T>(v128.load(p)), t = s;
  if (wide) t = leaf<T>(v128.load(p, 16));
  if (middle && !anew) {
    s = join<T>(m, s);
    if (wide) t = join<T>(n, t);
  }
  let s6 = s, t6 = t, s5 = s, t5 = t, s4 = s, t4 = t;
  if (high > 7) {
    p -= line;
    s = join<T>(s, leaf<T>(v128.load(p)));
    if (wide) t = join<T>(t, leaf<T>(v128.load(p, 16)));
    s5 = s;
    t5 = t;
  }
  if (high > 6) {
    p -= line;
    s = join<T>(s, leaf<T>(v128.load(p)));
    if (wide) t = join<T>(t, leaf<T>(v128.load(p, 16)));
    s4 = s;
    t4 = t;
  }
  if (high > 5) {
    p -= line;
    s = join<T>(s, leaf<T>(v128.load(p)));
    if (wide) t = join<T>(t, leaf<T>(v128.load(p, 16)));
  }
  const s3 = s, t3 = t;
  p -= line;
  s = join<T>(s, leaf<T>(v128.load(p)));
  if (wide) t = join<T>(t, leaf<T>(v128.load(p, 16)));
  const s2 = s, t2 = t;
  p -= line;
  s = join<T>(s, leaf<T>(v128.load(p)));
  if (wide) t = join<T>(t, leaf<T>(v128.load(p, 16)));
  const s1 = s, t1 = t;
  p -= line;
  s = join<T>(s, leaf<T>(v128.load(p)));
  if (wide) t = join<T>(t, leaf<T>(v128.load(p, 16)));
  const outLine = b.outLine;
  let to = b.out + i;
  v128.store(to, over<T>(s, m, anew));
  if (wide) v128.store(to, over<T>(t, n, anew), 16);

  const tailLine = b.tailLine;
  let q = b.tail + i;
  let x = v128.load(q), y = x;
  let met = x;
  let u = leaf<T>(x), v = u;
  to += outLine;
  v128.store(to, join<T>(over<T>(s1, m, anew), u));
  if (wide) {
    y = v128.load(q, 16);
    if (scans<T>()) met = noted(met, y);
    v = leaf<T>(y);
    v128.store(to, join<T>(over<T>(t1, n, anew), v), 16);
  }
  q += tailLine;
  to += outLine;
  x = v128.load(q);
  if (scans<T>()) met = noted(met, x);
  u = join<T>(u, leaf<T>(x));
  v128.store(to, join<T>(over<T>(s2, m, anew), u));
  if (wide) {
    y = v128.load(q, 16);
    if (scans<T>()) met = noted(met, y);
    v = join<T>(v, leaf<T>(y));
    v128.store(to, join<T>(over<T>(t2, n, anew), v), 16);
  }
  q += tailLine;
  to += outLine;
  x = v128.load(q);
  if (scans<T>()) met = noted(met, x);
  u = join<T>(u, leaf<T>(x));
  v128.store(to, join<T>(over<T>(s3, m, anew), u));
  if (wide) {
    y = v128.load(q, 16);
    if (scans<T>()) met = noted(met, y);
    v = join<T>(v, leaf<T>(y));
    v128.store(to, join<T>(over<T>(t3, n, anew), v), 16);
  }
  if (high > 5) {
    q += tailLine;
    to += outLine;
    x = v128.load(q);
    if (scans<T>()) met = noted(met, x);
    u = join<T>(u, leaf<T>(x));
    v128.store(to, join<T>(over<T>(s4, m, anew), u));
    if (wide) {
      y = v128.load(q, 16);
      if (scans<T>()) met = noted(met, y);
      v = join<T>(v, leaf<T>(y));
      v128.store(to, join<T>(over<T>(t4, n, anew), v), 16);
    }
  }
  if (high > 6) {
    q += tailLine;
    to += outLine;
    x = v128.load(q);
    if (scans<T>()) met = noted(met, x);
    u = join<T>(u, leaf<T>(x));
    v128.store(to, join<T>(over<T>(s5, m, anew), u));
    if (wide) {
      y = v128.load(q, 16);
      if (scans<T>()) met = noted(met, y);
      v = join<T>(v, leaf<T>(y));
      v128.store(to, join<T>(over<T>(t5, n, anew), v), 16);
    }
  }
  if (high > 7) {
    q += tailLine;
    to += outLine;
    x = v128.load(q);
    if (scans<T>()) met = noted(met, x);
    u = join<T>(u, leaf<T>(x));
    v128.store(to, join<T>(over<T>(s6, m, anew), u));
    if (wide) {
      y = v128.load(q, 16);
      if (scans<T>()) met = noted(met, y);
      v = join<T>(v, leaf<T>(y));
      v128.store(to, join<T>(over<T>(t6, n, anew), v), 16);
    }
  }
  q += tailLine;
  to += outLine;
  x = v128.load(q);
  if (scans<T>()) met = noted(met, x);
  u = join<T>(u, leaf<T>(x));
  v128.store(to, middle ? join<T>(m, u) : u);
  if (wide) {
    y = v128.load(q, 16);
    if (scans<T>()) met = noted(met, y);
    v = join<T>(v, leaf<T>(y));
    v128.store(to, middle ? join<T>(n, v) : v, 16);
  }
  // The row that is noted, and summed up, beside those of the tail.
  if (middle == SUMS || scans<T>()) {
    q += tailLine;
    x = v128.load(q);
    if (scans<T>()) met = noted(met, x);
    if (wide) {
      y = v128.load(q, 16);
      if (scans<T>()) met = noted(met, y);
    }
    if (middle == SUMS) {
      u = join<T>(u, leaf<T>(x));
      v128.store(sums, u);
      v128.store(latest, join<T>(v128.load(latest), u));
      if (wide) {
        v = join<T>(v, leaf<T>(y));
        v128.store(sums, v, 16);
        v128.store(latest, join<T>(v128.load(latest, 16), v), 16);
      }
    }
  }
  return met;
}

/**
 * Makes `high` rows of windows, w columns of them, rounded up to a vector. Sums that are `anew` add the middle last, so that no chain of additions is
 * long. Where the middle has sums, that of the tail and the row behind it takes the place of the first of them. Answers what was noted of the tail and
 * that row.
 */
@inline export function block<T>(high: i32, middle: i32, anew: bool, b: Block, w: i32): v128 {
  let seen = f32x4.splat(0);
  let i: usize = 0;
  for (const whole = floats(w & ~7); i < whole; i += 32) seen = noted(seen, columns<T>(high, middle, anew, true, b, i));
  for (let left = w & 7; left > 0; left -= 4, i += 16) {
    seen = noted(seen, v128.and(firstLanes(left), columns<T>(high, middle, anew, false, b, i)));
  }
  return seen;
}
