// The kernel as a matrix: sizes, turns, sums, symmetry, and the way from cell to cell.

import type { Matrix } from '../../core/op';

export type { Matrix } from '../../core/op';

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
/** Top and bottom exchanged. */
export const upended = (m: Matrix): Matrix => m.toReversed();
/** Rows and columns exchanged. */
export const transposed = (m: Matrix): Matrix =>
  Array.from({ length: sizeOfMatrix(m)[1] }, (_, i) => m.map((row) => row[i] ?? 0));
/** Every sign turned; 0 stays without one. */
export const negated = (m: Matrix): Matrix => m.map((row) => row.map((v) => 0 - v));
/** Half a turn: what makes a correlation of a convolution. */
export const flipped = (m: Matrix): Matrix => mirrored(m).toReversed();

/** Divided by the sum, so that it is 1; null where the sum is 0 but for rounding. */
export function normalised(m: Matrix): Matrix | null {
  const sum = sumOf(m);
  if (Math.abs(sum) <= 1e-9 * peakOf(m) * m.flat().length) return null;
  return m.map((row) => row.map((v) => v / sum));
}

/** Shifted by its mean, so that the sum is 0. */
export function balanced(m: Matrix): Matrix {
  const mean = sumOf(m) / Math.max(1, m.flat().length);
  return m.map((row) => row.map((v) => v - mean));
}

/** What an edit of one cell takes along: its mirror images, or all cells as far from the middle. */
export type Symmetry = 'none' | 'across' | 'down' | 'both' | 'radial';
export type Cell = readonly [row: number, column: number];

/** The cell and all that are the same as it under a symmetry. */
export function partnersOf([row, column]: Cell, [rows, columns]: readonly [number, number], symmetry: Symmetry): Cell[] {
  const [i, j] = [rows - 1 - row, columns - 1 - column];
  const found: Cell[] = [[row, column]];
  if (symmetry === 'across' || symmetry === 'both') found.push([row, j]);
  if (symmetry === 'down' || symmetry === 'both') found.push([i, column]);
  if (symmetry === 'both') found.push([i, j]);
  if (symmetry !== 'radial') return found;
  const away = (r: number, c: number): number => (2 * r - rows + 1) ** 2 + (2 * c - columns + 1) ** 2;
  const all = Array.from({ length: rows * columns }, (_, k): Cell => [Math.floor(k / columns), k % columns]);
  return all.filter(([r, c]) => away(r, c) === away(row, column));
}

export const withCells = (m: Matrix, cells: readonly Cell[], value: number): Matrix =>
  cells.reduce((made, [row, column]) => withCell(made, row, column, value), m);

/** Cells on a straight way, both ends included: what a quick stroke of the pointer passes. */
export function cellsBetween([r, c]: Cell, [toR, toC]: Cell): Cell[] {
  const steps = Math.max(Math.abs(toR - r), Math.abs(toC - c), 1);
  return Array.from(
    { length: steps + 1 },
    (_, k): Cell => [Math.round(r + ((toR - r) * k) / steps), Math.round(c + ((toC - c) * k) / steps)],
  );
}

/** By how much a cell changes at a time: 1 among whole numbers, else a tenth of the power of ten that the largest weight has. */
export function stepFor(m: Matrix): number {
  const peak = peakOf(m);
  if (peak === 0) return 0.1;
  if (peak >= 2 && m.flat().every(Number.isInteger)) return 1;
  return 10 ** (Math.floor(Math.log10(peak) + 1e-9) - 1);
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
