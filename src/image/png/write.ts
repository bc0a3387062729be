import type { Breath } from '../breath';
import { crc32 } from './chunks';
import { RowFilter } from './filter';

/** What a PNG holds. */
export interface PngKind {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. */
  readonly depth: 8 | 16;
  /** Grey, or red, green and blue. */
  readonly colours: 1 | 3;
}

/** Samples of rows [top, top + count) without gaps; those of 16 bits have their high byte first. */
export type Samples = (top: number, count: number) => Promise<Uint8Array>;

const BAND_BYTES = 2 ** 20;

/**
 * A PNG written in bands: neither its samples nor a canvas of its size exist as a whole, so that no size is too large, every sample comes out as
 * it went in, and the work can be stopped. `progress` hears how much is written, 0 to 1.
 */
export async function writePng(
  kind: PngKind,
  samples: Samples,
  breath: Breath,
  progress?: (done: number) => void,
): Promise<Blob> {
  const { width, height, depth, colours } = kind;
  const step = (colours * depth) / 8;
  const line = step * width;
  const rows = Math.min(height, Math.max(1, Math.floor(BAND_BYTES / line)));
  const filter = new RowFilter(line, step);
  const parts: Uint8Array<ArrayBuffer>[] = [signature, chunk('IHDR', header(kind))];
  const deflate = new CompressionStream('deflate');
  const writer = deflate.writable.getWriter();
  const packed = gather(deflate.readable, parts);
  // Heard where it is awaited; until then nobody has to know.
  packed.catch(() => undefined);
  try {
    for (let top = 0; top < height; top += rows) {
      const count = Math.min(rows, height - top);
      const band = await samples(top, count);
      const filtered = new Uint8Array((line + 1) * count);
      for (let y = 0; y < count; y++) {
        filter.write(band.subarray(y * line, (y + 1) * line), filtered, y * (line + 1));
        if (breath.due()) await breath.rest();
      }
      await writer.write(filtered);
      progress?.((top + count) / height);
      await breath.rest();
    }
    await writer.close();
    await packed;
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    throw error;
  }
  return new Blob([...parts, chunk('IEND', new Uint8Array())], { type: 'image/png' });
}

/** Compressed bytes as chunks of pixels. */
async function gather(stream: ReadableStream<Uint8Array>, parts: Uint8Array<ArrayBuffer>[]): Promise<void> {
  const reader = stream.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    parts.push(chunk('IDAT', value));
  }
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** PNG third edition, 11.2.1: no palette, no alpha, not interlaced. */
function header({ width, height, depth, colours }: PngKind): Uint8Array {
  const bytes = new Uint8Array(13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  bytes[8] = depth;
  bytes[9] = colours === 1 ? 0 : 2;
  return bytes;
}

/** Length, type, bytes, checksum of type and bytes. */
function chunk(type: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(body.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, body.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(body, 8);
  view.setUint32(body.length + 8, crc32(bytes.subarray(4, body.length + 8)));
  return bytes;
}
