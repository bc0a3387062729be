import type { Tensor } from '../../core/tensor';
import type { Breath } from '../breath';
import { writePng } from './write';

export type Depth = 8 | 16;

/** The least depth at which every value 0..1 is a whole level. Sixteen bits hold all that eight do; what neither holds is rounded to 1/65535. */
export function depthOf({ data }: Tensor): Depth {
  for (const value of data) {
    const level = value * 255;
    if (Math.abs(level - Math.round(level)) > 1e-3) return 16;
  }
  return 8;
}

/** The values 0..1 of [1, 3, H, W] as levels of an RGB PNG, without a canvas on the way. */
export function exactPng({ shape, data }: Tensor, depth: Depth, breath: Breath): Promise<Blob> {
  const [, , height = 1, width = 1] = shape;
  const [plane, most] = [width * height, depth === 8 ? 255 : 65535];
  const rows = async (top: number, count: number): Promise<Uint8Array> => {
    const bytes = new Uint8Array((3 * depth * width * count) / 8);
    for (let i = top * width, p = 0; i < (top + count) * width; i++) {
      for (let c = 0; c < 3; c++) {
        const level = Math.min(most, Math.max(0, Math.round(data[c * plane + i]! * most)));
        if (depth === 16) bytes[p++] = level >> 8;
        bytes[p++] = level;
      }
    }
    return bytes;
  };
  return writePng({ width, height, depth, colours: 3 }, rows, breath);
}
