// Medians of windows that slide by 1 across, by a program of exchanges between rows of values: plans/medianProgram.ts writes it. Even and odd columns
// are staged apart, so that two windows that share all but one column are one lane. Rows of eight bits are exchanged as bytes, sixteen in a vector.
import { floats, put, zipHigh, zipLow } from './lanes';
import { medianNine } from './median';
import { Bytes, shares, SignedBytes, stageBytes, valuesOf } from './medianBytes';
import { kernelHeight, kernelWidth, outputs, phaseBytes, Plain, rowOutputs, stage, strideDown } from './medianRing';

class Floats {}

/** What follows the table of medianRing.ts, in the order of `tableOf` in plans/medianShared.ts: first of the program for floats, then for bytes. */
@inline function field<T>(t: usize, i: i32): i32 { return load<i32>(t + 64 + floats(i) + (idof<T>() == idof<Floats>() ? 0 : 28)); }
@inline function steps<T>(t: usize): usize { return field<T>(t, 0) as usize; }
@inline function stepsEnd<T>(t: usize): usize { return field<T>(t, 1) as usize; }
/** Bytes of a buffer, and outputs that are made by one run of the program. */
@inline function bufferBytes<T>(t: usize): usize { return field<T>(t, 2) as usize; }
@inline function together<T>(t: usize): i32 { return field<T>(t, 3); }
/** Where the medians are in the end, and bytes of all buffers; bytes of one half of a staged row. */
@inline function evenAt<T>(t: usize): i32 { return field<T>(t, 4); }
@inline function oddAt<T>(t: usize): i32 { return field<T>(t, 5); }
@inline function halfBytes<T>(t: usize): usize { return field<T>(t, 6) as usize; }
/** Scratch: buffers, a row of bytes, staged rows. */
@inline function lineAt(t: usize): usize { return load<u32>(t, 120) as usize; }
@inline function ringAt(t: usize): usize { return load<u32>(t, 124) as usize; }
/** The table of medianRing.ts for `medianNine`, or 0. */
@inline function nineTable(t: usize): usize { return load<u32>(t, 128) as usize; }

@inline function smaller<T>(a: v128, b: v128): v128 {
  return idof<T>() == idof<Floats>() ? f32x4.pmin(a, b) : i8x16.min_u(a, b);
}
@inline function larger<T>(a: v128, b: v128): v128 {
  return idof<T>() == idof<Floats>() ? f32x4.pmax(a, b) : i8x16.max_u(a, b);
}

class Smaller {}
class Larger {}
class Least {}
/** Of a step with one result: the smaller or larger of two; the smaller of a third and of the larger of both. */
@inline function one<T, Kind>(a: usize, b: usize, c: usize): v128 {
  const v = v128.load(a);
  const w = v128.load(b);
  if (idof<Kind>() == idof<Smaller>()) return smaller<T>(v, w);
  if (idof<Kind>() == idof<Larger>()) return larger<T>(v, w);
  return smaller<T>(v128.load(c), larger<T>(v, w));
}
@inline function single<T, Kind>(a: usize, b: usize, c: usize, into: usize, n: usize): void {
  for (const end = a + n; a < end; a += 64, b += 64, c += 64, into += 64) {
    const e = one<T, Kind>(a, b, c), f = one<T, Kind>(a + 16, b + 16, c + 16);
    const g = one<T, Kind>(a + 32, b + 32, c + 32), h = one<T, Kind>(a + 48, b + 48, c + 48);
    v128.store(into, e);
    v128.store(into, f, 16);
    v128.store(into, g, 32);
    v128.store(into, h, 48);
  }
}
/** A line of the cache is written at once: stores that take turns between two lines wait for each other. */
@inline function both<T>(a: usize, b: usize, low: usize, high: usize, n: usize): void {
  for (const end = a + n; a < end; a += 64, b += 64, low += 64, high += 64) {
    const c = v128.load(a), d = v128.load(a, 16), e = v128.load(a, 32), f = v128.load(a, 48);
    const g = v128.load(b), h = v128.load(b, 16), i = v128.load(b, 32), j = v128.load(b, 48);
    v128.store(low, smaller<T>(c, g));
    v128.store(low, smaller<T>(d, h), 16);
    v128.store(low, smaller<T>(e, i), 32);
    v128.store(low, smaller<T>(f, j), 48);
    v128.store(high, larger<T>(c, g));
    v128.store(high, larger<T>(d, h), 16);
    v128.store(high, larger<T>(e, i), 32);
    v128.store(high, larger<T>(f, j), 48);
  }
}

/** A step on buffers of n bytes, four vectors at a time. A staged row is a negative number, all bits of its place turned. */
@inline function perform<T>(step: usize, scratch: usize, ring: usize, n: usize): void {
  const kind = load<i32>(step);
  const a = sourceOf(load<i32>(step, 4), scratch, ring);
  const b = sourceOf(load<i32>(step, 8), scratch, ring);
  const c = sourceOf(load<i32>(step, 12), scratch, ring);
  const into = scratch + (load<i32>(step, 16) as usize);
  if (kind == 0) both<T>(a, b, into, c, n);
  else if (kind == 1) single<T, Smaller>(a, b, c, into, n);
  else if (kind == 2) single<T, Larger>(a, b, c, into, n);
  else single<T, Least>(a, b, c, into, n);
}
@inline function sourceOf(place: i32, scratch: usize, ring: usize): usize {
  return place < 0 ? ring + (~place as usize) : scratch + (place as usize);
}

