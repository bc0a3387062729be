// The ring of staged rows that `filterRows` keeps: its sizes, its lists of taps, its weights.

import type { PaddingMode, Slide } from '../../../core/window';
import type { Place } from '../plan';

/** A kernel as tap lists: for every pair of factors a row, then a column with one weight of every pair side by side; with 0 pairs, as it is. */
export interface Kernel {
  readonly pairs: number;
  readonly weights: readonly number[] | Float32Array;
}

export interface Filtering {
  /** Images, channels of the input, results for each. */
  readonly n: number;
  readonly c: number;
  readonly results: number;
  readonly height: Slide;
  readonly width: Slide;
  readonly oh: number;
  readonly ow: number;
  readonly border: PaddingMode;
  /** One for each of the c · results outputs, or one for all. */
  readonly kernels: readonly Kernel[];
  readonly bias: readonly number[] | Float32Array;
  /** The kernels without factors, for rows whose sum by several pairs is not finite. */
  readonly plain?: readonly Kernel[];
}

const vector = 16;
const line = 64;
/** An odd number of cache lines: rows that lie a power of two apart would share cache sets. */
const oddLines = (bytes: number): number => Math.ceil(bytes / line) * line + (Math.ceil(bytes / line) % 2 === 0 ? line : 0);

/** The ring stays in the second cache, and a tile is at least this wide. */
const ringBytes = 1 << 17;
const narrowest = 256;
/** Terms that are added one after the other in float32. */
const longest = 512;

/** The order of borders in assembly/rows.ts. */
export const borders: readonly PaddingMode[] = ['zeros', 'reflect', 'replicate', 'circular'];

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** How the rows of a result share rows of the picture. */
export function chainsOf({ stride, dilation }: Slide) {
  const common = gcd(stride, dilation);
  return { step: dilation / common, advance: stride / common };
}

/**
 * Rows of the result that are made at once. A 3 × 3 kernel rolls down the picture; four rows share what they load, where the first rows of their
 * windows leave something to share.
 */
function togetherOf(f: Filtering, pairs: number): 1 | 4 | 24 {
  const { height, width, oh } = f;
  const { step, advance } = chainsOf(height);
  const dense = width.stride === 1 && width.dilation === 1 && advance === 1;
  if (pairs === 0 && dense && height.kernel === 3 && width.kernel === 3 && tileOf(f) >= widthOfFour) return 24;
  return height.kernel > 1 && height.kernel >= 3 * advance && tileOf(f) >= widthOfFour && oh >= 4 * step ? 4 : 1;
}
/** Pixels of a block of four rows; narrower tiles are made row by row. */
const widthOfFour = 8;

/** Sizes of the ring for kernels of so many pairs, and a tile of so many columns. */
export function ringOf(f: Filtering, pairs: number, tile: number) {
  const { height, width } = f;
  const { kernel, stride, dilation } = width;
  const { advance } = chainsOf(height);
  const columns = (tile - 1) * stride + (kernel - 1) * dilation + 1;
  const residues = [...new Set(Array.from({ length: kernel }, (_, v) => (v * dilation) % stride))].sort((a, b) => a - b);
  const planeBytes = oddLines(4 * Math.ceil(columns / stride) + vector);
  const staged = stride === 1 ? 4 * columns + vector : residues.length * planeBytes;
  const slotBytes = oddLines(pairs > 0 ? 4 * pairs * tile : staged);
  // Two rows of sums; and strided loads of the last values reach three strides further.
  const lineBytes = oddLines(Math.max(4 * columns, staged, 8 * tile) + 4 * vector + (stride > 1 ? vector * stride : 0));
  const rowOffsets = Array.from(
    { length: kernel },
    (_, v) => residues.indexOf((v * dilation) % stride) * planeBytes + 4 * Math.floor((v * dilation) / stride),
  );
  const together = togetherOf(f, pairs);
  const fours = together === 4;
  const slots = height.kernel + (together - 1) * advance;
  const taps = pairs > 0 ? pairs : kernel;
  const most = fours ? Math.floor(height.kernel / (3 * advance)) : height.kernel;
  const parts = Math.min(most, Math.ceil((height.kernel * taps) / longest));
  const bytes = 2 * lineBytes + slots * slotBytes;
  return { columns, residues, planeBytes, slotBytes, lineBytes, rowOffsets, slots, taps, parts, together, fours, advance, bytes };
}
export type Ring = ReturnType<typeof ringOf>;

