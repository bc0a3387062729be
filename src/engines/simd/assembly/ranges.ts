// Windows by tables: output [i, j] reads rows rowFrom[i] to rowTo[i] and columns colFrom[j] to colTo[j] of its input, however they lie.
// Sums are in float64: adaptive and global means, gradients of averages, sums of powers.
import { down } from './down';
import { ExactMax, Max, missing } from './joins';
import { floats } from './lanes';
import { roots } from './powers';
import { powerOfTwo } from './wholePowers';

/** A table of 32-bit numbers that all jobs of a plan share; its order is that of `rangesOf` in plans/ranges.ts. Weights are float64; 0 is none. */
@inline function width(t: usize): i32 { return load<i32>(t); }
@inline function outputs(t: usize): i32 { return load<i32>(t, 4); }
@inline function rowFrom(t: usize, i: i32): i32 { return load<i32>((load<u32>(t, 8) as usize) + floats(i)); }
@inline function rowTo(t: usize, i: i32): i32 { return load<i32>((load<u32>(t, 12) as usize) + floats(i)); }
@inline function columnsFrom(t: usize): usize { return load<u32>(t, 16) as usize; }
@inline function columnsTo(t: usize): usize { return load<u32>(t, 20) as usize; }
@inline function inRows(t: usize): usize { return load<u32>(t, 24) as usize; }
@inline function inColumns(t: usize): usize { return load<u32>(t, 28) as usize; }
@inline function outRows(t: usize): usize { return load<u32>(t, 32) as usize; }
@inline function outColumns(t: usize): usize { return load<u32>(t, 36) as usize; }

@inline function power(t: usize): i32 { return load<i32>(t, 40); }

@inline function doubles(n: i32): usize {
  return (n as usize) << 3;
}
@inline function weight(table: usize, i: i32): f64 {
  return table ? load<f64>(table + doubles(i)) : 1;
}
@inline function weights(table: usize, i: i32): v128 {
  return table ? v128.load(table + doubles(i)) : f64x2.splat(1);
}

/** Four values, in float64. */
@inline function low<T>(p: usize): v128 {
  if (sizeof<T>() == 8) return v128.load(p);
  return f64x2.promote_low_f32x4(v128.load64_zero(p));
}
@inline function high<T>(p: usize): v128 {
  if (sizeof<T>() == 8) return v128.load(p, 16);
  return f64x2.promote_low_f32x4(v128.load64_zero(p, 8));
}

/** sums[c] = Σ weight[r] · x[r][c], rounded up to four columns. */
@inline function sumRows<T>(x: usize, from: i32, to: i32, by: usize, sums: usize, w: i32): void {
  const pitch = (w as usize) * sizeof<T>();
  const wide = w & ~7;
  let c = 0;
  for (; c < wide; c += 8) {
    let a = f64x2.splat(0);
    let b = a;
    let d = a;
    let e = a;
    let p = x + (from as usize) * pitch + (c as usize) * sizeof<T>();
    for (let r = from; r < to; r++, p += pitch) {
      const s = f64x2.splat(weight(by, r));
      a = f64x2.add(a, f64x2.mul(low<T>(p), s));
      b = f64x2.add(b, f64x2.mul(high<T>(p), s));
      d = f64x2.add(d, f64x2.mul(low<T>(p + 4 * sizeof<T>()), s));
      e = f64x2.add(e, f64x2.mul(high<T>(p + 4 * sizeof<T>()), s));
    }
    v128.store(sums + doubles(c), a);
    v128.store(sums + doubles(c), b, 16);
    v128.store(sums + doubles(c), d, 32);
    v128.store(sums + doubles(c), e, 48);
  }
  for (; c < w; c++) {
    let sum: f64 = 0;
    let p = x + (from as usize) * pitch + (c as usize) * sizeof<T>();
    for (let r = from; r < to; r++, p += pitch) sum += (load<T>(p) as f64) * weight(by, r);
    store<f64>(sums + doubles(c), sum);
  }
}

/** The same of powers, without weights. */
function sumPowers(x: usize, from: i32, to: i32, p: i32, sums: usize, w: i32): void {
  const pitch = floats(w);
  const start = x + (from as usize) * pitch;
  const end = x + (to as usize) * pitch;
  for (let c = 0; c < w; c += 4) {
    let a = f64x2.splat(0);
    let b = a;
    if (p == 3) {
      for (let r = start + floats(c); r < end; r += pitch) {
        const v = low<f32>(r), u = high<f32>(r);
        a = f64x2.add(a, f64x2.mul(v, f64x2.mul(v, v)));
        b = f64x2.add(b, f64x2.mul(u, f64x2.mul(u, u)));
      }
    } else {
      for (let r = start + floats(c); r < end; r += pitch) {
        a = f64x2.add(a, powerOfTwo(low<f32>(r), p));
        b = f64x2.add(b, powerOfTwo(high<f32>(r), p));
      }
    }
    v128.store(sums + doubles(c), a);
    v128.store(sums + doubles(c), b, 16);
  }
}

