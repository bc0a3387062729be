// Softmax and its logarithm along rows of neighbouring values.
import { expBelow, log } from './elementary';
import { floats, storeSome } from './lanes';

/** Powers that are summed in float32 before float64 takes over. */
const block = 128;

@inline function lanes(v: v128): f64 {
  const low = <f64>f32x4.extract_lane(v, 0) + <f64>f32x4.extract_lane(v, 1);
  return low + <f64>f32x4.extract_lane(v, 2) + <f64>f32x4.extract_lane(v, 3);
}
/** The first n < 4 values of v, then zeros. */
@inline function some(v: v128, n: i32): v128 {
  return v128.and(v, i32x4.gt_s(i32x4.splat(n), i32x4(0, 1, 2, 3)));
}

/** The largest of n values; NaN may be passed over, because its power is NaN all the same. */
function largest(x: usize, n: i32): f32 {
  let top = v128.load32_splat(x);
  const whole = x + floats(n & ~3);
  for (; x < whole; x += 16) top = f32x4.pmax(top, v128.load(x));
  let most = f32x4.extract_lane(top, 0);
  most = larger(most, f32x4.extract_lane(top, 1));
  most = larger(most, f32x4.extract_lane(top, 2));
  most = larger(most, f32x4.extract_lane(top, 3));
  for (const end = whole + floats(n & 3); x < end; x += 4) most = larger(most, load<f32>(x));
  return most;
}
@inline function larger(a: f32, b: f32): f32 {
  return a < b ? b : a;
}

/** The sum of e^(x − most); the powers go to y. */
@inline function sumPowers(x: usize, y: usize, n: i32, most: f32): f64 {
  const top = f32x4.splat(most);
  let sum: f64 = 0;
  for (let from = 0; from < n; from += block) {
    const m = min(block, n - from);
    let part = f32x4.splat(0);
    for (const whole = x + floats(m & ~3); x < whole; x += 16, y += 16) {
      const e = expBelow(f32x4.sub(v128.load(x), top));
      v128.store(y, e);
      part = f32x4.add(part, e);
    }
    if (m & 3) {
      const e = expBelow(f32x4.sub(v128.load(x), top));
      storeSome(y, e, m & 3);
      part = f32x4.add(part, some(e, m & 3));
    }
    sum += lanes(part);
  }
  return sum;
}

export function softmaxRows(x: usize, y: usize, rows: i32, n: i32): void {
  for (let row = 0; row < rows; row++, x += floats(n)) {
    const scale = f32x4.splat(<f32>(1 / sumPowers(x, y, n, largest(x, n))));
    for (const whole = y + floats(n & ~3); y < whole; y += 16) v128.store(y, f32x4.mul(v128.load(y), scale));
    storeSome(y, f32x4.mul(v128.load(y), scale), n & 3);
    y += floats(n & 3);
  }
}

export function logSoftmaxRows(x: usize, y: usize, rows: i32, n: i32): void {
  for (let row = 0; row < rows; row++) {
    const most = largest(x, n);
    const top = f32x4.splat(most);
    const size = log(f32x4.splat(<f32>sumPowers(x, y, n, most)));
    for (const whole = y + floats(n & ~3); y < whole; y += 16, x += 16) {
      v128.store(y, f32x4.sub(f32x4.sub(v128.load(x), top), size));
    }
    storeSome(y, f32x4.sub(f32x4.sub(v128.load(x), top), size), n & 3);
    y += floats(n & 3);
    x += floats(n & 3);
  }
}

/** Σ a · b. */
function products(a: usize, b: usize, n: i32): f64 {
  let sum: f64 = 0;
  for (let from = 0; from < n; from += block) {
    const m = min(block, n - from);
    let part = f32x4.splat(0);
    for (const whole = a + floats(m & ~3); a < whole; a += 16, b += 16) {
      part = f32x4.add(part, f32x4.mul(v128.load(a), v128.load(b)));
    }
    if (m & 3) part = f32x4.add(part, some(f32x4.mul(v128.load(a), v128.load(b)), m & 3));
    sum += lanes(part);
  }
  return sum;
}
function sums(a: usize, n: i32): f64 {
  let sum: f64 = 0;
  for (let from = 0; from < n; from += block) {
    const m = min(block, n - from);
    let part = f32x4.splat(0);
    for (const whole = a + floats(m & ~3); a < whole; a += 16) part = f32x4.add(part, v128.load(a));
    if (m & 3) part = f32x4.add(part, some(v128.load(a), m & 3));
    sum += lanes(part);
  }
  return sum;
}

/** share · (dy − Σ dy · share); the powers lie in dx meanwhile. */
export function softmaxRowsGradient(x: usize, dy: usize, dx: usize, rows: i32, n: i32): void {
  for (let row = 0; row < rows; row++, x += floats(n)) {
    const sum = sumPowers(x, dx, n, largest(x, n));
    const total = f32x4.splat(<f32>(products(dy, dx, n) / sum));
    const scale = f32x4.splat(<f32>(1 / sum));
    for (const whole = dx + floats(n & ~3); dx < whole; dx += 16, dy += 16) {
      v128.store(dx, f32x4.mul(f32x4.mul(v128.load(dx), scale), f32x4.sub(v128.load(dy), total)));
    }
    storeSome(dx, f32x4.mul(f32x4.mul(v128.load(dx), scale), f32x4.sub(v128.load(dy), total)), n & 3);
    dx += floats(n & 3);
    dy += floats(n & 3);
  }
}

/** dy − share · Σ dy. */
export function logSoftmaxRowsGradient(x: usize, dy: usize, dx: usize, rows: i32, n: i32): void {
  for (let row = 0; row < rows; row++, x += floats(n)) {
    const sum = sumPowers(x, dx, n, largest(x, n));
    const scale = f32x4.splat(<f32>(sums(dy, n) / sum));
    for (const whole = dx + floats(n & ~3); dx < whole; dx += 16, dy += 16) {
      v128.store(dx, f32x4.sub(v128.load(dy), f32x4.mul(v128.load(dx), scale)));
    }
    storeSome(dx, f32x4.sub(v128.load(dy), f32x4.mul(v128.load(dx), scale)), n & 3);
    dx += floats(n & 3);
    dy += floats(n & 3);
  }
}
