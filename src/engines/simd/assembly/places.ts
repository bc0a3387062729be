// Where values lie on a scale of colours, in float32 and in the order of src/image/draw.ts, so that both draw the same bytes.

/** The scale from 0 to 1, of the values themselves; one that begins at its low end, of all bits of a value; and any other. */
export class Unit {}
export class Slope {}
export class Affine {}

/** R, G, B, A as the bytes of one number: not a number, and infinite. */
const notANumber: i32 = 0xffff00ff;
const infinite: i32 = 0xffffe500;
export const opaque: i32 = 0xff000000;

export function isUnit(low: f32, slope: f32, start: f32, keep: i32): bool {
  return low == 0 && slope == 1 && start == 0 && keep == -1;
}

export function isSlope(start: f32, keep: i32): bool {
  return start == 0 && keep == -1;
}

/** (v − low) · slope + start, cut to 0..1; `keep` are the bits of a value that count. What is not a number lies at 0. */
@inline export function placeOf<T>(v: v128, low: f32, slope: f32, start: f32, keep: i32): v128 {
  let t = v;
  if (idof<T>() == idof<Affine>()) t = v128.and(t, i32x4.splat(keep));
  if (idof<T>() != idof<Unit>()) t = f32x4.mul(f32x4.sub(t, f32x4.splat(low)), f32x4.splat(slope));
  if (idof<T>() == idof<Affine>()) t = f32x4.add(t, f32x4.splat(start));
  return f32x4.pmin(f32x4.splat(1), f32x4.pmax(f32x4.splat(0), t));
}
/** The same of one value. */
export function placeOne(v: f32, low: f32, slope: f32, start: f32, keep: i32): f32 {
  const t = (reinterpret<f32>(reinterpret<i32>(v) & keep) - low) * slope + start;
  return t > 0 ? (t < 1 ? t : 1) : 0;
}

/** 1 for NaN, 2 for an infinity. */
@inline export function oddness(v: f32): i32 {
  if (v - v === 0) return 0;
  return v !== v ? 1 : 2;
}
/** The colour, which no scale contains, of what is no number or infinite. */
@inline export function oddColour(odd: i32): i32 {
  return odd & 1 ? notANumber : infinite;
}

/** Whether a sum of values says that all of them may be finite: one that is not shows in it. */
@inline export function seemFinite(sum: v128): bool {
  const rest = f32x4.sub(sum, sum);
  return i32x4.all_true(f32x4.eq(rest, rest));
}
