// Weighted sums of rows. A tap is a pair of four bytes each: an address, an index or an offset, then a float32 weight.
import { floats, fma, storeSome } from './lanes';

export const TAP: usize = 8;
/** Many rows are summed in parts, so that they are read along and not across. */
export const PART: usize = 16 * TAP;

/** Bytes of n taps, up to a cache line. */
@inline export function tapBytes(n: i32): usize {
  return (((n as usize) * TAP + 63) & ~63) + 64;
}

/** out = Σ weight · row over `count` floats; with `more`, added to what is there. `taps` to `end`: addresses and weights. */
function weighPart(taps: usize, end: usize, out: usize, count: i32, more: bool): void {
  let at: usize = 0;
  const zero = f32x4.splat(0);
  for (const whole = floats(count & ~31); at < whole; at += 128) {
    const o = out + at;
    let a = zero, b = zero, c = zero, d = zero, e = zero, f = zero, g = zero, h = zero;
    for (let t = taps; t < end; t += TAP) {
      const p = (load<u32>(t) as usize) + at;
      const w = v128.load32_splat(t, 4);
      a = fma(v128.load(p), w, a);
      b = fma(v128.load(p, 16), w, b);
      c = fma(v128.load(p, 32), w, c);
      d = fma(v128.load(p, 48), w, d);
      e = fma(v128.load(p, 64), w, e);
      f = fma(v128.load(p, 80), w, f);
      g = fma(v128.load(p, 96), w, g);
      h = fma(v128.load(p, 112), w, h);
    }
    // The sums of parts are added, and not carried on: their errors grow with the square root of their number then.
    if (more) {
      a = f32x4.add(a, v128.load(o));
      b = f32x4.add(b, v128.load(o, 16));
      c = f32x4.add(c, v128.load(o, 32));
      d = f32x4.add(d, v128.load(o, 48));
      e = f32x4.add(e, v128.load(o, 64));
      f = f32x4.add(f, v128.load(o, 80));
      g = f32x4.add(g, v128.load(o, 96));
      h = f32x4.add(h, v128.load(o, 112));
    }
    v128.store(o, a);
    v128.store(o, b, 16);
    v128.store(o, c, 32);
    v128.store(o, d, 48);
    v128.store(o, e, 64);
    v128.store(o, f, 80);
    v128.store(o, g, 96);
    v128.store(o, h, 112);
  }
  for (const all = floats(count); at < all; at += 16) {
    let a = zero;
    for (let t = taps; t < end; t += TAP) a = fma(v128.load((load<u32>(t) as usize) + at), v128.load32_splat(t, 4), a);
    if (more) a = f32x4.add(a, v128.load(out + at));
    if (at + 16 <= all) v128.store(out + at, a);
    else storeSome(out + at, a, (count & 3) as usize);
  }
}

/** Two, four or six rows: their addresses and weights stay in registers. */
@inline function weighFewRows(n: i32, taps: usize, out: usize, count: i32): void {
  const p0 = load<usize>(taps), p1 = load<usize>(taps, 8), p2 = load<usize>(taps, 16);
  const p3 = load<usize>(taps, 24), p4 = load<usize>(taps, 32), p5 = load<usize>(taps, 40);
  const w0 = v128.load32_splat(taps, 4), w1 = v128.load32_splat(taps, 12), w2 = v128.load32_splat(taps, 20);
  const w3 = v128.load32_splat(taps, 28), w4 = v128.load32_splat(taps, 36), w5 = v128.load32_splat(taps, 44);
  let at: usize = 0;
  // Two vectors at a time share the addresses.
  for (const most = floats(count & ~7); ; at += 32) {
    const q0 = p0 + at, q1 = p1 + at;
    let a = fma(v128.load(q1), w1, f32x4.mul(v128.load(q0), w0));
    let b = fma(v128.load(q1, 16), w1, f32x4.mul(v128.load(q0, 16), w0));
    if (n >= 4) {
      const q2 = p2 + at, q3 = p3 + at;
      a = fma(v128.load(q3), w3, fma(v128.load(q2), w2, a));
      b = fma(v128.load(q3, 16), w3, fma(v128.load(q2, 16), w2, b));
    }
    if (n >= 6) {
      const q4 = p4 + at, q5 = p5 + at;
      a = fma(v128.load(q5), w5, fma(v128.load(q4), w4, a));
      b = fma(v128.load(q5, 16), w5, fma(v128.load(q4, 16), w4, b));
    }
    const o = out + at;
    if (at == most) {
      if (count & 4) {
        v128.store(o, a);
        storeSome(o + 16, b, (count & 3) as usize);
      } else storeSome(o, a, (count & 3) as usize);
      return;
    }
    v128.store(o, a);
    v128.store(o, b, 16);
  }
}
export function weighRows(taps: usize, n: i32, out: usize, count: i32): void {
  if (n == 2) return weighFewRows(2, taps, out, count);
  if (n == 4) return weighFewRows(4, taps, out, count);
  if (n == 6) return weighFewRows(6, taps, out, count);
  const end = taps + (n as usize) * TAP;
  let part = taps;
  do {
    weighPart(part, min(part + PART, end), out, count, part > taps);
    part += PART;
  } while (part < end);
}
