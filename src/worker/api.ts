import type { Fact } from '../core/op';
import type { Scene } from '../core/scene';
import type { Display, Mapping } from '../image/display';
import type { Drawing } from '../image/draw';
import type { AnswerOf, AskedOf, InquiryName } from './inquiries';

/** A value of the chain: −2 is the difference of two others, −1 the picture as it enters the scene, k is what step k makes of it (a step that is off: what it passes on). */
export type Node = number;
export const inputNode: Node = -1;
/** The difference that was asked for last. */
export const differenceNode: Node = -2;

/** A node, and how to draw it. */
export interface Wanted {
  readonly node: Node;
  readonly look: Look;
}

/** Whole pixels of a tensor's plane. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A drawing that a page shows: its canvas takes the pixels over as they are, and the page has nothing to copy when it draws itself. A bitmap that was
 * shown is empty.
 */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly bitmap: ImageBitmap;
}

/** What the compute worker does for a page; called through Comlink. `D`: how it hands over a drawing that is shown. */
export interface Studio<D = Sheet> {
  /**
   * Reads the header, checks the limits, decodes, and keeps the tensor. What cannot be opened is an answer, not an exception: the
   * picture opened before stays. `shrink` (a whole number) reduces by that factor; `large` is the person's consent above 24 megapixels. `bytes` are
   * those of the blob, where they were read already.
   */
  open(
    blob: Blob,
    options: { readonly shrink?: number; readonly large?: boolean },
    bytes?: ArrayBuffer,
  ): Promise<Opened | Refused>;
  /** The picture as it enters a scene of that range, drawn. */
  input(range: Scene['input'], look: Look): Promise<View<D>>;
  /**
   * Runs the scene on the open picture as far as the wanted nodes, and reports of each: a `view` with `reducedBy` > 1 first when the full one will
   * take long, progress, then the full `view`; then `facts` where the step of the last one tells something of its work, and with `details` a `step`
   * for every step. What the scene shares with the one before is not computed again.
   * A newer run cancels this one: it then resolves to `superseded`.
   * @throws an Error whose message is a sentence with expected and received.
   */
  run(
    scene: Scene,
    wanted: readonly Wanted[],
    report: (event: RunEvent<D>) => void,
    options?: RunChoice,
  ): Promise<'done' | 'superseded'>;
  /** Draws a full result again under another display; no recomputation. @throws where the node has no full result. */
  redraw(wanted: Wanted): Promise<View<D>>;
  /** What a view has beside its drawing, for another size on the screen; null where the drawing is enough. */
  seen(wanted: Wanted): Promise<D | null>;
  /** An area of a full result, reduced by a whole factor: what is seen when one zooms in. Cut to the plane; null where nothing is left of it. */
  region(wanted: Wanted, area: Area, factor: number): Promise<Region | null>;
  /** Exact values of an area, [C, height, width] row by row; cut to the plane. Null where the node has no full result. */
  cells(node: Node, area: Area): Promise<Cells | null>;
  /**
   * Draws every channel of a full result, one after the other. A newer request, or a newer run, ends it: it then resolves to `superseded`.
   * @throws where the node has no full result.
   */
  maps(node: Node, asked: MapsAsked, report: (map: FeatureMap) => void): Promise<'done' | 'superseded'>;
  /**
   * How far two nodes of one size are apart; from then on `differenceNode` stands for it. A newer one, a run and another picture stop it: null then.
   * @throws an Error whose message is a sentence where sizes or counts of channels differ.
   */
  difference(asked: Compared, signed: boolean, look: DifferenceLook): Promise<Difference<D> | null>;
  /** Mean structural similarity, which takes longer; null for pictures smaller than its window, and where something newer was asked for. */
  similarity(asked: Compared): Promise<number | null>;
  /** A full result as drawn under its look, at its true size, as PNG. */
  png(wanted: Wanted): Promise<Blob>;
  /**
   * A node of a scene as a file. What no run left behind is computed for it, and let go. `report` hears how much is done, 0 to 1.
   * Null: cancelled, or replaced by a newer one. @throws an Error whose message is a sentence.
   */
  encode(asked: Encoding, report: (done: number) => void): Promise<Encoded | null>;
  stopEncoding(): Promise<void>;
  /** About how many bytes such a file has; null where the node has no values yet. */
  foretell(asked: Encoding): Promise<number | null>;
  /** Exact values under one pixel of a node: one per channel; null outside, or with no full result. */
  values(at: readonly { readonly node: Node; readonly x: number; readonly y: number }[]): Promise<(number[] | null)[]>;
  /**
   * One of the further questions of `inquiries`, about the open picture and what a scene makes of it. A newer one of the same name and asker, another picture and
   * `stopInquiry` end it: null then. @throws an Error whose message is a sentence.
   */
  inquire<K extends InquiryName>(
    name: K,
    asked: AskedOf<K>,
    of: InquiredOf,
    report?: (done: number) => void,
  ): Promise<AnswerOf<K> | null>;
  stopInquiry(name: InquiryName, asker?: string): Promise<void>;
  cancel(): Promise<void>;
}

