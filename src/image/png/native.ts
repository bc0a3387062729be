import type { Tensor } from '../../core/tensor';
import type { Breath } from '../breath';
import type { Memory } from '../decode';
import { chunkOf, type PngChunks } from './chunks';

// The browser's own PNG decoder, several times as fast as ours, for the pictures of which it is known to give every stored value.

type Place = NonNullable<Memory['place']>;
type Parts = Pick<PngChunks, 'head' | 'colourType' | 'depth' | 'palette' | 'transparency' | 'whole'>;

/** Pixels copied at a time: memory that is used again costs less than new memory. */
const BAND_PIXELS = 2 ** 18;
/** Larger pictures would lie in memory twice. */
const MOST_PIXELS = 2 ** 25;

/**
 * A PNG as the browser decodes it, for `placeFrame`. Null where that is not as `readPng` reads it, or the browser refuses the file: then `readPng`
 * reads it, or says what is wrong with it. Browsers look at the checksums of chunks, not at the one of the packed pixels: a file that was written
 * wrong, rather than damaged since, opens as it does on any page.
 */
export async function frameOf(png: PngChunks): Promise<VideoFrame | null> {
  if (!isSuited(png) || typeof ImageDecoder !== 'function') return null;
  const [frame, strict] = await Promise.all([decoded(plainFile(png)), isStrict()]);
  if (frame && strict && frame.displayWidth === png.width && frame.displayHeight === png.height) return frame;
  frame?.close();
  return null;
}

/** Puts the pixels of a frame into [1, 3, H, W]: the values of `readPng`, bit for bit. Null where it does not hold them. */
export async function placeFrame(
  frame: VideoFrame,
  { width, height }: PngChunks,
  place: Place,
  into: Tensor,
  breath: Breath,
): Promise<{ transparent: boolean } | null> {
  const most = Math.min(height, Math.max(1, Math.floor(BAND_PIXELS / width)));
  const band = new Uint8ClampedArray(4 * width * most);
  let transparent = false;
  for (let top = 0; top < height; top += most) {
    const rows = Math.min(most, height - top);
    const rgba = band.subarray(0, 4 * width * rows);
    if (!(await copied(frame, rgba, { x: 0, y: top, width, height: rows }))) return null;
    if (await place(rgba, into, top * width)) {
      if (!isAllOrNothing(rgba)) return null;
      transparent = true;
    }
    if (breath.due()) await breath.rest();
  }
  return { transparent };
}

/** Samples of up to 8 bits, no alpha between clear and opaque as far as the chunks say: browsers multiply colours by it and round. */
function isSuited({ width, height, depth, colourType, transparency, whole }: PngChunks): boolean {
  if (depth > 8 || whole === null || width * height > MOST_PIXELS) return false;
  return colourType !== 3 || transparency === null || transparency.every((alpha) => alpha === 0 || alpha === 255);
}

/** The chunks that make the stored values and no other: colour profiles, orientation and animation do not reach the browser. */
function plainFile({ head, colourType, depth, palette, transparency, whole }: Parts): ArrayBuffer {
  const parts: Uint8Array[] = [head];
  if (colourType === 3 && palette !== null) {
    // A number beyond the palette is black; browsers refuse the palette or choose something else.
    const full = new Uint8Array(3 * 2 ** depth);
    full.set(palette.subarray(0, full.length));
    parts.push(chunkOf('PLTE', full));
  }
  if (transparency !== null) parts.push(chunkOf('tRNS', transparency));
  parts.push(...(whole ?? []), chunkOf('IEND', new Uint8Array()));
  const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file.buffer;
}

/** Null where the browser refuses the file. */
async function decoded(data: ArrayBuffer): Promise<VideoFrame | null> {
  try {
    const decoder = new ImageDecoder({ data, type: 'image/png', colorSpaceConversion: 'none', transfer: [data] });
    try {
      return (await decoder.decode()).image;
    } finally {
      decoder.close();
    }
  } catch {
    return null;
  }
}

/** Copies a part of a frame as RGBA8; false where the browser does not give it so. */
async function copied(frame: VideoFrame, rgba: Uint8ClampedArray, rect: DOMRectInit): Promise<boolean> {
  try {
    const [plane] = await frame.copyTo(rgba, { rect, format: 'RGBA' });
    return plane?.offset === 0 && plane.stride === 4 * (rect.width ?? 0);
  } catch {
    return false;
  }
}

/** Every pixel is clear or opaque. */
function isAllOrNothing(rgba: Uint8ClampedArray): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 0 && rgba[at] !== 255) return false;
  return true;
}

let strict: Promise<boolean> | null = null;

/** Some browsers show what they can of a damaged file. Whether this one refuses two of them: one lacks a row, one has a wrong checksum. */
function isStrict(): Promise<boolean> {
  strict ??= Promise.all(damaged().map(decoded)).then((frames) => {
    for (const frame of frames) frame?.close();
    return frames.every((frame) => frame === null);
  });
  return strict;
}

/** Grey pictures of 1 x 2 and of 1 x 1, each with one row. */
export function damaged(): ArrayBuffer[] {
  const row = chunkOf('IDAT', Uint8Array.of(0x78, 1, 1, 2, 0, 0xfd, 0xff, 0, 7, 0, 9, 0, 8));
  const wrong = row.slice();
  wrong[wrong.length - 1]! ^= 1;
  return [plainFile({ ...tiny, head: headOf(2), whole: [row] }), plainFile({ ...tiny, head: headOf(1), whole: [wrong] })];
}

const tiny = { colourType: 0, depth: 8, palette: null, transparency: null };
const headOf = (rows: number) =>
  Uint8Array.of(...signature, ...chunkOf('IHDR', Uint8Array.of(0, 0, 0, 1, 0, 0, 0, rows, 8, 0, 0, 0, 0)));
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
