// Plans of windows by tables, summed in float64 by assembly/ranges.ts: adaptive and global pools, and gradients of averages.

import type { Shape } from '../../../core/tensor';
import type { Slide } from '../../../core/window';
import { slideSize } from '../../../core/window';
import type { Job, Place, Plan } from '../plan';

/** The input positions of every output position along one axis, from the first to behind the last. Both rise. */
export interface Ranges {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** One axis: what is read, and factors for the values read and for the sums. */
export interface Axis extends Ranges {
  readonly before?: Float64Array | undefined;
  readonly after?: Float64Array | undefined;
}

/** The real pixels under windows without gaps. */
export function slideRanges(slide: Slide): Ranges {
  const { length, kernel, stride, before } = slide;
  const within = (at: number): number => Math.min(Math.max(at, 0), length);
  const starts = Int32Array.from({ length: slideSize(slide).output }, (_, i) => i * stride - before);
  return { from: starts.map(within), to: starts.map((at) => within(at + kernel)) };
}

export const adaptiveRanges = (length: number, outputs: number): Ranges => ({
  from: Int32Array.from({ length: outputs }, (_, i) => Math.floor((i * length) / outputs)),
  to: Int32Array.from({ length: outputs }, (_, i) => Math.ceil(((i + 1) * length) / outputs)),
});

/** The windows that read each position. */
export function readersOf({ from, to }: Ranges, length: number): Ranges {
  const readers = { from: new Int32Array(length), to: new Int32Array(length) };
  let [first, end] = [0, 0];
  for (let at = 0; at < length; at++) {
    while (first < to.length && to[first]! <= at) first++;
    while (end < from.length && from[end]! <= at) end++;
    readers.from[at] = first;
    readers.to[at] = Math.max(first, end);
  }
  return readers;
}

export const lengthsOf = ({ from, to }: Ranges): Float64Array => Float64Array.from(to, (end, i) => end - from[i]!);
export const inverse = (lengths: ArrayLike<number>): Float64Array => Float64Array.from(lengths, (length) => 1 / length);

export interface Ranging {
  readonly routine: 'rangeSums' | 'rangeSumsWide' | 'rangeMax' | 'rangeNorms';
  readonly x: Shape;
  readonly y: Shape;
  readonly rows: Axis;
  readonly columns: Axis;
  /** Of `rangeNorms`. */
  readonly power?: number;
}

/** Values read by a job. */
const jobValues = 1 << 17;

export function rangePlan(ranging: Ranging, how: string, from: string, into: string): Plan {
  return {
    how,
    scratch: rangeScratch(ranging),
    build: (place) => {
      const table = rangeTable(ranging, place);
      return [rangeJobs(ranging, table, place.at(from), place.at(into))];
    },
  };
}

export const rangeScratch = ({ routine, x, y, rows }: Ranging): number =>
  8 * ((x[3] ?? 1) + 16) +
  (routine === 'rangeNorms' ? 8 * ((y[3] ?? 1) + 16) : 4 * lengthsOf(rows).reduce((a, b) => Math.max(a, b), 1)) +
  128;

/** The order that assembly/ranges.ts reads. */
export function rangeTable({ x, y, rows, columns, power = 1 }: Ranging, place: Place): number {
  const weights = (values: Float64Array | undefined): number => (values ? place.put(values) : 0);
  return place.put(
    Int32Array.of(
      ...[x[3] ?? 1, y[3] ?? 1],
      ...[place.put(rows.from), place.put(rows.to), place.put(columns.from), place.put(columns.to)],
      ...[weights(rows.before), weights(columns.before), weights(rows.after), weights(columns.after), power],
    ),
  );
}

/** Jobs for all planes from `at` to `into`, or for some. */
export function rangeJobs(
  { routine, x, y, rows }: Ranging,
  table: number,
  at: number,
  into: number,
  planes = (x[0] ?? 0) * (x[1] ?? 1),
): Job[] {
  const [, , h = 1, w = 1] = x;
  const [, , oh = 1, ow = 1] = y;
  const bytes = routine === 'rangeSumsWide' ? 8 : 4;
  const read = lengthsOf(rows).reduce((a, b) => a + b, 0) * w + oh * ow;
  const each = Math.max(1, Math.ceil((oh * jobValues) / read));
  const together = Math.max(1, Math.floor(jobValues / read));
  const jobs: Job[] = [];
  for (let plane = 0; plane < planes; plane += together) {
    const some = Array.from({ length: Math.min(together, planes - plane) }, (_, k) => plane + k);
    for (let i = 0; i < oh; i += each) {
      const to = Math.min(i + each, oh);
      jobs.push({
        calls: some.map((p) => [routine, at + bytes * p * h * w, into + bytes * p * oh * ow, i, to, table]),
        // Sums in float64 are no values of a result.
        writes: bytes === 8 ? [] : some.map((p) => ({ at: into + 4 * (p * oh + i) * ow, count: (to - i) * ow, plane: p })),
      });
    }
  }
  return jobs;
}
