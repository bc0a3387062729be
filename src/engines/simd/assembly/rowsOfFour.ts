// Four rows of a filtered result at once: every pixel that is loaded serves all rows whose window reaches it.
import { floats, fma } from './lanes';

/** Pixels of a block: four rows of two vectors stay in registers. */
export const wide: i32 = 8;

/**
 * Results r = 0 … 3 read slots from r · ramp on. So in the first `ramp` taps only result 0 takes part, then two, three, all of them for `main` taps, and
 * then one less at a time; weights are [tap][4], and those of results that take no part are not read, as 0 times infinity is no 0.
 */
@inline function block(src: usize, t: usize, ramp: usize, main: usize, w: usize, bias: usize, out: usize, outStep: usize): void {
  let a0 = v128.load32_splat(bias), a1 = a0;
  let b0 = a0, b1 = a0;
  let c0 = a0, c1 = a0;
  let d0 = a0, d1 = a0;
  let end = t + ramp;
  for (; t < end; t += 4, w += 16) {
    const p = src + (load<i32>(t) as usize);
    const k = v128.load32_splat(w);
    a0 = fma(v128.load(p), k, a0);
    a1 = fma(v128.load(p, 16), k, a1);
  }
  end += ramp;
  for (; t < end; t += 4, w += 16) {
    const p = src + (load<i32>(t) as usize);
    const x0 = v128.load(p), x1 = v128.load(p, 16);
    let k = v128.load32_splat(w);
    a0 = fma(x0, k, a0);
    a1 = fma(x1, k, a1);
    k = v128.load32_splat(w, 4);
    b0 = fma(x0, k, b0);
    b1 = fma(x1, k, b1);
  }
  end += ramp;
  for (; t < end; t += 4, w += 16) {
    const p = src + (load<i32>(t) as usize);
    const x0 = v128.load(p), x1 = v128.load(p, 16);
    let k = v128.load32_splat(w);
    a0 = fma(x0, k, a0);
    a1 = fma(x1, k, a1);
    k = v128.load32_splat(w, 4);
    b0 = fma(x0, k, b0);
    b1 = fma(x1, k, b1);
    k = v128.load32_splat(w, 8);
    c0 = fma(x0, k, c0);
    c1 = fma(x1, k, c1);
  }
  end += main;
  for (; t < end; t += 4, w += 16) {
    const p = src + (load<i32>(t) as usize);
    const x0 = v128.load(p), x1 = v128.load(p, 16);
    let k = v128.load32_splat(w);
    a0 = fma(x0, k, a0);
    a1 = fma(x1, k, a1);
    k = v128.load32_splat(w, 4);
    b0 = fma(x0, k, b0);
    b1 = fma(x1, k, b1);
    k = v128.load32_splat(w, 8);
    c0 = fma(x0, k, c0);
    c1 = fma(x1, k, c1);
    k = v128.load32_splat(w, 12);
    d0 = fma(x0, k, d0);
    d1 = fma(x1, k, d1);
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  end += ramp;
  for (; t < end; t += 4, w += 16) {
    const p = src + (load<i32>(t) as usize);
    const x0 = v128.load(p), x1 = v128.load(p, 16);
    let k = v128.load32_splat(w, 4);
    b0 = fma(x0, k, b0);
    b1 = fma(x1, k, b1);
    k = v128.load32_splat(w, 8);
    c0 = fma(x0, k, c0);
    c1 = fma(x1, k, c1);
    k = v128.load32_splat(w, 12);
    d0 = fma(x0, k, d0);
    d1 = fma(x1, k, d1);
  }
  out += outStep;
  v128.store(out, b0);
  v128.store(out, b1, 16);
  end += ramp;
  for (; t < end; t += 4, w += 16) {
    const p = src + (load<i32>(t) as usize);
    const x0 = v128.load(p), x1 = v128.load(p, 16);
    let k = v128.load32_splat(w, 8);
    c0 = fma(x0, k, c0);
    c1 = fma(x1, k, c1);
    k = v128.load32_splat(w, 12);
    d0 = fma(x0, k, d0);
    d1 = fma(x1, k, d1);
  }
  out += outStep;
  v128.store(out, c0);
  v128.store(out, c1, 16);
  end += ramp;
  for (; t < end; t += 4, w += 16) {
    const p = src + (load<i32>(t) as usize);
    const k = v128.load32_splat(w, 12);
    d0 = fma(v128.load(p), k, d0);
    d1 = fma(v128.load(p, 16), k, d1);
  }
  out += outStep;
  v128.store(out, d0);
  v128.store(out, d1, 16);
}

/**
 * Four rows of `width` ≥ 8 sums that begin at the number at `bias`. `taps` of a result, of which the first `ramp` are before those of the next.
 * A width that is no multiple of 8 ends in a block that overlaps the one before.
 */
export function rowsOfFour(
  src: usize, offsets: usize, taps: i32, ramp: i32, weights: usize, bias: usize, out: usize, outStep: usize, width: i32,
): void {
  const last = floats(width - wide);
  for (let i: usize = 0; ; i = min(i + floats(wide), last)) {
    block(src + i, offsets, floats(ramp), floats(taps - 3 * ramp), weights, bias, out + i, outStep);
    if (i == last) return;
  }
}
