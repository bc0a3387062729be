// Rows of a picture of eight bits as the bytes that they were.
import { floats } from './lanes';
import { before, columns, paddedColumns, rowAt, width } from './medianRing';

/** 0 to 255 stand for 0..1, or for −1..1. */
export class Bytes {}
export class SignedBytes {}

/**
 * Two factors that add up to 1 / 255: a byte's product with the first is exact, that with the other small, so that their sum is as a division in
 * float32 gives it. Then what rounds a number to a whole one when it is added, which is then in the low bits; and what makes bytes of values.
 */
export const shares = memory.data<f32>([257.0 / 65536, 1.0 / (255.0 * 65536), 12582912, 255, 127.5, 1]);

@inline export function valuesOf<T>(k: v128, parts: v128, rest: v128, one: v128): v128 {
  const whole = f32x4.convert_i32x4_s(k);
  const unit = f32x4.add(f32x4.mul(whole, parts), f32x4.mul(whole, rest));
  return idof<T>() == idof<SignedBytes>() ? f32x4.sub(f32x4.add(unit, unit), one) : unit;
}
/** Bytes in the low bits, behind those of `rounding`. */
@inline function bytesOf<T>(v: v128, back: v128, rounding: v128, one: v128): v128 {
  const from = idof<T>() == idof<SignedBytes>() ? f32x4.add(v, one) : v;
  return i32x4.sub(f32x4.add(f32x4.mul(from, back), rounding), rounding);
}

/** The byte of one value, −1 where it has none. */
function byteOf<T>(v: f32): i32 {
  const signed = idof<T>() == idof<SignedBytes>();
  const k: f32 = nearest<f32>((signed ? v + 1 : v) * load<f32>(shares, signed ? 16 : 12));
  const unit = k * load<f32>(shares) + k * load<f32>(shares, 4);
  return k >= 0 && k <= 255 && (signed ? unit + unit - 1 : unit) == v ? (k as i32) : -1;
}

/** Bytes of columns of the border; false where a value has none. */
@inline function borderBytes<T>(source: usize, c: i32, end: i32, t: usize, line: usize): bool {
  for (; c < end; c++) {
    const column = load<i32>(columns(t) + floats(c));
    const byte = byteOf<T>(column < 0 ? 0 : load<f32>(source + floats(column)));
    if (byte < 0) return false;
    store<u8>(line + c, byte as u8);
  }
  return true;
}
/** Bytes of a part of the picture's own columns. */
@inline function innerBytes<T>(p: usize, line: usize, n: i32): bool {
  const parts = v128.load32_splat(shares), rest = v128.load32_splat(shares, 4), rounding = v128.load32_splat(shares, 8);
  const back = v128.load32_splat(shares, idof<T>() == idof<SignedBytes>() ? 16 : 12), one = v128.load32_splat(shares, 20);
  let wrong = i32x4.splat(0);
  for (; n >= 16; n -= 16, p += 64, line += 16) {
    const a = v128.load(p), b = v128.load(p, 16), c = v128.load(p, 32), d = v128.load(p, 48);
    const e = bytesOf<T>(a, back, rounding, one), f = bytesOf<T>(b, back, rounding, one);
    const g = bytesOf<T>(c, back, rounding, one), h = bytesOf<T>(d, back, rounding, one);
    const first = v128.or(f32x4.ne(valuesOf<T>(e, parts, rest, one), a), f32x4.ne(valuesOf<T>(f, parts, rest, one), b));
    const last = v128.or(f32x4.ne(valuesOf<T>(g, parts, rest, one), c), f32x4.ne(valuesOf<T>(h, parts, rest, one), d));
    const beyond = i32x4.shr_u(v128.or(v128.or(e, f), v128.or(g, h)), 8);
    wrong = v128.or(wrong, v128.or(beyond, v128.or(first, last)));
    v128.store(line, i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(e, f), i16x8.narrow_i32x4_s(g, h)));
  }
  for (; n > 0; n--, p += 4, line++) {
    const byte = byteOf<T>(load<f32>(p));
    if (byte < 0) return false;
    store<u8>(line, byte as u8);
  }
  return !v128.any_true(wrong);
}

/** Padded row r as bytes, even columns in one half of a slot, odd ones in the other; false where a value has no byte. */
export function stageBytes<T>(x: usize, r: i32, t: usize, slot: usize, half: usize, line: usize): bool {
  const row = rowAt(t, r);
  if (row < 0) {
    const zero = byteOf<T>(0);
    memory.fill(slot, zero as u8, 2 * half);
    return zero >= 0;
  }
  const source = x + floats(row * width(t));
  const n = paddedColumns(t);
  const start = before(t);
  const first = min(max(start, 0), n);
  const end = max(first, min(n, start + width(t)));
  if (!borderBytes<T>(source, 0, first, t, line)) return false;
  if (!borderBytes<T>(source, end, n, t, line)) return false;
  if (!innerBytes<T>(source + floats(first - start), line + first, end - first)) return false;
  const low = i16x8.splat(255);
  for (const last = line + n; line < last; line += 32, slot += 16) {
    const a = v128.load(line), b = v128.load(line, 16);
    v128.store(slot, i8x16.narrow_i16x8_u(v128.and(a, low), v128.and(b, low)));
    v128.store(slot + half, i8x16.narrow_i16x8_u(i16x8.shr_u(a, 8), i16x8.shr_u(b, 8)));
  }
  return true;
}
