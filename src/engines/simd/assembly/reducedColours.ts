// Rows of a picture that is drawn reduced by a whole factor: every pixel is the mean place on the scale of factor × factor values. Whole cells are
// summed four at a time, in registers; the last cells of a row, and rows with a value that is not finite, one by one.
import { entries } from './colours';
import { fourOf } from './every';
import { evens, floats, odds, truncated } from './lanes';
import { Affine, isSlope, isUnit, oddColour, oddness, opaque, placeOf, placeOne, seemFinite, Slope, Unit } from './places';

/** A sum of the raw values of four cells. */
@inline function rawOf(x: usize, pitch: usize, rows: i32, factor: i32): v128 {
  if (rows == 2 && factor == 2) {
    const upper = f32x4.add(v128.load(x), v128.load(x, 16));
    return f32x4.add(upper, f32x4.add(v128.load(x + pitch), v128.load(x + pitch, 16)));
  }
  let raw = f32x4.splat(0);
  for (; rows > 0; rows--, x += pitch) {
    for (let d = 0; d < factor; d++) raw = f32x4.add(raw, v128.load(x + floats(4 * d)));
  }
  return raw;
}
/** `sum` and the places of one row of four cells, each with its own values from left to right. */
@inline function addRow<T>(sum: v128, x: usize, factor: i32, low: f32, slope: f32, start: f32, keep: i32): v128 {
  if (factor == 2) {
    const a = placeOf<T>(v128.load(x), low, slope, start, keep), b = placeOf<T>(v128.load(x, 16), low, slope, start, keep);
    return f32x4.add(f32x4.add(sum, evens(a, b)), odds(a, b));
  }
  for (let d = 0; d < factor; d++) sum = f32x4.add(sum, placeOf<T>(fourOf(x + floats(d), factor), low, slope, start, keep));
  return sum;
}
/** The same of all rows of the cells. */
@inline function addRows<T>(
  sum: v128, x: usize, pitch: usize, rows: i32, factor: i32, low: f32, slope: f32, start: f32, keep: i32,
): v128 {
  if (rows == 2 && factor == 2) {
    const upper = addRow<T>(sum, x, 2, low, slope, start, keep);
    return addRow<T>(upper, x + pitch, 2, low, slope, start, keep);
  }
  for (; rows > 0; rows--, x += pitch) sum = addRow<T>(sum, x, factor, low, slope, start, keep);
  return sum;
}

@inline function shareOf(levels: i32, cells: i32): f32 {
  return ((levels as f64) / (cells as f64)) as f32;
}
@inline function level(sum: v128, share: v128): v128 {
  return truncated(f32x4.add(f32x4.mul(sum, share), f32x4.splat(0.5)));
}