/** Weights as `filterRows` reads them: as they are, then in fours, where results start `advance` rows apart. */
export function packed({ weights }: Kernel, { height }: Filtering, { taps, parts, fours, advance }: Ring): number[] {
  const list = Array.from(weights);
  if (!fours) return list;
  const rows = list.slice(list.length - height.kernel * taps);
  for (let part = 0; part < parts; part++) {
    const [from, to] = [part, part + 1].map((k) => Math.floor((k * height.kernel) / parts)) as [number, number];
    for (let u = from; u < to + 3 * advance; u++) {
      for (let t = 0; t < taps; t++) {
        for (let r = 0; r < 4; r++) {
          const row = u - r * advance;
          list.push(row >= from && row < to ? rows[row * taps + t]! : 0);
        }
      }
    }
  }
  return list;
}

/** Columns of the result that are made together: all, or so few that the ring stays in the cache. */
export function tileOf(f: Filtering): number {
  const bytes = 4 * f.height.kernel * f.width.stride * f.kernels.reduce((most, { pairs }) => Math.max(most, pairs), 1);
  const fitting = Math.max(narrowest, Math.floor(ringBytes / bytes / 32) * 32);
  return f.ow < 1.5 * fitting ? f.ow : fitting;
}

/** Scratch of one thread. */
export function scratchFor(f: Filtering): number {
  const pairs = new Set(f.kernels.map((kernel) => kernel.pairs));
  if (f.plain) pairs.add(0);
  return Math.max(...Array.from(pairs, (count) => ringOf(f, count, tileOf(f)).bytes)) + line;
}

/** The fields of Frame in assembly/depthwise.ts, for `together` results of one channel and a tile of so many columns. */
export function frameOf(f: Filtering, place: Place, pairs: number, together: number, columns: number): number {
  const { height, width, oh, ow } = f;
  const ring = ringOf(f, pairs, columns);
  const { step, advance } = chainsOf(height);
  const taps = pairs > 0 ? Array.from({ length: pairs }, (_, k) => 4 * k * columns) : ring.rowOffsets;
  // Twice, so that a ring that has turned is the same list from a later start.
  const once = ring.slots * taps.length;
  const offsets = new Int32Array(2 * once);
  for (let k = 0; k < offsets.length; k++)
    offsets[k] = Math.floor((k % once) / taps.length) * ring.slotBytes + taps[k % taps.length]!;
  const fields = [
    ...[height.length, width.length, borders.indexOf(f.border), height.dilation, advance, height.kernel, ring.slots],
    ...[ring.slotBytes, ring.columns, width.stride, place.put(Int32Array.from(ring.residues)), ring.residues.length],
    ...[ring.planeBytes, ring.lineBytes, pairs, pairs > 0 ? width.kernel : 0, place.put(Int32Array.from(ring.rowOffsets))],
    ...[taps.length, place.put(offsets), ring.parts, columns < widthOfFour ? 1 : ring.together],
    ...[weightBytes(f, ring), together, 4 * oh * ow, columns, 4 * step * ow, place.put(Float32Array.of(0))],
  ];
  return place.put(Int32Array.from(fields));
}

/** Weights of one result that has no factors. */
const weightBytes = ({ height }: Filtering, { taps, parts, fours, advance }: Ring): number =>
  4 * taps * (height.kernel + (fours ? 4 * (height.kernel + 3 * advance * parts) : 0));
