// Cells of a reduced picture drawn one by one: those at the end of a row, and those with values that are no numbers, or infinite.
import { floats } from './lanes';

const notANumber: i32 = 0xffff00ff;
const infinite: i32 = 0xffffe500;
const opaque: i32 = 0xff000000;

/** As `drawReduced`, of cells whose rows are `pitch` bytes apart; the last one may be narrower. */
export function drawCells(
  r: usize,
  g: usize,
  b: usize,
  rgba: usize,
  n: i32,
  width: i32,
  pitch: usize,
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
  addCells(r, scratch, odd, n, width, pitch, rows, factor, scale, offset, keep);
  if (!grey) {
    addCells(g, scratch + lane, odd, n, width, pitch, rows, factor, scale, offset, keep);
    addCells(b, scratch + 2 * lane, odd, n, width, pitch, rows, factor, scale, offset, keep);
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

/** As `drawReducedTable`, likewise. */
export function drawCellsTable(
  r: usize,
  g: usize,
  b: usize,
  rgba: usize,
  n: i32,
  planes: i32,
  width: i32,
  pitch: usize,
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
  addCells(r, scratch, odd, n, width, pitch, rows, factor, scale, offset, -1);
  if (planes === 3) {
    addCells(g, scratch, odd, n, width, pitch, rows, factor, scale, offset, -1);
    addCells(b, scratch, odd, n, width, pitch, rows, factor, scale, offset, -1);
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
  pitch: usize,
  rows: i32,
  factor: i32,
  scale: f64,
  offset: f64,
  keep: i32,
): void {
  for (let row = 0; row < rows; row++, x += pitch) {
    for (let i = 0; i < n; i++) {
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
