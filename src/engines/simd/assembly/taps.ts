// The tap list: every dense convolution is, for each tap, a byte offset and one weight for each output.
// Blocks hold eight or nine sums: V8 writes the loop out by itself, and spills registers from twelve sums on, at half the speed.
import { fma } from './lanes';

/** Pixels of a block of 4, 3, 2 and 1 outputs. */
export const wide4: i32 = 8;
export const wide3: i32 = 12;
export const wide2: i32 = 16;
export const wide1: i32 = 32;

/** 4 outputs of 8 pixels. Offsets from `offsets` to `end`; weights [tap][4]; sums and bias go to `out`; without a bias the sums are added to it. */
@inline export function taps4(src: usize, offsets: usize, end: usize, weights: usize, out: usize, plane: usize, bias: usize): void {
  const zero = f32x4.splat(0);
  let a0 = zero, a1 = zero;
  let b0 = zero, b1 = zero;
  let c0 = zero, c1 = zero;
  let d0 = zero, d1 = zero;
  for (let t = offsets; t < end; t += 4) {
    const p = src + (load<i32>(t) as usize);
    const x0 = v128.load(p);
    const x1 = v128.load(p, 16);
    let w = v128.load32_splat(weights);
    a0 = fma(x0, w, a0);
    a1 = fma(x1, w, a1);
    w = v128.load32_splat(weights, 4);
    b0 = fma(x0, w, b0);
    b1 = fma(x1, w, b1);
    w = v128.load32_splat(weights, 8);
    c0 = fma(x0, w, c0);
    c1 = fma(x1, w, c1);
    w = v128.load32_splat(weights, 12);
    d0 = fma(x0, w, d0);
    d1 = fma(x1, w, d1);
    weights += 16;
  }
  if (bias) {
    let start = v128.load32_splat(bias);
    v128.store(out, f32x4.add(a0, start));
    v128.store(out, f32x4.add(a1, start), 16);
    out += plane;
    start = v128.load32_splat(bias, 4);
    v128.store(out, f32x4.add(b0, start));
    v128.store(out, f32x4.add(b1, start), 16);
    out += plane;
    start = v128.load32_splat(bias, 8);
    v128.store(out, f32x4.add(c0, start));
    v128.store(out, f32x4.add(c1, start), 16);
    out += plane;
    start = v128.load32_splat(bias, 12);
    v128.store(out, f32x4.add(d0, start));
    v128.store(out, f32x4.add(d1, start), 16);
    return;
  }
  v128.store(out, f32x4.add(a0, v128.load(out)));
  v128.store(out, f32x4.add(a1, v128.load(out, 16)), 16);
  out += plane;
  v128.store(out, f32x4.add(b0, v128.load(out)));
  v128.store(out, f32x4.add(b1, v128.load(out, 16)), 16);
  out += plane;
  v128.store(out, f32x4.add(c0, v128.load(out)));
  v128.store(out, f32x4.add(c1, v128.load(out, 16)), 16);
  out += plane;
  v128.store(out, f32x4.add(d0, v128.load(out)));
  v128.store(out, f32x4.add(d1, v128.load(out, 16)), 16);
}

/** 3 outputs of 12 pixels; weights [tap][3]. */
@inline export function taps3(src: usize, offsets: usize, end: usize, weights: usize, out: usize, plane: usize, bias: usize): void {
  const zero = f32x4.splat(0);
  let a0 = zero, a1 = zero, a2 = zero;
  let b0 = zero, b1 = zero, b2 = zero;
  let c0 = zero, c1 = zero, c2 = zero;
  for (let t = offsets; t < end; t += 4) {
    const p = src + (load<i32>(t) as usize);
    const x0 = v128.load(p);
    const x1 = v128.load(p, 16);
    const x2 = v128.load(p, 32);
    let w = v128.load32_splat(weights);
    a0 = fma(x0, w, a0);
    a1 = fma(x1, w, a1);
    a2 = fma(x2, w, a2);
    w = v128.load32_splat(weights, 4);
    b0 = fma(x0, w, b0);
    b1 = fma(x1, w, b1);
    b2 = fma(x2, w, b2);
    w = v128.load32_splat(weights, 8);
    c0 = fma(x0, w, c0);
    c1 = fma(x1, w, c1);
    c2 = fma(x2, w, c2);
    weights += 12;
  }
  if (bias) {
    let start = v128.load32_splat(bias);
    v128.store(out, f32x4.add(a0, start));
    v128.store(out, f32x4.add(a1, start), 16);
    v128.store(out, f32x4.add(a2, start), 32);
    out += plane;
    start = v128.load32_splat(bias, 4);
    v128.store(out, f32x4.add(b0, start));
    v128.store(out, f32x4.add(b1, start), 16);
    v128.store(out, f32x4.add(b2, start), 32);
    out += plane;
    start = v128.load32_splat(bias, 8);
    v128.store(out, f32x4.add(c0, start));
    v128.store(out, f32x4.add(c1, start), 16);
    v128.store(out, f32x4.add(c2, start), 32);
    return;
  }
  v128.store(out, f32x4.add(a0, v128.load(out)));
  v128.store(out, f32x4.add(a1, v128.load(out, 16)), 16);
  v128.store(out, f32x4.add(a2, v128.load(out, 32)), 32);
  out += plane;
  v128.store(out, f32x4.add(b0, v128.load(out)));
  v128.store(out, f32x4.add(b1, v128.load(out, 16)), 16);
  v128.store(out, f32x4.add(b2, v128.load(out, 32)), 32);
  out += plane;
  v128.store(out, f32x4.add(c0, v128.load(out)));
  v128.store(out, f32x4.add(c1, v128.load(out, 16)), 16);
  v128.store(out, f32x4.add(c2, v128.load(out, 32)), 32);
}

