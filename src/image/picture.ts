/** How the pixels were got. Every picture carries it, and the person sees it. */
export interface Provenance {
  /**
   * `original`: the bytes as stored. `redrawn`: drawn by the page, then read. `screen`: cropped from what is on the screen.
   * `camera`: a still of a camera. `made`: cut or resized here, from another picture.
   */
  readonly how: 'original' | 'redrawn' | 'screen' | 'camera' | 'made';
  /** Set on screen pixels: the origin that did not give its picture and could be allowed, such as `https://cdn.example`. */
  readonly blockedOrigin?: string;
  /** What was done to it, for people: `cropped 200 × 200 from chelsea.png`. */
  readonly note?: string;
  /** The picture that it was made from: its id and name. */
  readonly from?: { readonly id: string; readonly name: string };
}

/** A captured picture as it is kept, by id, in IndexedDB. Pixels travel as Blob only. */
export interface Picture {
  readonly id: string;
  /** A name to show and to save under: `chelsea.png`. */
  readonly name: string;
  readonly blob: Blob;
  readonly provenance: Provenance;
  /** Unix ms; the oldest pictures go first when the shelf is full. */
  readonly added: number;
}
export type PictureMeta = Omit<Picture, 'blob'>;
