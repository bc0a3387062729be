// What pools share: the windows over both axes, and the largest, smallest and summed values under them.

import { lately } from './lately';
import type { Cost, Explanation, Terms } from './op';
import { type Reaches, slideReach } from './reach';
import { RowRing } from './rowRing';
import type { Pair } from './schema';
import { imageAxes, placeOf, type Shape, sizeOf, store, type Tensor } from './tensor';
import { adaptiveTaps, checkPoolPadding, extent, type PaddingMode, poolSlides, slideSizes, slideTaps } from './window';

/** How a pool slides. */
export interface Pooling {
  readonly kernelSize: Pair;
  readonly stride: Pair | null;
  readonly padding: Pair;
  readonly dilation?: Pair;
  readonly ceilMode: boolean;
}

/** Windows over a picture: `down[u * oh + i]` is the row under tap u of window row i, −1 outside; `across` the same for columns. */
export interface Windows {
  readonly n: number;
  readonly c: number;
  readonly h: number;
  readonly w: number;
  readonly kh: number;
  readonly kw: number;
  readonly oh: number;
  readonly ow: number;
  readonly down: Int32Array;
  readonly across: Int32Array;
  /** Rows from the first to the last tap of a window. */
  readonly span: number;
}

/** Sizes of a pool's output. @throws RangeError when a window does not fit or padding is more than half of it. */
export function poolSizes(op: string, x: Shape, p: Pooling) {
  const [, , h, w] = imageAxes(op, x);
  const [height, width] = poolSlides([h, w], p);
  checkPoolPadding(op, height, width);
  return slideSizes(op, height, width);
}

/** How far the windows of a pool that slides reach. */
export function poolReach(op: string, x: Shape, p: Pooling): Reaches {
  const [, , h, w] = imageAxes(op, x);
  const [height, width] = poolSlides([h, w], p);
  return { height: slideReach(height), width: slideReach(width) };
}

export function poolShape(op: string, x: Shape, p: Pooling): Shape {
  const [n, c] = imageAxes(op, x);
  const { height, width } = poolSizes(op, x, p);
  return [n, c, height.output, width.output];
}

/** The windows of a pool that slides. @throws RangeError as `poolSizes` does. */
export function slidingWindows(op: string, x: Shape, p: Pooling, mode: PaddingMode = 'zeros'): Windows {
  const [n, c, h, w] = imageAxes(op, x);
  const size = poolSizes(op, x, p);
  const [height, width] = poolSlides([h, w], p);
  return {
    ...{ n, c, h, w, kh: height.kernel, kw: width.kernel, oh: size.height.output, ow: size.width.output },
    down: slideTaps(height, mode),
    across: slideTaps(width, mode),
    span: Math.min(extent(height.kernel, height.dilation), h),
  };
}

/** The windows of an adaptive pool: as many as the result has pixels, as large as that takes. */
export function adaptiveWindows(op: string, x: Shape, [oh, ow]: Pair): Windows {
  const [n, c, h, w] = imageAxes(op, x);
  const [down, across] = [adaptiveTaps(h, oh), adaptiveTaps(w, ow)];
  const kh = down.length / oh;
  return { n, c, h, w, kh, kw: across.length / ow, oh, ow, down, across, span: kh };
}

/** Flat input index of every tap of the window behind an output value, of its first rows and columns; null outside. */
export function windowTerms(windows: Windows, output: number, rows = windows.kh, columns = windows.kw): Terms {
  const { n, c, h, w, oh, ow, down, across } = windows;
  const [b, f, i, j] = placeOf([n, c, oh, ow], output);
  return {
    length: rows * columns,
    *[Symbol.iterator]() {
      for (let u = 0; u < rows; u++) {
        for (let v = 0; v < columns; v++) {
          const [r, s] = [down[u * oh + i]!, across[v * ow + j]!];
          yield { x: r < 0 || s < 0 ? null : ((b * c + f) * h + r) * w + s };
        }
      }
    },
  };
}

/** Those that lie on the picture, each with a factor. */
export function innerTerms(windows: Windows, output: number, factor: number): Terms {
  const { n, c, oh, ow, kh, kw, down, across } = windows;
  const [, , i, j] = placeOf([n, c, oh, ow], output);
  const inside = (taps: Int32Array, outputs: number, count: number, at: number): number =>
    Array.from({ length: count }, (_, tap) => taps[tap * outputs + at]!).filter((index) => index >= 0).length;
  return {
    length: inside(down, oh, kh, i) * inside(across, ow, kw, j),
    *[Symbol.iterator]() {
      for (const { x } of windowTerms(windows, output)) if (x !== null) yield { x, factor };
    },
  };
}

/** Cost of reading a picture once and writing a pooled one, with some multiply-accumulates for each output. */
export const poolCost = (x: Shape, y: Shape, perOutput: number): Cost => ({
  macs: sizeOf(y) * perOutput,
  parameters: 0,
  bytes: 4 * (sizeOf(x) + sizeOf(y)),
});

