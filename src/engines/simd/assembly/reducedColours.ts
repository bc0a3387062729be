// Rows of a picture that is drawn reduced by a whole factor: every pixel is the mean place on the scale of factor × factor values. Places of whole
// cells are summed four cells at a time; the last cells of a row, and rows with a value that is not finite, one by one.
import { entries } from './colours';
import { fourOf } from './every';
import { floats, truncated } from './lanes';
import { Affine, isUnit, oddColour, oddness, opaque, placeOf, placeOne, seemFinite, Unit } from './places';

/** Adds the places of one row to the sums of `n` cells, in fours. Answers a sum of the values. */
@inline function addRow<T>(x: usize, sums: usize, n: i32, factor: i32, low: f32, slope: f32, start: f32, keep: i32): v128 {
  let seen = f32x4.splat(0);
  const step = floats(4 * factor);
  for (const end = sums + floats(n); sums < end; sums += 16, x += step) {
    let sum = v128.load(sums);
    for (let d = 0; d < factor; d++) {
      const v = fourOf(x + floats(d), factor);
      seen = f32x4.add(seen, v);
      sum = f32x4.add(sum, placeOf<T>(v, low, slope, start, keep));
    }
    v128.store(sums, sum);
  }
  return seen;
}
/** The same of all rows of the cells. */
@inline function addRows<T>(
  x: usize, pitch: usize, rows: i32, sums: usize, n: i32, factor: i32, low: f32, slope: f32, start: f32, keep: i32,
): v128 {
  let seen = f32x4.splat(0);
  for (; rows > 0; rows--, x += pitch) seen = f32x4.add(seen, addRow<T>(x, sums, n, factor, low, slope, start, keep));
  return seen;
}
/** The same with the usual factors and scales known to the compiler. */
function addPlane(
  x: usize, pitch: usize, rows: i32, sums: usize, n: i32, factor: i32, low: f32, slope: f32, start: f32, keep: i32,
): v128 {
  if (isUnit(low, slope, start, keep)) {
    if (factor == 2) return addRows<Unit>(x, pitch, rows, sums, n, 2, low, slope, start, keep);
    if (factor == 3) return addRows<Unit>(x, pitch, rows, sums, n, 3, low, slope, start, keep);
    return addRows<Unit>(x, pitch, rows, sums, n, factor, low, slope, start, keep);
  }
  if (factor == 2) return addRows<Affine>(x, pitch, rows, sums, n, 2, low, slope, start, keep);
  return addRows<Affine>(x, pitch, rows, sums, n, factor, low, slope, start, keep);
}

@inline function shareOf(levels: i32, cells: i32): f32 {
  return ((levels as f64) / (cells as f64)) as f32;
}
@inline function level(sums: usize, share: v128): v128 {
  return truncated(f32x4.add(f32x4.mul(v128.load(sums), share), f32x4.splat(0.5)));
}

/**
 * One row of `n` drawn pixels from rows of `width` values in three planes, all the same one for grey. The last cell may be narrower.
 * Scratch: 3 n floats and 9 more.
 */
export function drawReduced(
  r: usize, g: usize, b: usize, rgba: usize, n: i32, width: i32, rows: i32, factor: i32,
  low: f32, slope: f32, start: f32, keep: i32, scratch: usize,
): void {
  const pitch = floats(width);
  const grey = r === g;
  const whole = (width / factor) & ~3;
  const lane = floats(whole);
  memory.fill(scratch, 0, 3 * lane);
  let seen = addPlane(r, pitch, rows, scratch, whole, factor, low, slope, start, keep);
  if (!grey) {
    seen = f32x4.add(seen, addPlane(g, pitch, rows, scratch + lane, whole, factor, low, slope, start, keep));
    seen = f32x4.add(seen, addPlane(b, pitch, rows, scratch + 2 * lane, whole, factor, low, slope, start, keep));
  }
  const finite = seemFinite(seen);
  if (finite) {
    const share = f32x4.splat(shareOf(255, rows * factor));
    for (let i: usize = 0; i < lane; i += 16) {
      const red = level(scratch + i, share);
      const green = grey ? red : level(scratch + lane + i, share);
      const blue = grey ? red : level(scratch + 2 * lane + i, share);
      const colour = v128.or(red, v128.or(i32x4.shl(green, 8), i32x4.shl(blue, 16)));
      v128.store(rgba + i, v128.or(colour, i32x4.splat(opaque)));
    }
  }
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
  r: usize, g: usize, b: usize, rgba: usize, n: i32, planes: i32, width: i32, rows: i32, factor: i32,
  low: f32, slope: f32, start: f32, keep: i32, table: usize, steps: i32, scratch: usize,
): void {
  const pitch = floats(width);
  const whole = (width / factor) & ~3;
  const lane = floats(whole);
  memory.fill(scratch, 0, lane);
  let seen = addPlane(r, pitch, rows, scratch, whole, factor, low, slope, start, keep);
  if (planes === 3) {
    seen = f32x4.add(seen, addPlane(g, pitch, rows, scratch, whole, factor, low, slope, start, keep));
    seen = f32x4.add(seen, addPlane(b, pitch, rows, scratch, whole, factor, low, slope, start, keep));
  }
  const finite = seemFinite(seen);
  if (finite) {
    const share = f32x4.splat(shareOf(steps - 1, rows * planes * factor));
    for (let i: usize = 0; i < lane; i += 16) v128.store(rgba + i, entries(table, v128.load(scratch + i), share));
  }
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
