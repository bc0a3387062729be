// The ring of padded rows that medians read, and what the jobs of a plan have in common.
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

export class Plain {}
/** Floats as whole numbers of the same order. */
export class Ordered {}

/** Puts padded row r into its slot of the ring. */
@inline function stage<T>(x: usize, r: i32, t: usize, ring: usize): void {
  const s = strideAcross(t);
  const phase = phaseBytes(t);
  const slot = ring + ((r % kernelHeight(t)) as usize) * (s as usize) * phase;
  const row = rowAt(t, r);
  const source = x + floats(row * width(t));
  const n = paddedColumns(t);
  for (let p = 0; p < s; p++) {
    let out = slot + (p as usize) * phase;
    for (let c = p; c < n; c += s, out += 4) {
      const column = load<i32>(columns(t) + floats(c));
      const bits = row < 0 || column < 0 ? 0 : load<i32>(source + floats(column));
      store<i32>(out, idof<T>() == idof<Ordered>() ? bits ^ ((bits >> 31) & 0x7fffffff) : bits);
    }
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
