// Staging: a row of the picture with its border, and rows split by column modulo the stride, so that strided taps become neighbours.
import { evens, floats, odds, storeSome } from './lanes';

/** What lies beyond the edge; the planner's `borders` lists the same. */
const zeros = 0;
const reflect = 1;
const replicate = 2;

/** The position inside that a position outside repeats; −1 for zeros. */
@inline function inward(i: i32, length: i32, border: i32): i32 {
  if (border == zeros) return -1;
  if (border == reflect) return i < 0 ? -i : 2 * (length - 1) - i;
  if (border == replicate) return i < 0 ? 0 : length - 1;
  return i < 0 ? i + length : i - length;
}

/** Which row of the picture stands at row `i` of the padded one; −1 for zeros. */
export function rowAt(i: i32, length: i32, border: i32): i32 {
  return i >= 0 && i < length ? i : inward(i, length, border);
}

/**
 * `count` values of the padded row that starts at `from` and is `width` long, beginning at column `column`, which may lie before or behind it.
 * May write 12 bytes behind.
 */
export function stageRow(to: usize, from: usize, width: i32, column: i32, count: i32, border: i32): void {
  const before = min(count, max(0, -column));
  const inside = max(0, min(width, column + count) - max(0, column));
  outside(to, from, width, column, before, border);
  copyValues(to + floats(before), from + floats(max(0, column)), inside);
  const done = before + inside;
  outside(to + floats(done), from, width, column + done, count - done, border);
}

/** Copies in whole vectors. */
@inline export function copyValues(to: usize, from: usize, count: i32): void {
  const end = to + floats(count);
  for (; to + 16 < end; to += 32, from += 32) {
    const a = v128.load(from);
    const b = v128.load(from, 16);
    v128.store(to, a);
    v128.store(to, b, 16);
  }
  if (to < end) v128.store(to, v128.load(from));
}

@inline function outside(to: usize, from: usize, width: i32, column: i32, count: i32, border: i32): void {
  if (count <= 0) return;
  if (border == zeros) {
    // A call of memory.fill takes longer than the few zeros of a border.
    const none = f32x4.splat(0);
    for (const end = to + floats(count); to < end; to += 16) v128.store(to, none);
  } else {
    for (let i = 0; i < count; i++) store<f32>(to + floats(i), load<f32>(from + floats(inward(column + i, width, border))));
  }
}

/** Splits `count` values by index modulo `stride`: the values of residue `residues[k]` go to `to + k · planeBytes`. */
export function splitRow(to: usize, from: usize, count: i32, stride: i32, residues: usize, planes: i32, planeBytes: usize): void {
  if (stride == 2 && planes == 2) {
    const end = from + floats(count);
    for (; from < end; from += 32, to += 16) {
      const a = v128.load(from);
      const b = v128.load(from, 16);
      v128.store(to, evens(a, b));
      v128.store(to + planeBytes, odds(a, b));
    }
    return;
  }
  const step = floats(stride);
  for (let k = 0; k < planes; k++, to += planeBytes) {
    const residue = load<i32>(residues + floats(k));
    let p = from + floats(residue);
    const end = from + floats(count);
    for (let o = to; p < end; o += 16, p += 4 * step) {
      let v = v128.load32_zero(p);
      v = v128.load32_lane(p + step, v, 1);
      v = v128.load32_lane(p + 2 * step, v, 2);
      v = v128.load32_lane(p + 3 * step, v, 3);
      v128.store(o, v);
    }
  }
}

/** Exactly `count` values, from scratch to a result. */
export function storeRow(to: usize, from: usize, count: i32): void {
  const whole = to + floats(count & ~3);
  for (; to < whole; to += 16, from += 16) v128.store(to, v128.load(from));
  storeSome(to, v128.load(from), count & 3);
}

/** Whether all `n` values of a row are finite. */
@inline export function isFinite(p: usize, n: i32): bool {
  // v − v is 0, and NaN for what is not finite.
  let rests = f32x4.splat(0);
  const whole = p + floats(n & ~3);
  for (; p < whole; p += 16) {
    const v = v128.load(p);
    rests = f32x4.add(rests, f32x4.sub(v, v));
  }
  let rest = f32x4.extract_lane(rests, 0) + f32x4.extract_lane(rests, 1) + f32x4.extract_lane(rests, 2) + f32x4.extract_lane(rests, 3);
  for (let i = 0; i < (n & 3); i++) {
    const v = load<f32>(p + floats(i));
    rest += v - v;
  }
  return rest == 0;
}
