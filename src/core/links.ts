// Which pixel meets which weight: terms of an explanation laid on the cells of the input and of the kernel.

import type { Explanation, Term } from './op';
import type { Grid, Place } from './seen';
import { placeOf, type Tensor } from './tensor';

/** Which pixel meets which weight in one output: indices into the cells of both grids, −1 where one lies outside. */
export interface Link {
  readonly cell: number;
  readonly weight: number;
  readonly product: number;
}
/** Terms of a value that are linked. */
const mostLinks = 1 << 14;

export interface KernelGrid {
  readonly grid: Grid;
  /** Its cell for a term of an output whose window has so many rows and columns; −1 where it has none. */
  cellOf(term: PlacedTerm, rows: number, columns: number): number;
}

/** A plane of the weight tensor, or what each tap of the window counts. */
export function kernelOf(
  explanation: Explanation,
  count: number,
  at: Place,
  output: { readonly row: number; readonly column: number },
): KernelGrid | null {
  const { weight } = at.inputs;
  const windows = [at.height.window(output.row), at.width.window(output.column)] as const;
  const [rows, columns] = [windows[0].length, windows[1].length];
  if (count > mostLinks || count === 0) return null;
  const terms = termsIn(explanation, at, output);
  if (weight?.shape.length === 4) {
    const [kh = 1, kw = 1] = weight.shape.slice(2);
    const any = terms.find((term) => term.weight !== undefined)?.weight;
    if (any === undefined || kh * kw > mostLinks) return null;
    const first = any - (any % (kh * kw));
    const grid = { rows: kh, columns: kw, values: Float32Array.from(weight.data.subarray(first, first + kh * kw)) };
    return { grid, cellOf: (term) => (term.weight ?? -1) - first };
  }
  if (explanation.how === 'map' || terms.every((term) => term.weight === undefined && term.factor === undefined)) return null;
  const values = new Float32Array(rows * columns).fill(Number.NaN);
  const cells = new Map<number, number>();
  for (const term of terms) {
    if (term.tap < 0) continue;
    values[term.tap] = byOf(term, weight);
    if (term.weight !== undefined) cells.set(term.weight, term.tap);
  }
  const outside = terms.find((term) => term.x === null && term.tap < 0);
  if (outside) fillBorder(values, windows, at, byOf(outside, weight));
  const sameWindow = (u: number, v: number) => u === rows && v === columns;
  return {
    grid: { rows, columns, values },
    cellOf: (term, u, v) => (term.weight !== undefined ? (cells.get(term.weight) ?? -1) : sameWindow(u, v) ? term.tap : -1),
  };
}

const byOf = ({ weight: at, factor = 1 }: Pick<Term, 'weight' | 'factor'>, weight: Tensor | undefined): number =>
  factor * (at === undefined ? 1 : (weight?.data[at] ?? 1));

/** Terms on a border have no place of their own: all of them count the same. */
function fillBorder(
  values: Float32Array,
  [rows, columns]: readonly [readonly number[], readonly number[]],
  at: Place,
  by: number,
): void {
  const beyond = (position: number, { length }: { readonly length: number }) => position < 0 || position >= length;
  values.forEach((value, k) => {
    const [row, column] = [rows[Math.floor(k / columns.length)]!, columns[k % columns.length]!];
    if (Number.isNaN(value) && (beyond(row, at.height) || beyond(column, at.width))) values[k] = by;
  });
}

interface PlacedTerm extends Term {
  /** Which tap of the window, row by row; −1 where that cannot be told. */
  readonly tap: number;
}

/** The terms in the shown channel with their place in the window: in order where every tap has one, else by the pixel. */
function termsIn(
  { terms }: Explanation,
  { height, width, channel, channels, inputs }: Place,
  output: { readonly row: number; readonly column: number },
): PlacedTerm[] {
  const [rows, columns] = [height.window(output.row), width.window(output.column)];
  const taps = rows.length * columns.length;
  const regular = terms.length === taps * Math.max(1, channels.length);
  const shown = Math.max(0, channels.indexOf(channel));
  const found: PlacedTerm[] = [];
  let k = 0;
  for (const term of terms) {
    const place = term.x === null ? null : placeOf(inputs.x.shape, term.x);
    if (regular) {
      if (Math.floor(k / taps) === shown) found.push({ ...term, tap: k % taps });
    } else if (place === null) found.push({ ...term, tap: -1 });
    else if (place[1] === channel) {
      const [u, v] = [rows.indexOf(place[2]), columns.indexOf(place[3])];
      found.push({ ...term, tap: u < 0 || v < 0 ? -1 : u * columns.length + v });
    }
    k += 1;
  }
  return found;
}

export function linksOf(
  explanation: Explanation,
  kernel: KernelGrid | null,
  at: Place,
  output: { readonly row: number; readonly column: number },
): Link[] {
  if (explanation.terms.length > mostLinks) return [];
  const { height, width, seen, inputs } = at;
  const [rows, columns] = [height.window(output.row), width.window(output.column)];
  return termsIn(explanation, at, output).map((term) => {
    const place = term.x === null ? null : placeOf(inputs.x.shape, term.x);
    const row = term.tap < 0 ? place?.[2] : rows[Math.floor(term.tap / columns.length)];
    const column = term.tap < 0 ? place?.[3] : columns[term.tap % columns.length];
    const cell = row === undefined || column === undefined ? -1 : cellAt(row, column, seen);
    const weight = kernel?.cellOf(term, rows.length, columns.length) ?? -1;
    const value = term.x === null ? 0 : inputs.x.data[term.x]!;
    return { cell, weight, product: byOf(term, inputs.weight) * value };
  });
}

function cellAt(row: number, column: number, { top, left }: Place['seen']): number {
  const [i, j] = [row - top.from, column - left.from];
  return i < 0 || j < 0 || i >= top.length || j >= left.length ? -1 : i * left.length + j;
}
