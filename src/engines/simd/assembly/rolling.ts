// 3 × 3 filters: every row that is loaded serves the three results whose window it is in.
import { floats, fma } from './lanes';

/** `rows` rows of `width` ≥ 4 sums of nine products, which begin at the number at `bias`. The rows + 2 rows of pixels follow each other from `src` on. */
export function rollThree(
  src: usize, line: usize, weights: usize, bias: usize, out: usize, outStep: usize, rows: i32, width: i32,
): void {
  for (; rows >= 6 && width >= wide(); rows -= 6) {
    sixRows(src, line, weights, bias, out, outStep, width);
    src += 6 * line;
    out += 6 * outStep;
  }
  for (; rows >= 3 && width >= 8; rows -= 3) {
    threeRows(src, line, weights, bias, out, outStep, width);
    src += 3 * line;
    out += 3 * outStep;
  }
  if (rows > 0) downwards(src, line, weights, bias, out, outStep, rows, width);
}

/** Pixels of a turn, and of rows that are worth taking turns. */
@inline function turn(): i32 {
  return 64;
}
@inline function wide(): i32 {
  return 1024;
}

/** Three rows and the next three by turns, so that more rows of memory are waited for at once. */
@inline function sixRows(src: usize, line: usize, weights: usize, bias: usize, out: usize, outStep: usize, width: i32): void {
  for (; ; src += floats(turn()), out += floats(turn()), width -= turn()) {
    // The last turn has what is left, so that it has eight pixels.
    const columns = width < turn() + 8 ? width : turn();
    threeRows(src, line, weights, bias, out, outStep, columns);
    threeRows(src + 3 * line, line, weights, bias, out + 3 * outStep, outStep, columns);
    if (width == columns) return;
  }
}

/**
 * Three rows, eight pixels wide: six open sums and the weights of one kernel column fit into the registers. The loop over the columns is not written
 * out, since then the compiler would spill.
 */
function threeRows(src: usize, line: usize, weights: usize, bias: usize, out: usize, outStep: usize, width: i32): void {
  const second = out + outStep;
  const third = second + outStep;
  const last = floats(width - 8);
  for (let j: usize = 0; ; j = min(j + 32, last)) {
    let a = v128.load32_splat(bias);
    let b = a;
    let c = a;
    let d = a;
    let e = a;
    let f = a;
    for (let k: usize = 0; k < 12; k += 4) {
      const upper = v128.load32_splat(weights + k);
      const middle = v128.load32_splat(weights + k, 12);
      const lower = v128.load32_splat(weights + k, 24);
      let p = src + j + k;
      a = fma(v128.load(p), upper, a);
      b = fma(v128.load(p, 16), upper, b);
      p += line;
      let x = v128.load(p);
      let y = v128.load(p, 16);
      a = fma(x, middle, a);
      b = fma(y, middle, b);
      c = fma(x, upper, c);
      d = fma(y, upper, d);
      p += line;
      x = v128.load(p);
      y = v128.load(p, 16);
      a = fma(x, lower, a);
      b = fma(y, lower, b);
      c = fma(x, middle, c);
      d = fma(y, middle, d);
      e = fma(x, upper, e);
      f = fma(y, upper, f);
      p += line;
      x = v128.load(p);
      y = v128.load(p, 16);
      c = fma(x, lower, c);
      d = fma(y, lower, d);
      e = fma(x, middle, e);
      f = fma(y, middle, f);
      p += line;
      e = fma(v128.load(p), lower, e);
      f = fma(v128.load(p, 16), lower, f);
    }
    v128.store(out + j, a);
    v128.store(out + j, b, 16);
    v128.store(second + j, c);
    v128.store(second + j, d, 16);
    v128.store(third + j, e);
    v128.store(third + j, f, 16);
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
