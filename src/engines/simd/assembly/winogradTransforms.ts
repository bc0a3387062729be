// Winograd's transforms of groups of four tiles side by side, one in each lane.
import { fma, zipHigh, zipLow } from './lanes';

/** Bytes of a row of a group that is half transformed, and of all rows. */
const halfRow: usize = 96;
export const halfBytes: usize = 6 * halfRow;

/** Bᵀ d of six vectors, stored `to` bytes apart. */
@inline function intoProducts(d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128, out: usize, to: usize): void {
  const four = f32x4.splat(4);
  const minusFour = f32x4.splat(-4);
  const minusFive = f32x4.splat(-5);
  v128.store(out, fma(four, d0, fma(minusFive, d2, d4)));
  const even = fma(minusFour, d2, d4);
  const odd = fma(minusFour, d1, d3);
  out += to;
  v128.store(out, f32x4.add(even, odd));
  out += to;
  v128.store(out, f32x4.sub(even, odd));
  const outer = f32x4.sub(d4, d2);
  const inner = f32x4.sub(d3, d1);
  const twice = f32x4.add(inner, inner);
  out += to;
  v128.store(out, f32x4.add(outer, twice));
  out += to;
  v128.store(out, f32x4.sub(outer, twice));
  out += to;
  v128.store(out, fma(four, d1, fma(minusFive, d3, d5)));
}

/** A row of a group: column j of its four tiles side by side is a vector, tiles begin four pixels apart. Bᵀ d of its six columns. */
@inline function rowIntoProducts(p: usize, out: usize): void {
  const a = v128.load(p);
  const b = v128.load(p, 16);
  const c = v128.load(p, 32);
  const d = v128.load(p, 48);
  const e = v128.load(p, 64);
  const ab = zipLow(a, b);
  const cd = zipLow(c, d);
  const abHigh = zipHigh(a, b);
  const cdHigh = zipHigh(c, d);
  const d0 = v128.shuffle<f32>(ab, cd, 0, 1, 4, 5);
  const d1 = v128.shuffle<f32>(ab, cd, 2, 3, 6, 7);
  const d2 = v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5);
  const d3 = v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7);
  // The last two columns of a tile are the first two of the next.
  const d4 = v128.shuffle<f32>(d0, e, 1, 2, 3, 4);
  const d5 = v128.shuffle<f32>(d1, v128.shuffle<f32>(e, e, 1, 2, 3, 0), 1, 2, 3, 4);
  intoProducts(d0, d1, d2, d3, d4, d5, out, 16);
}

/** A group of six rows `row` apart: 36 vectors `to` bytes apart. */
@inline export function groupIntoProducts(p: usize, row: usize, half: usize, out: usize, to: usize): void {
  for (let k: usize = 0; k < 6 * halfRow; k += halfRow, p += row) rowIntoProducts(p, half + k);
  for (const end = half + halfRow; half < end; half += 16, out += to)
    intoProducts(
      v128.load(half), v128.load(half, 96), v128.load(half, 192), v128.load(half, 288), v128.load(half, 384), v128.load(half, 480), out, 6 * to,
    );
}

/** Aᵀ m of six vectors `from` bytes apart: four, in rows of a group. */
@inline function outOfProducts(m: usize, from: usize, out: usize): void {
  const m0 = v128.load(m);
  m += from;
  const m1 = v128.load(m);
  m += from;
  const m2 = v128.load(m);
  m += from;
  const m3 = v128.load(m);
  m += from;
  const m4 = v128.load(m);
  m += from;
  const m5 = v128.load(m);
  const a = f32x4.add(m1, m2);
  const b = f32x4.sub(m1, m2);
  const c = f32x4.add(m3, m4);
  const d = f32x4.sub(m3, m4);
  v128.store(out, f32x4.add(f32x4.add(m0, a), c));
  v128.store(out + halfRow, fma(f32x4.splat(2), d, b));
  v128.store(out + 2 * halfRow, fma(f32x4.splat(4), c, a));
  v128.store(out + 3 * halfRow, f32x4.add(fma(f32x4.splat(8), d, b), m5));
}

/** Six vectors of a row of a group, as 16 pixels in order. Returns a vector that is finite where all of them are. */
@inline function rowOutOfProducts(m: usize, bias: v128, out: usize): v128 {
  const m0 = f32x4.add(v128.load(m), bias);
  const m1 = v128.load(m, 16);
  const m2 = v128.load(m, 32);
  const m3 = v128.load(m, 48);
  const m4 = v128.load(m, 64);
  const m5 = f32x4.add(v128.load(m, 80), bias);
  const a = f32x4.add(m1, m2);
  const b = f32x4.sub(m1, m2);
  const c = f32x4.add(m3, m4);
  const d = f32x4.sub(m3, m4);
  const y0 = f32x4.add(f32x4.add(m0, a), c);
  const y1 = f32x4.add(fma(f32x4.splat(2), d, b), bias);
  const y2 = f32x4.add(fma(f32x4.splat(4), c, a), bias);
  const y3 = f32x4.add(fma(f32x4.splat(8), d, b), m5);
  const low = zipLow(y0, y1);
  const high = zipLow(y2, y3);
  v128.store(out, v128.shuffle<f32>(low, high, 0, 1, 4, 5));
  v128.store(out, v128.shuffle<f32>(low, high, 2, 3, 6, 7), 16);
  const lowEnd = zipHigh(y0, y1);
  const highEnd = zipHigh(y2, y3);
  v128.store(out, v128.shuffle<f32>(lowEnd, highEnd, 0, 1, 4, 5), 32);
  v128.store(out, v128.shuffle<f32>(lowEnd, highEnd, 2, 3, 6, 7), 48);
  return f32x4.add(f32x4.add(y0, y1), f32x4.add(y2, y3));
}

/** 36 products of a group `from` bytes apart, as four rows `row` apart. Returns a vector that is finite where all of them are. */
@inline export function groupOutOfProducts(m: usize, from: usize, bias: v128, half: usize, out: usize, row: usize): v128 {
  for (let j: usize = 0; j < halfRow; j += 16, m += from) outOfProducts(m, 6 * from, half + j);
  let finite = f32x4.splat(0);
  for (const end = half + 4 * halfRow; half < end; half += halfRow, out += row) finite = f32x4.add(finite, rowOutOfProducts(half, bias, out));
  return finite;
}
