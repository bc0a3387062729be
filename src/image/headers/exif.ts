import { type Bytes, HeaderError } from './bytes';

/**
 * Orientation, 1 to 8, from a TIFF block (EXIF 2.32, tag 0x0112) that starts at `at`; 1 where it is missing or damaged, as browsers do.
 */
export function orientationAt(bytes: Bytes, at: number): number {
  try {
    return readOrientation(bytes, at);
  } catch (error) {
    if (error instanceof HeaderError) return 1;
    throw error;
  }
}

function readOrientation(bytes: Bytes, at: number): number {
  const order = bytes.text(at, 2);
  if (order !== 'II' && order !== 'MM') return 1;
  const u16 = (p: number): number => (order === 'II' ? bytes.le16(p) : bytes.be16(p));
  const u32 = (p: number): number => (order === 'II' ? bytes.le32(p) : bytes.be32(p));
  if (u16(at + 2) !== 42) return 1;
  const directory = at + u32(at + 4);
  const entries = u16(directory);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + 12 * i;
    if (u16(entry) !== 0x0112) continue;
    const value = u16(entry + 8);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
