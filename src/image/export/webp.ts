import type { Breath } from '../breath';
import type { Brush } from '../draw';

/** The format has 14 bits for a side. */
export const WEBP_SIDE = 16383;
const BAND_PIXELS = 2 ** 18;

/**
 * A drawing as WebP, which only browsers write. `quality` 0 to 1; `progress` hears how much is drawn, 0 to 1.
 * @throws RangeError with a sentence when the size is too large; Error when this browser cannot.
 */
export async function writeWebp(
  width: number,
  height: number,
  brush: Brush,
  quality: number,
  breath: Breath,
  progress?: (done: number) => void,
): Promise<Blob> {
  if (Math.max(width, height) > WEBP_SIDE) {
    throw new RangeError(`A WebP has at most ${WEBP_SIDE} pixels on a side, received ${width} × ${height}. PNG holds it.`);
  }
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error(`This browser has no canvas of ${width} × ${height} pixels. PNG needs none.`);
  const rows = Math.max(1, Math.floor(BAND_PIXELS / width));
  for (let top = 0; top < height; top += rows) {
    const count = Math.min(rows, height - top);
    context.putImageData(new ImageData(await brush(top, count), width, count), 0, top);
    progress?.((top + count) / height);
    await breath.rest();
  }
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality });
  breath.signal?.throwIfAborted();
  if (blob.type !== 'image/webp') throw new Error('This browser writes no WebP. PNG holds the same picture.');
  return blob;
}
