// Medians of windows, four or sixteen outputs at a time. Padded rows wait in a ring, de-interleaved by the stride, so that every tap of
// neighbouring outputs lies in neighbouring memory.
import { floats, put } from './lanes';
import {
  columns, exchanges, kernelHeight, kernelWidth, middle, network, Ordered, outputs, paddedColumns, paddedRows, Plain, rowAt, rowOutputs, strideAcross, strideDown, taps, width,
} from './medianRing';

/** By a network of exchanges, of which only those stay that the median needs. Every window is whole. */
export function medianNetwork(x: usize, y: usize, from: i32, to: i32, t: usize, scratch: usize): void {
  const n = kernelHeight(t) * kernelWidth(t);
  const places = scratch;
  const list = places + ((n as usize) << 6);
  const ring = list + ((floats(n) + 63) & ~63);
  const pairs = network(t);
  const last = pairs + ((exchanges(t) as usize) << 3);
  const w = outputs(t);
  let staged = 0;
  for (let i = from; i < to; i++) {
    staged = taps<Plain>(x, i, staged, t, ring, list);
    const out = y + (i as usize) * floats(rowOutputs(t));
    for (let j = 0; j < w; j += 16) {
      const at = floats(j);
      let a = f32x4.splat(0);
      let b = a;
      let c = a;
      let d = a;
      for (let k = 0; k < n; k++) {
        const tap = (load<u32>(list + floats(k)) as usize) + at;
        const place = places + ((k as usize) << 6);
        const e = v128.load(tap);
        const f = v128.load(tap, 16);
        const g = v128.load(tap, 32);
        const h = v128.load(tap, 48);
        a = v128.or(a, f32x4.ne(e, e));
        b = v128.or(b, f32x4.ne(f, f));
        c = v128.or(c, f32x4.ne(g, g));
        d = v128.or(d, f32x4.ne(h, h));
        v128.store(place, e);
        v128.store(place, f, 16);
        v128.store(place, g, 32);
        v128.store(place, h, 48);
      }
      for (let pair = pairs; pair < last; pair += 8) {
        const p = places + (load<u32>(pair) as usize);
        const q = places + (load<u32>(pair, 4) as usize);
        exchange(p, q);
        exchange(p + 16, q + 16);
        exchange(p + 32, q + 32);
        exchange(p + 48, q + 48);
      }
      const found = places + middle(t);
      put(out + at, v128.or(v128.load(found), a), w - j);
      put(out + at + 16, v128.or(v128.load(found, 16), b), w - j - 4);
      put(out + at + 32, v128.or(v128.load(found, 32), c), w - j - 8);
      put(out + at + 48, v128.or(v128.load(found, 48), d), w - j - 12);
    }
  }
}
@inline function exchange(p: usize, q: usize): void {
  const a = v128.load(p);
  const b = v128.load(q);
  v128.store(p, f32x4.pmin(a, b));
  v128.store(q, f32x4.pmax(a, b));
}

/** The middle of three. */
@inline function middleOf(a: v128, b: v128, c: v128): v128 {
  return f32x4.pmax(f32x4.pmin(a, b), f32x4.pmin(f32x4.pmax(a, b), c));
}
/** Lanes 1 to 4, and 2 to 5, of two vectors. */
@inline function second(v: v128, next: v128): v128 {
  return v128.shuffle<f32>(v, next, 1, 2, 3, 4);
}
@inline function third(v: v128, next: v128): v128 {
  return v128.shuffle<f32>(v, next, 2, 3, 4, 5);
}

/**
 * Windows of 3 × 3 that slide by 1 across: columns are sorted once for the three windows that they are in. The median is the middle of the largest
 * of the smallest, the middle of the middle ones, and the smallest of the largest.
 */
