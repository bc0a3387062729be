// Windows along a row: joins of 1, 4, 16, … neighbours by unaligned loads, at a cost that grows with the logarithm of the window.
import { adds, finish1, finish2, finish3, finish4, join4, Norm, scans, Sum } from './joins';
import { evens, floats, storeSome } from './lanes';
import { slideFew, slideMany } from './peaks';
import { slideSixteen, sumFew, sumLong, sumSixteens } from './sliding';

/**
 * out[j] = x[j · stride] · x[j · stride + dilation] · …, k of them, for n outputs. `row` is padded, with `before` numbers in front, and is used up;
 * `rows` are three more rows of its size.
 */
export function across<T>(
  row: usize, before: i32, rows: usize, rowBytes: usize, out: usize, n: i32, k: i32, stride: i32, dilation: i32, factor: f32,
): void {
  const scale = f32x4.splat(factor);
  if (stride == 1) {
    slide<T>(row, before, rows, rowBytes, out, n, k, dilation, scale);
    return;
  }
  const all = rows + 2 * rowBytes;
  slide<T>(row, before, rows, rowBytes, all, (n - 1) * stride + 1, k, dilation, scale);
  pick(all, out, n, stride);
}

@inline function slide<T>(row: usize, before: i32, rows: usize, rowBytes: usize, out: usize, n: i32, k: i32, dilation: i32, scale: v128): void {
  if (adds<T>()) slideSum<T>(row, before, rows, rowBytes, out, n, k, dilation, scale);
  else slidePeak<T>(row, before, rows, rowBytes, out, n, k, dilation, scale);
}

/** The last step overlaps: the same value twice does not change a maximum. */
@inline function slidePeak<T>(row: usize, before: i32, other: usize, rowBytes: usize, out: usize, n: i32, k: i32, dilation: i32, scale: v128): void {
  let source = row;
  let m = 1;
  let rest = n + (k - 1) * dilation;
  if (scans<T>() && dilation == 1 && k > 4) {
    if (k <= 16) {
      slideFew<T>(row, out, n, k, other);
      return;
    }
    if (k <= 64) {
      slideMany<T>(row, out, n, k, other, other + rowBytes, before);
      return;
    }
    rest -= 15;
    slideSixteen<T>(row, other, rest);
    source = other;
    other = row;
    m = 16;
  }
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

/**
 * By the digits of k to the base 4: sums of sums, so that errors stay small. Every level makes sums of four from those of the level before,
 * and adds as many as its digit says to what is ready.
 */
@inline function slideSum<T>(row: usize, before: i32, rows: usize, rowBytes: usize, out: usize, n: i32, k: i32, dilation: i32, scale: v128): void {
  const ready = rows + rowBytes;
  if (dilation == 1 && k > 3 && k < 64) {
    slideFewSums(row, before, rows, ready, out, n, k, scale);
    if (idof<T>() == idof<Norm>()) rootRow(out, n);
    return;
  }
  let source = row;
  let other = rows;
  let a = row;
  let m = dilation;
  let rest = n + (k - 1) * dilation;
  let first = true;
  let left = k;
  for (; left > 3; left >>= 2) {
    const digit = left & 3;
    const s = floats(m);
    rest -= 3 * m;
    if (digit == 0) join4<Sum>(other, a, a + s, a + 2 * s, a + 3 * s, rest);
    else if (digit == 1) level(1, other, ready, a, s, rest, first);
    else if (digit == 2) level(2, other, ready, a, s, rest, first);
    else level(3, other, ready, a, s, rest, first);
    if (digit) first = false;
    rest -= digit * m;
    a = other + floats(digit * m);
    const free = source;
    source = other;
    other = free;
    m *= 4;
  }
  const s = floats(m);
  if (first) {
    if (left == 1) finish1<T>(out, a, n, scale);
    else if (left == 2) finish2<T>(out, a, a + s, n, scale);
    else finish3<T>(out, a, a + s, a + 2 * s, n, scale);
  } else if (left == 1) finish2<T>(out, a, ready, n, scale);
  else if (left == 2) finish3<T>(out, a, a + s, ready, n, scale);
  else finish4<T>(out, a, a + s, a + 2 * s, ready, n, scale);
}
/** Below 64: sums of 16, and what is left over, in one sweep. */
@inline function slideFewSums(row: usize, before: i32, sixteens: usize, aside: usize, out: usize, n: i32, k: i32, scale: v128): void {
  const factor = f32x4.extract_lane(scale, 0);
  const many = k >> 4;
  if (many == 0) {
    sumFew(row, out, n, k, factor, sixteens);
    return;
  }
  if (k & 15) {
    sumLong(row, out, n, many, k & 15, sixteens, factor, aside, before);
    return;
  }
  sumSixteens(row, n + 16 * (many - 1), sixteens);
  if (many == 1) finish1<Sum>(out, sixteens, n, scale);
  else if (many == 2) finish2<Sum>(out, sixteens, sixteens + 64, n, scale);
  else finish3<Sum>(out, sixteens, sixteens + 64, sixteens + 128, n, scale);
}
/** The root of every value. */
export function rootRow(row: usize, n: i32): void {
  for (const whole = row + floats(n & ~3); row < whole; row += 16) v128.store(row, f32x4.sqrt(v128.load(row)));
  storeSome(row, f32x4.sqrt(v128.load(row)), n & 3);
}
@inline function level(digit: i32, next: usize, ready: usize, a: usize, s: usize, n: i32, first: bool): void {
  if (first) {
    for (let i: usize = 0, end = floats(n); i < end; i += 16) v128.store(ready + i, partOf(digit, next + i, a + i, s));
  } else {
    for (let i: usize = 0, end = floats(n); i < end; i += 16) {
      v128.store(ready + i, f32x4.add(v128.load(ready + i), partOf(digit, next + i, a + i, s)));
    }
  }
}
/** Stores the sum of four and answers that of the first `digit`. */
@inline function partOf(digit: i32, next: usize, a: usize, s: usize): v128 {
  const b = v128.load(a);
  const c = v128.load(a + s);
  const d = v128.load(a + 2 * s);
  const two = f32x4.add(b, c);
  v128.store(next, f32x4.add(two, f32x4.add(d, v128.load(a + 3 * s))));
  return digit == 1 ? b : digit == 2 ? two : f32x4.add(two, d);
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
