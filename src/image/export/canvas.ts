// Pictures that the browser encodes, by way of a canvas: fast, but as a whole.

import type { Breath } from '../breath';
import { canvasIsTrue } from '../canvasDecode';
import type { Brush } from '../draw';

/** What both browsers' canvases hold. */
const CANVAS_SIDE = 65535;
const CANVAS_PIXELS = 16384 * 16384;
/** The format has 14 bits for a side. */
const WEBP_SIDE = 16383;
const BAND_PIXELS = 2 ** 18;
/** Of the whole work; the rest is the browser's, which does not tell how far it is. */
const DRAWING = 0.5;

export type CanvasFile = { readonly type: 'image/png' } | { readonly type: 'image/webp'; readonly quality: number };

/** A canvas of that size exists here, and what is written to it comes out as it went in. */
export const canvasHolds = (width: number, height: number): boolean =>
  typeof OffscreenCanvas !== 'undefined' &&
  Math.max(width, height) <= CANVAS_SIDE &&
  width * height <= CANVAS_PIXELS &&
  canvasIsTrue();

/** @throws RangeError with a sentence when the size is too large for the format; Error when this browser cannot. */
export async function writeByCanvas(
  width: number,
  height: number,
  brush: Brush,
  file: CanvasFile,
  breath: Breath,
  progress?: (done: number) => void,
): Promise<Blob> {
  if (file.type === 'image/webp' && Math.max(width, height) > WEBP_SIDE) {
    throw new RangeError(`A WebP has at most ${WEBP_SIDE} pixels on a side, received ${width} × ${height}. PNG holds it.`);
  }
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error(`This browser has no canvas of ${width} × ${height} pixels. PNG of 16 bits needs none.`);
  const rows = Math.max(1, Math.floor(BAND_PIXELS / width));
  for (let top = 0; top < height; top += rows) {
    const count = Math.min(rows, height - top);
    context.putImageData(new ImageData(await brush(top, count), width, count), 0, top);
    progress?.((DRAWING * (top + count)) / height);
    await breath.rest();
  }
  const blob = await unlessAborted(canvas.convertToBlob(file), breath.signal);
  if (blob.type !== file.type) throw new Error('This browser writes no WebP. PNG holds the same picture.');
  return blob;
}

/** The browser's work cannot be stopped; it ends unheard. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  const { promise, reject } = withReject();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
    work.catch(() => undefined);
  }
}

function withReject(): { readonly promise: Promise<never>; reject(reason: unknown): void } {
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<never>((_, no) => {
    reject = no;
  });
  return { promise, reject };
}
