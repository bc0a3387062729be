// One row of sums by a list of taps, each a byte offset and a weight: filters that read one channel, and passes along one axis.
import { floats, fma, storeSome } from './lanes';

// Eight sums stay in registers over the loop; written-out taps would spill them.
@inline function block32(src: usize, offsets: usize, end: usize, weights: usize, bias: usize, out: usize): void {
  let a = v128.load32_splat(bias);
  let b = a;
  let c = a;
  let d = a;
  let e = a;
  let f = a;
  let g = a;
  let h = a;
  for (let t = offsets; t < end; t += 4, weights += 4) {
    const p = src + (load<i32>(t) as usize);
    const w = v128.load32_splat(weights);
    a = fma(v128.load(p), w, a);
    b = fma(v128.load(p, 16), w, b);
    c = fma(v128.load(p, 32), w, c);
    d = fma(v128.load(p, 48), w, d);
    e = fma(v128.load(p, 64), w, e);
    f = fma(v128.load(p, 80), w, f);
    g = fma(v128.load(p, 96), w, g);
    h = fma(v128.load(p, 112), w, h);
  }
  v128.store(out, a);
  v128.store(out, b, 16);
  v128.store(out, c, 32);
  v128.store(out, d, 48);
  v128.store(out, e, 64);
  v128.store(out, f, 80);
  v128.store(out, g, 96);
  v128.store(out, h, 112);
}

@inline function block16(src: usize, offsets: usize, end: usize, weights: usize, bias: usize, out: usize): void {
  let a = v128.load32_splat(bias);
  let b = a;
  let c = a;
  let d = a;
  for (let t = offsets; t < end; t += 4, weights += 4) {
    const p = src + (load<i32>(t) as usize);
    const w = v128.load32_splat(weights);
    a = fma(v128.load(p), w, a);
    b = fma(v128.load(p, 16), w, b);
    c = fma(v128.load(p, 32), w, c);
    d = fma(v128.load(p, 48), w, d);
  }
  v128.store(out, a);
  v128.store(out, b, 16);
  v128.store(out, c, 32);
  v128.store(out, d, 48);
}

@inline function sum4(src: usize, offsets: usize, end: usize, weights: usize, bias: usize): v128 {
  let a = v128.load32_splat(bias);
  for (let t = offsets; t < end; t += 4, weights += 4) {
    a = fma(v128.load(src + (load<i32>(t) as usize)), v128.load32_splat(weights), a);
  }
  return a;
}

/**
 * One row of `width` sums of `taps` products, which begin at the number at `bias`. A rest that is no whole block overlaps the block before, so `out`
 * is written inside the row only, and must not be what is read.
 */
export function tap1(src: usize, offsets: usize, taps: i32, weights: usize, bias: usize, out: usize, width: i32): void {
  const end = offsets + floats(taps);
  let i = 0;
  for (; i + 32 <= width; i += 32) block32(src + floats(i), offsets, end, weights, bias, out + floats(i));
  if (width - i > 16 && width >= 32) {
    block32(src + floats(width - 32), offsets, end, weights, bias, out + floats(width - 32));
    return;
  }
  for (; width - i > 4 && width >= 16; i += 16) {
    i = min(i, width - 16);
    block16(src + floats(i), offsets, end, weights, bias, out + floats(i));
  }
  for (; i + 4 <= width; i += 4) v128.store(out + floats(i), sum4(src + floats(i), offsets, end, weights, bias));
  if (i < width) storeSome(out + floats(i), sum4(src + floats(i), offsets, end, weights, bias), (width - i) as usize);
}
