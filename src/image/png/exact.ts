import { encode } from 'fast-png';
import type { Tensor } from '../../core/tensor';

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
export function exactPng({ shape, data }: Tensor, depth: Depth): Blob {
  const [, , height = 1, width = 1] = shape;
  const [plane, most] = [width * height, depth === 8 ? 255 : 65535];
  const levels = depth === 8 ? new Uint8Array(3 * plane) : new Uint16Array(3 * plane);
  for (let i = 0, p = 0; i < plane; i++) {
    for (let c = 0; c < 3; c++) levels[p++] = Math.min(most, Math.max(0, Math.round(data[c * plane + i]! * most)));
  }
  return new Blob([new Uint8Array(encode({ width, height, data: levels, depth, channels: 3 }))], { type: 'image/png' });
}
