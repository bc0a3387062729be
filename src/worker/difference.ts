// How far two values of a chain are apart: pixel by pixel, as peak signal-to-noise ratio, and as structural similarity.

import type { Tensor } from '../core/tensor';
import type { Breath } from '../image/breath';

/** What is read of one side: some channels of the first item, as values · scale + offset. */
export interface Side {
  readonly x: Tensor<Float32Array>;
  readonly channels: readonly number[];
  readonly scale: number;
  readonly offset: number;
}

/** Over all pixels and channels that were compared; of pixels where both are finite. */
export interface Distance {
  /** Means of |a − b| and (a − b)², and the largest |a − b|. */
  readonly mean: number;
  readonly squared: number;
  readonly largest: number;
}

const ROWS = 16;
const sizeOf = ({ x: { shape } }: Side) => ({ height: shape[2] ?? 1, width: shape[3] ?? 1 });

/**
 * The mean over the channels of a − b, or of |a − b|, as [1, 1, H, W], and how far both are apart.
 * @throws RangeError with both sizes when they differ, or with both counts of channels.
 */
export async function differenceOf(
  a: Side,
  b: Side,
  signed: boolean,
  breath: Breath,
): Promise<{ readonly map: Tensor<Float32Array>; readonly distance: Distance }> {
  const { width, height } = alike(a, b);
  const data = new Float32Array(width * height);
  const sums: Sums = { absolute: 0, squared: 0, largest: 0, count: 0 };
  for (let top = 0; top < height; top += ROWS) {
    const end = Math.min(height, top + ROWS) * width;
    for (let c = 0; c < a.channels.length; c++) addDifferences(a, b, c, signed, data, top * width, end, sums);
    if (breath.due()) await breath.rest();
  }
  const { absolute, squared, largest, count } = sums;
  const distance = { mean: absolute / count, squared: squared / count, largest };
  return { map: { shape: [1, 1, height, width], data }, distance };
}

interface Sums {
  absolute: number;
  squared: number;
  largest: number;
  count: number;
}

/** A loop of its own: engines compile it better than one inside an async function. Views of values are taken anew in each slice. */
function addDifferences(
  a: Side,
  b: Side,
  channel: number,
  signed: boolean,
  into: Float32Array,
  from: number,
  to: number,
  sums: Sums,
): void {
  const share = 1 / a.channels.length;
  const [one, other] = [planeOf(a, channel), planeOf(b, channel)];
  const { scale, offset } = a;
  const { scale: otherScale, offset: otherOffset } = b;
  let { absolute, squared, largest, count } = sums;
  for (let i = from; i < to; i++) {
    const d = one[i]! * scale + offset - (other[i]! * otherScale + otherOffset);
    const size = Math.abs(d);
    into[i] = into[i]! + (signed ? d : size) * share;
    if (size - size !== 0) continue;
    absolute += size;
    squared += d * d;
    if (size > largest) largest = size;
    count += 1;
  }
  Object.assign(sums, { absolute, squared, largest, count });
}

function planeOf({ x, channels }: Side, at: number): Float32Array {
  const plane = (x.shape[2] ?? 1) * (x.shape[3] ?? 1);
  const channel = channels[at] ?? 0;
  return x.data.subarray(channel * plane, (channel + 1) * plane);
}

/** 10 · log10(peak² / mean squared error), in decibels; infinite where nothing differs. */
export const psnrOf = ({ squared }: Distance, peak: number): number => 10 * Math.log10((peak * peak) / squared);

/** Width of the window that structural similarity looks through. */
export const WINDOW = 11;
const SIGMA = 1.5;
const [K1, K2] = [0.01, 0.03];
const taps = gaussian();

function gaussian(): Float64Array {
  const raw = Float64Array.from({ length: WINDOW }, (_, i) => Math.exp(-((i - (WINDOW - 1) / 2) ** 2) / (2 * SIGMA ** 2)));
  const sum = raw.reduce((all, v) => all + v, 0);
  return raw.map((v) => v / sum);
}

