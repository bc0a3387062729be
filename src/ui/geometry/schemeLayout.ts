// Where the grids of a scheme lie, in units of its own: input, window, output from left to right.

import type { Cell, Model } from './model';

/** Side of a cell. */
export const side = 24;
const gap = 48;
const head = 22;
const margin = 6;
/** A title needs this much. */
const leastSlot = 92;
/** A window of more taps a side is not drawn by itself. */
const mostTaps = 11;

export type GridName = 'input' | 'tap' | 'output';
export interface GridBox {
  readonly name: GridName;
  readonly x: number;
  readonly y: number;
  /** Row and column of the cell at the corner. */
  readonly first: Cell;
  readonly rows: number;
  readonly columns: number;
}
export interface SchemeLayout {
  readonly width: number;
  readonly height: number;
  readonly grids: readonly GridBox[];
}

export function layOutScheme({ height, width }: Model): SchemeLayout {
  const windowed = (height.taps > 1 || width.taps > 1) && Math.max(height.taps, width.taps) <= mostTaps;
  const grids = [
    { name: 'input', first: { row: height.first, column: width.first }, rows: span(height), columns: span(width) },
    ...(windowed ? [{ name: 'tap', first: { row: 0, column: 0 }, rows: height.taps, columns: width.taps } as const] : []),
    { name: 'output', first: { row: 0, column: 0 }, rows: height.outputs, columns: width.outputs },
  ] as const;
  const tallest = grids.reduce((most, { rows }) => Math.max(most, rows), 0) * side;
  let x = margin;
  const placed = grids.map((grid) => {
    const box = { ...grid, x, y: margin + head + (tallest - grid.rows * side) / 2 };
    x += Math.max(grid.columns * side, leastSlot) + gap;
    return box;
  });
  return { width: x - gap + margin, height: 2 * margin + head + tallest, grids: placed };
}
const span = ({ first, last }: { readonly first: number; readonly last: number }): number => last - first + 1;

/** The grid and cell at a point of the layout. */
export function cellAt({ grids }: SchemeLayout, x: number, y: number): (Cell & { readonly on: GridName }) | null {
  for (const { name, first, rows, columns, ...box } of grids) {
    const [row, column] = [Math.floor((y - box.y) / side), Math.floor((x - box.x) / side)];
    if (row >= 0 && row < rows && column >= 0 && column < columns)
      return { on: name, row: first.row + row, column: first.column + column };
  }
  return null;
}

export const boxOf = ({ grids }: SchemeLayout, name: GridName): GridBox | undefined => grids.find((grid) => grid.name === name);
export const cornerOf = ({ x, y, first }: GridBox, row: number, column: number) => ({
  x: x + (column - first.column) * side,
  y: y + (row - first.row) * side,
});

export function* cellsOf({ first, rows, columns }: GridBox): Generator<Cell> {
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) yield { row: first.row + i, column: first.column + j };
}