export function medianNine(x: usize, y: usize, from: i32, to: i32, t: usize, scratch: usize): void {
  const ring = scratch + 64;
  const w = outputs(t);
  let staged = 0;
  for (let i = from; i < to; i++) {
    staged = taps<Plain>(x, i, staged, t, ring, scratch);
    const first = load<u32>(scratch) as usize;
    const below = load<u32>(scratch, 12) as usize;
    const last = load<u32>(scratch, 24) as usize;
    const out = y + (i as usize) * floats(rowOutputs(t));
    let low = f32x4.splat(0);
    let middle = low;
    let high = low;
    let odd = low;
    // The first four columns have no outputs yet.
    for (let j = -4; j < w; j += 4) {
      const at = floats(j + 4);
      const a = v128.load(first + at);
      const b = v128.load(below + at);
      const c = v128.load(last + at);
      const less = f32x4.pmin(a, b);
      const more = f32x4.pmax(a, b);
      const rest = f32x4.pmin(more, c);
      const nextLow = f32x4.pmin(less, rest);
      const nextMiddle = f32x4.pmax(less, rest);
      const nextHigh = f32x4.pmax(more, c);
      const nextOdd = v128.or(f32x4.ne(a, a), v128.or(f32x4.ne(b, b), f32x4.ne(c, c)));
      if (j >= 0) {
        const lowest = f32x4.pmax(f32x4.pmax(low, second(low, nextLow)), third(low, nextLow));
        const between = middleOf(middle, second(middle, nextMiddle), third(middle, nextMiddle));
        const highest = f32x4.pmin(f32x4.pmin(high, second(high, nextHigh)), third(high, nextHigh));
        const seen = v128.or(odd, v128.or(second(odd, nextOdd), third(odd, nextOdd)));
        put(out + floats(j), v128.or(middleOf(lowest, between, highest), seen), w - j);
      }
      low = nextLow;
      middle = nextMiddle;
      high = nextHigh;
      odd = nextOdd;
    }
  }
}

/** Ordered whole numbers of the infinities: NaN lies beyond. */
const smallest: i32 = 0x807fffff;
const largest: i32 = 0x7f800000;

/** Counts of the taps below four candidates, of sixteen windows that are whole. */
@inline function countBelow(list: usize, end: usize, at: usize, candidates: usize, counts: usize): void {
  const a = v128.load(candidates);
  const b = v128.load(candidates, 16);
  const c = v128.load(candidates, 32);
  const d = v128.load(candidates, 48);
  let e = i32x4.splat(0);
  let f = e;
  let g = e;
  let h = e;
  for (; list < end; list += 4) {
    const tap = (load<u32>(list) as usize) + at;
    e = i32x4.sub(e, i32x4.lt_s(v128.load(tap), a));
    f = i32x4.sub(f, i32x4.lt_s(v128.load(tap, 16), b));
    g = i32x4.sub(g, i32x4.lt_s(v128.load(tap, 32), c));
    h = i32x4.sub(h, i32x4.lt_s(v128.load(tap, 48), d));
  }
  v128.store(counts, e);
  v128.store(counts, f, 16);
  v128.store(counts, g, 32);
  v128.store(counts, h, 48);
}
/** The same of four windows, of which the taps from column `columns` on are left out. */
@inline function countInside(list: usize, rows: i32, kw: i32, at: usize, candidate: v128, columns: v128): v128 {
  let count = i32x4.splat(0);
  for (let u = 0; u < rows; u++) {
    for (let v = 0; v < kw; v++, list += 4) {
      const less = i32x4.lt_s(v128.load((load<u32>(list) as usize) + at), candidate);
      count = i32x4.sub(count, v128.and(less, i32x4.gt_s(columns, i32x4.splat(v))));
    }
  }
  return count;
}
/** Whether windows have NaN among those taps. */
@inline function missing(list: usize, rows: i32, kw: i32, at: usize, columns: v128): v128 {
  let seen = i32x4.splat(0);
  for (let u = 0; u < rows; u++) {
    for (let v = 0; v < kw; v++, list += 4) {
      const value = v128.load((load<u32>(list) as usize) + at);
      const beyond = v128.or(i32x4.gt_s(value, i32x4.splat(largest)), i32x4.lt_s(value, i32x4.splat(smallest)));
      seen = v128.or(seen, v128.and(beyond, i32x4.gt_s(columns, i32x4.splat(v))));
    }
  }
  return seen;
}

