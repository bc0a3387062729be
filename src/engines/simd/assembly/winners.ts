// Where the extremes of windows are: the first of the largest (or smallest) values in reading order, the last NaN where there is one.
// Rows of the input are searched once each, in a ring that overlapping windows share; then the rows of each window are compared.
import { fourOf } from './every';
import { floats, storeSome } from './lanes';

class Largest {}
class Smallest {}

/** A table of 32-bit numbers that all jobs of a plan share; its order is that of `tableOf` in plans/winners.ts. */
@inline function width(t: usize): i32 { return load<i32>(t); }
@inline function outputs(t: usize): i32 { return load<i32>(t, 4); }
@inline function rowFrom(t: usize, i: i32): i32 { return load<i32>((load<u32>(t, 8) as usize) + floats(i)); }
@inline function rowTo(t: usize, i: i32): i32 { return load<i32>((load<u32>(t, 12) as usize) + floats(i)); }
@inline function columnFrom(t: usize, j: i32): i32 { return load<i32>((load<u32>(t, 16) as usize) + floats(j)); }
@inline function columnTo(t: usize, j: i32): i32 { return load<i32>((load<u32>(t, 20) as usize) + floats(j)); }
@inline function rowStep(t: usize): i32 { return load<i32>(t, 24); }
@inline function columnStep(t: usize): i32 { return load<i32>(t, 28); }
/** Rows of the ring: as many as the highest window spans. */
@inline function span(t: usize): i32 { return load<i32>(t, 32); }
/** Outputs whose windows are whole, and by how much these slide: they are searched four at a time. */
@inline function wholeFrom(t: usize): i32 { return load<i32>(t, 36); }
@inline function wholeTo(t: usize): i32 { return load<i32>(t, 40); }
@inline function stride(t: usize): i32 { return load<i32>(t, 44); }
/** Windows of a row, of which a tile has some. */
@inline function pitch(t: usize): i32 { return load<i32>(t, 48); }

@inline function better<T>(a: v128, b: v128): v128 {
  return idof<T>() == idof<Largest>() ? f32x4.gt(a, b) : f32x4.lt(a, b);
}
@inline function worst<T>(): f32 {
  return idof<T>() == idof<Largest>() ? -Infinity : Infinity;
}

/** The extremes of one row under every window, and their columns; −1 where a window reads none. */
@inline function search<T>(row: usize, peaks: usize, columns: usize, t: usize): void {
  const n = outputs(t);
  const step = columnStep(t);
  const from = wholeFrom(t);
  const to = wholeTo(t);
  for (let j = 0; j < n; j++) {
    if (j == from) {
      const s = stride(t);
      if (s == 1) j = fours<T>(row, j, to, peaks, columns, t, 1);
      else if (s == 2) j = fours<T>(row, j, to, peaks, columns, t, 2);
      else if (s == 3) j = fours<T>(row, j, to, peaks, columns, t, 3);
      else if (s == 4) j = fours<T>(row, j, to, peaks, columns, t, 4);
      else j = fours<T>(row, j, to, peaks, columns, t, s);
      if (j == n) return;
    }
    const first = columnFrom(t, j);
    const end = columnTo(t, j);
    let best = worst<T>();
    let at = -1;
    if (first < end) {
      best = load<f32>(row + floats(first));
      at = first;
    }
    // Without branches: which of two neighbours is larger cannot be predicted.
    for (let c = first + step; c < end; c += step) {
      const v = load<f32>(row + floats(c));
      const wins = i32(idof<T>() == idof<Largest>() ? v > best : v < best) | i32(v != v);
      best = select<f32>(v, best, wins);
      at = select<i32>(c, at, wins);
    }
    store<f32>(peaks + floats(j), best);
    store<i32>(columns + floats(j), at);
  }
}

/** Four neighbouring windows at once, which are s apart, from output j on; answers the first that is left. */
@inline function fours<T>(row: usize, j: i32, to: i32, peaks: usize, columns: usize, t: usize, s: i32): i32 {
  const step = columnStep(t);
  const on = i32x4.splat(step);
  const apart = i32x4.mul(i32x4.splat(s), i32x4(0, 1, 2, 3));
  for (; j + 4 <= to; j += 4) {
    const first = columnFrom(t, j);
    const end = columnTo(t, j);
    let best = s == 1 ? v128.load(row + floats(first)) : fourOf(row + floats(first), s);
    let now = i32x4.add(i32x4.splat(first), apart);
    let at = now;
    for (let c = first + step; c < end; c += step) {
      const v = s == 1 ? v128.load(row + floats(c)) : fourOf(row + floats(c), s);
      now = i32x4.add(now, on);
      const wins = v128.or(better<T>(v, best), f32x4.ne(v, v));
      best = v128.bitselect(v, best, wins);
      at = v128.bitselect(now, at, wins);
    }
    v128.store(peaks + floats(j), best);
    v128.store(columns + floats(j), at);
  }
  return j;
}

