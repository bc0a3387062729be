// Values to colours, one pixel for each.
import { floats, storeSome, truncated } from './lanes';
import { Affine, isUnit, oddColour, oddness, opaque, placeOf, seemFinite, Unit } from './places';

@inline function level<T>(v: v128, low: f32, slope: f32, start: f32, keep: i32): v128 {
  const place = placeOf<T>(v, low, slope, start, keep);
  return truncated(f32x4.add(f32x4.mul(place, f32x4.splat(255)), f32x4.splat(0.5)));
}

/** Pixels of three planes, all the same one for grey. */
export function drawColours(
  r: usize, g: usize, b: usize, rgba: usize, n: i32, low: f32, slope: f32, start: f32, keep: i32,
): void {
  if (isUnit(low, slope, start, keep)) draw<Unit>(r, g, b, rgba, n, low, slope, start, keep);
  else draw<Affine>(r, g, b, rgba, n, low, slope, start, keep);
}
@inline function draw<T>(
  r: usize, g: usize, b: usize, rgba: usize, n: i32, low: f32, slope: f32, start: f32, keep: i32,
): void {
  const grey = r === g;
  for (; n > 0; n -= 4, rgba += 16, r += 16, g += 16, b += 16) {
    const red = v128.load(r);
    let sum = red;
    let pixel = level<T>(red, low, slope, start, keep);
    if (grey) {
      pixel = v128.or(pixel, v128.or(i32x4.shl(pixel, 8), i32x4.shl(pixel, 16)));
    } else {
      const green = v128.load(g);
      const blue = v128.load(b);
      sum = f32x4.add(sum, f32x4.add(green, blue));
      pixel = v128.or(pixel, i32x4.shl(level<T>(green, low, slope, start, keep), 8));
      pixel = v128.or(pixel, i32x4.shl(level<T>(blue, low, slope, start, keep), 16));
    }
    pixel = v128.or(pixel, i32x4.splat(opaque));
    if (n >= 4) v128.store(rgba, pixel);
    else storeSome(rgba, pixel, n);
    if (!seemFinite(sum)) markOdd(r, g, b, rgba, min(n, 4));
  }
}

/** Pixels in the colours of a table of `steps` numbers: the mean place of `planes` (1 or 3) values. */
export function drawTable(
  r: usize, g: usize, b: usize, rgba: usize, n: i32, planes: i32, low: f32, slope: f32, start: f32, keep: i32, table: usize, steps: i32,
): void {
  const share = f32x4.splat((((steps - 1) as f64) / (planes as f64)) as f32);
  for (; n > 0; n -= 4, rgba += 16, r += 16, g += 16, b += 16) {
    const first = v128.load(r);
    let sum = first;
    let place = placeOf<Affine>(first, low, slope, start, keep);
    if (planes === 3) {
      const second = v128.load(g);
      const third = v128.load(b);
      sum = f32x4.add(sum, f32x4.add(second, third));
      place = f32x4.add(place, placeOf<Affine>(second, low, slope, start, keep));
      place = f32x4.add(place, placeOf<Affine>(third, low, slope, start, keep));
    }
    const pixel = entries(table, place, share);
    if (n >= 4) v128.store(rgba, pixel);
    else storeSome(rgba, pixel, n);
    if (!seemFinite(sum)) markOdd(r, g, b, rgba, min(n, 4));
  }
}
/** What stands in a table at four places, halves upwards. */
@inline export function entries(table: usize, places: v128, share: v128): v128 {
  const at = i32x4.shl(truncated(f32x4.add(f32x4.mul(places, share), f32x4.splat(0.5))), 2);
  let v = v128.load32_zero(table + (i32x4.extract_lane(at, 0) as usize));
  v = v128.load32_lane(table + (i32x4.extract_lane(at, 1) as usize), v, 1);
  v = v128.load32_lane(table + (i32x4.extract_lane(at, 2) as usize), v, 2);
  return v128.load32_lane(table + (i32x4.extract_lane(at, 3) as usize), v, 3);
}

/** Gives values that are no numbers, or infinite, colours that no scale contains. */
function markOdd(r: usize, g: usize, b: usize, rgba: usize, n: i32): void {
  for (let i: usize = 0; i < floats(n); i += 4) {
    const odd = oddness(load<f32>(r + i)) | oddness(load<f32>(g + i)) | oddness(load<f32>(b + i));
    if (odd) store<i32>(rgba + i, oddColour(odd));
  }
}