/** 2 outputs of 16 pixels; weights [tap][2]. */
@inline export function taps2(src: usize, offsets: usize, end: usize, weights: usize, out: usize, plane: usize, bias: usize): void {
  const zero = f32x4.splat(0);
  let a0 = zero, a1 = zero, a2 = zero, a3 = zero;
  let b0 = zero, b1 = zero, b2 = zero, b3 = zero;
  for (let t = offsets; t < end; t += 4) {
    const p = src + (load<i32>(t) as usize);
    const u = v128.load32_splat(weights);
    const v = v128.load32_splat(weights, 4);
    let x = v128.load(p);
    a0 = fma(x, u, a0);
    b0 = fma(x, v, b0);
    x = v128.load(p, 16);
    a1 = fma(x, u, a1);
    b1 = fma(x, v, b1);
    x = v128.load(p, 32);
    a2 = fma(x, u, a2);
    b2 = fma(x, v, b2);
    x = v128.load(p, 48);
    a3 = fma(x, u, a3);
    b3 = fma(x, v, b3);
    weights += 8;
  }
  if (bias) {
    let start = v128.load32_splat(bias);
    v128.store(out, f32x4.add(a0, start));
    v128.store(out, f32x4.add(a1, start), 16);
    v128.store(out, f32x4.add(a2, start), 32);
    v128.store(out, f32x4.add(a3, start), 48);
    out += plane;
    start = v128.load32_splat(bias, 4);
    v128.store(out, f32x4.add(b0, start));
    v128.store(out, f32x4.add(b1, start), 16);
    v128.store(out, f32x4.add(b2, start), 32);
    v128.store(out, f32x4.add(b3, start), 48);
    return;
  }
  v128.store(out, f32x4.add(a0, v128.load(out)));
  v128.store(out, f32x4.add(a1, v128.load(out, 16)), 16);
  v128.store(out, f32x4.add(a2, v128.load(out, 32)), 32);
  v128.store(out, f32x4.add(a3, v128.load(out, 48)), 48);
  out += plane;
  v128.store(out, f32x4.add(b0, v128.load(out)));
  v128.store(out, f32x4.add(b1, v128.load(out, 16)), 16);
  v128.store(out, f32x4.add(b2, v128.load(out, 32)), 32);
  v128.store(out, f32x4.add(b3, v128.load(out, 48)), 48);
}

/** 1 output of 32 pixels; weights [tap]. */
@inline export function taps1(src: usize, offsets: usize, end: usize, weights: usize, out: usize, bias: usize): void {
  const zero = f32x4.splat(0);
  let a0 = zero, a1 = zero, a2 = zero, a3 = zero;
  let a4 = zero, a5 = zero, a6 = zero, a7 = zero;
  for (let t = offsets; t < end; t += 4) {
    const p = src + (load<i32>(t) as usize);
    const w = v128.load32_splat(weights);
    a0 = fma(v128.load(p), w, a0);
    a1 = fma(v128.load(p, 16), w, a1);
    a2 = fma(v128.load(p, 32), w, a2);
    a3 = fma(v128.load(p, 48), w, a3);
    a4 = fma(v128.load(p, 64), w, a4);
    a5 = fma(v128.load(p, 80), w, a5);
    a6 = fma(v128.load(p, 96), w, a6);
    a7 = fma(v128.load(p, 112), w, a7);
    weights += 4;
  }
  if (bias) {
    const start = v128.load32_splat(bias);
    v128.store(out, f32x4.add(a0, start));
    v128.store(out, f32x4.add(a1, start), 16);
    v128.store(out, f32x4.add(a2, start), 32);
    v128.store(out, f32x4.add(a3, start), 48);
    v128.store(out, f32x4.add(a4, start), 64);
    v128.store(out, f32x4.add(a5, start), 80);
    v128.store(out, f32x4.add(a6, start), 96);
    v128.store(out, f32x4.add(a7, start), 112);
    return;
  }
  v128.store(out, f32x4.add(a0, v128.load(out)));
  v128.store(out, f32x4.add(a1, v128.load(out, 16)), 16);
  v128.store(out, f32x4.add(a2, v128.load(out, 32)), 32);
  v128.store(out, f32x4.add(a3, v128.load(out, 48)), 48);
  v128.store(out, f32x4.add(a4, v128.load(out, 64)), 64);
  v128.store(out, f32x4.add(a5, v128.load(out, 80)), 80);
  v128.store(out, f32x4.add(a6, v128.load(out, 96)), 96);
  v128.store(out, f32x4.add(a7, v128.load(out, 112)), 112);
}
