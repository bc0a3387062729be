// How large a file will be, judged by some of its rows.

import { parseScene } from '../core/sequential';
import { Breath } from '../image/breath';
import { colourMap } from '../image/colourMap';
import { npyBytes } from '../image/npy/write';
import type { Encoding, FileKind } from './api';
import { entering } from './drawings';
import { type Canvas, type Desk, type Rows, written } from './encode';
import type { Workshop } from './workshop';

/** Pixels from which the size of a file is foretold, and the bands in which they are taken. */
const SAMPLED_PIXELS = 2 ** 19;
const SAMPLED_BANDS = 4;
/** Encoders look at rows together: thinner bands would look rougher than the picture is. */
const LEAST_ROWS = 32;

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

async function foretoldOf(canvas: Canvas, kind: FileKind, workshop: Workshop, breath: Breath): Promise<number> {
  const { x, paint, stops } = canvas;
  if (kind.format === 'npy') return npyBytes(x.shape);
  const [width, height] = [x.shape[3] ?? 1, x.shape[2] ?? 1];
  const some = sampled(width, height);
  const brush = workshop.brush(x, paint, colourMap(stops), 1, breath);
  const file = await written(canvas, brush, width, some, kind, breath);
  return Math.round((file.size * height) / some.height);
}

/** Some bands of rows, evenly spread; all rows of a small picture. */
function sampled(width: number, height: number): Rows {
  const whole = width * height <= SAMPLED_PIXELS;
  const rows = whole ? height : Math.min(height, Math.max(LEAST_ROWS, Math.ceil(SAMPLED_PIXELS / width / SAMPLED_BANDS)));
  const bands = Math.min(SAMPLED_BANDS, Math.ceil(height / rows));
  const sourceOf = (y: number): number => {
    const band = Math.floor(y / rows);
    return Math.round((band * (height - rows)) / Math.max(1, bands - 1)) + (y % rows);
  };
  /** The same rows one after the other, each band asked for by itself. */
  const gathered = async <A extends Uint8Array | Uint8ClampedArray>(
    all: A,
    rowsAt: (top: number, count: number) => Promise<ArrayLike<number>>,
    top: number,
    count: number,
  ): Promise<A> => {
    for (let y = top; y < top + count; ) {
      const n = Math.min(rows - (y % rows), top + count - y);
      all.set(await rowsAt(sourceOf(y), n), ((y - top) * all.length) / count);
      y += n;
    }
    return all;
  };
  return {
    height: Math.min(height, bands * rows),
    brush: (brush) => (top, count) => gathered(new Uint8ClampedArray(4 * width * count), brush, top, count),
    samples: (samples, line) => (top, count) => gathered(new Uint8Array(line * count), samples, top, count),
  };
}
