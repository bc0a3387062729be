import { type Bytes, HeaderError } from './bytes';
import { orientationAt } from './exif';
import type { Header } from './header';

/** The three first chunks a WebP may have (RFC 9649): VP8 (lossy), VP8L (lossless), VP8X (extended). */
export function webpHeader(bytes: Bytes): Header {
  const base = { kind: 'webp', orientation: 1, bitDepth: 8, animated: false } as const;
  const type = bytes.text(12, 4);
  if (type === 'VP8 ') {
    const start = bytes.u8(23) * 65536 + bytes.u8(24) * 256 + bytes.u8(25);
    if (start !== 0x9d012a) {
      throw new HeaderError('broken', `This WebP is broken: the start code 9d012a is expected, received ${start.toString(16)}.`);
    }
    return { ...base, width: bytes.le16(26) & 0x3fff, height: bytes.le16(28) & 0x3fff, alpha: false };
  }
  if (type === 'VP8L') {
    if (bytes.u8(20) !== 0x2f) {
      throw new HeaderError(
        'broken',
        `This WebP is broken: the signature 2f is expected, received ${bytes.u8(20).toString(16)}.`,
      );
    }
    const bits = bytes.le32(21);
    return { ...base, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, alpha: ((bits >>> 28) & 1) === 1 };
  }
  if (type === 'VP8X') {
    const flags = bytes.u8(20);
    return {
      ...base,
      width: bytes.le24(24) + 1,
      height: bytes.le24(27) + 1,
      alpha: (flags & 0x10) !== 0,
      animated: (flags & 0x02) !== 0,
      orientation: (flags & 0x08) !== 0 ? exifChunk(bytes) : 1,
    };
  }
  if (bytes.length < 16) bytes.u8(15);
  throw new HeaderError(
    'broken',
    `This WebP is broken: a chunk VP8, VP8L or VP8X is expected, received ${JSON.stringify(type)}.`,
  );
}

function exifChunk(bytes: Bytes): number {
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = bytes.le32(at + 4);
    if (bytes.text(at, 4) === 'EXIF') {
      return orientationAt(bytes, bytes.text(at + 8, 6) === 'Exif\0\0' ? at + 14 : at + 8);
    }
    at += 8 + length + (length & 1);
  }
  return 1;
}
