// Results whose every row is made of one row of x, and whose columns are all picked alike: which routine does it.

import type { Shape } from '../../../core/tensor';
import type { Place, Plan } from '../plan';
import { strips } from './strips';

const kinds = { copy: 0, repeat: 1, every: 2, table: 3, pieces: 4 } as const;
const held = { border: 0, onward: 1, same: 2, backward: 3 } as const;

interface Piece {
  readonly kind: keyof typeof held;
  readonly count: number;
  readonly from: number;
}

/** How columns are picked. */
export type Picks =
  | { readonly kind: 'copy'; readonly from: number }
  | { readonly kind: 'repeat'; readonly times: number }
  | { readonly kind: 'every'; readonly step: number; readonly from: number }
  | { readonly kind: 'table' }
  | { readonly kind: 'pieces'; readonly pieces: readonly Piece[] };

/** Pieces shorter than this, on average, are slower than a table. */
const shortestPiece = 8;

/** From the column of x behind every column of the result; −1 is the border. */
export function picksOf(columns: Int32Array, width: number): Picks {
  const [from = 0, second = 0] = columns;
  const step = columns.length > 1 ? second - from : 1;
  const times = columns.length / width;
  if (from >= 0 && step >= 1 && columns.every((at, j) => at === from + j * step))
    return step === 1 ? { kind: 'copy', from } : { kind: 'every', step, from };
  if (Number.isInteger(times) && columns.every((at, j) => at === Math.floor(j / times))) return { kind: 'repeat', times };
  const pieces = piecesOf(columns);
  const few = pieces.length <= Math.max(4, columns.length / shortestPiece);
  return few || columns.includes(-1) ? { kind: 'pieces', pieces } : { kind: 'table' };
}

function piecesOf(columns: Int32Array): Piece[] {
  const pieces: Piece[] = [];
  for (let j = 0; j < columns.length; ) {
    const from = columns[j]!;
    const step = (columns[j + 1] ?? from) - from;
    const kind = from < 0 ? 'border' : step === 1 ? 'onward' : step === -1 && columns[j + 1]! >= 0 ? 'backward' : 'same';
    const along = { border: 0, onward: 1, same: 0, backward: -1 }[kind];
    let count = 1;
    while (j + count < columns.length && columns[j + count] === from + count * along) count++;
    pieces.push({ kind, count, from: Math.max(from, 0) });
    j += count;
  }
  return pieces;
}

export interface RowPicks {
  /** The row of x behind every row of the result; −1 is the border. */
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  /** Rows and columns of x. */
  readonly height: number;
  readonly width: number;
  readonly border?: number;
  readonly how: (picks: Picks) => string;
  /** Names of the tensors. */
  readonly ends?: { readonly from: string; readonly to: string };
}

/** y picked from x, plane by plane. */
export function picked(
  { rows, columns, height, width, border = 0, how, ends = { from: 'x', to: 'y' } }: RowPicks,
  shape: Shape,
): Plan {
  const picks = picksOf(columns, width);
  const [, , oh = 1, ow = 1] = shape;
  return {
    how: how(picks),
    build(place) {
      const [x, y] = [place.at(ends.from), place.at(ends.to)];
      const rowsAt = place.put(rows);
      const chosen = [kinds[picks.kind], ...fieldsOf(place, picks, columns), border];
      return [
        strips(y, shape, ({ plane, from, to }) => [
          ['pickRows', x + 4 * plane * height * width, y + 4 * plane * oh * ow, from, to, width, ow, rowsAt, ...chosen],
        ]),
      ];
    },
  };
}

/** `by` and `at` of `pickRows`. */
function fieldsOf(place: Place, picks: Picks, columns: Int32Array): readonly [by: number, at: number] {
  switch (picks.kind) {
    case 'copy':
      return [picks.from, 0];
    case 'repeat':
      return [picks.times, 0];
    case 'every':
      return [picks.step, picks.from];
    case 'table':
      return [0, place.put(columns.map((at) => 4 * at))];
    case 'pieces': {
      const list = picks.pieces.flatMap(({ kind, count, from }) => [count, held[kind], from]);
      return [picks.pieces.length, place.put(Int32Array.from(list))];
    }
  }
}
