import { type Bytes, HeaderError, nameOf } from './bytes';
import type { Header } from './header';

interface Found {
  width: number;
  height: number;
  bitDepth: number;
  alpha: boolean;
  /** Quarter turns anticlockwise. */
  turns: number;
}

/** Boxes of an ISO base media file (ISO 14496-12, 23008-12): the largest `ispe`, `pixi`, `irot`, and an alpha plane's `auxC`. */
export function heifHeader(bytes: Bytes, kind: 'avif' | 'heic'): Header {
  const found: Found = { width: 0, height: 0, bitDepth: 8, alpha: false, turns: 0 };
  let short: HeaderError | null = null;
  try {
    walk(bytes, 0, bytes.length, found, 0);
  } catch (error) {
    if (!(error instanceof HeaderError)) throw error;
    short = error;
  }
  if (found.width === 0 && found.height === 0) {
    throw short ?? new HeaderError('short', `This ${nameOf(kind)} states no size: a box "ispe" is expected, received none.`);
  }
  const { width, height, bitDepth, alpha } = found;
  const brands = bytes.text(8, Math.min(bytes.be32(0), 128) - 8);
  return { kind, width, height, orientation: [1, 8, 3, 6][found.turns] ?? 1, bitDepth, alpha, animated: brands.includes('avis') };
}

const containers: Readonly<Record<string, number>> = { meta: 4, iprp: 0, ipco: 0 };

function walk(bytes: Bytes, from: number, to: number, found: Found, depth: number): void {
  for (let at = from; at + 8 <= to; ) {
    const type = bytes.text(at + 4, 4);
    let size = bytes.be32(at);
    let head = 8;
    if (size === 1) {
      size = bytes.be32(at + 8) * 2 ** 32 + bytes.be32(at + 12);
      head = 16;
    } else if (size === 0) {
      size = to - at;
    }
    if (size < head)
      throw new HeaderError('broken', `This picture is broken: a box of at least ${head} bytes is expected, received ${size}.`);
    const body = at + head;
    const skip = containers[type];
    if (skip !== undefined && depth < 4) walk(bytes, body + skip, Math.min(at + size, to), found, depth + 1);
    else readProperty(bytes, type, body, Math.min(at + size, to), found);
    at += size;
  }
}

function readProperty(bytes: Bytes, type: string, at: number, end: number, found: Found): void {
  if (type === 'ispe') {
    const width = bytes.be32(at + 4);
    const height = bytes.be32(at + 8);
    if (width * height > found.width * found.height) Object.assign(found, { width, height });
  } else if (type === 'pixi') {
    found.bitDepth = Math.max(found.bitDepth, bytes.u8(at + 4) > 0 ? bytes.u8(at + 5) : 8);
  } else if (type === 'irot') {
    found.turns = bytes.u8(at) & 3;
  } else if (type === 'auxC') {
    found.alpha ||= bytes.text(at + 4, Math.min(end - at, 80)).includes('alpha');
  }
}
