import { CannotOpen } from '../cannotOpen';

/** A PNG taken apart: the header's fields, palette, transparency, and where its compressed pixels lie. */
export interface PngChunks {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colourType: number;
  readonly interlaced: boolean;
  /** The signature and the chunk IHDR. */
  readonly head: Uint8Array;
  readonly palette: Uint8Array | null;
  readonly transparency: Uint8Array | null;
  readonly pixels: readonly Uint8Array<ArrayBuffer>[];
  /** The chunks with those pixels as they lie in the file, checksums included; null where the file ends within one. */
  readonly whole: readonly Uint8Array<ArrayBuffer>[] | null;
  /** Whether the checksums of the pixels' chunks fit; asked only when inflating ends badly. */
  intact(): boolean;
}

const depths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

const broken = (what: string): CannotOpen => new CannotOpen('broken', `This PNG is broken: ${what}.`);

/** PNG third edition, sections 5 and 11. @throws CannotOpen when a chunk that matters is damaged or missing. */
export function readChunks(data: Uint8Array<ArrayBuffer>): PngChunks {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let palette: Uint8Array | null = null;
  let transparency: Uint8Array | null = null;
  const pixels: Uint8Array<ArrayBuffer>[] = [];
  const starts: number[] = [];
  const whole: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 8; at + 12 <= data.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...data.subarray(at + 4, at + 8));
    const end = at + 8 + length;
    const body = data.subarray(at + 8, Math.min(end, data.length));
    if (type === 'IDAT' && length > 0) {
      pixels.push(body);
      starts.push(at);
      if (end + 4 <= data.length) whole.push(data.subarray(at, end + 4));
    }
    if (type === 'PLTE' || type === 'tRNS' || type === 'IHDR') {
      if (end + 4 > data.length) throw broken(`chunk ${type} of ${length} bytes is expected, received ${body.length}`);
      if (crc32(data.subarray(at + 4, end)) !== view.getUint32(end))
        throw broken(`the checksum of chunk ${type} does not fit its bytes`);
      if (type === 'PLTE') palette = body;
      if (type === 'tRNS') transparency = body;
    }
    if (type === 'IEND') break;
    at = end + 4;
  }
  const [depth, colourType, interlace] = [view.getUint8(24), view.getUint8(25), view.getUint8(28)];
  if (!depths[colourType]?.includes(depth)) throw broken(`colour type ${colourType} with ${depth} bits does not exist`);
  if (view.getUint8(26) !== 0 || view.getUint8(27) !== 0 || interlace > 1)
    throw broken('compression, filter or interlace method is unknown');
  if (colourType === 3 && palette === null) throw broken('a palette is expected, received none');
  if (pixels.length === 0) throw broken('pixels are expected in chunks IDAT, received none');
  return {
    width: view.getUint32(16),
    height: view.getUint32(20),
    depth,
    colourType,
    interlaced: interlace === 1,
    head: data.subarray(0, 33),
    palette,
    transparency,
    pixels,
    whole: whole.length === starts.length ? whole : null,
    intact: () =>
      starts.every((at) => {
        const end = at + 8 + view.getUint32(at);
        return end + 4 <= data.length && crc32(data.subarray(at + 4, end)) === view.getUint32(end);
      }),
  };
}

/** The bytes of a chunk, with length and checksum. */
export function chunkOf(type: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(body.length + 12);
  const view = new DataView(data.buffer);
  view.setUint32(0, body.length);
  for (let i = 0; i < 4; i++) data[4 + i] = type.charCodeAt(i);
  data.set(body, 8);
  view.setUint32(body.length + 8, crc32(data.subarray(4, body.length + 8)));
  return data;
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** The checksum of chunks: PNG third edition, annex D. */
export function crc32(data: Uint8Array): number {
  let c = 0xffffffff;
  for (let i = 0; i < data.length; i++) c = table[(c ^ data[i]!) & 255]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