/** Roots of sums of whole powers; scratch holds a row of float64, and behind it the sums of an output row. */
export function rangeNorms(x: usize, y: usize, from: i32, to: i32, t: usize, scratch: usize): void {
  const n = outputs(t);
  const w = width(t);
  const found = scratch + ((doubles(w) + 127) & ~63);
  for (let i = from; i < to; i++) {
    sumPowers(x, rowFrom(t, i), rowTo(t, i), power(t), scratch, w);
    const factor = weight(outRows(t), i);
    for (let j = 0; j < n; ) {
      const at = found + doubles(j);
      const p = scratch + doubles(load<i32>(columnsFrom(t) + floats(j))), end = scratch + doubles(load<i32>(columnsTo(t) + floats(j)));
      const next = j + 1 < n ? scratch + doubles(load<i32>(columnsFrom(t) + floats(j + 1))) : 0;
      // Two windows of one width at a time.
      if (next && scratch + doubles(load<i32>(columnsTo(t) + floats(j + 1))) - next == end - p) {
        let sums = f64x2.splat(0);
        for (let k: usize = 0; k < end - p; k += 8) sums = f64x2.add(sums, v128.load64_lane(next + k, v128.load64_zero(p + k), 1));
        v128.store(at, f64x2.mul(f64x2.mul(sums, f64x2.splat(factor)), weights(outColumns(t), j)));
        j += 2;
      } else {
        let sum: f64 = 0;
        for (let q = p; q < end; q += 8) sum += load<f64>(q);
        store<f64>(at, sum * factor * weight(outColumns(t), j));
        j += 1;
      }
    }
    roots(found, y + (i as usize) * floats(n), n, power(t) as f64);
  }
}

/** Output rows `from` to `to`, of type U; scratch holds a row of float64. */
@inline function sums<T, U>(x: usize, y: usize, from: i32, to: i32, t: usize, scratch: usize): void {
  const n = outputs(t);
  const w = width(t);
  for (let i = from; i < to; i++) {
    sumRows<T>(x, rowFrom(t, i), rowTo(t, i), inRows(t), scratch, w);
    const by = inColumns(t);
    if (by) for (let c = 0; c < w; c++) store<f64>(scratch + doubles(c), load<f64>(scratch + doubles(c)) * load<f64>(by + doubles(c)));
    const factor = weight(outRows(t), i);
    let out = y + (i as usize) * (n as usize) * sizeof<U>();
    for (let j = 0; j < n; j++, out += sizeof<U>()) {
      let sum: f64 = 0;
      const end = scratch + doubles(load<i32>(columnsTo(t) + floats(j)));
      for (let p = scratch + doubles(load<i32>(columnsFrom(t) + floats(j))); p < end; p += 8) sum += load<f64>(p);
      store<U>(out, (sum * factor * weight(outColumns(t), j)) as U);
    }
  }
}

export function rangeSums(x: usize, y: usize, from: i32, to: i32, t: usize, scratch: usize): void {
  sums<f32, f32>(x, y, from, to, t, scratch);
}
/** From float64 to float64: sums of powers, which float32 has no room for. */
export function rangeSumsWide(x: usize, y: usize, from: i32, to: i32, t: usize, scratch: usize): void {
  sums<f64, f64>(x, y, from, to, t, scratch);
}

/** Maxima; scratch holds a row, and behind it the addresses of as many rows as a window has. */
export function rangeMax(x: usize, y: usize, from: i32, to: i32, t: usize, scratch: usize): void {
  const n = outputs(t);
  const w = width(t);
  const list = scratch + ((floats(w) + 79) & ~63);
  for (let i = from; i < to; i++) {
    let rows = 0;
    for (let r = rowFrom(t, i); r < rowTo(t, i); r++, rows++) store<u32>(list + floats(rows), (x + (r as usize) * floats(w)) as u32);
    if (missing(down<Max>(list, rows, rows, scratch, w))) down<ExactMax>(list, rows, rows, scratch, w);
    let out = y + (i as usize) * floats(n);
    for (let j = 0; j < n; j++, out += 4) {
      let best: f32 = -Infinity;
      const end = scratch + floats(load<i32>(columnsTo(t) + floats(j)));
      for (let p = scratch + floats(load<i32>(columnsFrom(t) + floats(j))); p < end; p += 4) best = max(best, load<f32>(p));
      store<f32>(out, best);
    }
  }
}

/** The sum of n floats, in float64. */
export function planeSum(x: usize, n: i32, out: usize): void {
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const wide = x + floats(n & ~7);
  const end = x + floats(n);
  for (; x < wide; x += 32) {
    a = f64x2.add(a, low<f32>(x));
    b = f64x2.add(b, high<f32>(x));
    c = f64x2.add(c, low<f32>(x + 16));
    d = f64x2.add(d, high<f32>(x + 16));
  }
  const all = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  let sum = f64x2.extract_lane(all, 0) + f64x2.extract_lane(all, 1);
  for (; x < end; x += 4) sum += load<f32>(x);
  store<f64>(out, sum);
}

/** The largest of n floats, or NaN. */
export function planeMax(x: usize, n: i32, out: usize): void {
  let best: f32 = -Infinity;
  let a = f32x4.splat(-Infinity);
  let b = a;
  let seen = i64x2.splat(0);
  const wide = x + floats(n & ~7);
  const end = x + floats(n);
  for (; x < wide; x += 32) {
    const v = v128.load(x);
    const u = v128.load(x, 16);
    seen = v128.or(seen, v128.or(f32x4.ne(v, v), f32x4.ne(u, u)));
    a = f32x4.pmax(a, v);
    b = f32x4.pmax(b, u);
  }
  for (; x < end; x += 4) best = max(best, load<f32>(x));
  a = f32x4.pmax(a, b);
  best = max(best, max(max(f32x4.extract_lane(a, 0), f32x4.extract_lane(a, 1)), max(f32x4.extract_lane(a, 2), f32x4.extract_lane(a, 3))));
  store<f32>(out, v128.any_true(seen) ? NaN : best);
}

/** y = value, n times. */
export function fillWith(y: usize, n: i32, value: f32): void {
  const end = y + floats(n);
  const v = f32x4.splat(value);
  for (const whole = y + floats(n & ~3); y < whole; y += 16) v128.store(y, v);
  for (; y < end; y += 4) store<f32>(y, value);
}
