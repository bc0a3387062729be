// Sums over stretches of values, and what norms make of them. Stretches are called units; they lie one behind the other.
import { floats, fma, storeSome } from './lanes';

/** Values that are summed in float32 before float64 takes over: few enough that nothing is lost. */
const block = 1024;
/** The part of a sum of squares that its mean may take off. */
const cancelling: f64 = 0.875;
/** The same of products that have either sign, which cancel. */
const signedBlock = 256;

@inline function sum(a: v128, b: v128): f64 {
  const low = f64x2.add(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(b));
  const high = f64x2.add(f64x2.promote_low_f32x4(upper(a)), f64x2.promote_low_f32x4(upper(b)));
  const both = f64x2.add(low, high);
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
}
@inline function upper(v: v128): v128 {
  return v128.shuffle<f64>(v, v, 1, 1);
}
@inline function at(p: usize, i: i32): f64 {
  return <f64>load<f32>(p + floats(i));
}

/**
 * Mean and sum of squared deviations of every unit, two doubles each. Blocks are summed about their own first value, and joined in float64 (Chan,
 * Golub and LeVeque, 1983): a plain float32 sum of squares turns negative for a mean of 1000 and a spread of 1.
 */
export function moments(x: usize, units: i32, length: i32, out: usize): void {
  for (let unit = 0; unit < units; unit++, x += floats(length), out += 16) momentsOf(x, length, out);
}

function momentsOf(x: usize, n: i32, out: usize): void {
  let count: f64 = 0;
  let mean: f64 = 0;
  let squares: f64 = 0;
  for (let from = 0; from < n; from += block) {
    const m = min(block, n - from);
    const start = x + floats(from);
    const whole = start + floats(m & ~7);
    let first = at(start, 0);
    let off: f64 = 0;
    let square: f64 = 0;
    // A first value far from all others leaves little of the squares: then they are summed about the mean.
    for (let again = false; ; again = true) {
      const shift = f32x4.splat(<f32>first);
      let s = f32x4.splat(0);
      let q = s;
      let s2 = s;
      let q2 = s;
      for (let p = start; p < whole; p += 32) {
        const v = f32x4.sub(v128.load(p), shift);
        const u = f32x4.sub(v128.load(p, 16), shift);
        s = f32x4.add(s, v);
        q = fma(v, v, q);
        s2 = f32x4.add(s2, u);
        q2 = fma(u, u, q2);
      }
      off = sum(s, s2);
      square = sum(q, q2);
      const k = <f64>(m & ~7);
      if (again || !(off * off > cancelling * square * k)) break;
      first = <f64><f32>(first + off / k);
    }
    let left = m & ~7;
    // Squares that do not fit into float32 are summed again, all in float64.
    if (!(square < 1e38) || (square < 1e-25 && off != 0)) {
      off = 0;
      square = 0;
      left = 0;
    }
    for (let i = left; i < m; i++) {
      const d = at(start, i) - first;
      off += d;
      square += d * d;
    }
    const k = <f64>m;
    const delta = first + off / k - mean;
    const all = count + k;
    mean += (delta * k) / all;
    squares += square - (off * off) / k + (delta * delta * count * k) / all;
    count = all;
  }
  store<f64>(out, mean);
  store<f64>(out, squares, 8);
}

/** (x − m) · a + b, where every unit has its m, a, b and an unused number in the table. x may be y. */
export function standardise(x: usize, y: usize, units: i32, length: i32, table: usize): void {
  for (let unit = 0; unit < units; unit++, table += 16) {
    const m = v128.load32_splat(table);
    const a = v128.load32_splat(table, 4);
    const b = v128.load32_splat(table, 8);
    const whole = x + floats(length & ~3);
    for (; x < whole; x += 16, y += 16) v128.store(y, fma(f32x4.sub(v128.load(x), m), a, b));
    storeSome(y, fma(f32x4.sub(v128.load(x), m), a, b), length & 3);
    x += floats(length & 3);
    y += floats(length & 3);
  }
}

