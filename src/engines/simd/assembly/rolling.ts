// 3 × 3 filters: every row that is loaded serves the three results whose window it is in.
import { floats, fma } from './lanes';

/** `rows` rows of `width` ≥ 4 sums of nine products, which begin at the number at `bias`. The rows + 2 rows of pixels follow each other from `src` on. */
export function rollThree(
  src: usize, line: usize, weights: usize, bias: usize, out: usize, outStep: usize, rows: i32, width: i32,
): void {
  for (; rows >= 3; rows -= 3) {
    threeRows(src, line, weights, bias, out, outStep, width);
    src += 3 * line;
    out += 3 * outStep;
  }
  if (rows > 0) downwards(src, line, weights, bias, out, outStep, rows, width);
}

/** Three rows side by side along the rows: nine weights, the bias, the open sums and what is loaded fit into the registers. */
function threeRows(src: usize, line: usize, weights: usize, bias: usize, out: usize, outStep: usize, width: i32): void {
  const start = v128.load32_splat(bias);
  const w0 = v128.load32_splat(weights);
  const w1 = v128.load32_splat(weights, 4);
  const w2 = v128.load32_splat(weights, 8);
  const w3 = v128.load32_splat(weights, 12);
  const w4 = v128.load32_splat(weights, 16);
  const w5 = v128.load32_splat(weights, 20);
  const w6 = v128.load32_splat(weights, 24);
  const w7 = v128.load32_splat(weights, 28);
  const w8 = v128.load32_splat(weights, 32);
  const line2 = src + line;
  const line3 = line2 + line;
  const line4 = line3 + line;
  const line5 = line4 + line;
  const second = out + outStep;
  const third = second + outStep;
  const last = floats(width - 4);
  for (let j: usize = 0; ; j = min(j + 16, last)) {
    let p = src + j;
    let a = fma(v128.load(p), w0, start);
    a = fma(v128.load(p, 4), w1, a);
    a = fma(v128.load(p, 8), w2, a);
    p = line2 + j;
    let x = v128.load(p);
    a = fma(x, w3, a);
    let b = fma(x, w0, start);
    x = v128.load(p, 4);
    a = fma(x, w4, a);
    b = fma(x, w1, b);
    x = v128.load(p, 8);
    a = fma(x, w5, a);
    b = fma(x, w2, b);
    p = line3 + j;
    x = v128.load(p);
    a = fma(x, w6, a);
    b = fma(x, w3, b);
    let c = fma(x, w0, start);
    x = v128.load(p, 4);
    a = fma(x, w7, a);
    b = fma(x, w4, b);
    c = fma(x, w1, c);
    x = v128.load(p, 8);
    a = fma(x, w8, a);
    b = fma(x, w5, b);
    c = fma(x, w2, c);
    v128.store(out + j, a);
    p = line4 + j;
    x = v128.load(p);
    b = fma(x, w6, b);
    c = fma(x, w3, c);
    x = v128.load(p, 4);
    b = fma(x, w7, b);
    c = fma(x, w4, c);
    x = v128.load(p, 8);
    b = fma(x, w8, b);
    c = fma(x, w5, c);
    v128.store(second + j, b);
    p = line5 + j;
    c = fma(v128.load(p), w6, c);
    c = fma(v128.load(p, 4), w7, c);
    c = fma(v128.load(p, 8), w8, c);
    v128.store(third + j, c);
    if (j == last) return;
  }
}

/** Down a column of four pixels. */
function downwards(
  src: usize, line: usize, weights: usize, bias: usize, out: usize, outStep: usize, rows: i32, width: i32,
): void {
  const start = v128.load32_splat(bias);
  const w0 = v128.load32_splat(weights);
  const w1 = v128.load32_splat(weights, 4);
  const w2 = v128.load32_splat(weights, 8);
  const w3 = v128.load32_splat(weights, 12);
  const w4 = v128.load32_splat(weights, 16);
  const w5 = v128.load32_splat(weights, 20);
  const w6 = v128.load32_splat(weights, 24);
  const w7 = v128.load32_splat(weights, 28);
  const w8 = v128.load32_splat(weights, 32);
  const height = (rows as usize) * outStep;
  const last = floats(width - 4);
  for (let j: usize = 0; ; j = min(j + 16, last)) {
    let p = src + j;
    let x = v128.load(p);
    // Sums of the next result, and of the one after it.
    let a = fma(x, w0, start);
    x = v128.load(p, 4);
    a = fma(x, w1, a);
    x = v128.load(p, 8);
    a = fma(x, w2, a);
    p += line;
    x = v128.load(p);
    a = fma(x, w3, a);
    let b = fma(x, w0, start);
    x = v128.load(p, 4);
    a = fma(x, w4, a);
    b = fma(x, w1, b);
    x = v128.load(p, 8);
    a = fma(x, w5, a);
    b = fma(x, w2, b);
    const to = out + j;
    for (let o = to; o < to + height; o += outStep) {
      p += line;
      x = v128.load(p);
      a = fma(x, w6, a);
      b = fma(x, w3, b);
      let c = fma(x, w0, start);
      x = v128.load(p, 4);
      a = fma(x, w7, a);
      b = fma(x, w4, b);
      c = fma(x, w1, c);
      x = v128.load(p, 8);
      a = fma(x, w8, a);
      b = fma(x, w5, b);
      c = fma(x, w2, c);
      v128.store(o, a);
      a = b;
      b = c;
    }
    if (j == last) return;
  }
}
