// 3 × 3 filters: down a column of four pixels, every row that is loaded serves the three results whose window it is in.
import { floats, fma } from './lanes';

/**
 * `rows` rows of `width` ≥ 4 sums of nine products, which begin at the number at `bias`. The rows + 2 rows of pixels follow each other from `src` on.
 * Nine weights, the bias, the open sums and what is loaded fit into the registers.
 */
export function rollThree(
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