/** The same, then times a weight and plus a bias that every place of a unit has of its own. */
export function standardiseBy(
  x: usize,
  y: usize,
  units: i32,
  length: i32,
  table: usize,
  weight: usize,
  bias: usize,
): void {
  for (let unit = 0; unit < units; unit++, table += 16) {
    let w = weight;
    let c = bias;
    const whole = x + floats(length & ~3);
    for (; x < whole; x += 16, y += 16, w += 16, c += 16) v128.store(y, weighed(x, table, w, c));
    storeSome(y, weighed(x, table, w, c), length & 3);
    x += floats(length & 3);
    y += floats(length & 3);
  }
}
@inline function weighed(x: usize, table: usize, weight: usize, bias: usize): v128 {
  const centred = f32x4.sub(v128.load(x), v128.load32_splat(table));
  const normal = fma(centred, v128.load32_splat(table, 4), v128.load32_splat(table, 8));
  return fma(normal, v128.load(weight), v128.load(bias));
}

/** Σ dy and Σ dy · (x − m) of every unit, two doubles each; m is the first of eight numbers in the table. */
export function gradientSums(x: usize, dy: usize, units: i32, length: i32, table: usize, out: usize): void {
  for (let unit = 0; unit < units; unit++, table += 32, out += 16) {
    const shift = load<f32>(table);
    const m = f32x4.splat(shift);
    let total: f64 = 0;
    let product: f64 = 0;
    for (let from = 0; from < length; from += signedBlock) {
      const n = min(signedBlock, length - from);
      const whole = dy + floats(n & ~3);
      let s = f32x4.splat(0);
      let q = s;
      for (; dy < whole; dy += 16, x += 16) {
        const g = v128.load(dy);
        s = f32x4.add(s, g);
        q = fma(g, f32x4.sub(v128.load(x), m), q);
      }
      total += sum(s, f32x4.splat(0));
      product += sum(q, f32x4.splat(0));
      for (const end = whole + floats(n & 3); dy < end; dy += 4, x += 4) {
        const g = <f64>load<f32>(dy);
        total += g;
        product += g * (<f64>load<f32>(x) - <f64>shift);
      }
    }
    store<f64>(out, total);
    store<f64>(out, product, 8);
  }
}

/**
 * dx = (dy · w + g) · a + (x − m) · b, where every unit has its m, w, g, a and b in the table, and three unused numbers. What is taken off the
 * gradient is taken off before a may enlarge it.
 */
export function standardiseGradient(x: usize, dy: usize, dx: usize, units: i32, length: i32, table: usize): void {
  for (let unit = 0; unit < units; unit++, table += 32) {
    const whole = x + floats(length & ~3);
    for (; x < whole; x += 16, dy += 16, dx += 16) v128.store(dx, gradient(x, dy, table));
    storeSome(dx, gradient(x, dy, table), length & 3);
    const rest = floats(length & 3);
    x += rest;
    dy += rest;
    dx += rest;
  }
}
@inline function gradient(x: usize, dy: usize, table: usize): v128 {
  const own = fma(v128.load(dy), v128.load32_splat(table, 4), v128.load32_splat(table, 8));
  const centred = f32x4.sub(v128.load(x), v128.load32_splat(table));
  return fma(own, v128.load32_splat(table, 12), f32x4.mul(centred, v128.load32_splat(table, 16)));
}

/** Σ dy · x of every unit where x is not above 0, a double each: the gradient of a learned slope. */
export function negativeSums(x: usize, dy: usize, units: i32, length: i32, out: usize): void {
  const zero = f32x4.splat(0);
  for (let unit = 0; unit < units; unit++, out += 8) {
    let total: f64 = 0;
    for (let from = 0; from < length; from += signedBlock) {
      const n = min(signedBlock, length - from);
      const whole = x + floats(n & ~3);
      let s = zero;
      for (; x < whole; x += 16, dy += 16) {
        const v = v128.load(x);
        s = f32x4.add(s, v128.andnot(f32x4.mul(v, v128.load(dy)), f32x4.gt(v, zero)));
      }
      total += sum(s, zero);
      for (const end = whole + floats(n & 3); x < end; x += 4, dy += 4) {
        const v = <f64>load<f32>(x);
        if (!(v > 0)) total += v * <f64>load<f32>(dy);
      }
    }
    store<f64>(out, total);
  }
}
