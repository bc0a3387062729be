import { parseScene, trace } from '../core/sequential';
import type { Tensor } from '../core/tensor';
import { Breath } from '../image/breath';
import { colourMap } from '../image/colourMap';
import type { Paint } from '../image/display';
import { type Brush, factorFor } from '../image/draw';
import { canvasHolds, writeByCanvas } from '../image/export/canvas';
import { bytesOf, isGrey, wordsOf } from '../image/export/samples';
import { shrunk } from '../image/limits';
import { writeNpy } from '../image/npy/write';
import { type Samples, writePng } from '../image/png/write';
import type { Encoded, Encoding, FileKind } from './api';
import type { Chain } from './chain';
import { entering } from './drawings';
import type { OpenPicture } from './openPicture';
import type { Workshop } from './workshop';

export interface Desk {
  readonly picture: OpenPicture;
  readonly chain: Chain;
  readonly workshop: Workshop;
}
type Progress = (done: number) => void;
/** A node's values, and how they are drawn. */
export interface Canvas {
  readonly x: Tensor<Float32Array>;
  readonly paint: Paint;
  readonly stops: readonly string[];
}
/** Of the whole work, where the values must be computed first. */
const COMPUTING = 0.5;

/** A node of a scene as a file. @throws the signal's reason when it is aborted. */
export async function encodedNode(
  { picture, chain, workshop }: Desk,
  { scene: json, exact, node, look, kind }: Encoding,
  signal: AbortSignal,
  report: Progress,
): Promise<Encoded> {
  const scene = parseScene(json);
  const breath = new Breath(signal);
  const stops = look.diverging;
  const found = chain.find(scene, exact, node);
  if (found === 'input') {
    const into = (v: number): number => (scene.input === 'signed' ? 2 * v - 1 : v);
    return picture.during(async (stored) => {
      const { min, max } = await picture.stats(breath);
      const paint = entering(look, stored);
      const file = (x: Tensor<Float32Array>) => encoded({ x, paint, stops }, kind, workshop, breath, report);
      const blob = await (kind.format === 'npy' ? picture.entering(stored, scene.input, breath, file) : file(stored));
      const ends = { min: into(min), max: into(max), low: into(0), high: into(1) };
      return { blob, shape: stored.shape, ...ends, mapping: paint.mapping };
    });
  }
  const encodedResult = async (result: Exclude<typeof found, null>, told: Progress): Promise<Encoded> => {
    const [{ min, max }, paint] = [await result.stats(breath), await result.paint(look, breath)];
    const blob = await result.values.during((x) => encoded({ x, paint, stops }, kind, workshop, breath, told));
    const { mapping, low, high } = paint;
    return { blob, shape: result.shape, min, max, mapping, low, high };
  };
  if (found) return encodedResult(found, report);
  return picture.during(async ({ shape }) => {
    const asked = { scene, shapes: [shape, ...trace(scene, shape)], exact, breath, signal };
    const made = await chain.apart(node, asked, (done) => report(done * COMPUTING));
    try {
      return await encodedResult(made, (done) => report(COMPUTING + done * (1 - COMPUTING)));
    } finally {
      made.values.letGo();
    }
  });
}

/** A tensor as a file: its values, or what is drawn of them. `progress` hears how much is done, 0 to 1. */
export async function encoded(
  canvas: Canvas,
  kind: FileKind,
  workshop: Workshop,
  breath: Breath,
  progress?: Progress,
): Promise<Blob> {
  const { x, paint, stops } = canvas;
  if (kind.format === 'npy') return writeNpy(x, breath, progress);
  const [inWidth, inHeight] = [x.shape[3] ?? 1, x.shape[2] ?? 1];
  const factor = kind.format === 'png' && kind.most ? factorFor(inWidth, inHeight, kind.most) : 1;
  const [width, height] = [shrunk(inWidth, factor), shrunk(inHeight, factor)];
  const brush = workshop.brush(x, paint, colourMap(stops), factor, breath);
  const all: Rows = { height, brush: (brush) => brush, samples: (samples) => samples };
  return written(canvas, brush, width, all, kind, breath, progress);
}

/** Which rows are written: all, or some in place of all. */
export interface Rows {
  readonly height: number;
  brush(brush: Brush): Brush;
  /** `line`: bytes of a row. */
  samples(samples: Samples, line: number): Samples;
}

/** Rows of a drawing as a file: by the browser where that keeps every pixel, else by our own writer. */
export async function written(
  { x, paint, stops }: Canvas,
  brush: Brush,
  width: number,
  rows: Rows,
  kind: Exclude<FileKind, { format: 'npy' }>,
  breath: Breath,
  progress?: Progress,
): Promise<Blob> {
  const { height } = rows;
  const webp = kind.format === 'webp';
  if (webp || (kind.format === 'png' && canvasHolds(width, height))) {
    const file = webp ? ({ type: 'image/webp', quality: kind.quality } as const) : ({ type: 'image/png' } as const);
    return writeByCanvas(width, height, rows.brush(brush), file, breath, progress);
  }
  const colours = (await isGrey(x, paint, breath)) ? 1 : 3;
  const png = { width, height, depth: kind.format === 'png16' ? 16 : 8, colours } as const;
  const samples = png.depth === 16 ? wordsOf(x, paint, stops, colours, breath) : bytesOf(brush, colours);
  return writePng(png, rows.samples(samples, (width * colours * png.depth) / 8), breath, progress);
}
