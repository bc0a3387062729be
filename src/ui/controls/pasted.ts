// Blocks of numbers from elsewhere: spreadsheets, NumPy and PyTorch, MATLAB, JSON, plain text.

import type { Bank, Matrix } from '../../core/op';
import { mostCells } from './matrix';
import { begun, spelled } from './typed';

export type Pasted =
  | { readonly kind: 'matrix'; readonly matrix: Matrix }
  /** Kernels in two lists, as a network's weights are printed. */
  | { readonly kind: 'bank'; readonly bank: Bank }
  /** Not a block: one number or a word, for the cell itself. */
  | { readonly kind: 'single' }
  | { readonly kind: 'bad'; readonly row: number; readonly column: number; readonly text: string }
  | { readonly kind: 'ragged'; readonly first: number; readonly row: number; readonly count: number }
  | { readonly kind: 'big'; readonly rows: number; readonly columns: number };

/** A weight as it is typed: a number, or a fraction such as 1/9; NaN when it is none. */
export function weightOf(text: string): number {
  const parts = text.split('/');
  const [over = Number.NaN, under = 1] = parts.map(spelled);
  const value = parts.length > 2 || (parts.length === 2 && under === 0) ? Number.NaN : over / under;
  return Number.isFinite(value) ? value + 0 : Number.NaN;
}

/** A weight that could still become one: an empty cell, a sign, `1/`. */
export const isBegun = (text: string): boolean => begun(text) || /^[^/]+\/$/.test(text.trim());

/**
 * A block of numbers: rows by line break, or by brackets as in Python or JSON; cells by tab, semicolon, comma or spaces.
 * Beside tabs and semicolons a comma is a decimal comma. A factor before or after brackets counts: `1/16 * [[1, 2, 1]]`.
 * `row` and `column` count from 1.
 */
