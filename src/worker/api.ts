import type { Fact } from '../core/op';
import type { Scene } from '../core/scene';
import type { Display, Mapping } from '../image/display';
import type { Drawing } from '../image/draw';

/** What the compute worker does for a page; called through Comlink. */
export interface Studio {
  /**
   * Reads the header, checks the limits, decodes, and keeps the tensor. What cannot be opened is an answer, not an exception: the
   * picture opened before stays. `shrink` (a whole number) reduces by that factor; `large` is the person's consent above 24 megapixels.
   */
  open(blob: Blob, options: { readonly shrink?: number; readonly large?: boolean }): Promise<Opened | Refused>;
  /** The input as it enters the scene, drawn. */
  input(scene: Scene): Promise<View>;
  /**
   * Runs the scene on the open picture and reports: a `view` with `reducedBy` > 1 first when the full one will take long, progress, then the full
   * `view`, then `facts` where the last step tells something of its work.
   * A newer run cancels this one: it then resolves to `superseded`.
   * @throws an Error whose message is a sentence with expected and received.
   */
  run(scene: Scene, look: Look, report: (event: RunEvent) => void, options?: RunChoice): Promise<'done' | 'superseded'>;
  /** Draws the last full result again under another display; no recomputation. */
  redraw(look: Look): Promise<View>;
  /** The last full result as drawn under `look`, at its true size, as PNG. */
  png(look: Look): Promise<Blob>;
  /** Exact values under one pixel of the input and of the last result (null outside, or with no result). */
  values(at: {
    input?: { x: number; y: number };
    output?: { x: number; y: number };
  }): Promise<{ input: number[] | null; output: number[] | null }>;
  cancel(): Promise<void>;
  /** Takes back the memory of a drawing that is no longer shown, for the next one: new memory is slow. */
  reuse(drawn: ArrayBuffer): void;
}

/** What a tensor becomes. Pictures show its first item as it is displayed; `npy` holds its values, all of them. */
export type FileKind =
  /** Reduced by a whole factor where `most` pixels are less than it has. */
  | { readonly format: 'png'; readonly most?: number }
  | { readonly format: 'png16' }
  /** `quality` 0 to 1. */
  | { readonly format: 'webp'; readonly quality: number }
  | { readonly format: 'npy' };

export interface RunChoice {
  /** Only algorithms that round like the plain sum: no Winograd, no FFT. */
  readonly exact?: boolean;
}

/** How to draw: the mapping, and the diverging map's colour stops (negative to positive, `#rrggbb`), read from the page's theme. */
export interface Look {
  readonly display: Display;
  readonly diverging: readonly string[];
}

export interface Opened {
  readonly kind: 'opened';
  /** As the maths sees it, after EXIF orientation and `shrink`. */
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Over 2 megapixels: what takes long is shown as a preview first. */
  readonly large: boolean;
  /** Something that a person should know: `Transparent parts are laid on white.` */
  readonly notes: readonly string[];
}

/** How one step was run. */
export interface RanStep {
  readonly op: string;
  readonly engine: string;
  /** How, and why so, as a phrase. */
  readonly how: string;
  /** With the steps after it that ran in one go with it; of those, null. */
  readonly ms: number | null;
}

/** Why `open` did not open. `message` is a sentence for people with expected and received. */
export interface Refused {
  readonly kind: 'refused';
  /**
   * `ask`: over 24 megapixels, opens with `large: true` or `shrink`. `tooLarge`: over the limits, opens with `shrink` where that is given.
   * `svg`: a page must draw it first (src/image/svg.ts). `notPicture`: other data. `broken`: cannot be read. `superseded`: a newer call took over.
   */
  readonly reason: 'ask' | 'tooLarge' | 'svg' | 'notPicture' | 'broken' | 'superseded';
  readonly message: string;
  /** Of `ask` and `tooLarge`. */
  readonly megapixels?: number;
  /** The smallest whole factor that brings it under the limit; absent where none does. */
  readonly shrink?: number;
  /** What a button that takes `shrink` says: `Use half size`. */
  readonly action?: string;
}

export interface View {
  /** Reduced by a whole factor (area mean) when over 4 megapixels, else exact. */
  readonly drawing: Drawing;
  /** [N, C, H, W] of the tensor drawn. For a preview, that of the preview. */
  readonly shape: readonly number[];
  readonly min: number;
  readonly max: number;
  /** The mapping in force (`auto` resolved) and the values at its two ends. */
  readonly mapping: Exclude<Mapping, 'auto'>;
  readonly low: number;
  readonly high: number;
  /** 1, or how much the input was reduced for a preview. */
  readonly reducedBy: number;
  /** Time of the computation alone. */
  readonly ms: number;
  /** Names of the engines that took part. */
  readonly engine: string;
  /** How each step was run, and why so; of the input, none. */
  readonly steps: readonly RanStep[];
  /** Of a full result that is drawn again: what the last step tells of its work, where it tells something. */
  readonly facts?: readonly Fact[];
}

export type RunEvent =
  | { readonly kind: 'view'; readonly view: View }
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] };
