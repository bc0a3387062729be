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

/** The largest whole factor after which a drawing still has all the pixels that are seen of it; it lies whole in `seen`, in pixels of the screen. */
export function factorSeen(width: number, height: number, seen: { readonly width: number; readonly height: number }): number {
  return Math.max(1, Math.floor(Math.max(width / seen.width, height / seen.height)));
}

/** The factor by which a tensor is drawn for what is seen of it, beside its drawing; null where that is less than twice as fine. */
export function factorBeside(
  width: number,
  height: number,
  seen: { readonly width: number; readonly height: number },
): number | null {
  const factor = factorSeen(width, height, seen);
  return factor >= 2 * factorFor(width, height, MAX_DRAWN_PIXELS) ? factor : null;
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

/** A function that writes one drawn row as RGBA8 at byte `at`. All is float32, so that the fast engine draws the same bytes. */
function rowBrush(
  { shape, data }: Tensor,
  paint: Paint,
  map: ColourMap,
  factor: number,
): (y: number, rgba: Uint8ClampedArray, at: number) => void {
  const [inWidth, inHeight] = [shape[3] ?? 1, shape[2] ?? 1];
  const width = shrunk(inWidth, factor);
  const { mapping, channels } = paint;
  const diverging = mapping === 'symmetric';
  const lanes = diverging ? 1 : channels.length;
  const sums = new Float32Array(lanes * width);
  const odd = new Uint8Array(width);
  const scale = scaleOf(paint);
  const levels = diverging ? map.steps - 1 : 255;

  return (y, rgba, at) => {
    sums.fill(0);
    odd.fill(0);
    const top = y * factor;
    const bottom = Math.min(top + factor, inHeight);
    for (const [n, c] of channels.entries()) {
      for (let row = top; row < bottom; row++) {
        addRow(data, (c * inHeight + row) * inWidth, inWidth, factor, scale, sums, diverging ? 0 : n * width, odd);
      }
    }
    const added = (bottom - top) * (diverging ? channels.length : 1);
    for (let x = 0, p = at; x < width; x++, p += 4) {
      const share = Math.fround(levels / (added * Math.min(factor, inWidth - x * factor)));
      const level = (sum: number): number => Math.trunc(Math.fround(Math.fround(sum * share) + 0.5));
      rgba[p + 3] = 255;
      if (odd[x] !== 0) {
        const colour = odd[x] === 1 ? NOT_A_NUMBER : INFINITE;
        for (let c = 0; c < 3; c++) rgba[p + c] = colour[c]!;
      } else if (diverging) {
        const step = 3 * level(sums[x]!);
        for (let c = 0; c < 3; c++) rgba[p + c] = map.rgb[step + c]!;
      } else {
        for (let c = 0; c < 3; c++) rgba[p + c] = level(sums[lanes === 3 ? c * width + x : x]!);
      }
    }
  };
}

/** Place of a value on the scale: (v − low) · slope + start, or of |v|, cut to 0..1. */
export interface Scale {
  readonly low: number;
  readonly slope: number;
  readonly start: number;
  readonly magnitude: boolean;
}

/** Of ends that are one value, everything lies in the middle. */
export function scaleOf({ low, high, mapping }: Pick<Paint, 'low' | 'high' | 'mapping'>): Scale {
  const span = high - low;
  const magnitude = mapping === 'abs';
  if (!(span > 0)) return { low: 0, slope: 0, start: 0.5, magnitude };
  return { low: Math.fround(low), slope: Math.fround(1 / span), start: 0, magnitude };
}

/** Adds the places of a row's values to `sums` from `lane` on, `factor` neighbours to one sum; `odd` gets 1 for NaN, 2 for an infinity. */
function addRow(
  data: Values,
  from: number,
  inWidth: number,
  factor: number,
  { low, slope, start, magnitude }: Scale,
  sums: Float32Array,
  lane: number,
  odd: Uint8Array,
): void {
  for (let dx = 0; dx < factor; dx++) {
    for (let x = 0, i = from + dx; i < from + inWidth; x++, i += factor) {
      const v = data[i]!;
      if (v - v !== 0) odd[x] = Number.isNaN(v) || odd[x] === 1 ? 1 : 2;
      const t = Math.fround(Math.fround(Math.fround((magnitude ? Math.abs(v) : v) - low) * slope) + start);
      sums[lane + x] = sums[lane + x]! + Math.min(1, Math.max(t, 0));
    }
  }
}
