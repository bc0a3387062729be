import { type Bytes, HeaderError } from './bytes';
import type { Header } from './header';

/** BITMAPCOREHEADER (12 bytes) or BITMAPINFOHEADER and its successors; a negative height means rows from the top. */
export function bmpHeader(bytes: Bytes): Header {
  const size = bytes.le32(14);
  const base = { kind: 'bmp', orientation: 1, animated: false } as const;
  if (size === 12) return { ...base, width: bytes.le16(18), height: bytes.le16(20), bitDepth: 8, alpha: false };
  if (size < 40) {
    throw new HeaderError(
      'broken',
      `This BMP is broken: an info header of 12 or at least 40 bytes is expected, received ${size}.`,
    );
  }
  const width = Math.abs(bytes.le32(18) | 0);
  const height = Math.abs(bytes.le32(22) | 0);
  return { ...base, width, height, bitDepth: 8, alpha: bytes.le16(28) === 32 ? null : false };
}

/** The largest of the pictures that an icon holds. */
export function icoHeader(bytes: Bytes): Header {
  const count = bytes.le16(4);
  let width = 0;
  let height = 0;
  for (let i = 0; i < count; i++) {
    const w = bytes.u8(6 + 16 * i) || 256;
    const h = bytes.u8(7 + 16 * i) || 256;
    if (w * h > width * height) [width, height] = [w, h];
  }
  return { kind: 'ico', width, height, orientation: 1, bitDepth: 8, alpha: null, animated: false };
}
