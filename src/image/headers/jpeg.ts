import { type Bytes, HeaderError } from './bytes';
import { orientationAt } from './exif';
import type { Header } from './header';

/** Segments up to the frame header (ITU T.81 annex B), with the orientation of the first EXIF segment. */
export function jpegHeader(bytes: Bytes): Header {
  let orientation = 0;
  let at = 2;
  for (;;) {
    if (bytes.u8(at) !== 0xff) {
      throw new HeaderError('broken', `This JPEG is broken: a marker is expected at byte ${at + 1}, received ${bytes.u8(at)}.`);
    }
    const marker = bytes.u8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (standsAlone(marker)) {
      at += 2;
      continue;
    }
    const length = bytes.be16(at + 2);
    if (length < 2 || marker === 0xd9 || marker === 0xda) {
      throw new HeaderError(
        'broken',
        'This JPEG is broken: a frame header with the size is expected before the pixels, received none.',
      );
    }
    if (isFrame(marker)) {
      return {
        kind: 'jpeg',
        width: bytes.be16(at + 7),
        height: bytes.be16(at + 5),
        orientation: orientation || 1,
        bitDepth: bytes.u8(at + 4),
        alpha: false,
        animated: false,
      };
    }
    if (marker === 0xe1 && orientation === 0 && bytes.text(at + 4, 6) === 'Exif\0\0') orientation = orientationAt(bytes, at + 10);
    at += 2 + length;
  }
}

const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Whether the pixels are followed by an end mark (EOI): a file cut off in transfer has none. */
export function jpegEnds(data: Uint8Array): boolean {
  let at = 2;
  while (at + 4 <= data.length && data[at] === 0xff && data[at + 1] !== 0xda) {
    const marker = data[at + 1]!;
    if (marker === 0xff) at += 1;
    else if (standsAlone(marker)) at += 2;
    else at += 2 + data[at + 2]! * 256 + data[at + 3]!;
  }
  for (at = data.indexOf(0xff, at); at >= 0; at = data.indexOf(0xff, at + 1)) {
    if (data[at + 1] === 0xd9) return true;
  }
  return false;
}
