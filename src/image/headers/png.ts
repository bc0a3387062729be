import { type Bytes, HeaderError } from './bytes';
import { orientationAt } from './exif';
import type { Header } from './header';

/** IHDR, and what the chunks before the pixels add (PNG third edition, section 11): transparency, animation, orientation. */
export function pngHeader(bytes: Bytes): Header {
  if (bytes.text(12, 4) !== 'IHDR' && bytes.length >= 16) {
    throw new HeaderError(
      'broken',
      `This PNG is broken: the chunk IHDR is expected first, received ${JSON.stringify(bytes.text(12, 4))}.`,
    );
  }
  const width = bytes.be32(16);
  const height = bytes.be32(20);
  const bitDepth = bytes.u8(24);
  const colourType = bytes.u8(25);
  let alpha = colourType === 4 || colourType === 6;
  let animated = false;
  let orientation = 1;
  for (let at = 33; at + 8 <= bytes.length; ) {
    const type = bytes.text(at + 4, 4);
    if (type === 'IDAT' || type === 'IEND') break;
    if (type === 'tRNS') alpha = true;
    if (type === 'acTL') animated = true;
    if (type === 'eXIf') orientation = orientationAt(bytes, at + 8);
    at += 12 + bytes.be32(at);
  }
  return { kind: 'png', width, height, orientation, bitDepth, alpha, animated };
}
