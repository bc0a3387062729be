// Linear ops that work along rows and columns apart: resampling, adaptive means, blurred pooling.

import { lately } from './lately';
import type { Explanation, Terms } from './op';
import type { ResampleTaps } from './resample';
import { RowRing } from './rowRing';
import { imageAxes, placeOf, type Shape, store, type Tensor } from './tensor';

/** The taps of both axes for one shape of input. */
export interface Separable {
  readonly oh: number;
  readonly ow: number;
  readonly down: ResampleTaps;
  readonly across: ResampleTaps;
  /** Where the taps of an output row start in the forward pass, if not at `i * down.count`. */
  readonly firstTap?: (i: number) => number;
  /** What else an explanation tells of an output position: where it is read, what a mean divides by. */
  readonly about?: (i: number, j: number) => Pick<Explanation, 'source' | 'divisor' | 'divides'>;
}

/** Forward pass, gradient and explanation from one enumeration of taps. */
export const separable = <P>(tapsOf: (x: Shape, params: P) => Separable) => {
  const tables = lately(tapsOf);
  return {
    // Rows first, each input row once; then a weighted sum of the rows that an output row reads.
    *forward({ x }: { readonly x: Tensor }, params: P, y: Tensor): Generator<number, void> {
      const [n, c, h, w] = imageAxes('x', x.shape);
      const { oh, ow, down, across, firstTap = (i) => i * down.count } = tapsOf(x.shape, params);
      const make = () => new Float64Array(ow);
      const ring = new RowRing(down.count, make, (row, into) => resampleRow(x.data, row * w, across, into));
      const sums = make();
      const total = n * c * oh;
      for (let row = 0; row < total; row++) {
        const i = row % oh;
        const first = ((row - i) / oh) * h;
        sums.fill(0);
        for (let u = 0; u < down.count; u++) {
          const tap = firstTap(i) + u;
          const r = down.index[tap]!;
          if (r >= 0) addWeighted(sums, ring.at(first + r), down.weight[tap]!);
          if (u < down.count - 1) yield (row + (u + 1) / down.count) / total;
        }
        store(sums, y.data, row * ow);
        yield (row + 1) / total;
      }
    },

    differentiable: ['x'] as const,
    backward({ x }: { readonly x: Tensor }, params: P, dy: Tensor, { x: dx }: { readonly x: Tensor }): void {
      const [n, c, h, w] = imageAxes('x', x.shape);
      const { oh, ow, down, across } = tapsOf(x.shape, params);
      for (let row = 0; row < n * c * oh; row++) {
        const i = row % oh;
        const plane = ((row - i) / oh) * h * w;
        for (let u = 0; u < down.count; u++) {
          const r = down.index[i * down.count + u]!;
          if (r < 0) continue;
          for (let k = 0; k < ow * across.count; k++) {
            const s = across.index[k]!;
            if (s < 0) continue;
            const j = Math.floor(k / across.count);
            dx.data[plane + r * w + s]! += dy.data[row * ow + j]! * down.weight[i * down.count + u]! * across.weight[k]!;
          }
        }
      }
    },

    explain(params: P, { x }: { readonly x: Shape }, output: number): Explanation {
      const [n, c, h, w] = imageAxes('x', x);
      const { oh, ow, down, across, firstTap = (i) => i * down.count, about } = tables(x, params);
      const [b, f, i, j] = placeOf([n, c, oh, ow], output);
      const rows = mergedTaps(down, firstTap(i));
      const columns = mergedTaps(across, j * across.count);
      const all = { how: 'sum', terms: products(rows, columns, (b * c + f) * h * w, w) } as const;
      return about ? { ...all, ...about(i, j) } : all;
    },
  };
};

type Tap = readonly [index: number, weight: number];

/** The taps of one position that count: of those with one index the sum, and −1 for what lies on a constant border. */
function mergedTaps({ count, index, weight }: ResampleTaps, first: number): Tap[] {
  const weights = new Map<number, number>();
  for (let k = first; k < first + count; k++) {
    const at = Math.max(index[k]!, -1);
    weights.set(at, (weights.get(at) ?? 0) + weight[k]!);
  }
  return [...weights].filter(([, by]) => by !== 0);
}

function products(rows: readonly Tap[], columns: readonly Tap[], plane: number, width: number): Terms {
  return {
    length: rows.length * columns.length,
    *[Symbol.iterator]() {
      for (const [r, down] of rows)
        for (const [s, across] of columns) yield { x: r < 0 || s < 0 ? null : plane + r * width + s, factor: down * across };
    },
  };
}

function resampleRow(data: Tensor['data'], row: number, { count, index, weight }: ResampleTaps, out: Float64Array): void {
  let tap = 0;
  for (let j = 0; j < out.length; j++) {
    let sum = 0;
    for (let v = 0; v < count; v++, tap++) {
      const at = index[tap]!;
      if (at >= 0) sum += weight[tap]! * data[row + at]!;
    }
    out[j] = sum;
  }
}

function addWeighted(sums: Float64Array, row: Float64Array, weight: number): void {
  for (let j = 0; j < sums.length; j++) sums[j]! += weight * row[j]!;
}
