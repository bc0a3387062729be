import type { Breath } from '../breath';
import { CannotOpen } from '../cannotOpen';
import type { PngChunks } from './chunks';
import { paeth } from './filter';
import { samplesOf } from './samples';

/** `count` pixels of stored row `y`, from column `x0` on in steps of `dx`. `rgb` is reused for the next row. */
export type PutRow = (y: number, rgb: Float32Array, count: number, x0: number, dx: number) => void;

/**
 * Reads a PNG of any kind exactly, row by row, so that no second copy of the pixels exists. Inflating is the browser's; it stops with the
 * last row, however much more a hostile file holds.
 * @returns whether any pixel was transparent (laid on white). @throws CannotOpen when the file is damaged.
 */
export async function readPng(png: PngChunks, put: PutRow, breath: Breath): Promise<{ transparent: boolean }> {
  const samples = samplesOf(png);
  const rgb = new Float32Array(3 * png.width);
  const reader = inflated(png.pixels).getReader();
  const rows = rowsOf(png, samples.bits);
  let row = rows.next();
  let filled = 0;
  try {
    while (row.done !== true) {
      const { value: piece, done } = await reader.read().catch(() => ({ value: undefined, done: true }));
      if (done || piece === undefined) throw endsEarly(png, row.value);
      for (let at = 0; at < piece.length && row.done !== true; ) {
        const { line } = row.value;
        const take = Math.min(line.length - filled, piece.length - at);
        line.set(piece.subarray(at, at + take), filled);
        at += take;
        filled += take;
        if (filled < line.length) break;
        filled = 0;
        unfilter(row.value, Math.max(1, samples.bits >> 3));
        samples.convert(row.value.line.subarray(1), row.value.count, rgb);
        put(row.value.y, rgb, row.value.count, row.value.x0, row.value.dx);
        row = rows.next();
        if (breath.due()) await breath.rest();
      }
      if (breath.due()) await breath.rest();
    }
    const ended = await reader.read().then(
      () => true,
      () => png.intact(),
    );
    if (!ended) throw new CannotOpen('broken', 'This PNG is damaged: the checksum of its pixels does not fit them.');
  } finally {
    void reader.cancel().catch(() => undefined);
  }
  return { transparent: samples.transparent };
}

function inflated(pixels: readonly Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array> {
  let next = 0;
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const piece = pixels[next++];
      if (piece === undefined) controller.close();
      else controller.enqueue(piece);
    },
  });
  return packed.pipeThrough(new DecompressionStream('deflate'));
}

interface Row {
  readonly y: number;
  readonly x0: number;
  readonly dx: number;
  readonly count: number;
  /** Filter type, then the bytes; the line before it, unfiltered, has zeros above the first. */
  readonly line: Uint8Array;
  readonly above: Uint8Array;
}

/** x0, y0, dx, dy of the seven passes of Adam7 (PNG third edition, 8.1). */
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The rows in the order in which they are stored; two lines are used in turn. */
function* rowsOf(png: PngChunks, bits: number): Generator<Row, void> {
  for (const [x0, y0, dx, dy] of png.interlaced ? adam7 : ([[0, 0, 1, 1]] as const)) {
    const count = Math.ceil((png.width - x0) / dx);
    if (count <= 0) continue;
    let line = new Uint8Array(1 + Math.ceil((count * bits) / 8));
    let above = new Uint8Array(line.length);
    for (let y = y0; y < png.height; y += dy) {
      yield { y, x0, dx, count, line, above };
      [line, above] = [above, line];
    }
  }
}

/** PNG third edition, section 9. `step`: bytes of a whole pixel. */
function unfilter({ line, above }: Row, step: number): void {
  const type = line[0]!;
  const left = 1 + step;
  const { length } = line;
  if (type === 1) {
    for (let i = left; i < length; i++) line[i]! += line[i - step]!;
  } else if (type === 2) {
    for (let i = 1; i < length; i++) line[i]! += above[i]!;
  } else if (type === 3) {
    for (let i = 1; i < left && i < length; i++) line[i]! += above[i]! >> 1;
    for (let i = left; i < length; i++) line[i]! += (line[i - step]! + above[i]!) >> 1;
  } else if (type === 4) {
    for (let i = 1; i < left && i < length; i++) line[i]! += above[i]!;
    for (let i = left; i < length; i++) line[i] = line[i]! + paeth(line[i - step]!, above[i]!, above[i - step]!);
  } else if (type !== 0) {
    throw new CannotOpen('broken', `This PNG is broken: a row filter from 0 to 4 is expected, received ${type}.`);
  }
}

const endsEarly = (png: PngChunks, row: Row): CannotOpen =>
  new CannotOpen(
    'broken',
    png.interlaced
      ? `This PNG is damaged or ends early: ${png.height} rows are expected, its pixels stop before the last pass.`
      : `This PNG is damaged or ends early: ${png.height} rows are expected, received ${row.y}.`,
  );
