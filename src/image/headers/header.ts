export type ImageKind = 'png' | 'jpeg' | 'gif' | 'webp' | 'bmp' | 'avif' | 'heic' | 'ico' | 'svg' | 'npy';

/** What the first bytes of a picture say about it. */
export interface Header {
  readonly kind: ImageKind;
  /** As stored, before `orientation`. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1 to 8; 5 to 8 swap width and height when shown. */
  readonly orientation: number;
  /** Bits of one channel. */
  readonly bitDepth: number;
  /** Null where the first bytes do not say. */
  readonly alpha: boolean | null;
  readonly animated: boolean | null;
}
