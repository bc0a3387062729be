// The ring of padded rows that medians read, and what the jobs of a plan have in common.
import { fourOf } from './every';
import { floats } from './lanes';

/** A table of 32-bit numbers that all jobs of a plan share; its order is that of `tableOf` in plans/median.ts. */
@inline export function width(t: usize): i32 { return load<i32>(t); }
@inline export function outputs(t: usize): i32 { return load<i32>(t, 4); }
@inline export function kernelHeight(t: usize): i32 { return load<i32>(t, 8); }
@inline export function kernelWidth(t: usize): i32 { return load<i32>(t, 12); }
@inline export function strideDown(t: usize): i32 { return load<i32>(t, 16); }
@inline export function strideAcross(t: usize): i32 { return load<i32>(t, 20); }
/** For padded row and padded column: the row or column of the picture, −1 for zeros. */
@inline export function rowAt(t: usize, r: i32): i32 { return load<i32>((load<u32>(t, 24) as usize) + floats(r)); }
@inline export function columns(t: usize): usize { return load<u32>(t, 28) as usize; }
@inline export function paddedRows(t: usize): i32 { return load<i32>(t, 32); }
@inline export function paddedColumns(t: usize): i32 { return load<i32>(t, 36); }
/** Bytes of one phase of a padded row. */
@inline export function phaseBytes(t: usize): usize { return load<u32>(t, 40) as usize; }
/** Pairs of places in the network, as byte offsets, and how many; where the median ends. */
@inline export function network(t: usize): usize { return load<u32>(t, 44) as usize; }
@inline export function exchanges(t: usize): i32 { return load<i32>(t, 48); }
@inline export function middle(t: usize): usize { return load<u32>(t, 52) as usize; }
/** Outputs of a row of the result, of which a tile makes some; and the padded column where the picture begins, seen from the tile. */
@inline export function rowOutputs(t: usize): i32 { return load<i32>(t, 56); }
@inline export function before(t: usize): i32 { return load<i32>(t, 60); }

export class Plain {}
/** Floats as whole numbers of the same order. */
export class Ordered {}

@inline function ordered<T>(v: v128): v128 {
  return idof<T>() == idof<Ordered>() ? v128.xor(v, v128.and(i32x4.shr_s(v, 31), i32x4.splat(0x7fffffff))) : v;
}

/** Every s-th value of a row, from padded column c up to `end`, by the table of columns. */
@inline function gather<T>(source: usize, c: i32, end: i32, s: i32, t: usize, out: usize): void {
  for (; c < end; c += s, out += 4) {
    const column = load<i32>(columns(t) + floats(c));
    const bits = column < 0 ? 0 : load<i32>(source + floats(column));
    store<i32>(out, idof<T>() == idof<Ordered>() ? bits ^ ((bits >> 31) & 0x7fffffff) : bits);
  }
}

/** Puts padded row r into its slot of the ring. */
@inline export function stage<T>(x: usize, r: i32, t: usize, ring: usize): void {
  const s = strideAcross(t);
  const phase = phaseBytes(t);
  const slot = ring + ((r % kernelHeight(t)) as usize) * (s as usize) * phase;
  const row = rowAt(t, r);
  if (row < 0) {
    memory.fill(slot, 0, (s as usize) * phase);
    return;
  }
  const source = x + floats(row * width(t));
  const n = paddedColumns(t);
  const start = before(t);
  for (let p = 0; p < s; p++) {
    const out = slot + (p as usize) * phase;
    // On the picture columns are one beside the other.
    let k = start > p ? (start - p + s - 1) / s : 0;
    const inside = min(n, start + width(t));
    gather<T>(source, p, min(n, p + k * s), s, t, out);
    for (; p + (k + 3) * s < inside; k += 4) v128.store(out + floats(k), ordered<T>(fourOf(source + floats(p + k * s - start), s)));
    gather<T>(source, p + k * s, n, s, t, out + floats(k));
  }
}

/** The addresses of the taps of output row i at column 0, reading order. Rows that the ring lacks are staged: those from `staged` on. */
@inline export function taps<T>(x: usize, i: i32, staged: i32, t: usize, ring: usize, list: usize): i32 {
  const s = strideAcross(t);
  const phase = phaseBytes(t);
  const first = i * strideDown(t);
  const end = min(first + kernelHeight(t), paddedRows(t));
  for (let r = max(first, staged); r < end; r++) stage<T>(x, r, t, ring);
  for (let r = first; r < end; r++) {
    const slot = ring + ((r % kernelHeight(t)) as usize) * (s as usize) * phase;
    for (let v = 0; v < kernelWidth(t); v++, list += 4) store<u32>(list, (slot + ((v % s) as usize) * phase + floats(v / s)) as u32);
  }
  return end;
}
