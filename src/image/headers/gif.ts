import { type Bytes, HeaderError } from './bytes';
import type { Header } from './header';

/** Logical screen, then blocks (GIF89a) up to the second image as far as the bytes reach. */
export function gifHeader(bytes: Bytes): Header {
  const width = bytes.le16(6);
  const height = bytes.le16(8);
  let alpha: boolean | null = null;
  let animated: boolean | null = null;
  try {
    [alpha, animated] = readBlocks(bytes);
  } catch (error) {
    if (!(error instanceof HeaderError)) throw error;
  }
  return { kind: 'gif', width, height, orientation: 1, bitDepth: 8, alpha, animated };
}

function readBlocks(bytes: Bytes): [alpha: boolean, animated: boolean] {
  let alpha = false;
  let images = 0;
  let at = 13 + tableSize(bytes.u8(10));
  for (;;) {
    const kind = bytes.u8(at);
    if (kind === 0x21) {
      if (bytes.u8(at + 1) === 0xf9 && images === 0) alpha = (bytes.u8(at + 3) & 1) === 1;
      at = afterBlocks(bytes, at + 2);
    } else if (kind === 0x2c) {
      images += 1;
      if (images === 2) return [alpha, true];
      at = afterBlocks(bytes, at + 11 + tableSize(bytes.u8(at + 9)));
    } else {
      return [alpha, false];
    }
  }
}

const tableSize = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

function afterBlocks(bytes: Bytes, at: number): number {
  for (;;) {
    const length = bytes.u8(at);
    at += 1 + length;
    if (length === 0) return at;
  }
}
