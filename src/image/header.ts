import { bmpHeader, icoHeader } from './headers/bitmaps';
import { Bytes, HeaderError } from './headers/bytes';
import { gifHeader } from './headers/gif';
import type { Header } from './headers/header';
import { heifHeader } from './headers/heif';
import { jpegHeader } from './headers/jpeg';
import { markupHeader } from './headers/markup';
import { npyHeader, npyMagic } from './headers/npy';
import { pngHeader } from './headers/png';
import { webpHeader } from './headers/webp';

export { HeaderError, type HeaderProblem, nameOf } from './headers/bytes';
export type { Header, ImageKind } from './headers/header';

/**
 * Kind, size and properties of a picture from its first bytes, whatever they are.
 * @throws HeaderError and nothing else; its `problem` is `short` when a longer piece of the file may answer.
 */
export function readHeader(data: Uint8Array): Header {
  if (data.length === 0) throw new HeaderError('empty', 'The picture is empty: image data is expected, received 0 bytes.');
  const text = new Bytes(data).text(0, 12);
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return pngHeader(new Bytes(data, 'png'));
  if (text.startsWith('\xff\xd8\xff')) return jpegHeader(new Bytes(data, 'jpeg'));
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return gifHeader(new Bytes(data, 'gif'));
  if (text.startsWith('RIFF') && text.slice(8) === 'WEBP') return webpHeader(new Bytes(data, 'webp'));
  if (text.startsWith(npyMagic)) return npyHeader(new Bytes(data, 'npy'));
  if (text.slice(4, 8) === 'ftyp') {
    const kind = heifKind(new Bytes(data));
    if (kind !== null) return heifHeader(new Bytes(data, kind), kind);
  }
  const markup = markupHeader(data);
  if (markup !== null) return markup;
  if (text.startsWith('\0\0\x01\0') && data.length >= 6) return icoHeader(new Bytes(data, 'ico'));
  if (text.startsWith('BM') && data.length >= 26) return bmpHeader(new Bytes(data, 'bmp'));
  throw new HeaderError(
    'unknown',
    `This is not a picture: PNG, JPEG, GIF, WebP, AVIF, BMP, ICO, SVG or NPY is expected, received ${count(data.length)} beginning with ${start(data)}.`,
  );
}

/** Width and height as shown: orientations 5 to 8 lie on their side. */
export function shownSize(header: Header): { readonly width: number; readonly height: number } {
  const { width, height, orientation } = header;
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

function heifKind(bytes: Bytes): 'avif' | 'heic' | null {
  const brands = bytes.text(8, Math.min(Math.max(bytes.length - 8, 0), 120));
  if (/^(avif|avis)/.test(brands)) return 'avif';
  if (/^(heic|heix|hevc|hevx|heim|heis|mif1|msf1)/.test(brands)) return /avif|avis/.test(brands) ? 'avif' : 'heic';
  return null;
}

const count = (n: number): string => (n === 1 ? '1 byte' : `${n} bytes`);

function start(data: Uint8Array): string {
  const head = data.subarray(0, 16);
  if (head.every((b) => b >= 32 && b < 127)) return JSON.stringify(String.fromCharCode(...head));
  return [...head.subarray(0, 8)].map((b) => b.toString(16).padStart(2, '0')).join(' ');
}