/** By halving the range of values: 32 counts of each window, whatever its size; the overhang of ceil mode is left out. */
export function medianHalving(x: usize, y: usize, from: i32, to: i32, t: usize, scratch: usize): void {
  const kw = kernelWidth(t);
  const n = kernelHeight(t) * kw;
  const candidates = scratch;
  const counts = candidates + 64;
  const answers = counts + 64;
  const list = answers + 64;
  const ring = list + ((floats(n) + 63) & ~63);
  const w = outputs(t);
  const s = strideAcross(t);
  const whole = min(w, (paddedColumns(t) - kw) / s + 1);
  let staged = 0;
  for (let i = from; i < to; i++) {
    staged = taps<Ordered>(x, i, staged, t, ring, list);
    const rows = staged - i * strideDown(t);
    const out = y + (i as usize) * floats(rowOutputs(t));
    const rank = i32x4.splat((rows * kw - 1) >> 1);
    let j = 0;
    for (; j + 16 <= whole; j += 16) {
      for (let k: usize = 0; k < 64; k += 16) v128.store(answers + k, i32x4.splat(0x80000000));
      for (let bit = 31; bit >= 0; bit--) {
        for (let k: usize = 0; k < 64; k += 16) v128.store(candidates + k, i32x4.add(v128.load(answers + k), i32x4.splat(1 << bit)));
        countBelow(list, list + floats(rows * kw), floats(j), candidates, counts);
        for (let k: usize = 0; k < 64; k += 16) {
          const fits = i32x4.le_s(v128.load(counts + k), rank);
          v128.store(answers + k, v128.bitselect(v128.load(candidates + k), v128.load(answers + k), fits));
        }
      }
      for (let k = 0; k < 16; k += 4) {
        const seen = missing(list, rows, kw, floats(j + k), i32x4.splat(kw));
        v128.store(out + floats(j + k), v128.or(valueOf(v128.load(answers + floats(k))), seen));
      }
    }
    for (; j < w; j += 4) {
      const room = i32x4.sub(i32x4.splat(paddedColumns(t) - j * s), i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(s)));
      const columns = i32x4.min_s(room, i32x4.splat(kw));
      const own = i32x4.shr_s(i32x4.sub(i32x4.mul(columns, i32x4.splat(rows)), i32x4.splat(1)), 1);
      let answer = i32x4.splat(0x80000000);
      for (let bit = 31; bit >= 0; bit--) {
        const candidate = i32x4.add(answer, i32x4.splat(1 << bit));
        const count = countInside(list, rows, kw, floats(j), candidate, columns);
        answer = v128.bitselect(candidate, answer, i32x4.le_s(count, own));
      }
      put(out + floats(j), v128.or(valueOf(answer), missing(list, rows, kw, floats(j), columns)), w - j);
    }
  }
}
/** The floats of ordered whole numbers. */
@inline function valueOf(v: v128): v128 {
  return v128.xor(v, v128.and(i32x4.shr_s(v, 31), i32x4.splat(0x7fffffff)));
}

/** In the place of medians: where each is first in its window, as whole numbers; −1 on a border of zeros. */
export function medianPlaces(x: usize, y: usize, from: i32, to: i32, t: usize): void {
  const n = outputs(t);
  y += floats(from * n);
  for (let i = from; i < to; i++) {
    const top = i * strideDown(t);
    const bottom = min(top + kernelHeight(t), paddedRows(t));
    for (let j = 0; j < n; j++, y += 4) {
      const left = j * strideAcross(t);
      const right = min(left + kernelWidth(t), paddedColumns(t));
      store<i32>(y, first(x, load<f32>(y), top, bottom, left, right, t));
    }
  }
}
/** Where a value is first in a window; −1 on the border. */
@inline function first(x: usize, value: f32, top: i32, bottom: i32, left: i32, right: i32, t: usize): i32 {
  const w = width(t);
  for (let r = top; r < bottom; r++) {
    const row = rowAt(t, r);
    for (let c = left; c < right; c++) {
      const column = load<i32>(columns(t) + floats(c));
      const border = row < 0 || column < 0;
      const v = border ? <f32>0 : load<f32>(x + floats(row * w + column));
      if (v == value || (v != v && value != value)) return border ? -1 : row * w + column;
    }
  }
  return -1;
}