/** Compares a row of extremes to those of the rows above it. */
@inline function raise<T>(peaks: usize, columns: usize, base: i32, best: usize, places: usize, n: i32): void {
  const zero = i32x4.splat(0);
  const row = i32x4.splat(base);
  for (let i: usize = 0, end = floats(n); i < end; i += 16) {
    const v = v128.load(peaks + i);
    const column = v128.load(columns + i);
    const old = v128.load(best + i);
    const place = v128.load(places + i);
    const stronger = v128.or(v128.or(better<T>(v, old), f32x4.ne(v, v)), i32x4.lt_s(place, zero));
    const wins = v128.and(stronger, i32x4.ge_s(column, zero));
    v128.store(best + i, v128.bitselect(v, old, wins));
    v128.store(places + i, v128.bitselect(i32x4.add(column, row), place, wins));
  }
}

/** What is done with a winner. */
const pick = 0;
const addWide = 1;
const placed = 3;

/**
 * Finds the winners of output rows `from` to `to` of a plane, and does to those in its rows `low` to `high`: `pick` puts what `given`, a plane
 * like the input, holds there; `addWide` adds the values of `given`, one for each window, in float64; `add` adds them in place, for windows that
 * do not overlap. Where nothing wins there is 0. `placed` writes down the winners of all windows, as whole numbers.
 */
@inline function winners<T>(x: usize, given: usize, into: usize, from: i32, to: i32, low: i32, high: i32, mode: i32, t: usize, scratch: usize): void {
  const w = width(t);
  const n = outputs(t);
  const ring = span(t);
  const line = (floats(n) + 79) & ~63;
  const best = scratch;
  const places = best + line;
  const tags = places + line;
  const peaks = tags + ((floats(ring) + 63) & ~63);
  const sums = peaks + (ring as usize) * 2 * line;
  const count = (high - low) * w;
  for (let k = 0; k < ring; k++) store<i32>(tags + floats(k), -1);
  if (mode == addWide) memory.fill(sums, 0, floats(count) << 1);
  else if (mode != placed) memory.fill(into + floats(low * w), 0, floats(count));
  for (let i = from; i < to; i++) {
    for (let j: usize = 0; j < line; j += 16) {
      v128.store(best + j, f32x4.splat(worst<T>()));
      v128.store(places + j, i32x4.splat(-1));
    }
    for (let r = rowFrom(t, i); r < rowTo(t, i); r += rowStep(t)) {
      const slot = r % ring;
      const row = peaks + (slot as usize) * 2 * line;
      if (load<i32>(tags + floats(slot)) != r) {
        search<T>(x + floats(r * w), row, row + line, t);
        store<i32>(tags + floats(slot), r);
      }
      raise<T>(row, row + line, r * w, best, places, n);
    }
    if (mode == placed) {
      memory.copy(into + floats(i * pitch(t)), places, floats(n));
      continue;
    }
    for (let j = 0; j < n; j++) {
      const at = load<i32>(places + floats(j));
      if (at < low * w || at >= high * w) continue;
      const value = given + floats(i * n + j);
      if (mode == addWide) {
        const sum = sums + (((at - low * w) as usize) << 3);
        store<f64>(sum, load<f64>(sum) + load<f32>(value));
      } else if (mode == pick) store<f32>(into + floats(at), load<f32>(given + floats(at)));
      else store<f32>(into + floats(at), load<f32>(into + floats(at)) + load<f32>(value));
    }
  }
  if (mode != addWide) return;
  const out = into + floats(low * w);
  const whole = count & ~3;
  for (let k = 0; k < whole; k += 4) v128.store(out + floats(k), single(sums + (floats(k) << 1)));
  storeSome(out + floats(whole), single(sums + (floats(whole) << 1)), count & 3);
}

/** Four values in float32. */
@inline function single(p: usize): v128 {
  const a = f32x4.demote_f64x2_zero(v128.load(p));
  const b = f32x4.demote_f64x2_zero(v128.load(p, 16));
  return v128.shuffle<f32>(a, b, 0, 1, 4, 5);
}

export function winnersLargest(x: usize, given: usize, into: usize, from: i32, to: i32, low: i32, high: i32, mode: i32, t: usize, scratch: usize): void {
  winners<Largest>(x, given, into, from, to, low, high, mode, t, scratch);
}
export function winnersSmallest(x: usize, given: usize, into: usize, from: i32, to: i32, low: i32, high: i32, mode: i32, t: usize, scratch: usize): void {
  winners<Smallest>(x, given, into, from, to, low, high, mode, t, scratch);
}

/** y[index[k]] = x[k] in a plane of `size` values that are 0 else: the last of equal indices stays. */
export function unpool(x: usize, indices: usize, n: i32, y: usize, size: i32): void {
  memory.fill(y, 0, floats(size));
  for (let k: usize = 0; k < floats(n); k += 4) store<f32>(y + floats(load<i32>(indices + k)), load<f32>(x + k));
}
/** dx[k] = dy[index[k]]. */
export function unpoolBack(dy: usize, indices: usize, n: i32, dx: usize): void {
  for (let k: usize = 0; k < floats(n); k += 4) store<f32>(dx + k, load<f32>(dy + floats(load<i32>(indices + k))));
}