/** Whole cells as pixels, four at a time. Answers a sum of the raw values. */
@inline function drawWhole<T>(
  r: usize, g: usize, b: usize, rgba: usize, whole: i32, pitch: usize, rows: i32, factor: i32,
  low: f32, slope: f32, start: f32, keep: i32,
): v128 {
  const grey = r === g;
  const zero = f32x4.splat(0);
  const share = f32x4.splat(shareOf(255, rows * factor));
  const step = floats(4 * factor);
  let seen = zero;
  for (const end = rgba + floats(whole); rgba < end; rgba += 16, r += step, g += step, b += step) {
    const red = level(addRows<T>(zero, r, pitch, rows, factor, low, slope, start, keep), share);
    let green = red, blue = red;
    seen = f32x4.add(seen, rawOf(r, pitch, rows, factor));
    if (!grey) {
      green = level(addRows<T>(zero, g, pitch, rows, factor, low, slope, start, keep), share);
      blue = level(addRows<T>(zero, b, pitch, rows, factor, low, slope, start, keep), share);
      seen = f32x4.add(seen, f32x4.add(rawOf(g, pitch, rows, factor), rawOf(b, pitch, rows, factor)));
    }
    const colour = v128.or(red, v128.or(i32x4.shl(green, 8), i32x4.shl(blue, 16)));
    v128.store(rgba, v128.or(colour, i32x4.splat(opaque)));
  }
  return seen;
}
/** The same with the usual factors and scales known to the compiler. */
function drawCells(
  r: usize, g: usize, b: usize, rgba: usize, whole: i32, pitch: usize, rows: i32, factor: i32,
  low: f32, slope: f32, start: f32, keep: i32,
): v128 {
  if (isUnit(low, slope, start, keep)) {
    if (factor == 2 && rows == 2) return drawWhole<Unit>(r, g, b, rgba, whole, pitch, 2, 2, low, slope, start, keep);
    if (factor == 3) return drawWhole<Unit>(r, g, b, rgba, whole, pitch, rows, 3, low, slope, start, keep);
    if (factor == 4) return drawWhole<Unit>(r, g, b, rgba, whole, pitch, rows, 4, low, slope, start, keep);
    return drawWhole<Unit>(r, g, b, rgba, whole, pitch, rows, factor, low, slope, start, keep);
  }
  if (factor == 2 && rows == 2 && isSlope(start, keep))
    return drawWhole<Slope>(r, g, b, rgba, whole, pitch, 2, 2, low, slope, start, keep);
  return drawWhole<Affine>(r, g, b, rgba, whole, pitch, rows, factor, low, slope, start, keep);
}

/**
 * `count` rows of `n` drawn pixels from `height` rows of `width` values in three planes, all the same one for grey. The last cells may be narrower, and
 * less high.
 */
export function drawReduced(
  r: usize, g: usize, b: usize, rgba: usize, n: i32, count: i32, width: i32, height: i32, factor: i32,
  low: f32, slope: f32, start: f32, keep: i32,
): void {
  const step = floats(factor * width);
  for (; count > 0; count--, height -= factor, r += step, g += step, b += step, rgba += floats(n))
    drawRow(r, g, b, rgba, n, width, min(factor, height), factor, low, slope, start, keep);
}
function drawRow(
  r: usize, g: usize, b: usize, rgba: usize, n: i32, width: i32, rows: i32, factor: i32,
  low: f32, slope: f32, start: f32, keep: i32,
): void {
  const pitch = floats(width);
  const grey = r === g;
  const whole = (width / factor) & ~3;
  const finite = seemFinite(drawCells(r, g, b, rgba, whole, pitch, rows, factor, low, slope, start, keep));
  for (let i = finite ? whole : 0; i < n; i++) {
    const at = floats(i * factor);
    const columns = min(factor, width - i * factor);
    let odd = oddOf(r + at, pitch, rows, columns);
    if (!grey) odd |= oddOf(g + at, pitch, rows, columns) | oddOf(b + at, pitch, rows, columns);
    let pixel = oddColour(odd);
    if (!odd) {
      const share = shareOf(255, rows * columns);
      const red = levelOne(r + at, pitch, rows, columns, low, slope, start, keep, share);
      const green = grey ? red : levelOne(g + at, pitch, rows, columns, low, slope, start, keep, share);
      const blue = grey ? red : levelOne(b + at, pitch, rows, columns, low, slope, start, keep, share);
      pixel = opaque | red | (green << 8) | (blue << 16);
    }
    store<i32>(rgba + floats(i), pixel);
  }
}

