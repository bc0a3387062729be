import type { Tensor, Values } from '../core/tensor';
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

/** Draws rows [top, top + count) as RGBA8. */
export type Brush = (top: number, count: number) => Promise<Uint8ClampedArray<ArrayBuffer>>;

const ROWS = 64;

/** A brush for the first item of [N, C, H, W]; with `factor` k every pixel is the mean of k x k mapped values, as if the full drawing were reduced. */
export function brushOf(tensor: Tensor, paint: Paint, map: ColourMap, factor: number, breath: Breath): Brush {
  const width = shrunk(tensor.shape[3] ?? 1, factor);
  return async (top, count) => {
    const rgba = new Uint8ClampedArray(4 * width * count);
    const row = rowBrush(tensor, paint, map, factor);
    for (let y = 0; y < count; y++) {
      row(top + y, rgba, 4 * y * width);
      if ((y % ROWS === 0 || factor > 1) && breath.due()) await breath.rest();
    }
    return rgba;
  };
}

/** The first item of [N, C, H, W] as pixels. */
export async function draw(tensor: Tensor, paint: Paint, map: ColourMap, factor: number, breath: Breath): Promise<Drawing> {
  const [width, height] = [shrunk(tensor.shape[3] ?? 1, factor), shrunk(tensor.shape[2] ?? 1, factor)];
  return { width, height, rgba: await brushOf(tensor, paint, map, factor, breath)(0, height) };
}

/** A function that writes one drawn row as RGBA8 at byte `at`. */
function rowBrush(
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
  const affine = {
    scale: span > 0 ? 1 / span : 0,
    offset: span > 0 ? -low / span : 0.5,
    magnitude: mapping === 'abs',
  };

  return (y, rgba, at) => {
    sums.fill(0);
    odd.fill(0);
    const top = y * factor;
    const bottom = Math.min(top + factor, inHeight);
    for (const [n, c] of channels.entries()) {
      for (let row = top; row < bottom; row++) {
        addRow(data, (c * inHeight + row) * inWidth, inWidth, factor, affine, sums, diverging ? 0 : n * width, odd);
      }
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

/** Place of a value on the scale: v (or |v|) x scale + offset, cut to 0..1. */
interface Affine {
  readonly scale: number;
  readonly offset: number;
  readonly magnitude: boolean;
}

/** Adds a row's values, mapped, to `sums` from `lane` on, `factor` neighbours to one sum; `odd` gets 1 for NaN, 2 for an infinity. */
function addRow(
  data: Values,
  from: number,
  inWidth: number,
  factor: number,
  { scale, offset, magnitude }: Affine,
  sums: Float64Array,
  lane: number,
  odd: Uint8Array,
): void {
  for (let dx = 0; dx < factor; dx++) {
    for (let x = 0, i = from + dx; i < from + inWidth; x++, i += factor) {
      const v = data[i]!;
      if (v - v !== 0) odd[x] = Number.isNaN(v) || odd[x] === 1 ? 1 : 2;
      const t = (magnitude ? Math.abs(v) : v) * scale + offset;
      sums[lane + x] = sums[lane + x]! + Math.min(1, Math.max(t, 0));
    }
  }
}
