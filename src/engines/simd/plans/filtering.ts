// Calls of `filterRows`: kernels that slide over one channel each, from a ring of staged rows.

import type { PaddingMode, Slide } from '../../../core/window';
import { gathered } from '../gathered';
import type { Job, Place, Run } from '../plan';

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
/** Multiplications of a job, about half a millisecond. */
const jobSize = 4e6;
/** Terms that are added one after the other in float32. */
const longest = 512;

/** The order of borders in assembly/rows.ts. */
const borders: readonly PaddingMode[] = ['zeros', 'reflect', 'replicate', 'circular'];

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** How the rows of a result share rows of the picture. */
function chainsOf({ stride, dilation }: Slide) {
  const common = gcd(stride, dilation);
  return { step: dilation / common, advance: stride / common };
}

/** Sizes of the ring for kernels of so many pairs, and a tile of so many columns. */
function ringOf({ height, width }: Filtering, pairs: number, tile: number) {
  const { kernel, stride, dilation } = width;
  const columns = (tile - 1) * stride + (kernel - 1) * dilation + 1;
  const residues = [...new Set(Array.from({ length: kernel }, (_, v) => (v * dilation) % stride))].sort((a, b) => a - b);
  const planeBytes = oddLines(4 * Math.ceil(columns / stride) + vector);
  const staged = stride === 1 ? 4 * columns + vector : residues.length * planeBytes;
  const slotBytes = oddLines(pairs > 0 ? 4 * pairs * tile : staged);
  // Strided loads of the last values reach three strides further.
  const lineBytes = oddLines(Math.max(4 * columns, staged, 4 * tile) + 4 * vector + (stride > 1 ? vector * stride : 0));
  const rowOffsets = Array.from(
    { length: kernel },
    (_, v) => residues.indexOf((v * dilation) % stride) * planeBytes + 4 * Math.floor((v * dilation) / stride),
  );
  const bytes = 2 * lineBytes + height.kernel * slotBytes;
  return { columns, residues, planeBytes, slotBytes, lineBytes, rowOffsets, bytes };
}

/** Columns of the result that are made together: all, or so few that the ring stays in the cache. */
function tileOf(f: Filtering): number {
  const bytes = 4 * f.height.kernel * f.width.stride * Math.max(1, ...f.kernels.map(({ pairs }) => pairs));
  const fitting = Math.max(narrowest, Math.floor(ringBytes / bytes / 32) * 32);
  return f.ow < 1.5 * fitting ? f.ow : fitting;
}

/** Scratch of one thread. */
export function scratchFor(f: Filtering): number {
  const kernels = f.plain ? [...f.kernels, ...f.plain] : f.kernels;
  return Math.max(...kernels.map(({ pairs }) => ringOf(f, pairs, tileOf(f)).bytes)) + line;
}

