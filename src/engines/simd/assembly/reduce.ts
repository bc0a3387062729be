// Pictures made smaller by a whole factor. Sums are float64 in the order of src/image.
import { floats } from './lanes';

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
