import type { Tensor } from '../core/tensor';
import type { Breath } from './breath';

/**
 * How a picture is brought to another size. `area`: every new pixel is the mean of the area that it covers, fractions counted. `bilinear`: the
 * value between the four nearest pixel centres, as interpolate has it without `align_corners` and without antialiasing.
 */
export type Method = 'area' | 'bilinear';

/** Which pixels of a row make one new pixel: from `first` on, with these shares that sum to 1. */
interface Taps {
  readonly first: number;
  readonly shares: readonly number[];
}

function tapsOf(from: number, to: number, method: Method): Taps[] {
  const scale = from / to;
  return Array.from({ length: to }, (_, i) => {
    if (method === 'bilinear') {
      const at = Math.min(from - 1, Math.max(0, (i + 0.5) * scale - 0.5));
      const first = Math.min(Math.floor(at), Math.max(0, from - 2));
      const far = at - first;
      return far === 0 ? { first, shares: [1] } : { first, shares: [1 - far, far] };
    }
    const [left, right] = [i * scale, Math.min(from, (i + 1) * scale)];
    const first = Math.min(from - 1, Math.floor(left));
    const last = Math.max(first, Math.ceil(right) - 1);
    const covered = Array.from({ length: last - first + 1 }, (_, k) =>
      Math.max(0, Math.min(right, first + k + 1) - Math.max(left, first + k)),
    );
    const sum = covered.reduce((a, b) => a + b, 0);
    return { first, shares: covered.map((share) => share / sum) };
  });
}

/** [N, C, H, W] at another size: columns first, then rows, summed in float64. */
export async function resampled(
  { shape, data }: Tensor,
  width: number,
  height: number,
  method: Method,
  breath: Breath,
): Promise<Tensor<Float32Array>> {
  const [n = 1, c = 1, inHeight = 1, inWidth = 1] = shape;
  if (![width, height].every((side) => Number.isInteger(side) && side >= 1)) {
    throw new RangeError(`A size of whole pixels, at least 1 × 1, is expected, received ${width} × ${height}.`);
  }
  const columns = tapsOf(inWidth, width, method);
  const rows = tapsOf(inHeight, height, method);
  const result = new Float32Array(n * c * height * width);
  /** Rows of one channel at the new width, while they are needed. */
  const thin = new Map<number, Float64Array>();
  for (let plane = 0; plane < n * c; plane++) {
    thin.clear();
    for (const [y, { first, shares }] of rows.entries()) {
      const at = (plane * height + y) * width;
      const sums = new Float64Array(width);
      for (const [k, share] of shares.entries()) {
        const row = thin.get(first + k) ?? squeezed(data, (plane * inHeight + first + k) * inWidth, columns);
        thin.set(first + k, row);
        for (let x = 0; x < width; x++) sums[x]! += share * row[x]!;
      }
      result.set(sums, at);
      for (const known of thin.keys()) if (known < first) thin.delete(known);
      if (breath.due()) await breath.rest();
    }
  }
  return { shape: [n, c, height, width], data: result };
}

function squeezed(data: Tensor['data'], from: number, columns: readonly Taps[]): Float64Array {
  const row = new Float64Array(columns.length);
  for (let x = 0; x < row.length; x++) {
    const { first, shares } = columns[x]!;
    let sum = 0;
    for (let k = 0; k < shares.length; k++) sum += shares[k]! * data[from + first + k]!;
    row[x] = sum;
  }
  return row;
}
