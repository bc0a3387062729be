import { crc32, deflateSync } from 'node:zlib';

// Pictures made byte by byte, so that tests know every stored value.

export const text = (s: string): number[] => [...s].map((c) => c.charCodeAt(0));
export const be = (n: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => Math.floor(n / 256 ** (bytes - 1 - i)) % 256);
export const le = (n: number, bytes: number): number[] => be(n, bytes).reverse();

export function chunk(type: string, body: ArrayLike<number>): number[] {
  const data = Buffer.from([...text(type), ...Array.from(body)]);
  return [...be(body.length, 4), ...data, ...be(crcOf(data), 4)];
}

/** zlib's crc32 appeared in Node 22; older ones take the table. */
function crcOf(data: Uint8Array): number {
  if (typeof crc32 === 'function') return crc32(data);
  let c = 0xffffffff;
  for (const byte of data) {
    c ^= byte;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  }
  return (c ^ 0xffffffff) >>> 0;
}

export interface PngSpec {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA. */
  readonly type: number;
  /** Stored numbers, pixel by pixel. */
  readonly samples: readonly number[];
  /** Filter of row n is `filters[n % length]`. */
  readonly filters?: readonly number[];
  readonly interlaced?: boolean;
  /** Chunks before the pixels. */
  readonly before?: readonly number[];
  /** Bytes of compressed pixels per IDAT chunk. */
  readonly split?: number;
}

const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

export function png(spec: PngSpec): Uint8Array<ArrayBuffer> {
  const { width, height, depth, type, interlaced = false, before = [] } = spec;
  const packed = deflateSync(Buffer.from(scanlines(spec)));
  const split = spec.split ?? packed.length;
  const pixels: number[] = [];
  for (let at = 0; at < packed.length; at += split) pixels.push(...chunk('IDAT', packed.subarray(at, at + split)));
  return Uint8Array.from([
    ...text('\x89PNG\r\n\x1a\n'),
    ...chunk('IHDR', [...be(width, 4), ...be(height, 4), depth, type, 0, 0, interlaced ? 1 : 0]),
    ...before,
    ...pixels,
    ...chunk('IEND', []),
  ]);
}

function scanlines({ width, height, depth, type, samples, filters = [0], interlaced = false }: PngSpec): number[] {
  const channels = channelsOf[type]!;
  const passes = interlaced
    ? [
        [0, 0, 8, 8],
        [4, 0, 8, 8],
        [0, 4, 4, 8],
        [2, 0, 4, 4],
        [0, 2, 2, 4],
        [1, 0, 2, 2],
        [0, 1, 1, 2],
      ]
    : [[0, 0, 1, 1]];
  const out: number[] = [];
  for (const [x0, y0, dx, dy] of passes) {
    let above: number[] = [];
    let n = 0;
    for (let y = y0!; y < height; y += dy!) {
      const bits: number[] = [];
      for (let x = x0!; x < width; x += dx!) {
        for (let c = 0; c < channels; c++) {
          const v = samples[(y * width + x) * channels + c]!;
          for (let b = depth - 1; b >= 0; b--) bits.push((v >> b) & 1);
        }
      }
      if (bits.length === 0) continue;
      const line: number[] = [];
      for (let i = 0; i < bits.length; i += 8) {
        line.push(Array.from({ length: 8 }, (_, b) => bits[i + b] ?? 0).reduce((sum, bit) => sum * 2 + bit, 0));
      }
      const filter = filters[n++ % filters.length]!;
      out.push(filter, ...filtered(line, above, filter, Math.max(1, (channels * depth) >> 3)));
      above = line;
    }
  }
  return out;
}

function filtered(line: readonly number[], above: readonly number[], filter: number, step: number): number[] {
  return line.map((v, i) => {
    const a = line[i - step] ?? 0;
    const b = above[i] ?? 0;
    const c = i >= step ? (above[i - step] ?? 0) : 0;
    const nearest = [a, b, c].reduce((best, p) => (Math.abs(a + b - c - p) < Math.abs(a + b - c - best) ? p : best), a);
    return (v - [0, a, b, Math.floor((a + b) / 2), nearest][filter]! + 256) % 256;
  });
}

export const exif = (orientation: number, order: 'II' | 'MM' = 'II'): number[] => {
  const n = order === 'II' ? le : be;
  return [
    ...text(order),
    ...n(42, 2),
    ...n(8, 4),
    ...n(1, 2),
    ...n(0x0112, 2),
    ...n(3, 2),
    ...n(1, 4),
    ...n(orientation, 2),
    0,
    0,
    ...n(0, 4),
  ];
};