export function pasted(text: string): Pasted {
  const close = (t: string): string => t.replace(/["']/g, '').replace(/\s*\/\s*/g, '/');
  return text.includes('[') ? fromBrackets(close(text)) : fromLines(close(text));
}

function fromLines(text: string): Pasted {
  const lines = text
    .replace(/[(){}]/g, ' ')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const tabs = text.includes('\t');
  const separator = tabs ? /\t/ : text.includes(';') ? /;/ : text.includes(',') ? /\s*,\s*|\s+/ : /\s+/;
  // A tab at the end of a line is an empty cell of the sheet; commas and spaces there are habit.
  const rows = lines.map((line) => (tabs ? line : line.trim().replace(/[,;]$/, '')).split(separator).map((cell) => cell.trim()));
  return read(tabs ? withoutEmptyEdges(rows) : rows, 1);
}

/** A block of a sheet without empty columns at its end: what remains of a selection that was too wide. */
function withoutEmptyEdges(rows: readonly string[][]): string[][] {
  const width = Math.max(0, ...rows.map((row) => row.findLastIndex((cell) => cell !== '') + 1));
  return rows.map((row) => (row.length > width ? row.slice(0, width) : row));
}

type Nested = string | Nested[];

function fromBrackets(text: string): Pasted {
  const [open, end] = [text.indexOf('['), text.lastIndexOf(']')];
  const inside = text.slice(open, end < open ? undefined : end + 1);
  const factor = factorBefore(text.slice(0, open)) * factorAfter(end < open ? '' : text.slice(end + 1));
  // One pair of brackets with semicolons or line breaks in it is MATLAB's way to write rows.
  if (!inside.slice(1).includes('[')) {
    const rows = inside.replace(/[[\]]/g, '').split(/;|\r?\n/);
    return read(rows.filter((row) => row.trim() !== '').map(cellsOf), factor);
  }
  let list = nested(inside);
  while (depthOf(list) > 2 && list.length === 1 && Array.isArray(list[0])) list = list[0];
  if (depthOf(list) <= 2) return read(list.map(cellsIn), factor);
  return readBank(depthOf(list) === 3 ? list.map((kernel) => [kernel]) : list, factor);
}

function readBank(list: readonly Nested[], factor: number): Pasted {
  const bank: Matrix[][] = [];
  let [rows, columns] = [0, 0];
  for (const [i, line] of list.entries()) {
    const kernels: Matrix[] = [];
    for (const kernel of Array.isArray(line) ? line : []) {
      const one = read(Array.isArray(kernel) ? kernel.map(cellsIn) : [[kernel]], factor);
      const matrix = one.kind === 'matrix' ? one.matrix : one.kind === 'single' ? [[weightOf(String(kernel)) * factor]] : null;
      if (!matrix) return one;
      if (rows === 0) [rows, columns] = [matrix.length, matrix[0]?.length ?? 0];
      if (matrix.length !== rows || matrix[0]?.length !== columns)
        return { kind: 'ragged', first: rows * columns, row: i + 1, count: matrix.flat().length };
      kernels.push(matrix);
    }
    if (kernels.length !== (bank[0]?.length ?? kernels.length) || kernels.length === 0)
      return { kind: 'ragged', first: bank[0]?.length ?? 0, row: i + 1, count: kernels.length };
    bank.push(kernels);
  }
  return { kind: 'bank', bank };
}

function nested(text: string): Nested[] {
  const stack: Nested[][] = [[]];
  for (const [token] of text.matchAll(/[[\]]|[^[\],\s]+/g)) {
    if (token === '[') {
      const list: Nested[] = [];
      stack.at(-1)?.push(list);
      stack.push(list);
    } else if (token === ']') {
      if (stack.length > 1) stack.pop();
    } else stack.at(-1)?.push(token);
  }
  const [whole] = stack[0] ?? [];
  return Array.isArray(whole) ? whole : [];
}

const depthOf = (list: Nested): number => (Array.isArray(list) ? 1 + Math.max(0, ...list.map(depthOf)) : 0);
const cellsOf = (line: string): string[] => line.split(/[,\s]+/).filter((cell) => cell !== '');
const cellsIn = (row: Nested): string[] => (Array.isArray(row) ? row.map((cell) => (Array.isArray(cell) ? '[' : cell)) : [row]);

/** `1/16 *` of `1/16 * np.array(`; 1 where there is none. */
function factorBefore(text: string): number {
  const value = weightOf(text.match(/([^\s*=(]+)\s*\*\s*[\w.]*\(?\s*$/)?.[1] ?? '1');
  return Number.isNaN(value) ? 1 : value;
}
/** `/ 16` or `* 0.5` behind the brackets. */
function factorAfter(text: string): number {
  const [, sign, by = ''] = text.match(/^[^*/]*?([*/])\s*([^\s),;]+)/) ?? [];
  const value = weightOf(by);
  if (!sign || Number.isNaN(value) || (sign === '/' && value === 0)) return 1;
  return sign === '/' ? 1 / value : value;
}

function read(rows: readonly (readonly string[])[], factor: number): Pasted {
  const [first] = rows;
  if (!first || (rows.length === 1 && first.length <= 1)) return { kind: 'single' };
  const matrix: number[][] = [];
  for (const [i, row] of rows.entries()) {
    if (row.length !== first.length) return { kind: 'ragged', first: first.length, row: i + 1, count: row.length };
    // A division keeps more digits than the product with its inverse.
    const values = row.map(weightOf).map((v) => (Number.isInteger(1 / factor) ? v / (1 / factor) : v * factor));
    const bad = values.findIndex((v) => !Number.isFinite(v));
    if (bad >= 0) return { kind: 'bad', row: i + 1, column: bad + 1, text: row[bad] ?? '' };
    matrix.push(values);
  }
  if (rows.length > mostCells || first.length > mostCells) return { kind: 'big', rows: rows.length, columns: first.length };
  return { kind: 'matrix', matrix };
}
