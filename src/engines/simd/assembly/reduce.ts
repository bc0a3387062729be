// Pictures made smaller by a whole factor, and drawn so. Sums are float64 in the order of src/image.
import { floats } from './lanes';

const notANumber: i32 = 0xffff00ff;
const infinite: i32 = 0xffffe500;
const opaque: i32 = 0xff000000;

/** One row of `n` means over cells of `factor` × `rows` values; the last cell of a row of `width` may be narrower. Scratch: n float64. */
export function meanRow(x: usize, y: usize, n: i32, width: i32, rows: i32, factor: i32, scratch: usize): void {
  memory.fill(scratch, 0, (n as usize) << 3);
  for (let row = 0; row < rows; row++, x += floats(width)) {
    for (let i = 0; i < n; i++) {
      const from = i * factor;
      const count = min(factor, width - from);
      let sum: f64 = 0;
      for (let d = 0; d < count; d++) sum += load<f32>(x + floats(from + d)) as f64;
      const at = scratch + ((i as usize) << 3);
      store<f64>(at, load<f64>(at) + sum);
    }
  }
  for (let i = 0; i < n; i++) {
    const cells = (rows * min(factor, width - i * factor)) as f64;
    store<f32>(y + floats(i), (load<f64>(scratch + ((i as usize) << 3)) / cells) as f32);
  }
}

/**
 * One row of `n` drawn pixels: the mean place on the scale of every cell of `factor` × `rows` values, in three planes (all the same one for grey).
 * Scratch: 3 n float64 and n int32.
 */
export function drawReduced(
  r: usize,
  g: usize,
  b: usize,
  rgba: usize,
  n: i32,
  width: i32,
  rows: i32,
  factor: i32,
  scale: f64,
  offset: f64,
  keep: i32,
  scratch: usize,
): void {
  const lane = (n as usize) << 3;
  const odd = scratch + 3 * lane;
  const grey = r === g;
  memory.fill(scratch, 0, 3 * lane + floats(n));
  addCells(r, scratch, odd, n, width, rows, factor, scale, offset, keep);
  if (!grey) {
    addCells(g, scratch + lane, odd, n, width, rows, factor, scale, offset, keep);
    addCells(b, scratch + 2 * lane, odd, n, width, rows, factor, scale, offset, keep);
  }
  for (let i = 0; i < n; i++) {
    const cells = (rows * min(factor, width - i * factor)) as f64;
    const at = scratch + ((i as usize) << 3);
    const strange = load<i32>(odd + floats(i));
    let pixel = strange & 1 ? notANumber : infinite;
    if (!strange) {
      const red = byteOf(load<f64>(at) / cells);
      const green = grey ? red : byteOf(load<f64>(at + lane) / cells);
      const blue = grey ? red : byteOf(load<f64>(at + 2 * lane) / cells);
      pixel = opaque | red | (green << 8) | (blue << 16);
    }
    store<i32>(rgba + floats(i), pixel);
  }
}

/** As `drawReduced`, in the colours of a table of `steps` numbers: the mean over `planes` (1 or 3) as well. */
export function drawReducedTable(
  r: usize,
  g: usize,
  b: usize,
  rgba: usize,
  n: i32,
  planes: i32,
  width: i32,
  rows: i32,
  factor: i32,
  scale: f64,
  offset: f64,
  table: usize,
  steps: i32,
  scratch: usize,
): void {
  const odd = scratch + ((n as usize) << 3);
  memory.fill(scratch, 0, ((n as usize) << 3) + floats(n));
  addCells(r, scratch, odd, n, width, rows, factor, scale, offset, -1);
  if (planes === 3) {
    addCells(g, scratch, odd, n, width, rows, factor, scale, offset, -1);
    addCells(b, scratch, odd, n, width, rows, factor, scale, offset, -1);
  }
  for (let i = 0; i < n; i++) {
    const cells = (rows * planes * min(factor, width - i * factor)) as f64;
    const strange = load<i32>(odd + floats(i));
    let pixel = strange & 1 ? notANumber : infinite;
    if (!strange) {
      const at = (load<f64>(scratch + ((i as usize) << 3)) / cells) * ((steps - 1) as f64);
      const whole = floor(at);
      pixel = load<i32>(table + floats((whole as i32) + (at - whole >= 0.5 ? 1 : 0)));
    }
    store<i32>(rgba + floats(i), pixel);
  }
}

@inline function byteOf(mean: f64): i32 {
  return (mean * 255 + 0.5) as i32;
}

/** Adds to `sums` where on the scale the values of every cell lie; `odd` gets 1 for NaN, 2 for an infinity. */
function addCells(
  x: usize,
  sums: usize,
  odd: usize,
  n: i32,
  width: i32,
  rows: i32,
  factor: i32,
  scale: f64,
  offset: f64,
  keep: i32,
): void {
  const full = width / factor;
  const step = floats(factor);
  for (let row = 0; row < rows; row++, x += floats(width)) {
    let i = 0;
    for (; i + 2 <= full; i += 2) {
      const at = sums + ((i as usize) << 3);
      let sum = v128.load(at);
      let strange = f32x4.splat(0);
      const end = x + floats(i * factor) + step;
      for (let p = x + floats(i * factor); p < end; p += 4) {
        let v = v128.load32_zero(p);
        v = v128.load32_lane(p + step, v, 1);
        strange = f32x4.add(strange, f32x4.sub(v, v));
        const t = f64x2.add(
          f64x2.mul(f64x2.promote_low_f32x4(v128.and(v, i32x4.splat(keep))), f64x2.splat(scale)),
          f64x2.splat(offset),
        );
        sum = f64x2.add(sum, f64x2.pmin(f64x2.pmax(t, f64x2.splat(0)), f64x2.splat(1)));
      }
      v128.store(at, sum);
      if (v128.any_true(f32x4.ne(strange, strange))) {
        markCell(x, odd, i, width, factor);
        markCell(x, odd, i + 1, width, factor);
      }
    }
    for (; i < n; i++) {
      const at = sums + ((i as usize) << 3);
      const end = x + floats(min(width, (i + 1) * factor));
      let sum = load<f64>(at);
      for (let p = x + floats(i * factor); p < end; p += 4) {
        const v = reinterpret<f32>(load<i32>(p) & keep) as f64;
        sum += min(max(v * scale + offset, 0), 1);
      }
      store<f64>(at, sum);
      markCell(x, odd, i, width, factor);
    }
  }
}

/** Notes NaN and infinities among the values of cell `i` of one row. */
function markCell(x: usize, odd: usize, i: i32, width: i32, factor: i32): void {
  const end = x + floats(min(width, (i + 1) * factor));
  const at = odd + floats(i);
  for (let p = x + floats(i * factor); p < end; p += 4) {
    const v = load<f32>(p);
    if (v - v !== 0) store<i32>(at, load<i32>(at) | (v !== v ? 1 : 2));
  }
}
