import type { Tensor } from '../core/tensor';
import type { Breath } from './breath';
import { shrunk } from './limits';

/** Area mean over cells of `factor` x `factor` of [N, C, H, W]; the last cells are narrower where the size does not divide. */
export async function reduceTensor({ shape, data }: Tensor, factor: number, breath: Breath): Promise<Tensor<Float32Array>> {
  const [n, c, inHeight, inWidth] = [shape[0] ?? 1, shape[1] ?? 1, shape[2] ?? 1, shape[3] ?? 1];
  const [width, height] = [shrunk(inWidth, factor), shrunk(inHeight, factor)];
  const reduced = new Float32Array(n * c * height * width);
  const sums = new Float64Array(width);
  for (let row = 0; row < n * c * height; row++) {
    const top = (row % height) * factor;
    const rows = Math.min(factor, inHeight - top);
    const plane = Math.floor(row / height) * inHeight;
    sums.fill(0);
    for (let y = 0; y < rows; y++) {
      const from = (plane + top + y) * inWidth;
      for (let x = 0, i = from; x < width; x++) {
        let sum = 0;
        for (const end = Math.min(i + factor, from + inWidth); i < end; i++) sum += data[i]!;
        sums[x]! += sum;
      }
    }
    for (let x = 0; x < width; x++) reduced[row * width + x] = sums[x]! / (rows * Math.min(factor, inWidth - x * factor));
    if (breath.due()) await breath.rest();
  }
  return { shape: [n, c, height, width], data: reduced };
}

/** Area mean of opaque RGBA8, for thumbnails of what was drawn. */
export function reduceRgba(
  rgba: Uint8ClampedArray,
  inWidth: number,
  inHeight: number,
  factor: number,
): { readonly width: number; readonly height: number; readonly rgba: Uint8ClampedArray<ArrayBuffer> } {
  const [width, height] = [shrunk(inWidth, factor), shrunk(inHeight, factor)];
  const reduced = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    const rows = Math.min(factor, inHeight - y * factor);
    for (let x = 0; x < width; x++) {
      const columns = Math.min(factor, inWidth - x * factor);
      for (let c = 0; c < 4; c++) {
        let sum = 0;
        for (let dy = 0; dy < rows; dy++) {
          for (let dx = 0; dx < columns; dx++) sum += rgba[4 * ((y * factor + dy) * inWidth + x * factor + dx) + c]!;
        }
        reduced[4 * (y * width + x) + c] = Math.round(sum / (rows * columns));
      }
    }
  }
  return { width, height, rgba: reduced };
}
