// Windows along a row: joins of 1, 4, 16, … neighbours by unaligned loads, at a cost that grows with the logarithm of the window.
import { adds, finish1, finish2, finish3, finish4, join4, Sum } from './joins';
import { evens, floats, storeSome } from './lanes';

/**
 * out[j] = x[j · stride] · x[j · stride + dilation] · …, k of them, for n outputs. `row` is padded and is used up;
 * `rows` are three more rows of its size.
 */
export function across<T>(row: usize, rows: usize, rowBytes: usize, out: usize, n: i32, k: i32, stride: i32, dilation: i32, factor: f32): void {
  const scale = f32x4.splat(factor);
  if (stride == 1) {
    slide<T>(row, rows, rowBytes, out, n, k, dilation, scale);
    return;
  }
  const all = rows + 2 * rowBytes;
  slide<T>(row, rows, rowBytes, all, (n - 1) * stride + 1, k, dilation, scale);
  pick(all, out, n, stride);
}

@inline function slide<T>(row: usize, rows: usize, rowBytes: usize, out: usize, n: i32, k: i32, dilation: i32, scale: v128): void {
  if (adds<T>()) slideSum<T>(row, rows, rowBytes, out, n, k, dilation, scale);
  else slidePeak<T>(row, rows, out, n, k, dilation, scale);
}

/** The last step overlaps: the same value twice does not change a maximum. */
@inline function slidePeak<T>(row: usize, other: usize, out: usize, n: i32, k: i32, dilation: i32, scale: v128): void {
  let source = row;
  let m = 1;
  let rest = n + (k - 1) * dilation;
  while (4 * m < k) {
    rest -= 3 * m * dilation;
    const s = floats(m * dilation);
    join4<T>(other, source, source + s, source + 2 * s, source + 3 * s, rest);
    const free = source;
    source = other;
    other = free;
    m *= 4;
  }
  const s = floats(m * dilation);
  const last = source + floats((k - m) * dilation);
  if (k == m) finish1<T>(out, source, n, scale);
  else if (k <= 2 * m) finish2<T>(out, source, last, n, scale);
  else if (k <= 3 * m) finish3<T>(out, source, source + s, last, n, scale);
  else finish4<T>(out, source, source + s, source + 2 * s, last, n, scale);
}

/** By the digits of k to the base 4: sums of sums, so that errors stay small. */
@inline function slideSum<T>(row: usize, rows: usize, rowBytes: usize, out: usize, n: i32, k: i32, dilation: i32, scale: v128): void {
  const one = f32x4.splat(1);
  let source = row;
  let other = rows;
  let third = rows + rowBytes;
  let m = 1;
  let at = 0;
  let rest = n + (k - 1) * dilation;
  let first = true;
  for (let left = k; ; ) {
    const digit = left & 3;
    const a = source + floats(at * dilation);
    const s = floats(m * dilation);
    left >>= 2;
    // The highest digit is never 0, so that it can finish.
    if (left == 0) {
      if (first) {
        if (digit == 1) finish1<T>(out, a, n, scale);
        else if (digit == 2) finish2<T>(out, a, a + s, n, scale);
        else finish3<T>(out, a, a + s, a + 2 * s, n, scale);
      } else if (digit == 1) finish2<T>(out, a, out, n, scale);
      else if (digit == 2) finish3<T>(out, a, a + s, out, n, scale);
      else finish4<T>(out, a, a + s, a + 2 * s, out, n, scale);
      return;
    }
    if (digit) {
      if (first) {
        if (digit == 1) finish1<Sum>(out, a, n, one);
        else if (digit == 2) finish2<Sum>(out, a, a + s, n, one);
        else finish3<Sum>(out, a, a + s, a + 2 * s, n, one);
        first = false;
      } else if (digit == 1) finish2<Sum>(out, a, out, n, one);
      else if (digit == 2) finish3<Sum>(out, a, a + s, out, n, one);
      else finish4<Sum>(out, a, a + s, a + 2 * s, out, n, one);
      at += digit * m;
    }
    rest -= 3 * m * dilation;
    join4<Sum>(other, source, source + s, source + 2 * s, source + 3 * s, rest);
    const free = source == row ? third : source;
    source = other;
    other = free;
    m *= 4;
  }
}

/** Every stride-th of a row. */
@inline function pick(row: usize, out: usize, n: i32, stride: i32): void {
  if (stride == 2) {
    const whole = floats(n & ~3);
    for (let i: usize = 0; i < whole; i += 16) v128.store(out + i, evens(v128.load(row + 2 * i), v128.load(row + 2 * i + 16)));
    storeSome(out + whole, evens(v128.load(row + 2 * whole), v128.load(row + 2 * whole + 16)), n & 3);
    return;
  }
  const step = floats(stride);
  for (const end = out + floats(n); out < end; out += 4, row += step) store<f32>(out, load<f32>(row));
}

/** The ends of a row of averages divide by fewer columns: y[j] *= ratio[j] outside of [from, to). */
export function atEnds(y: usize, ratios: usize, n: i32, from: i32, to: i32): void {
  multiply(y, ratios, from);
  multiply(y + floats(to), ratios + floats(to), n - to);
}
@inline function multiply(y: usize, by: usize, n: i32): void {
  const whole = floats(n & ~3);
  for (let i: usize = 0; i < whole; i += 16) v128.store(y + i, f32x4.mul(v128.load(y + i), v128.load(by + i)));
  storeSome(y + whole, f32x4.mul(v128.load(y + whole), v128.load(by + whole)), n & 3);
}
