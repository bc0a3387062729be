// Values that go to the places of a list.
import { floats } from './lanes';

/** Adds n values to sums in float64, at their places; those of −1 are left out. */
export function addAtPlaces(places: usize, values: usize, n: i32, sums: usize): void {
  for (let k: usize = 0; k < floats(n); k += 4) {
    const at = load<i32>(places + k);
    if (at < 0) continue;
    const sum = sums + ((at as usize) << 3);
    store<f64>(sum, load<f64>(sum) + load<f32>(values + k));
  }
}
/** n values of float64, rounded. */
export function roundSums(sums: usize, to: usize, n: i32): void {
  for (let k = 0; k < n; k++) store<f32>(to + floats(k), load<f64>(sums + ((k as usize) << 3)) as f32);
}
/** to[at] = values[at] for each of n places; those of −1 are left out. */
export function keepAtPlaces(places: usize, n: i32, values: usize, to: usize): void {
  for (let k: usize = 0; k < floats(n); k += 4) {
    const at = load<i32>(places + k);
    if (at >= 0) store<f32>(to + floats(at), load<f32>(values + floats(at)));
  }
}