/** As `drawReduced`, in the colours of a table of `steps` numbers: the mean over `planes` (1 or 3) as well. */
export function drawReducedTable(
  r: usize, g: usize, b: usize, rgba: usize, n: i32, count: i32, planes: i32, width: i32, height: i32, factor: i32,
  low: f32, slope: f32, start: f32, keep: i32, table: usize, steps: i32,
): void {
  const step = floats(factor * width);
  for (; count > 0; count--, height -= factor, r += step, g += step, b += step, rgba += floats(n))
    drawTableRow(r, g, b, rgba, n, planes, width, min(factor, height), factor, low, slope, start, keep, table, steps);
}
/** Whole cells as pixels, four at a time. Answers a sum of the raw values. */
@inline function drawTableCells<T>(
  r: usize, g: usize, b: usize, rgba: usize, whole: i32, planes: i32, pitch: usize, rows: i32, factor: i32,
  low: f32, slope: f32, start: f32, keep: i32, table: usize, steps: i32,
): v128 {
  const share = f32x4.splat(shareOf(steps - 1, rows * planes * factor));
  const step = floats(4 * factor);
  let seen = f32x4.splat(0);
  for (const end = rgba + floats(whole); rgba < end; rgba += 16, r += step, g += step, b += step) {
    let sum = addRows<T>(f32x4.splat(0), r, pitch, rows, factor, low, slope, start, keep);
    seen = f32x4.add(seen, rawOf(r, pitch, rows, factor));
    if (planes === 3) {
      sum = addRows<T>(sum, g, pitch, rows, factor, low, slope, start, keep);
      sum = addRows<T>(sum, b, pitch, rows, factor, low, slope, start, keep);
      seen = f32x4.add(seen, f32x4.add(rawOf(g, pitch, rows, factor), rawOf(b, pitch, rows, factor)));
    }
    v128.store(rgba, entries(table, sum, share));
  }
  return seen;
}
function drawTableRow(
  r: usize, g: usize, b: usize, rgba: usize, n: i32, planes: i32, width: i32, rows: i32, factor: i32,
  low: f32, slope: f32, start: f32, keep: i32, table: usize, steps: i32,
): void {
  const pitch = floats(width);
  const whole = (width / factor) & ~3;
  const twos = factor == 2 && rows == 2 && planes == 3 && isSlope(start, keep);
  const finite = seemFinite(
    twos
      ? drawTableCells<Slope>(r, g, b, rgba, whole, 3, pitch, 2, 2, low, slope, start, keep, table, steps)
      : drawTableCells<Affine>(r, g, b, rgba, whole, planes, pitch, rows, factor, low, slope, start, keep, table, steps),
  );
  for (let i = finite ? whole : 0; i < n; i++) {
    const at = floats(i * factor);
    const columns = min(factor, width - i * factor);
    let odd = oddOf(r + at, pitch, rows, columns);
    let sum = addCell(r + at, pitch, rows, columns, low, slope, start, keep, 0);
    if (planes === 3) {
      odd |= oddOf(g + at, pitch, rows, columns) | oddOf(b + at, pitch, rows, columns);
      sum = addCell(g + at, pitch, rows, columns, low, slope, start, keep, sum);
      sum = addCell(b + at, pitch, rows, columns, low, slope, start, keep, sum);
    }
    const step = (sum * shareOf(steps - 1, rows * planes * columns) + <f32>0.5) as i32;
    store<i32>(rgba + floats(i), odd ? oddColour(odd) : load<i32>(table + floats(step)));
  }
}

/** `sum` and the places of one cell. */
function addCell(
  x: usize, pitch: usize, rows: i32, columns: i32, low: f32, slope: f32, start: f32, keep: i32, sum: f32,
): f32 {
  for (; rows > 0; rows--, x += pitch) {
    for (let d = 0; d < columns; d++) sum += placeOne(load<f32>(x + floats(d)), low, slope, start, keep);
  }
  return sum;
}
@inline function levelOne(
  x: usize, pitch: usize, rows: i32, columns: i32, low: f32, slope: f32, start: f32, keep: i32, share: f32,
): i32 {
  return (addCell(x, pitch, rows, columns, low, slope, start, keep, 0) * share + <f32>0.5) as i32;
}
/** Whether a cell holds NaN (1), infinities (2), or both. */
function oddOf(x: usize, pitch: usize, rows: i32, columns: i32): i32 {
  let odd = 0;
  for (; rows > 0; rows--, x += pitch) {
    for (let d = 0; d < columns; d++) odd |= oddness(load<f32>(x + floats(d)));
  }
  return odd;
}
