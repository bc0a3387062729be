import type { Tensor } from '../core/tensor';
import type { Breath } from './breath';
import type { ColourMap } from './colourMap';
import type { Paint } from './display';
import { shrunk } from './limits';

/** Colours that no scale contains: a pixel one of whose values is not a number, or infinite. */
export const NOT_A_NUMBER = [255, 0, 255] as const;
export const INFINITE = [0, 229, 255] as const;

/** Larger results are drawn reduced by a whole factor. */
export const MAX_DRAWN_PIXELS = 4e6;

/** The smallest whole factor that brings width x height to at most `pixels`. */
export function factorFor(width: number, height: number, pixels: number): number {
  let factor = Math.max(1, Math.floor(Math.sqrt((width * height) / pixels)));
  while (shrunk(width, factor) * shrunk(height, factor) > pixels) factor += 1;
  return factor;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** RGBA8, opaque. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

const ROWS = 64;

/** The first item of [N, C, H, W] as pixels; with `factor` k the mean of k x k mapped values, as if the full drawing were reduced. */
export async function draw(tensor: Tensor, paint: Paint, map: ColourMap, factor: number, breath: Breath): Promise<Drawing> {
  const width = shrunk(tensor.shape[3] ?? 1, factor);
  const height = shrunk(tensor.shape[2] ?? 1, factor);
  const rgba = new Uint8ClampedArray(4 * width * height);
  const brush = brushFor(tensor, paint, map, factor);
  for (let y = 0; y < height; y++) {
    brush(y, rgba, 4 * y * width);
    if (y % ROWS === 0 && breath.due()) await breath.rest();
    else if (factor > 1 && breath.due()) await breath.rest();
  }
  return { width, height, rgba };
}

/** A function that writes one drawn row as RGBA8 at byte `at`. */
export function brushFor(
  { shape, data }: Tensor,
  paint: Paint,
  map: ColourMap,
  factor: number,
): (y: number, rgba: Uint8ClampedArray, at: number) => void {
  const [inWidth, inHeight] = [shape[3] ?? 1, shape[2] ?? 1];
  const width = shrunk(inWidth, factor);
  const { mapping, channels, low, high } = paint;
  const diverging = mapping === 'symmetric';
  const lanes = diverging ? 1 : channels.length;
  const sums = new Float64Array(lanes * width);
  const odd = new Uint8Array(width);
  const span = high - low;
  const scale = span > 0 ? 1 / span : 0;
  const offset = span > 0 ? -low / span : 0.5;
  const magnitude = mapping === 'abs';

  const addRow = (from: number, lane: number): void => {
    for (let x = 0, i = from; x < width; x++) {
      let sum = 0;
      for (const end = Math.min(i + factor, from + inWidth); i < end; i++) {
        const v = data[i]!;
        if (v - v !== 0) odd[x] = Number.isNaN(v) || odd[x] === 1 ? 1 : 2;
        const t = (magnitude && v < 0 ? -v : v) * scale + offset;
        sum += Math.min(1, Math.max(t, 0));
      }
      sums[lane * width + x]! += sum;
    }
  };

  return (y, rgba, at) => {
    sums.fill(0);
    odd.fill(0);
    const top = y * factor;
    const bottom = Math.min(top + factor, inHeight);
    for (const [n, c] of channels.entries()) {
      for (let row = top; row < bottom; row++) addRow((c * inHeight + row) * inWidth, diverging ? 0 : n);
    }
    const added = (bottom - top) * (diverging ? channels.length : 1);
    for (let x = 0, p = at; x < width; x++, p += 4) {
      const cells = added * Math.min(factor, inWidth - x * factor);
      rgba[p + 3] = 255;
      if (odd[x] !== 0) {
        const colour = odd[x] === 1 ? NOT_A_NUMBER : INFINITE;
        for (let c = 0; c < 3; c++) rgba[p + c] = colour[c]!;
      } else if (diverging) {
        const step = 3 * Math.round((sums[x]! / cells) * (map.steps - 1));
        for (let c = 0; c < 3; c++) rgba[p + c] = map.rgb[step + c]!;
      } else {
        for (let c = 0; c < 3; c++) rgba[p + c] = ((sums[lanes === 3 ? c * width + x : x]! / cells) * 255 + 0.5) | 0;
      }
    }
  };
}
