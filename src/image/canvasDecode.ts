import type { Tensor } from '../core/tensor';
import type { Breath } from './breath';
import { CannotOpen } from './cannotOpen';
import type { Memory } from './decode';
import { type Header, nameOf } from './header';
import { overLimit } from './limits';
import { Planes } from './planes';

const BAND_PIXELS = 500_000;
const levels = Float32Array.from({ length: 256 }, (_, v) => v / 255);

/**
 * What the browser decodes, read in bands so that pixels exist once as bytes and once as floats. EXIF orientation is the browser's doing.
 * Values are the stored ones; where a pixel is transparent it is laid on white, within one level of 255 (canvas pixels are premultiplied).
 */
export async function decodeByCanvas(
  blob: Blob,
  header: Header,
  shrink: number,
  breath: Breath,
  memory: Memory,
): Promise<{ tensor: Tensor<Float32Array>; transparent: boolean }> {
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: 'none', premultiplyAlpha: 'default' }).catch(() => {
    throw new CannotOpen('broken', cannotRead(blob, header));
  });
  let planes: Planes | null = null;
  try {
    await breath.rest();
    const { width, height } = bitmap;
    const over = overLimit(width, height, { shrink, large: true });
    if (over !== null) throw new CannotOpen(over.reason, over.message, over);
    planes = new Planes(width, height, 1, shrink, memory.hold);
    const rows = Math.max(1, Math.floor(BAND_PIXELS / width));
    const band = new OffscreenCanvas(width, Math.min(rows, height)).getContext('2d', { willReadFrequently: true });
    if (band === null)
      throw new CannotOpen('broken', `This browser gave no canvas of ${width} × ${Math.min(rows, height)} to read the picture.`);
    const rgb = new Float32Array(3 * width);
    let transparent = false;
    for (let top = 0; top < height; top += rows) {
      const count = Math.min(rows, height - top);
      band.clearRect(0, 0, width, count);
      band.drawImage(bitmap, 0, top, width, count, 0, 0, width, count);
      const { data } = band.getImageData(0, 0, width, count);
      if (shrink === 1 && memory.place) {
        if (await memory.place(data, planes.into, top * width)) transparent = true;
      } else {
        for (let y = 0; y < count; y++) {
          if (toRgb(data, 4 * y * width, width, rgb)) transparent = true;
          planes.row(top + y, rgb, width);
        }
      }
      if (breath.due()) await breath.rest();
    }
    return { tensor: planes.finish(), transparent };
  } catch (error) {
    if (planes) memory.release(planes.into);
    throw error;
  } finally {
    bitmap.close();
  }
}

/** One row of RGBA bytes to values 0..1 on white. @returns whether any was transparent. */
function toRgb(data: Uint8ClampedArray, from: number, count: number, rgb: Float32Array): boolean {
  let transparent = false;
  for (let i = 0, at = from, p = 0; i < count; i++, at += 4, p += 3) {
    const alpha = data[at + 3]!;
    if (alpha === 255) {
      rgb[p] = levels[data[at]!]!;
      rgb[p + 1] = levels[data[at + 1]!]!;
      rgb[p + 2] = levels[data[at + 2]!]!;
    } else {
      transparent = true;
      const a = alpha / 255;
      for (let c = 0; c < 3; c++) rgb[p + c] = (data[at + c]! / 255) * a + 1 - a;
    }
  }
  return transparent;
}

function cannotRead(blob: Blob, header: Header): string {
  const name = nameOf(header.kind);
  if (header.kind === 'heic') return 'This browser does not read HEIC; PNG, JPEG, GIF, WebP, AVIF, BMP, ICO or SVG is expected.';
  return `This ${name} is broken: a picture of ${header.width} × ${header.height} is expected, its ${blob.size} bytes cannot be decoded.`;
}

let canary: boolean | null = null;

/** Some browsers alter pixels read from a canvas to hinder tracking: whether a known pattern comes back as it was. */
export function canvasIsTrue(): boolean {
  if (canary !== null) return canary;
  const side = 16;
  const sent = Uint8ClampedArray.from({ length: 4 * side * side }, (_, i) => (i % 4 === 3 ? 255 : (i * 37 + 11) % 256));
  const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
  context?.putImageData(new ImageData(sent, side, side), 0, 0);
  const back = context?.getImageData(0, 0, side, side).data;
  canary = sent.every((v, i) => back?.[i] === v);
  return canary;
}