const segment = (marker: number, body: readonly number[]): number[] => [0xff, marker, ...be(body.length + 2, 2), ...body];

/** Segments up to the frame header, no pixels. */
export function jpegStart(spec: {
  width: number;
  height: number;
  marker?: number;
  orientation?: number;
  order?: 'II' | 'MM';
  filler?: number;
}): Uint8Array {
  const { width, height, marker = 0xc0, orientation, order, filler = 0 } = spec;
  return Uint8Array.from([
    0xff,
    0xd8,
    ...segment(0xe0, [...text('JFIF\0'), 1, 2, 0, 0, 1, 0, 1, 0, 0]),
    ...(orientation === undefined ? [] : segment(0xe1, [...text('Exif\0\0'), ...exif(orientation, order)])),
    ...segment(0xe2, new Array<number>(filler).fill(0xff)),
    ...segment(marker, [8, ...be(height, 2), ...be(width, 2), 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]),
  ]);
}

const riff = (type: string, body: readonly number[], rest: readonly number[] = []): Uint8Array =>
  Uint8Array.from([
    ...text('RIFF'),
    ...le(4 + 8 + body.length + rest.length, 4),
    ...text(`WEBP${type}`),
    ...le(body.length, 4),
    ...body,
    ...rest,
  ]);
export const webpLossy = (w: number, h: number): Uint8Array =>
  riff('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, ...le(w, 2), ...le(h, 2)]);
export const webpLossless = (w: number, h: number, alpha: boolean): Uint8Array =>
  riff('VP8L', [0x2f, ...le(w - 1 + (h - 1) * 2 ** 14 + (alpha ? 2 ** 28 : 0), 4)]);
export const webpExtended = (w: number, h: number, flags: number, rest: readonly number[] = []): Uint8Array =>
  riff('VP8X', [flags, 0, 0, 0, ...le(w - 1, 3), ...le(h - 1, 3)], rest);

export function gif(w: number, h: number, images: number, clear = false): Uint8Array {
  const image = [0x21, 0xf9, 4, clear ? 1 : 0, 0, 0, 0, 0, 0x2c, 0, 0, 0, 0, ...le(w, 2), ...le(h, 2), 0, 2, 2, 0x4c, 1, 0];
  return Uint8Array.from([
    ...text('GIF89a'),
    ...le(w, 2),
    ...le(h, 2),
    0x80,
    0,
    0,
    0,
    0,
    0,
    255,
    255,
    255,
    ...Array.from({ length: images }, () => image).flat(),
    0x3b,
  ]);
}

export const bmp = (w: number, h: number, bits: number): Uint8Array =>
  Uint8Array.from([
    ...text('BM'),
    ...le(54, 4),
    0,
    0,
    0,
    0,
    ...le(54, 4),
    ...le(40, 4),
    ...le(w, 4),
    ...le(h < 0 ? 2 ** 32 + h : h, 4),
    1,
    0,
    ...le(bits, 2),
    ...new Array<number>(24).fill(0),
  ]);

export const ico = (sizes: readonly number[]): Uint8Array =>
  Uint8Array.from([
    0,
    0,
    1,
    0,
    ...le(sizes.length, 2),
    ...sizes.flatMap((s) => [s % 256, s % 256, 0, 0, 1, 0, 32, 0, ...le(100, 4), ...le(100, 4)]),
  ]);

const box = (type: string, body: readonly number[]): number[] => [...be(body.length + 8, 4), ...text(type), ...body];
export function heif(
  brand: string,
  sizes: readonly (readonly [number, number])[],
  spec: { turns?: number; depth?: number; alpha?: boolean } = {},
): Uint8Array {
  const { turns = 0, depth = 8, alpha = false } = spec;
  const properties = [
    ...sizes.flatMap(([w, h]) => box('ispe', [0, 0, 0, 0, ...be(w, 4), ...be(h, 4)])),
    ...box('pixi', [0, 0, 0, 0, 3, depth, depth, depth]),
    ...(turns > 0 ? box('irot', [turns]) : []),
    ...(alpha ? box('auxC', [0, 0, 0, 0, ...text('urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0')]) : []),
  ];
  return Uint8Array.from([
    ...box('ftyp', [...text(brand), 0, 0, 0, 0, ...text(brand)]),
    ...box('meta', [0, 0, 0, 0, ...box('hdlr', new Array<number>(25).fill(0)), ...box('iprp', box('ipco', properties))]),
  ]);
}

/** A fixed sequence of numbers 0..1 (mulberry32). */
export function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
