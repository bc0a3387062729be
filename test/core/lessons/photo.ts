import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { type Tensor, tensor } from '../../../src/core/tensor';

/** Every other pixel of a sample photograph, values 0..1: [1, 3, H, W]. */
export function photo(name: string): Tensor<Float64Array> {
  const { width, height, channels, data } = decode(readFileSync(`assets/photos/${name}`));
  const [h, w] = [Math.floor(height / 2), Math.floor(width / 2)];
  const at = (c: number, i: number, j: number) => data[(2 * i * width + 2 * j) * channels + (channels < 3 ? 0 : c)]! / 255;
  const values = [0, 1, 2].flatMap((c) => Array.from({ length: h * w }, (_, k) => at(c, Math.floor(k / w), k % w)));
  return tensor([1, 3, h, w], values);
}
