// Windows along one image axis as tables: which source rows are staged, and where each tap finds its pixels.

import type { Slide } from '../../../core/window';
import { type PaddingMode, slideSize } from '../../../core/window';

/** A tap of the kernel along one axis, and the position that it reads for output 0; for output i it reads `step` · i further. */
export interface Tap {
  readonly index: number;
  readonly shift: number;
}

/** How outputs along one axis read a source. */
export interface Axis {
  readonly outputs: number;
  readonly step: number;
  /** Positions of the source. */
  readonly length: number;
  /** In rising order of their shifts, evenly apart. */
  readonly taps: readonly Tap[];
  /** The source position that stands for one outside of it; −1 where it is zero. */
  border(position: number): number;
}

/** Where windows of a convolution read along one axis. */
export const slidingAxis = (slide: Slide, mode: PaddingMode): Axis => ({
  outputs: slideSize(slide).output,
  step: slide.stride,
  length: slide.length,
  taps: Array.from({ length: slide.kernel }, (_, index) => ({ index, shift: index * slide.dilation - slide.before })),
  border: borders[mode](slide.length),
});

const borders: Readonly<Record<PaddingMode, (length: number) => (position: number) => number>> = {
  zeros: () => () => -1,
  reflect: (length) => (p) => (p < 0 ? -p : 2 * (length - 1) - p),
  replicate: (length) => (p) => (p < 0 ? 0 : length - 1),
  circular: (length) => (p) => (p < 0 ? p + length : p - length),
};

export const sourceOf = ({ length, border }: Axis, position: number): number =>
  position >= 0 && position < length ? position : border(position);

/** Source rows for a band of output rows. */
export interface Rows {
  /** Entries are source rows, −1 for zeros, −2 for a row that no window reads. */
  readonly table: Int32Array;
  /** Slots that a band of `rows` outputs fills for `taps` taps in a row. */
  slots(rows: number, taps: number): number;
  /** Where the band begins in the table. */
  first(row: number, tap: number): number;
  /** Slots from one output row to the next, and from one tap to the next. */
  readonly perRow: number;
  readonly perTap: number;
}

/**
 * A band of neighbouring rows, which windows share; or, where windows leave most of them out, the rows of each window by themselves (`apart`).
 * `rows` is about how many output rows are done together.
 */
export function rowsOf(axis: Axis, rows: number, whole: boolean): Rows {
  const { outputs, step, taps } = axis;
  const lowest = taps[0]?.shift ?? 0;
  const spread = taps.length > 1 ? taps[1]!.shift - lowest : 0;
  const unit = divisor(step, spread) || 1;
  const perRow = step / unit;
  const perTap = spread / unit;
  const band = (count: number, tapCount: number): number => (count - 1) * perRow + (tapCount - 1) * perTap + 1;
  const apart = band(rows, taps.length) > rows * taps.length;
  if (taps.length === 0) return { table: new Int32Array(1), slots: () => 0, first: () => 0, perRow: 0, perTap: 0 };
  if (apart && (whole || rows === 1)) {
    const table = new Int32Array(outputs * taps.length);
    for (let i = 0; i < outputs; i++)
      for (const [t, { shift }] of taps.entries()) table[i * taps.length + t] = sourceOf(axis, i * step + shift);
    const count = taps.length;
    return { table, slots: (r, t) => (r - 1) * count + t, first: (row, tap) => row * count + tap, perRow: count, perTap: 1 };
  }
  const table = new Int32Array(band(outputs, taps.length)).fill(-2);
  for (let i = 0; i < outputs; i++)
    for (const { shift } of taps) table[(i * step + shift - lowest) / unit] = sourceOf(axis, i * step + shift);
  return { table, slots: band, first: (row, tap) => row * perRow + tap * perTap, perRow, perTap };
}

/** A staged row: its pixel k is the source column `columns[k]`, which from `from` to `to` are `step` apart. */
export interface Lane {
  readonly columns: Int32Array;
  readonly from: number;
  readonly to: number;
  /** Pixels beyond those of the tile. */
  readonly beyond: number;
}
/** Where a tap along the width finds the pixel of output 0. */
export interface LaneTap {
  readonly lane: number;
  readonly pixel: number;
}

/** Taps further apart than this do not share a lane. */
const furthest = 64;

/** Staged rows for the columns: one for every phase of the stride, so that neighbouring outputs read neighbouring pixels. */
export function lanesOf(axis: Axis): { readonly lanes: readonly Lane[]; readonly taps: readonly LaneTap[] } {
  const { taps, step } = axis;
  const groups: { first: number; last: number }[] = [];
  const found = taps.map(({ shift }): LaneTap => {
    let lane = groups.findIndex(({ first, last }) => (shift - first) % step === 0 && (shift - last) / step <= furthest);
    if (lane < 0) lane = groups.push({ first: shift, last: shift }) - 1;
    const group = groups[lane]!;
    group.last = shift;
    return { lane, pixel: (shift - group.first) / step };
  });
  return { lanes: groups.map(({ first, last }) => laneOf(axis, first, (last - first) / step)), taps: found };
}

function laneOf(axis: Axis, shift: number, beyond: number): Lane {
  const { outputs, step, length } = axis;
  const columns = Int32Array.from({ length: outputs + beyond }, (_, k) => sourceOf(axis, k * step + shift));
  const from = Math.min(columns.length, Math.max(0, Math.ceil(-shift / step)));
  const to = Math.min(columns.length, Math.max(from, Math.floor((length - 1 - shift) / step) + 1));
  return { columns, from, to, beyond };
}

function divisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return Math.abs(a);
}
