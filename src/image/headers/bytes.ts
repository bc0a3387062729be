import type { ImageKind } from './header';

/** Why a header could not be read. `short`: the bytes end before it does, so more of them may help. */
export type HeaderProblem = 'empty' | 'html' | 'unknown' | 'short' | 'broken';

/** The only error that header reading throws; `message` is a sentence for people. */
export class HeaderError extends Error {
  override readonly name = 'HeaderError';
  constructor(
    readonly problem: HeaderProblem,
    message: string,
  ) {
    super(message);
  }
}

/** Big- and little-endian reads that never leave the given bytes. */
export class Bytes {
  constructor(
    readonly data: Uint8Array,
    private readonly what: ImageKind | 'picture' = 'picture',
  ) {}

  get length(): number {
    return this.data.length;
  }

  /** @throws HeaderError `short` when byte `at` is not there. */
  u8(at: number): number {
    const value = this.data[at];
    if (value === undefined) {
      throw new HeaderError(
        'short',
        `The file ends early: the size of a ${nameOf(this.what)} is expected at byte ${at + 1}, received ${this.length} bytes.`,
      );
    }
    return value;
  }

  be16(at: number): number {
    return this.u8(at) * 256 + this.u8(at + 1);
  }

  le16(at: number): number {
    return this.u8(at + 1) * 256 + this.u8(at);
  }

  le24(at: number): number {
    return this.u8(at + 2) * 65536 + this.le16(at);
  }

  be32(at: number): number {
    return this.be16(at) * 65536 + this.be16(at + 2);
  }

  le32(at: number): number {
    return this.le16(at + 2) * 65536 + this.le16(at);
  }

  /** Latin-1 text; shorter at the end of the bytes. */
  text(at: number, length: number): string {
    return String.fromCharCode(...this.data.subarray(at, at + length));
  }
}

const names: Readonly<Record<ImageKind | 'picture', string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  gif: 'GIF',
  webp: 'WebP',
  bmp: 'BMP',
  avif: 'AVIF',
  heic: 'HEIC',
  ico: 'ICO',
  svg: 'SVG',
  npy: 'NPY',
  picture: 'picture',
};
/** The format's name as people write it. */
export const nameOf = (kind: ImageKind | 'picture'): string => names[kind];
