// Taps of one axis as routines read them, and whether they are the same all along.

import type { ResampleTaps } from '../../../core/resample';

/** Output position i reads `index[k]`, rising, for k from i · count on; a tap that is not used has index −1 and weight 0, behind the others. */
export interface AxisTaps extends ResampleTaps {
  readonly length: number;
  readonly output: number;
}

/** The taps of a `Separable` in the order of the output; `firstTap` as there. */
export function axisTaps(
  { count, index, weight }: ResampleTaps,
  length: number,
  output: number,
  firstTap?: (i: number) => number,
): AxisTaps {
  if (!firstTap) return { length, output, count, index, weight };
  const ordered = { index: new Int32Array(output * count), weight: new Float64Array(output * count) };
  for (let i = 0; i < output; i++) {
    const from = firstTap(i);
    ordered.index.set(index.subarray(from, from + count), i * count);
    ordered.weight.set(weight.subarray(from, from + count), i * count);
  }
  return { length, output, count, ...ordered };
}

/** One tap of weight 1 at each of these positions, none where one is −1. */
export const picksAsTaps = (places: Int32Array, length: number): AxisTaps => ({
  length,
  output: places.length,
  count: 1,
  index: places,
  weight: Float64Array.from(places, (at) => (at < 0 ? 0 : 1)),
});

/** The taps of the gradient: an input position reads every output position that reads it. */
export function transposed({ length, output, count, index, weight }: AxisTaps): AxisTaps {
  const readers: Map<number, number>[] = Array.from({ length }, () => new Map());
  index.forEach((at, k) => {
    const i = Math.floor(k / count);
    const w = weight[k]!;
    if (w !== 0) readers[at]!.set(i, (readers[at]!.get(i) ?? 0) + w);
  });
  const most = readers.reduce((n, taps) => Math.max(n, taps.size), 1);
  const back = { index: new Int32Array(length * most).fill(-1), weight: new Float64Array(length * most) };
  readers.forEach((taps, r) => {
    back.index.set([...taps.keys()], r * most);
    back.weight.set([...taps.values()], r * most);
  });
  return { length: output, output: length, count: most, ...back };
}

/** The taps of means over cells of `factor` output positions; the last cell may be smaller. */
export function meansOf(axis: AxisTaps, factor: number): AxisTaps {
  const { length, count, index, weight } = axis;
  const output = Math.ceil(axis.output / factor);
  const sums = new Float64Array(length);
  /** Taps of all cells, and where those of each begin. */
  const [places, weights, starts]: [number[], number[], number[]] = [[], [], [0]];
  for (let cell = 0; cell < output; cell++) {
    const [from, to] = [cell * factor, Math.min((cell + 1) * factor, axis.output)];
    let [first, last] = [length, -1];
    for (let k = from * count; k < to * count; k++) {
      if (weight[k] === 0) continue;
      const at = index[k]!;
      sums[at]! += weight[k]! / (to - from);
      first = Math.min(first, at);
      last = Math.max(last, at);
    }
    for (let at = first; at <= last; at++) {
      if (sums[at] === 0) continue;
      places.push(at);
      weights.push(sums[at]!);
      sums[at] = 0;
    }
    starts.push(places.length);
  }
  const most = Math.max(1, ...starts.slice(1).map((end, cell) => end - starts[cell]!));
  const means = { index: new Int32Array(output * most).fill(-1), weight: new Float64Array(output * most) };
  for (let cell = 0; cell < output; cell++) {
    const [start, end] = [starts[cell]!, starts[cell + 1]!];
    means.index.set(places.slice(start, end), cell * most);
    means.weight.set(weights.slice(start, end), cell * most);
  }
  return { length, output, count: most, ...means };
}

/** How many taps an output position has. */
export function usedTaps({ count, index }: AxisTaps, i: number): number {
  let used = count;
  while (used > 0 && index[i * count + used - 1]! < 0) used--;
  return used;
}

/** First and last position that the output positions [from, to) read; where there is none, from 0 to −1. */
export function reachOf(axis: AxisTaps, from: number, to: number): readonly [first: number, last: number] {
  let [first, last] = [axis.length, -1];
  for (let i = from; i < to; i++) {
    const used = usedTaps(axis, i);
    if (used === 0) continue;
    first = Math.min(first, axis.index[i * axis.count]!);
    last = Math.max(last, axis.index[i * axis.count + used - 1]!);
  }
  return last < 0 ? [0, -1] : [first, last];
}

