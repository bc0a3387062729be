import type { Breath } from '../breath';
import type { Brush } from '../draw';

const BAND_PIXELS = 1_000_000;
/** What both browsers' canvases hold; beyond it the PNG is packed in script. */
const CANVAS_SIDE = 65535;
const CANVAS_PIXELS = 16384 * 16384;

/** A drawing of that size, made by a brush in bands, as PNG. */
export async function writePng(width: number, height: number, brush: Brush, breath: Breath): Promise<Blob> {
  const rows = Math.min(height, Math.max(1, Math.floor(BAND_PIXELS / width)));
  const small = Math.max(width, height) <= CANVAS_SIDE && width * height <= CANVAS_PIXELS;
  const canvas = small ? new OffscreenCanvas(width, height) : null;
  const context = canvas?.getContext('2d', { willReadFrequently: true });
  const data = context ? null : new Uint8Array(3 * width * height);
  for (let top = 0; top < height; top += rows) {
    const count = Math.min(rows, height - top);
    const rgba = await brush(top, count);
    context?.putImageData(new ImageData(rgba, width, count), 0, top);
    if (data) pack(rgba, data, 3 * width * top);
    if (breath.due()) await breath.rest();
  }
  if (canvas && data === null) return canvas.convertToBlob({ type: 'image/png' });
  const { encode } = await import('fast-png');
  const packed = encode({ width, height, data: data ?? new Uint8Array(), depth: 8, channels: 3 });
  return new Blob([new Uint8Array(packed)], { type: 'image/png' });
}

/** Red, green and blue of a band, without gaps from byte `p` on. */
function pack(rgba: Uint8ClampedArray, data: Uint8Array, p: number): void {
  for (let i = 0; i < rgba.length; i += 4) {
    data[p++] = rgba[i]!;
    data[p++] = rgba[i + 1]!;
    data[p++] = rgba[i + 2]!;
  }
}
