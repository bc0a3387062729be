// Rows thinned out: every s-th value of them.
import { evens, floats } from './lanes';

/** Four values, s apart. */
@inline export function fourOf(x: usize, s: i32): v128 {
  if (s == 2) return evens(v128.load(x), v128.load(x, 16));
  if (s == 3) {
    const v = v128.shuffle<f32>(v128.load(x), v128.load(x, 16), 0, 3, 6, 7);
    return v128.shuffle<f32>(v, v128.load(x, 32), 0, 1, 2, 5);
  }
  if (s == 4) return evens(evens(v128.load(x), v128.load(x, 16)), evens(v128.load(x, 32), v128.load(x, 48)));
  const step = floats(s);
  let v = v128.load32_zero(x);
  v = v128.load32_lane(x + step, v, 1);
  v = v128.load32_lane(x + 2 * step, v, 2);
  return v128.load32_lane(x + 3 * step, v, 3);
}
@inline function everyOf(x: usize, y: usize, n: i32, s: i32): void {
  const step = floats(s), whole = y + floats(n & ~3);
  for (; y < whole; y += 16, x += 4 * step) v128.store(y, fourOf(x, s));
  for (let k = n & 3; k > 0; k--, y += 4, x += step) store<f32>(y, load<f32>(x));
}
/** Every s-th value: n of them. */
export function every(x: usize, y: usize, n: i32, s: i32): void {
  if (s == 2) everyOf(x, y, n, 2);
  else if (s == 3) everyOf(x, y, n, 3);
  else if (s == 4) everyOf(x, y, n, 4);
  else everyOf(x, y, n, s);
}

/** The same of four rows, `apart` bytes from each other, to rows `stride` bytes apart: memory answers four at a time sooner than one after the other. */
@inline function everyOfFour(x: usize, apart: usize, y: usize, stride: usize, n: i32, s: i32): void {
  const step = floats(s), whole = y + floats(n & ~3), a2 = apart << 1, a3 = a2 + apart, s2 = stride << 1, s3 = s2 + stride;
  for (; y < whole; y += 16, x += 4 * step) {
    const a = fourOf(x, s), b = fourOf(x + apart, s), c = fourOf(x + a2, s), d = fourOf(x + a3, s);
    v128.store(y, a);
    v128.store(y + stride, b);
    v128.store(y + s2, c);
    v128.store(y + s3, d);
  }
  for (let k = n & 3; k > 0; k--, y += 4, x += step) {
    store<f32>(y, load<f32>(x));
    store<f32>(y + stride, load<f32>(x + apart));
    store<f32>(y + s2, load<f32>(x + a2));
    store<f32>(y + s3, load<f32>(x + a3));
  }
}
export function everyInFour(x: usize, apart: usize, y: usize, stride: usize, n: i32, s: i32): void {
  if (s == 2) everyOfFour(x, apart, y, stride, n, 2);
  else if (s == 3) everyOfFour(x, apart, y, stride, n, 3);
  else if (s == 4) everyOfFour(x, apart, y, stride, n, 4);
  else everyOfFour(x, apart, y, stride, n, s);
}
/** Whether rows of the table at `row` are `step` apart, four in a row. */
@inline export function evenly(row: usize, step: i32): bool {
  const v = v128.load(row);
  return i32x4.all_true(i32x4.eq(v, i32x4.add(v128.load32_splat(row), i32x4.mul(i32x4.splat(step), i32x4(0, 1, 2, 3)))));
}