/** A stretch of positions with a weight for each. */
interface Window {
  readonly from: number;
  readonly weights: readonly number[];
}

function windowOf({ count, index, weight }: AxisTaps, i: number): Window {
  const taps = new Map<number, number>();
  for (let k = i * count; k < (i + 1) * count; k++) {
    if (weight[k] !== 0) taps.set(index[k]!, (taps.get(index[k]!) ?? 0) + weight[k]!);
  }
  if (taps.size === 0) return { from: 0, weights: [] };
  const from = Math.min(...taps.keys());
  return { from, weights: Array.from({ length: Math.max(...taps.keys()) - from + 1 }, (_, k) => taps.get(from + k) ?? 0) };
}

/** Weights are worked out from positions and differ in their last digits along the axis: far less than float32 can hold. */
const same = 1e-9;

/** How one axis reads: not at all changed, twice or half as long with the same weights all along but at the edges, or by its own table. */
export type Pattern =
  | { readonly kind: 'kept' | 'table' }
  | {
      readonly kind: 'double' | 'halve';
      readonly taps: number;
      /** Position of the first tap of output position 0, where no edge is in the way. */
      readonly first: number;
      /** Of doubling: those of even positions, then those of odd ones, which begin one position later. */
      readonly weights: readonly number[];
      /** Output positions with other taps. */
      readonly edges: readonly number[];
    };

const mostEdges = 16;

export function patternOf(axis: AxisTaps): Pattern {
  const { length, output } = axis;
  const middle = (output >> 2) * 2;
  if (length === output && differing(axis, () => ({ from: 0, weights: [1] }), 1).length === 0) return { kind: 'kept' };
  if (output === 2 * length && length >= 8) {
    const [even, odd, c] = [windowOf(axis, middle), windowOf(axis, middle + 1), middle / 2];
    const half = Math.max(
      c - even.from,
      even.from + even.weights.length - c,
      c + 1 - odd.from,
      odd.from + odd.weights.length - c - 1,
    );
    const placed = (window: Window, from: number): number[] =>
      Array.from({ length: 2 * half }, (_, k) => window.weights[from + k - window.from] ?? 0);
    const [a, b] = [placed(even, c - half), placed(odd, c + 1 - half)];
    const edges = differing(axis, (j) => ({ from: (j >> 1) - half + (j & 1), weights: j & 1 ? b : a }));
    if (half <= 3 && [...a, ...b].every(isRead) && edges.length <= mostEdges)
      return { kind: 'double', taps: 2 * half, first: -half, weights: [...a, ...b], edges };
  }
  if (output === length >> 1 && output >= 8) {
    const { from, weights } = windowOf(axis, middle);
    const first = from - 2 * middle;
    const edges = differing(axis, (j) => ({ from: first + 2 * j, weights }));
    const pairs = weights.length > 0 && weights.length % 2 === 0 && weights.length <= mostHalved;
    if (pairs && weights.every(isRead) && edges.length <= mostEdges)
      return { kind: 'halve', taps: weights.length, first, weights, edges };
  }
  return { kind: 'table' };
}

/** A column that has no part in a result is not read: it may be NaN, or lie outside. */
const isRead = (weight: number): boolean => weight !== 0;

/** With more taps than that, a table is as fast. */
const mostHalved = 12;

/** Output positions whose taps are not those of `expected`; where there are many of them, some. With `step`, position i is also where it reads. */
function differing(axis: AxisTaps, expected: (i: number) => Window, step = 0): number[] {
  const { output, count, index, weight } = axis;
  const edges: number[] = [];
  for (let i = 0; i < output && edges.length <= mostEdges; i++) {
    const { from, weights } = expected(i);
    const left = [...weights];
    let outside = 0;
    for (let k = i * count; k < (i + 1) * count; k++) {
      const at = index[k]! - from - step * i;
      if (at >= 0 && at < left.length) left[at]! -= weight[k]!;
      else outside += Math.abs(weight[k]!);
    }
    if (outside > same || left.some((rest) => Math.abs(rest) > same)) edges.push(i);
  }
  return edges;
}
