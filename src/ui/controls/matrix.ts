// The kernel as a matrix: sizes, turns, sums, and blocks of numbers from elsewhere.

import { spelled } from './typed';

export type Matrix = readonly (readonly number[])[];

/** The longest side that the editor offers. */
export const mostCells = 15;

export const sizeOfMatrix = (m: Matrix): readonly [rows: number, columns: number] => [m.length, m[0]?.length ?? 0];
export const sumOf = (m: Matrix): number =>
  Number(
    m
      .flat()
      .reduce((a, b) => a + b, 0)
      .toPrecision(12),
  ) + 0;
export const peakOf = (m: Matrix): number => m.flat().reduce((a, b) => Math.max(a, Math.abs(b)), 0);
export const sameMatrix = (a: Matrix, b: Matrix): boolean =>
  a.length === b.length && a.every((row, i) => row.length === b[i]?.length && row.every((v, j) => v === b[i]?.[j]));

export const withCell = (m: Matrix, row: number, column: number, value: number): Matrix =>
  m.map((line, i) => (i === row ? line.map((v, j) => (j === column ? value : v)) : line));

/** Another size around the same middle: zeros come, or the border goes. */
export function resized(m: Matrix, [rows, columns]: readonly [number, number]): Matrix {
  const [h, w] = sizeOfMatrix(m);
  const [up, left] = [Math.floor((rows - h) / 2), Math.floor((columns - w) / 2)];
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => m[i - up]?.[j - left] ?? 0));
}

/** A quarter turn clockwise. */
export const rotated = (m: Matrix): Matrix =>
  Array.from({ length: sizeOfMatrix(m)[1] }, (_, i) => m.map((row) => row[i] ?? 0).reverse());
/** Left and right exchanged. */
export const mirrored = (m: Matrix): Matrix => m.map((row) => [...row].reverse());
/** Half a turn: what makes a correlation of a convolution. */
export const flipped = (m: Matrix): Matrix => mirrored(m).toReversed();

/** Divided by the sum, so that it is 1; null where the sum is 0 but for rounding. */
export function normalised(m: Matrix): Matrix | null {
  const sum = sumOf(m);
  if (Math.abs(sum) <= 1e-9 * peakOf(m) * m.flat().length) return null;
  return m.map((row) => row.map((v) => v / sum));
}

export type Pasted =
  | { readonly kind: 'matrix'; readonly matrix: Matrix }
  /** Not a block: one number or a word, for the cell itself. */
  | { readonly kind: 'single' }
  | { readonly kind: 'bad'; readonly row: number; readonly column: number; readonly text: string }
  | { readonly kind: 'ragged'; readonly first: number; readonly row: number; readonly count: number }
  | { readonly kind: 'big'; readonly rows: number; readonly columns: number };

/**
 * A block of numbers: rows by line break, or by brackets as in Python or JSON; cells by tab, semicolon, comma or spaces.
 * Beside tabs and semicolons a comma is a decimal comma. `row` and `column` count from 1.
 */
export function pasted(text: string): Pasted {
  const lines = text
    .replace(/\]\s*,?\s*\[/g, '\n')
    .replace(/[[\](){}]/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const separator = /[\t;]/.test(text) ? /\s*[\t;]\s*/ : text.includes(',') ? /\s*,\s*|\s+/ : /\s+/;
  const rows = lines.map((line) => line.replace(/,$/, '').split(separator));
  const [first] = rows;
  if (!first || (rows.length === 1 && first.length === 1)) return { kind: 'single' };
  const matrix: number[][] = [];
  for (const [i, row] of rows.entries()) {
    if (row.length !== first.length) return { kind: 'ragged', first: first.length, row: i + 1, count: row.length };
    const values = row.map(spelled);
    const bad = values.findIndex((v) => !Number.isFinite(v));
    if (bad >= 0) return { kind: 'bad', row: i + 1, column: bad + 1, text: row[bad] ?? '' };
    matrix.push(values);
  }
  if (rows.length > mostCells || first.length > mostCells) return { kind: 'big', rows: rows.length, columns: first.length };
  return { kind: 'matrix', matrix };
}

/** As pasted elsewhere: tabs and line breaks, every digit kept. */
export const copied = (m: Matrix): string => m.map((row) => row.join('\t')).join('\n');

/** Where a key leads from a cell; null when it leads nowhere. Matrices read left to right in every language. */
export function cellAfter(
  key: string,
  [row, column]: readonly [number, number],
  [rows, columns]: readonly [number, number],
  whole: boolean,
): readonly [number, number] | null {
  const to = (r: number, c: number) => (r >= 0 && r < rows && c >= 0 && c < columns ? ([r, c] as const) : null);
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
    case 'Enter':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'Home':
      return to(whole ? 0 : row, 0);
    case 'End':
      return to(whole ? rows - 1 : row, columns - 1);
    default:
      return null;
  }
}
