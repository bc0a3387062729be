// Ops whose every output value is one input value or a constant: shuffles, slices, padding.

import type { Cost, Explanation } from './op';
import { placeOf, type Shape, sizeOf, type Tensor } from './tensor';

/** Output [b, c, i, j] is the input value at `row(b, c, i) + column(j)`; where either is negative it is `border`. */
export interface Picking {
  readonly shape: Shape;
  row(b: number, c: number, i: number): number;
  column(j: number): number;
  readonly border?: number;
}

/** All that follows from where values come from. They are copied, so −0 and NaN stay what they are. */
export const picking = <P>(planOf: (x: Shape, params: P) => Picking) => ({
  infer: ({ x }: { readonly x: Shape }, params: P): Shape => planOf(x, params).shape,

  *forward({ x }: { readonly x: Tensor }, params: P, y: Tensor): Generator<number, void> {
    const { border = 0, ...plan } = planOf(x.shape, params);
    const { columns, rows } = enumerate(plan);
    for (const { start, from, done } of rows()) {
      for (let j = 0; j < columns.length; j++) {
        const column = columns[j]!;
        y.data[start + j] = from < 0 || column < 0 ? border : x.data[from + column]!;
      }
      yield done;
    }
  },

  differentiable: ['x'] as const,
  backward({ x }: { readonly x: Tensor }, params: P, dy: Tensor, { x: dx }: { readonly x: Tensor }): void {
    const { columns, rows } = enumerate(planOf(x.shape, params));
    for (const { start, from } of rows()) {
      if (from < 0) continue;
      columns.forEach((column, j) => {
        if (column >= 0) dx.data[from + column]! += dy.data[start + j]!;
      });
    }
  },

  explain(params: P, { x }: { readonly x: Shape }, output: number): Explanation {
    const { shape, row, column, border = 0 } = planOf(x, params);
    const [b, c, i, j] = placeOf(shape, output);
    const [from, at] = [row(b, c, i), column(j)];
    return from < 0 || at < 0 ? { how: 'sum', terms: [{ x: null }], offset: border } : { how: 'sum', terms: [{ x: from + at }] };
  },

  cost({ x }: { readonly x: Shape }, params: P): Cost {
    return { macs: 0, parameters: 0, bytes: 4 * (sizeOf(x) + sizeOf(planOf(x, params).shape)) };
  },
});

function enumerate({ shape, row, column }: Picking) {
  const [n = 0, c = 1, oh = 1, ow = 1] = shape;
  const columns = Int32Array.from({ length: ow }, (_, j) => column(j));
  function* rows() {
    const total = n * c * oh;
    for (let k = 0; k < total; k++) {
      const [i, plane] = [k % oh, Math.floor(k / oh)];
      yield { start: k * ow, from: row(Math.floor(plane / c), plane % c, i), done: (k + 1) / total };
    }
  }
  return { columns, rows };
}