/** Medians of even and odd columns in turn, n of them. */
@inline function emit<T>(even: usize, odd: usize, out: usize, n: i32): void {
  if (idof<T>() == idof<Floats>()) {
    for (; n > 0; n -= 8, even += 16, odd += 16, out += 32) {
      const a = v128.load(even), b = v128.load(odd);
      put(out, zipLow(a, b), n);
      put(out + 16, zipHigh(a, b), n - 4);
    }
    return;
  }
  const parts = v128.load32_splat(shares), rest = v128.load32_splat(shares, 4);
  const one = v128.load32_splat(shares, 20);
  for (; n > 0; n -= 16, even += 8, odd += 8, out += 64) {
    const bytes = v128.shuffle<u8>(
      v128.load64_zero(even), v128.load64_zero(odd), 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23,
    );
    const low = i16x8.extend_low_i8x16_u(bytes), high = i16x8.extend_high_i8x16_u(bytes);
    put(out, valuesOf<T>(i32x4.extend_low_i16x8_u(low), parts, rest, one), n);
    put(out + 16, valuesOf<T>(i32x4.extend_high_i16x8_u(low), parts, rest, one), n - 4);
    put(out + 32, valuesOf<T>(i32x4.extend_low_i16x8_u(high), parts, rest, one), n - 8);
    put(out + 48, valuesOf<T>(i32x4.extend_high_i16x8_u(high), parts, rest, one), n - 12);
  }
}

/** Whether one of n floats is NaN. */
@inline function hasNaN(p: usize, n: i32): bool {
  let seen = f32x4.splat(0);
  for (; n >= 4; n -= 4, p += 16) seen = v128.or(seen, f32x4.ne(v128.load(p), v128.load(p)));
  for (; n > 0; n--, p += 4) if (load<f32>(p) != load<f32>(p)) return true;
  return v128.any_true(seen);
}
/** A window with NaN has no median. */
function spoil(out: usize, ring: usize, t: usize): void {
  const half = phaseBytes(t);
  for (let j = 0; j < outputs(t); j++, out += 4) {
    for (let k = 0; k < kernelHeight(t) * kernelWidth(t); k++) {
      const column = j + k / kernelHeight(t);
      const slot = ring + ((2 * (k % kernelHeight(t)) + (column & 1)) as usize) * half;
      const v = load<f32>(slot + floats(column >> 1));
      if (v == v) continue;
      store<f32>(out, v);
      break;
    }
  }
}

/** Output rows until one is not of the kind of values; answers which. */
function rows<T>(x: usize, y: usize, from: i32, to: i32, t: usize, scratch: usize): i32 {
  const ring = scratch + ringAt(t);
  const kh = kernelHeight(t);
  const w = outputs(t);
  let staged = 0;
  let spoilt = -1;
  for (let i = from; i < to; i++) {
    const first = i * strideDown(t);
    for (let r = max(first, staged); r < first + kh; r++) {
      const slot = ring + ((2 * (r % kh)) as usize) * halfBytes<T>(t);
      if (idof<T>() != idof<Floats>()) {
        if (!stageBytes<T>(x, r, t, slot, halfBytes<T>(t), scratch + lineAt(t))) return i;
      } else {
        stage<Plain>(x, r, t, ring);
        const columns = w + kernelWidth(t) - 1;
        if (hasNaN(slot, (columns + 1) >> 1) || hasNaN(slot + halfBytes<T>(t), columns >> 1)) spoilt = r;
      }
    }
    staged = first + kh;
    const out = y + (i as usize) * floats(rowOutputs(t));
    for (let j = 0; j < w; j += together<T>(t)) {
      const at = ring + ((j >> 1) as usize) * (idof<T>() == idof<Floats>() ? 4 : 1);
      for (let step = steps<T>(t); step < stepsEnd<T>(t); step += 20) perform<T>(step, scratch, at, bufferBytes<T>(t));
      const n = min(w - j, together<T>(t));
      emit<T>(sourceOf(evenAt<T>(t), scratch, at), sourceOf(oddAt<T>(t), scratch, at), out + floats(j), n);
    }
    if (idof<T>() == idof<Floats>() && spoilt >= first) spoil(out, ring, t);
  }
  return to;
}

/** By bytes where the picture has eight bits: of 0..1, or of −1..1. Answers how many rows were made so. */
export function medianShared(x: usize, y: usize, from: i32, to: i32, t: usize, scratch: usize): i32 {
  let next = rows<Bytes>(x, y, from, to, t, scratch);
  if (next < to) next = rows<SignedBytes>(x, y, next, to, t, scratch);
  if (next < to) {
    // Windows of 3 × 3 in float32 stay in registers.
    if (nineTable(t)) medianNine(x, y, next, to, nineTable(t), scratch);
    else rows<Floats>(x, y, next, to, t, scratch);
  }
  return next - from;
}
