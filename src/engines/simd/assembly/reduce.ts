// Pictures made smaller by a whole factor, and drawn so. Sums are float64 in the order of src/image. Four whole cells are drawn at a time; the last
// ones of a row, and cells with a value that is not finite, one by one.
import { fourOf } from './every';
import { floats } from './lanes';
import { drawCells, drawCellsTable } from './strangeCells';

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

class Unit {}
class Affine {}

/** Adds where on the scale four cells of whole columns lie to four float64 at `sums`. Answers NaN where a value is not finite. */
@inline function addFour<T>(
  x: usize, pitch: usize, rows: i32, factor: i32, scale: f64, offset: f64, keep: i32, sums: usize,
): v128 {
  let a = v128.load(sums);
  let b = v128.load(sums, 16);
  let strange = f32x4.splat(0);
  for (let row = 0; row < rows; row++, x += pitch) {
    for (let d = 0; d < factor; d++) {
      const v = fourOf(x + floats(d), factor);
      strange = f32x4.add(strange, f32x4.sub(v, v));
      if (idof<T>() == idof<Unit>()) {
        const t = f32x4.pmin(f32x4.pmax(v, f32x4.splat(0)), f32x4.splat(1));
        a = f64x2.add(a, f64x2.promote_low_f32x4(t));
        b = f64x2.add(b, f64x2.promote_low_f32x4(upper(t)));
      } else {
        const counted = v128.and(v, i32x4.splat(keep));
        a = f64x2.add(a, placed(counted, scale, offset));
        b = f64x2.add(b, placed(upper(counted), scale, offset));
      }
    }
  }
  v128.store(sums, a);
  v128.store(sums, b, 16);
  return strange;
}
@inline function upper(v: v128): v128 {
  return v128.shuffle<f64>(v, v, 1, 1);
}
@inline function placed(v: v128, scale: f64, offset: f64): v128 {
  const t = f64x2.add(f64x2.mul(f64x2.promote_low_f32x4(v), f64x2.splat(scale)), f64x2.splat(offset));
  return f64x2.pmin(f64x2.pmax(t, f64x2.splat(0)), f64x2.splat(1));
}

/** The same with the usual factors known to the compiler. */
function addCells(
  x: usize, pitch: usize, rows: i32, factor: i32, scale: f64, offset: f64, keep: i32, sums: usize,
): v128 {
  if (scale === 1 && offset === 0 && keep === -1) {
    if (factor == 2) return addFour<Unit>(x, pitch, rows, 2, 1, 0, -1, sums);
    if (factor == 3) return addFour<Unit>(x, pitch, rows, 3, 1, 0, -1, sums);
    return addFour<Unit>(x, pitch, rows, factor, 1, 0, -1, sums);
  }
  if (factor == 2) return addFour<Affine>(x, pitch, rows, 2, scale, offset, keep, sums);
  if (factor == 3) return addFour<Affine>(x, pitch, rows, 3, scale, offset, keep, sums);
  return addFour<Affine>(x, pitch, rows, factor, scale, offset, keep, sums);
}

/** Two whole numbers from the lower ends of each of two vectors. */
@inline function wholes(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(i32x4.trunc_sat_f64x2_s_zero(a), i32x4.trunc_sat_f64x2_s_zero(b), 0, 1, 4, 5);
}
@inline function levelOf(sums: v128, cells: v128): v128 {
  return f64x2.add(f64x2.mul(f64x2.div(sums, cells), f64x2.splat(255)), f64x2.splat(0.5));
}
@inline function levels(sums: usize, cells: v128): v128 {
  return wholes(levelOf(v128.load(sums), cells), levelOf(v128.load(sums, 16), cells));
}
@inline function clear(sums: usize): void {
  v128.store(sums, i32x4.splat(0));
  v128.store(sums, i32x4.splat(0), 16);
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
  const pitch = floats(width);
  const step = floats(4 * factor);
  const cells = f64x2.splat((rows * factor) as f64);
  const grey = r === g;
  for (; width >= 4 * factor; width -= 4 * factor, n -= 4, r += step, g += step, b += step, rgba += 16) {
    clear(scratch);
    let strange = addCells(r, pitch, rows, factor, scale, offset, keep, scratch);
    if (!grey) {
      clear(scratch + 32);
      clear(scratch + 64);
      strange = f32x4.add(strange, addCells(g, pitch, rows, factor, scale, offset, keep, scratch + 32));
      strange = f32x4.add(strange, addCells(b, pitch, rows, factor, scale, offset, keep, scratch + 64));
    }
    if (v128.any_true(f32x4.ne(strange, strange))) {
      drawCells(r, g, b, rgba, 4, 4 * factor, pitch, rows, factor, scale, offset, keep, scratch);
      continue;
    }
    const red = levels(scratch, cells);
    const green = grey ? red : levels(scratch + 32, cells);
    const blue = grey ? red : levels(scratch + 64, cells);
    const colour = v128.or(red, v128.or(i32x4.shl(green, 8), i32x4.shl(blue, 16)));
    v128.store(rgba, v128.or(colour, i32x4.splat(opaque)));
  }
  if (n > 0) drawCells(r, g, b, rgba, n, width, pitch, rows, factor, scale, offset, keep, scratch);
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
  const pitch = floats(width);
  const step = floats(4 * factor);
  const cells = f64x2.splat((rows * planes * factor) as f64);
  const most = f64x2.splat((steps - 1) as f64);
  for (; width >= 4 * factor; width -= 4 * factor, n -= 4, r += step, g += step, b += step, rgba += 16) {
    clear(scratch);
    let strange = addCells(r, pitch, rows, factor, scale, offset, -1, scratch);
    if (planes === 3) {
      strange = f32x4.add(strange, addCells(g, pitch, rows, factor, scale, offset, -1, scratch));
      strange = f32x4.add(strange, addCells(b, pitch, rows, factor, scale, offset, -1, scratch));
    }
    if (v128.any_true(f32x4.ne(strange, strange))) {
      drawCellsTable(r, g, b, rgba, 4, planes, 4 * factor, pitch, rows, factor, scale, offset, table, steps, scratch);
      continue;
    }
    const first = f64x2.mul(f64x2.div(v128.load(scratch), cells), most);
    const second = f64x2.mul(f64x2.div(v128.load(scratch, 16), cells), most);
    const at = wholes(rounded(first), rounded(second));
    store<i32>(rgba, load<i32>(table + floats(i32x4.extract_lane(at, 0))));
    store<i32>(rgba, load<i32>(table + floats(i32x4.extract_lane(at, 1))), 4);
    store<i32>(rgba, load<i32>(table + floats(i32x4.extract_lane(at, 2))), 8);
    store<i32>(rgba, load<i32>(table + floats(i32x4.extract_lane(at, 3))), 12);
  }
  if (n > 0) drawCellsTable(r, g, b, rgba, n, planes, width, pitch, rows, factor, scale, offset, table, steps, scratch);
}
/** Halves upwards. */
@inline function rounded(v: v128): v128 {
  const whole = f64x2.floor(v);
  const up = f64x2.ge(f64x2.sub(v, whole), f64x2.splat(0.5));
  return f64x2.add(whole, v128.and(up, f64x2.splat(1)));
}