/** Forward pass, gradient and explanation of pools that keep one value of each window. */
export const peaking = <P>(how: 'max' | 'min', windowsOf: (x: Shape, params: P) => Windows) => {
  const explained = lately(windowsOf);
  return {
    *forward({ x }: { readonly x: Tensor }, params: P, y: Tensor): Generator<number, void> {
      yield* peakRows(x, windowsOf(x.shape, params), how, ({ start, peaks }) => store(peaks, y.data, start));
    },

    differentiable: ['x'] as const,
    // Only the winner moved the output, so it alone receives the gradient; overlapping windows add up.
    backward({ x }: { readonly x: Tensor }, params: P, dy: Tensor, { x: dx }: { readonly x: Tensor }): void {
      const pass = ({ start, plane, winners }: PeakRow) => {
        winners.forEach((at, j) => {
          if (at >= 0) dx.data[plane + at]! += dy.data[start + j]!;
        });
      };
      for (const _ of peakRows(x, windowsOf(x.shape, params), how, pass));
    },

    explain: (params: P, { x }: { readonly x: Shape }, output: number): Explanation => ({
      how,
      terms: windowTerms(explained(x, params), output),
    }),
  };
};

/** A row of the output: where it starts, the flat index of its plane in the input, the extreme values and the index in the plane that gave each. */
export interface PeakRow {
  readonly start: number;
  readonly plane: number;
  readonly peaks: Float64Array;
  readonly winners: Int32Array;
}
/** The extremes of one input row under every window, and the column that gave each; −1 for a window on padding alone. */
interface RowPeaks {
  readonly peaks: Float64Array;
  readonly columns: Int32Array;
}

/**
 * Hands every row of the output to `visit`; its arrays are reused. The maximum of a window is the maximum of those of its rows,
 * which overlapping windows share. Larger values and NaN replace what is there, as in torch: the first of equal values stays.
 * Minima are maxima of the negated values.
 */
export function* peakRows(
  x: Tensor,
  { n, c, h, w, kh, oh, ow, down, across, span }: Windows,
  how: 'max' | 'min',
  visit: (row: PeakRow) => void,
): Generator<number, void> {
  const sign = how === 'max' ? 1 : -1;
  const make = (): RowPeaks => ({ peaks: new Float64Array(ow), columns: new Int32Array(ow) });
  const ring = new RowRing(span, make, (row, into) => peaksOfRow(x.data, row * w, across, sign, into));
  const peaks = new Float64Array(ow);
  const winners = new Int32Array(ow);
  const total = n * c * oh;
  for (let row = 0; row < total; row++) {
    const i = row % oh;
    const first = ((row - i) / oh) * h;
    peaks.fill(Number.NEGATIVE_INFINITY);
    winners.fill(-1);
    for (let u = 0; u < kh; u++) {
      const r = down[u * oh + i]!;
      if (r >= 0) raise(peaks, winners, ring.at(first + r), r * w);
      if (u < kh - 1) yield (row + (u + 1) / kh) / total;
    }
    if (sign < 0) for (let j = 0; j < ow; j++) peaks[j] = -peaks[j]!;
    visit({ start: row * ow, plane: first * w, peaks, winners });
    yield (row + 1) / total;
  }
}

function peaksOfRow(data: Tensor['data'], row: number, across: Int32Array, sign: 1 | -1, { peaks, columns }: RowPeaks): void {
  const length = peaks.length;
  peaks.fill(Number.NEGATIVE_INFINITY);
  columns.fill(-1);
  for (let tap = 0; tap < across.length; tap += length) {
    for (let j = 0; j < length; j++) {
      const column = across[tap + j]!;
      if (column < 0) continue;
      const value = sign * data[row + column]!;
      if (value > peaks[j]! || columns[j]! < 0 || Number.isNaN(value)) {
        peaks[j] = value;
        columns[j] = column;
      }
    }
  }
}

function raise(peaks: Float64Array, winners: Int32Array, from: RowPeaks, row: number): void {
  for (let j = 0; j < peaks.length; j++) {
    const column = from.columns[j]!;
    if (column < 0) continue;
    const value = from.peaks[j]!;
    if (value > peaks[j]! || winners[j]! < 0 || Number.isNaN(value)) {
      peaks[j] = value;
      winners[j] = row + column;
    }
  }
}

/** Hands the sums under every row of windows to `visit`: of the values, or of their powers. The sum of a window is that of its rows, which overlapping windows share. */
export function* sumRows(
  x: Tensor,
  { n, c, h, w, kh, oh, ow, down, across, span }: Windows,
  power: number,
  visit: (sums: Float64Array, i: number, start: number) => void,
): Generator<number, void> {
  const make = () => new Float64Array(ow);
  const ring = new RowRing(span, make, (row, into) => sumsOfRow(x.data, row * w, across, power, into));
  const sums = make();
  const total = n * c * oh;
  for (let row = 0; row < total; row++) {
    const i = row % oh;
    const first = ((row - i) / oh) * h;
    sums.fill(0);
    for (let u = 0; u < kh; u++) {
      const r = down[u * oh + i]!;
      if (r >= 0) addTo(sums, ring.at(first + r));
      if (u < kh - 1) yield (row + (u + 1) / kh) / total;
    }
    visit(sums, i, row * ow);
    yield (row + 1) / total;
  }
}

function sumsOfRow(data: Tensor['data'], row: number, across: Int32Array, power: number, sums: Float64Array): void {
  const length = sums.length;
  sums.fill(0);
  for (let tap = 0; tap < across.length; tap += length) {
    for (let j = 0; j < length; j++) {
      const column = across[tap + j]!;
      if (column < 0) continue;
      const value = data[row + column]!;
      sums[j]! += power === 1 ? value : value ** power;
    }
  }
}

function addTo(sums: Float64Array, more: Float64Array): void {
  for (let j = 0; j < sums.length; j++) sums[j]! += more[j]!;
}
