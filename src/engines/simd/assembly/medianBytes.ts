// Rows of a picture of eight bits as the bytes that they were: 0 to 255 stand for the values 0..1, or those scaled and shifted.
import { floats } from './lanes';
import { before, columns, paddedColumns, rowAt, width } from './medianRing';

/**
 * Two factors that add up to 1 / 255: a byte's product with the first is exact, that with the other small, so that their sum is as a division in
 * float32 gives it. Then what rounds a number to a whole one when it is added, which is then in the low bits.
 */
export const shares = memory.data<f32>([257.0 / 65536, 1.0 / (255.0 * 65536), 12582912]);

@inline export function valuesOf(k: v128, parts: v128, rest: v128, by: v128, more: v128): v128 {
  const whole = f32x4.convert_i32x4_s(k);
  return f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(whole, parts), f32x4.mul(whole, rest)), by), more);
}

/** The byte of one value, −1 where it has none. */
function byteOf(v: f32, scale: f32, shift: f32): i32 {
  const k = nearest<f32>((v - shift) * (<f32>255 / scale));
  const unit = k * load<f32>(shares) + k * load<f32>(shares, 4);
  return k >= 0 && k <= 255 && unit * scale + shift == v ? (k as i32) : -1;
}

/** Bytes of columns of the border; false where a value has none. */
@inline function borderBytes(source: usize, c: i32, end: i32, t: usize, line: usize, scale: f32, shift: f32): bool {
  for (; c < end; c++) {
    const column = load<i32>(columns(t) + floats(c));
    const byte = byteOf(column < 0 ? 0 : load<f32>(source + floats(column)), scale, shift);
    if (byte < 0) return false;
    store<u8>(line + c, byte as u8);
  }
  return true;
}
/** Bytes of a part of the picture's own columns. */
@inline function innerBytes(p: usize, line: usize, n: i32, scale: f32, shift: f32): bool {
  const parts = v128.load32_splat(shares), rest = v128.load32_splat(shares, 4), rounding = v128.load32_splat(shares, 8);
  const by = f32x4.splat(scale), more = f32x4.splat(shift), back = f32x4.splat(<f32>255 / scale);
  let wrong = i32x4.splat(0);
  for (; n >= 16; n -= 16, p += 64, line += 16) {
    const a = v128.load(p), b = v128.load(p, 16), c = v128.load(p, 32), d = v128.load(p, 48);
    const e = i32x4.sub(f32x4.add(f32x4.mul(f32x4.sub(a, more), back), rounding), rounding);
    const f = i32x4.sub(f32x4.add(f32x4.mul(f32x4.sub(b, more), back), rounding), rounding);
    const g = i32x4.sub(f32x4.add(f32x4.mul(f32x4.sub(c, more), back), rounding), rounding);
    const h = i32x4.sub(f32x4.add(f32x4.mul(f32x4.sub(d, more), back), rounding), rounding);
    const first = v128.or(f32x4.ne(valuesOf(e, parts, rest, by, more), a), f32x4.ne(valuesOf(f, parts, rest, by, more), b));
    const last = v128.or(f32x4.ne(valuesOf(g, parts, rest, by, more), c), f32x4.ne(valuesOf(h, parts, rest, by, more), d));
    const beyond = i32x4.shr_u(v128.or(v128.or(e, f), v128.or(g, h)), 8);
    wrong = v128.or(wrong, v128.or(beyond, v128.or(first, last)));
    v128.store(line, i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(e, f), i16x8.narrow_i32x4_s(g, h)));
  }
  for (; n > 0; n--, p += 4, line++) {
    const byte = byteOf(load<f32>(p), scale, shift);
    if (byte < 0) return false;
    store<u8>(line, byte as u8);
  }
  return !v128.any_true(wrong);
}

/** Padded row r as bytes, even columns in one half of a slot, odd ones in the other; false where a value has no byte. */
export function stageBytes(x: usize, r: i32, t: usize, slot: usize, half: usize, line: usize, scale: f32, shift: f32): bool {
  const row = rowAt(t, r);
  if (row < 0) {
    const zero = byteOf(0, scale, shift);
    memory.fill(slot, zero as u8, 2 * half);
    return zero >= 0;
  }
  const source = x + floats(row * width(t));
  const n = paddedColumns(t);
  const start = before(t);
  const first = min(max(start, 0), n);
  const end = max(first, min(n, start + width(t)));
  if (!borderBytes(source, 0, first, t, line, scale, shift)) return false;
  if (!borderBytes(source, end, n, t, line, scale, shift)) return false;
  if (!innerBytes(source + floats(first - start), line + first, end - first, scale, shift)) return false;
  const low = i16x8.splat(255);
  for (const last = line + n; line < last; line += 32, slot += 16) {
    const a = v128.load(line), b = v128.load(line, 16);
    v128.store(slot, i8x16.narrow_i16x8_u(v128.and(a, low), v128.and(b, low)));
    v128.store(slot + half, i8x16.narrow_i16x8_u(i16x8.shr_u(a, 8), i16x8.shr_u(b, 8)));
  }
  return true;
}