/** The jobs that filter every channel of `x` at an address into `y`. */
export function filterJobs(f: Filtering, place: Place, xAt: number, yAt: number): Job[] {
  const { n, c, results, height, width, oh, ow } = f;
  if (n === 0) return [];
  const { step, advance } = chainsOf(height);
  const tile = tileOf(f);
  const weightsAt = putAll(place, f.kernels);
  const plainAt = f.plain ? putAll(place, f.plain) : [];
  const biasAt = place.put(Float32Array.from(f.bias));
  const zeroAt = place.put(Float32Array.of(0));

  const frames = new Map<string, number>();
  const frameFor = (pairs: number, together: number, columns: number): number => {
    const key = `${pairs} ${together} ${columns}`;
    const known = frames.get(key) ?? frame(pairs, together, columns);
    frames.set(key, known);
    return known;
  };
  const frame = (pairs: number, together: number, columns: number): number => {
    const ring = ringOf(f, pairs, columns);
    const taps = pairs > 0 ? Array.from({ length: pairs }, (_, k) => 4 * k * columns) : ring.rowOffsets;
    // Twice, so that a ring that has turned is the same list from a later start.
    const offsets = Array.from({ length: 2 * height.kernel }, (_, u) =>
      taps.map((at) => (u % height.kernel) * ring.slotBytes + at),
    );
    // The fields of Frame in assembly/depthwise.ts.
    const fields = [
      ...[height.length, width.length, borders.indexOf(f.border), height.dilation, advance, height.kernel, ring.slotBytes],
      ...[ring.columns, width.stride, place.put(Int32Array.from(ring.residues)), ring.residues.length, ring.planeBytes],
      ...[ring.lineBytes, pairs, pairs > 0 ? width.kernel : 0, place.put(Int32Array.from(ring.rowOffsets))],
      ...[taps.length, place.put(Int32Array.from(offsets.flat())), Math.max(1, Math.floor(longest / taps.length))],
      ...[together, 4 * oh * ow, columns, 4 * step * ow, zeroAt],
    ];
    return place.put(Int32Array.from(fields));
  };

  const parts = [];
  for (let image = 0; image < n * c; image++) {
    for (let o = 0; o < results; ) {
      const first = (image % c) * results + o;
      const kernel = f.kernels[first % f.kernels.length]!;
      const together = kernel.pairs > 0 || f.kernels.length === 1 ? 1 : plainRun(f.kernels, first, results - o);
      const plane = image * results + o;
      const price = priceOf(f, kernel.pairs) * together;
      for (let j = 0; j < ow; j += tile) {
        const columns = Math.min(tile, ow - j);
        const rows = rowsTogether(f, price * columns, kernel.pairs);
        for (let chain = 0; chain < Math.min(step, oh); chain++) {
          for (let i = chain; i < oh; i += step * rows) {
            const count = Math.min(rows, Math.ceil((oh - i) / step));
            const at = yAt + 4 * ((plane * oh + i) * ow + j);
            const where = [xAt + 4 * image * height.length * width.length, i * height.stride - height.before];
            const what = [...where, j * width.stride - width.before, count, at];
            const k = first % f.kernels.length;
            const checked = kernel.pairs > 1 && f.plain !== undefined;
            const weights = checked ? [weightsAt[k]!, plainAt[k]!] : [weightsAt[k]!];
            const plans = checked
              ? [frameFor(kernel.pairs, 1, columns), frameFor(0, 1, columns)]
              : [frameFor(kernel.pairs, together, columns)];
            const writes: Run[] = [];
            if (step === 1 && columns === ow)
              for (let m = 0; m < together; m++) writes.push({ at: at + 4 * m * oh * ow, count: count * ow, plane: plane + m });
            parts.push({
              price: price * count * columns,
              calls: [
                [
                  checked ? 'filterRowsChecked' : 'filterRows',
                  ...plans,
                  ...what,
                  ...weights,
                  biasAt + 4 * (first % f.bias.length),
                ] as const,
              ],
              writes,
            });
          }
        }
      }
      o += together;
    }
  }
  return gathered(parts, jobSize);
}

/** How many kernels from `first` on are not separated. */
function plainRun(kernels: readonly Kernel[], first: number, most: number): number {
  let count = 1;
  while (count < most && kernels[first + count]?.pairs === 0) count += 1;
  return count;
}

/** Multiplications of one value of the result, with what staging costs beside them. */
function priceOf({ height, width }: Filtering, pairs: number): number {
  return 4 + (pairs > 0 ? pairs * (width.kernel * Math.max(1, height.stride / 2) + height.kernel) : width.kernel * height.kernel);
}

/** Rows of a call: a job's worth; where the first rows of the ring are costly, more of them. */
function rowsTogether({ height }: Filtering, rowPrice: number, pairs: number): number {
  return Math.max(1, Math.ceil(jobSize / rowPrice), pairs > 0 ? 3 * height.kernel : 0);
}

/** Addresses of the weights of every kernel. */
function putAll(place: Place, kernels: readonly Kernel[]): number[] {
  const all = new Float32Array(kernels.reduce((sum, { weights }) => sum + weights.length, 0));
  const starts: number[] = [];
  let at = 0;
  for (const { weights } of kernels) {
    starts.push(at);
    all.set(weights, at);
    at += weights.length;
  }
  const base = place.put(all);
  return starts.map((start) => base + 4 * start);
}