/**
 * Mean structural similarity (Wang, Bovik, Sheikh, Simoncelli 2004): Gaussian window of 11 × 11, σ 1.5, K₁ 0.01, K₂ 0.03, windows that lie
 * wholly inside, of each channel, and their mean over the channels. Null for pictures smaller than a window.
 */
export async function similarityOf(a: Side, b: Side, peak: number, breath: Breath): Promise<number | null> {
  const { width, height } = alike(a, b);
  if (width < WINDOW || height < WINDOW) return null;
  let sum = 0;
  for (let c = 0; c < a.channels.length; c++) {
    const rows = new Moments(width);
    for (let y = 0; y < height; y++) {
      rows.add(planeOf(a, c), a, planeOf(b, c), b, y);
      if (y >= WINDOW - 1) sum += rows.similarity(y, (K1 * peak) ** 2, (K2 * peak) ** 2);
      if (breath.due()) await breath.rest();
    }
  }
  return sum / (a.channels.length * (height - WINDOW + 1) * (width - WINDOW + 1));
}

type Affine = Pick<Side, 'scale' | 'offset'>;

/** Of the last 11 rows: a, b, a², b² and ab, weighted along the row. */
class Moments {
  private readonly inside: number;
  private readonly one: Float64Array;
  private readonly other: Float64Array;
  private readonly kept: readonly Float64Array[];
  private readonly column: Float64Array;

  constructor(private readonly width: number) {
    this.inside = width - WINDOW + 1;
    this.one = new Float64Array(width);
    this.other = new Float64Array(width);
    this.kept = Array.from({ length: WINDOW }, () => new Float64Array(5 * this.inside));
    this.column = new Float64Array(5 * this.inside);
  }

  add(a: Float32Array, { scale, offset }: Affine, b: Float32Array, other: Affine, y: number): void {
    const { width, inside } = this;
    for (let x = 0, i = y * width; x < width; x++, i++) {
      this.one[x] = a[i]! * scale + offset;
      this.other[x] = b[i]! * other.scale + other.offset;
    }
    const row = this.kept[y % WINDOW]!;
    for (let x = 0; x < inside; x++) {
      let sa = 0;
      let sb = 0;
      let saa = 0;
      let sbb = 0;
      let sab = 0;
      for (let k = 0; k < WINDOW; k++) {
        const p = this.one[x + k]!;
        const q = this.other[x + k]!;
        const w = taps[k]!;
        sa += w * p;
        sb += w * q;
        saa += w * p * p;
        sbb += w * q * q;
        sab += w * p * q;
      }
      row[x] = sa;
      row[inside + x] = sb;
      row[2 * inside + x] = saa;
      row[3 * inside + x] = sbb;
      row[4 * inside + x] = sab;
    }
  }

  /** The sum of the similarities of all windows whose last row is `y`. */
  similarity(y: number, c1: number, c2: number): number {
    const { inside, column } = this;
    column.fill(0);
    for (let k = 0; k < WINDOW; k++) {
      const row = this.kept[(y + 1 + k) % WINDOW]!;
      const w = taps[k]!;
      for (let i = 0; i < column.length; i++) column[i] = column[i]! + w * row[i]!;
    }
    let sum = 0;
    for (let x = 0; x < inside; x++) {
      const ma = column[x]!;
      const mb = column[inside + x]!;
      const variances = column[2 * inside + x]! - ma * ma + column[3 * inside + x]! - mb * mb;
      const covariance = column[4 * inside + x]! - ma * mb;
      sum += ((2 * ma * mb + c1) * (2 * covariance + c2)) / ((ma * ma + mb * mb + c1) * (variances + c2));
    }
    return sum;
  }
}

/** @throws RangeError when the two cannot be compared pixel by pixel. */
function alike(a: Side, b: Side): { readonly width: number; readonly height: number } {
  const [one, other] = [sizeOf(a), sizeOf(b)];
  if (one.width !== other.width || one.height !== other.height)
    throw new RangeError(
      `A difference needs two pictures of one size, received ${one.width} × ${one.height} and ${other.width} × ${other.height}.`,
    );
  if (a.channels.length !== b.channels.length)
    throw new RangeError(
      `A difference needs as many channels on both sides, received ${a.channels.length} and ${b.channels.length}.`,
    );
  return one;
}
