// How large a file will be, judged by some of its rows.

import { parseScene } from '../core/sequential';
import { Breath } from '../image/breath';
import { colourMap } from '../image/colourMap';
import type { Brush } from '../image/draw';
import { npyBytes } from '../image/export/npy';
import { bytesOf, isGrey, wordsOf } from '../image/export/samples';
import { writeWebp } from '../image/export/webp';
import { type Samples, writePng } from '../image/png/write';
import type { Encoding, FileKind } from './api';
import { entering } from './drawings';
import type { Canvas, Desk } from './encode';
import type { Workshop } from './workshop';

/** Pixels from which the size of a file is foretold, and the bands in which they are taken. */
const SAMPLED_PIXELS = 2 ** 18;
const SAMPLED_BANDS = 8;

/** About how many bytes a node takes as a file; null where it has no values yet. */
export async function foretold(
  { picture, chain, workshop }: Desk,
  { scene: json, exact, node, look, kind }: Encoding,
): Promise<number | null> {
  const found = chain.find(parseScene(json), exact, node);
  if (!found) return null;
  const breath = new Breath();
  const size = (canvas: Omit<Canvas, 'stops'>): Promise<number> =>
    foretoldOf({ ...canvas, stops: look.diverging }, kind, workshop, breath);
  if (found === 'input') return picture.during((x) => size({ x, paint: entering(look, x) }));
  const paint = await found.paint(look, breath);
  return found.values.during((x) => size({ x, paint }));
}

async function foretoldOf({ x, paint, stops }: Canvas, kind: FileKind, workshop: Workshop, breath: Breath): Promise<number> {
  if (kind.format === 'npy') return npyBytes(x.shape);
  const [width, height] = [x.shape[3] ?? 1, x.shape[2] ?? 1];
  const whole = width * height <= SAMPLED_PIXELS;
  const rows = whole ? height : Math.ceil(SAMPLED_PIXELS / width / SAMPLED_BANDS);
  const bands = Math.min(SAMPLED_BANDS, Math.ceil(height / rows));
  const count = Math.min(height, bands * rows);
  const from = (band: number): number => Math.round((band * (height - rows)) / Math.max(1, bands - 1));
  const brush = workshop.brush(x, paint, colourMap(stops), 1, breath);
  const file = async (): Promise<Blob> => {
    if (kind.format === 'webp') {
      const all = await gathered(brush, from, rows, count, 4 * width);
      const sampled: Brush = async (top, n) => new Uint8ClampedArray(all.slice(top * 4 * width, (top + n) * 4 * width).buffer);
      return writeWebp(width, count, sampled, kind.quality, breath);
    }
    const colours = (await isGrey(x, paint, breath)) ? 1 : 3;
    const png = { width, height: count, depth: kind.format === 'png16' ? 16 : 8, colours } as const;
    const line = (width * colours * png.depth) / 8;
    const samples = png.depth === 16 ? wordsOf(x, paint, stops, colours, breath) : bytesOf(brush, colours);
    const all = await gathered(samples, from, rows, count, line);
    return writePng(png, async (top, n) => all.subarray(top * line, (top + n) * line), breath);
  };
  return Math.round(((await file()).size * height) / count);
}

/** Some bands of rows, one behind the other. */
async function gathered(
  rowsAt: Samples | Brush,
  from: (band: number) => number,
  rows: number,
  count: number,
  line: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const all = new Uint8Array(count * line);
  for (let top = 0; top < count; top += rows) {
    const n = Math.min(rows, count - top);
    all.set(await rowsAt(from(top / rows), n), top * line);
  }
  return all;
}
