// What the jobs of a plan of windows have in common, and norms that float32 squares have no room for.
import { floats } from './lanes';
import { isFinite } from './rows';

/** A table of 32-bit numbers that all jobs of a plan share; its order is that of `geometriesOf` in plans/windows.ts. */
@inline export function pitch(g: usize): usize { return load<u32>(g) as usize; }
@inline export function yPitch(g: usize): usize { return load<u32>(g, 4) as usize; }
@inline export function kernelHeight(g: usize): i32 { return load<i32>(g, 8); }
@inline export function strideDown(g: usize): i32 { return load<i32>(g, 12); }
@inline export function width(g: usize): i32 { return load<i32>(g, 16); }
@inline export function kernelWidth(g: usize): i32 { return load<i32>(g, 20); }
@inline export function strideAcross(g: usize): i32 { return load<i32>(g, 24); }
@inline export function dilationAcross(g: usize): i32 { return load<i32>(g, 28); }
@inline export function before(g: usize): i32 { return load<i32>(g, 32); }
@inline export function outputs(g: usize): i32 { return load<i32>(g, 36); }
/** Bytes of a padded row with room for whole vectors. */
@inline export function rowBytes(g: usize): usize { return load<u32>(g, 40) as usize; }
/** Address of a factor for every output row, and of a ratio for every output column that differs from those in the middle. */
@inline export function rowScales(g: usize): usize { return load<u32>(g, 44) as usize; }
@inline export function ratios(g: usize): usize { return load<u32>(g, 48) as usize; }
@inline export function ratiosFrom(g: usize): i32 { return load<i32>(g, 52); }
@inline export function ratiosTo(g: usize): i32 { return load<i32>(g, 56); }
/** Output rows of a block. */
@inline export function together(g: usize): i32 { return load<i32>(g, 60); }
/** Whether sums along a row are made of four rows at a time. */
@inline export function inFours(g: usize): bool { return load<i32>(g, 64) != 0; }

/** Norms whose squares are beyond float32, but whose roots are not, once more in float64. */
@inline export function rescue(x: usize, rows: i32, first: i32, y: usize, i: i32, g: usize): void {
  const out = y + (i as usize) * yPitch(g);
  if (isFinite(out, outputs(g))) return;
  for (let j = 0; j < outputs(g); j++) {
    if (load<f32>(out + floats(j)) != Infinity) continue;
    const left = j * strideAcross(g) - before(g);
    let sum: f64 = 0;
    for (let r = max(first, 0); r < min(first + kernelHeight(g), rows); r++) {
      for (let c = max(left, 0); c < min(left + kernelWidth(g), width(g)); c++) {
        const v = load<f32>(x + (r as usize) * pitch(g) + floats(c)) as f64;
        sum += v * v;
      }
    }
    const ratio = ratios(g) && (j < ratiosFrom(g) || j >= ratiosTo(g)) ? load<f32>(ratios(g) + floats(j)) : <f32>1;
    store<f32>(out + floats(j), (Math.sqrt(sum * load<f32>(rowScales(g) + floats(i))) * ratio) as f32);
  }
}