/** What an inquiry is about. */
export interface InquiredOf {
  readonly scene: Scene;
  readonly exact: boolean;
  /** Who asks, where several parts of a page ask the same. */
  readonly asker?: string;
}

export interface Encoding extends Wanted {
  readonly scene: Scene;
  readonly exact: boolean;
  readonly kind: FileKind;
}
/** A file, with what a caption says of it: the values' range, and how they are drawn. */
export interface Encoded {
  readonly blob: Blob;
  readonly shape: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly mapping: View['mapping'];
  readonly low: number;
  readonly high: number;
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
  /** Every step by itself, with a small drawing, range and time of each. */
  readonly details?: boolean;
}

/** How feature maps are drawn. */
export interface MapsAsked {
  /** Whose values span the scale: each map's own, those of all maps of the step, or of all steps. */
  readonly scope: 'map' | 'step' | 'chain';
  /** `auto`: parted at zero where negative values carry more than a tenth of the magnitude. */
  readonly colours: 'auto' | 'diverging' | 'sequential';
  readonly diverging: readonly string[];
  readonly sequential: readonly string[];
  /** The most pixels of one drawing. */
  readonly pixels: number;
}
/** One channel of a node, in small. */
export interface FeatureMap {
  readonly channel: number;
  readonly thumbnail: Drawing;
  readonly min: number;
  readonly max: number;
  /** The values at the two ends of its colours, and of its histogram. */
  readonly low: number;
  readonly high: number;
  readonly diverging: boolean;
  /** Mean of v². */
  readonly energy: number;
  /** Share of the values that are 0. */
  readonly zeros: number;
  /** Counts in bins of one width between the two ends; what lies beyond is in the outermost. */
  readonly histogram: Uint32Array<ArrayBuffer>;
}

/** Two nodes, and one or several channels of each. */
export interface Compared {
  readonly nodes: readonly [Node, Node];
  readonly channels: readonly [readonly number[], readonly number[]];
}
export interface Difference<D = Sheet> {
  /** Of `differenceNode`: the mean over the channels of a − b where it is signed, else of |a − b|. */
  readonly view: View<D>;
  /** Of |a − b|. */
  readonly mean: number;
  readonly largest: number;
  /** In decibels; infinite where both are the same. */
  readonly psnr: number;
  /** The span of values that ratio and similarity go by: that of the input's range where both lie in it, else from the smallest to the largest of both. */
  readonly peak: number;
}

/** A part of a result as it is drawn. */
export interface Region {
  readonly area: Area;
  readonly factor: number;
  readonly drawing: Drawing;
}
export interface Cells {
  readonly area: Area;
  readonly channels: number;
  readonly values: Float32Array;
}

/** What a step made, in small. */
export interface StepReport {
  readonly node: Node;
  readonly thumbnail: Drawing;
  readonly shape: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly ran: RanStep | null;
}

/** How to draw: the mapping, and the diverging map's colour stops (negative to positive, `#rrggbb`), read from the page's theme. */
export interface Look {
  readonly display: Display;
  readonly diverging: readonly string[];
  /** In how many pixels of the screen the whole is seen. */
  readonly seen?: { readonly width: number; readonly height: number };
  /** The drawing is no finer than it is seen. */
  readonly coarse?: boolean;
}

/** A difference has a mapping of its own. */
export type DifferenceLook = Omit<Look, 'display'>;

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

export interface View<D = Sheet> {
  readonly node: Node;
  /** Reduced by a whole factor (area mean) when over 4 megapixels, else exact. */
  readonly drawing: D;
  /** The same about as finely as it is seen, by area mean, where the drawing has twice as many pixels in a row and more: what the page shows then. */
  readonly seen?: D;
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
  /** Time of the computation alone, of all steps up to this node. */
  readonly ms: number;
  /** Names of the engines that took part. */
  readonly engine: string;
  /** How each step was run, and why so; of the input, none. */
  readonly steps: readonly RanStep[];
  /** Of a full result that is drawn again: what its step tells of its work, where it tells something. */
  readonly facts?: readonly Fact[];
}

export type RunEvent<D = Sheet> =
  /** `at`: which of the wanted nodes. */
  | { readonly kind: 'view'; readonly at: number; readonly view: View<D> }
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'facts'; readonly node: Node; readonly facts: readonly Fact[] }
  | { readonly kind: 'step'; readonly step: StepReport };
