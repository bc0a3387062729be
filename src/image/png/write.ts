import { encode } from 'fast-png';
import type { Tensor } from '../../core/tensor';
import type { Breath } from '../breath';
import type { ColourMap } from '../colourMap';
import type { Paint } from '../display';
import { brushFor } from '../draw';

const BAND_PIXELS = 1_000_000;
/** What both browsers' canvases hold; beyond it the PNG is packed in script. */
const CANVAS_SIDE = 65535;
const CANVAS_PIXELS = 16384 * 16384;

/** The drawing of a tensor at its true size, as PNG. */
export async function writePng(tensor: Tensor, paint: Paint, map: ColourMap, breath: Breath): Promise<Blob> {
  const [height, width] = [tensor.shape[2] ?? 1, tensor.shape[3] ?? 1];
  const brush = brushFor(tensor, paint, map, 1);
  if (Math.max(width, height) > CANVAS_SIDE || width * height > CANVAS_PIXELS) return packed(width, height, brush);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return packed(width, height, brush);
  const rows = Math.min(height, Math.max(1, Math.floor(BAND_PIXELS / width)));
  for (let top = 0; top < height; top += rows) {
    const count = Math.min(rows, height - top);
    const rgba = new Uint8ClampedArray(4 * width * count);
    for (let y = 0; y < count; y++) brush(top + y, rgba, 4 * y * width);
    context.putImageData(new ImageData(rgba, width, count), 0, top);
    if (breath.due()) await breath.rest();
  }
  return canvas.convertToBlob({ type: 'image/png' });
}

function packed(width: number, height: number, brush: ReturnType<typeof brushFor>): Blob {
  const row = new Uint8ClampedArray(4 * width);
  const data = new Uint8Array(3 * width * height);
  for (let y = 0, p = 0; y < height; y++) {
    brush(y, row, 0);
    for (let i = 0; i < row.length; i += 4) {
      data[p++] = row[i]!;
      data[p++] = row[i + 1]!;
      data[p++] = row[i + 2]!;
    }
  }
  return new Blob([new Uint8Array(encode({ width, height, data, depth: 8, channels: 3 }))], { type: 'image/png' });
}
