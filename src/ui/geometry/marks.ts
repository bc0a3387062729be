// A scheme laid out in units of its own: input, window, output from left to right. The page and the exported file draw the same marks.

import { placeOf } from '../../core/tensor';
import { type Cell, channelsRead, explanationAt, type Focus, isUnread, keyOf, kindAt, type Lit, type Model } from './model';

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

/** What a mark means; style sheet and file give it its colours. */
export type Role =
  | 'pixel'
  | 'zero'
  | 'border'
  | 'beyond'
  | 'unread'
  | 'tap'
  | 'output'
  | `stamped${1 | 2 | 3 | 4 | 5}`
  | 'lit-input'
  | 'lit-tap'
  | 'lit-output'
  | 'ring'
  | 'ray'
  | 'strike'
  | 'source'
  | 'digit'
  | 'digit-faint'
  | 'digit-bright'
  | 'title';
export type Mark =
  | {
      readonly kind: 'rect';
      readonly role: Role;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    }
  | {
      readonly kind: 'line';
      readonly role: Role;
      readonly x: number;
      readonly y: number;
      readonly toX: number;
      readonly toY: number;
    }
  | { readonly kind: 'text'; readonly role: Role; readonly x: number; readonly y: number; readonly text: string };

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

const boxOf = ({ grids }: SchemeLayout, name: GridName): GridBox | undefined => grids.find((grid) => grid.name === name);
const cornerOf = ({ x, y, first }: GridBox, row: number, column: number) => ({
  x: x + (column - first.column) * side,
  y: y + (row - first.row) * side,
});
const rect = (role: Role, grid: GridBox, row: number, column: number, inset = 0): Mark => {
  const { x, y } = cornerOf(grid, row, column);
  return { kind: 'rect', role, x: x + inset, y: y + inset, width: side - 2 * inset, height: side - 2 * inset };
};

/** Everything that stays while one points: cells and titles. */
export function gridMarks(model: Model, layout: SchemeLayout, titles: Readonly<Record<GridName, string>>): Mark[] {
  const marks: Mark[] = [];
  for (const grid of layout.grids) {
    marks.push({ kind: 'text', role: 'title', x: grid.x, y: grid.y - 8, text: titles[grid.name] });
    for (const { row, column } of cellsOf(grid)) {
      if (grid.name !== 'input') marks.push(rect(grid.name, grid, row, column));
      else marks.push(...inputMarks(model, grid, row, column));
    }
  }
  return marks;
}

function inputMarks(model: Model, grid: GridBox, row: number, column: number): Mark[] {
  if (!isUnread(model, row, column)) return [rect(kindAt(model, row, column), grid, row, column)];
  const { x, y } = cornerOf(grid, row, column);
  const strike = { kind: 'line', role: 'strike', x: x + 4, y: y + side - 4, toX: x + side - 4, toY: y + 4 } as const;
  return [rect('unread', grid, row, column), strike];
}

function* cellsOf({ first, rows, columns }: GridBox): Generator<Cell> {
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) yield { row: first.row + i, column: first.column + j };
}

/** Outputs under stamps, shaded by how many lie on them, up to the pixel `at`; `counted`: with their count. */
export function stampMarks(model: Model, layout: SchemeLayout, at: number, counted: boolean): Mark[] {
  const output = boxOf(layout, 'output');
  if (model.view !== 'stamps' || !output) return [];
  return [...cellsOf(output)].flatMap(({ row, column }) => {
    const count = stampsOn(model, row, column, at);
    const shade = shadeOf(model, { row, column }, at);
    if (shade === 0) return [];
    const cell = rect(`stamped${shade}`, output, row, column, 0.5);
    return counted ? [cell, digit(output, { row, column }, count, shade > 2 ? 'digit-bright' : 'digit')] : [cell];
  });
}
const shades = [0, 1, 2, 3, 4, 5] as const;
/** 0 where nothing was stamped, and in views without stamps. */
function shadeOf(model: Model, { row, column }: Cell, at: number | null): (typeof shades)[number] {
  if (model.view !== 'stamps') return 0;
  const count = stampsOn(model, row, column, at ?? Number.POSITIVE_INFINITY);
  const most = largest(countsAlong(model.height)) * largest(countsAlong(model.width));
  return shades[Math.min(5, Math.ceil((5 * count) / Math.max(most, 5)))] ?? 5;
}
const largest = (counts: readonly number[]): number => counts.reduce((a, b) => Math.max(a, b), 1);
function countsAlong({ outputs, links }: Model['height']): number[] {
  const counts = new Array<number>(outputs).fill(0);
  for (const { output, input } of links) if (input >= 0) counts[output]! += 1;
  return counts;
}

/** Stamps of the pixels up to `at`, in rows, that lie on an output. */
export function stampsOn({ height, width }: Model, row: number, column: number, at: number): number {
  const down = height.links.filter(({ output, input }) => output === row && input >= 0);
  const across = width.links.filter(({ output, input }) => output === column && input >= 0);
  return down.reduce((sum, a) => sum + across.filter((b) => a.input * width.length + b.input <= at).length, 0);
}

/** What belongs to the cell that is pointed at: fills, outlines, and rays from the input through the window to the output. */
export function litMarks(model: Model, layout: SchemeLayout, lit: Lit, on: GridName): Mark[] {
  const marks: Mark[] = [];
  const boxes = layout.grids.flatMap((grid) => {
    const cells = [...lit[grid.name]].map(fromKey);
    marks.push(...cells.map(({ row, column }) => rect(`lit-${grid.name}`, grid, row, column)));
    if (grid.name === on) marks.push(...cells.slice(-1).map(({ row, column }) => rect('ring', grid, row, column, 3)));
    return cells.length > 0 ? [bounds(grid, cells)] : [];
  });
  if (on !== 'tap')
    for (const [i, to] of boxes.slice(1).entries()) {
      const from = boxes[i]!;
      marks.push({ kind: 'line', role: 'ray', x: from.right, y: from.top, toX: to.left, toY: to.top });
      marks.push({ kind: 'line', role: 'ray', x: from.right, y: from.bottom, toX: to.left, toY: to.bottom });
    }
  return on === 'output' ? [...marks, ...sourceMarks(model, layout, lit)] : marks;
}

function bounds(grid: GridBox, cells: readonly Cell[]) {
  const corners = cells.map(({ row, column }) => cornerOf(grid, row, column));
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs) + side, top: Math.min(...ys), bottom: Math.max(...ys) + side };
}

/** Where between the pixels an output is read, if that is how it is made. */
function sourceMarks(model: Model, layout: SchemeLayout, { output }: Lit): Mark[] {
  const [key] = output;
  const grid = boxOf(layout, 'input');
  const { row, column } = fromKey(key ?? '');
  const source = key === undefined ? undefined : explanationAt(model, row, column)?.source;
  if (!source || !grid) return [];
  const at = cornerOf(grid, source[0] + 0.5, source[1] + 0.5);
  return [
    { kind: 'line', role: 'source', x: at.x - 5, y: at.y, toX: at.x + 5, toY: at.y },
    { kind: 'line', role: 'source', x: at.x, y: at.y - 5, toX: at.x, toY: at.y + 5 },
  ];
}

/** Numbers in the cells: of one channel of the input, of the taps that take part in what is pointed at, and of the first channel of the output. */
export function digitMarks(
  model: Model,
  layout: SchemeLayout,
  channel: number,
  focus: Focus,
  lit: Lit,
  at: number | null,
): Mark[] {
  const { numbers, height, width } = model;
  if (!numbers) return [];
  const plane = channel * height.length * width.length;
  const marks: Mark[] = [];
  const put = (...of: Parameters<typeof digit>) => marks.push(digit(...of));
  for (const grid of layout.grids)
    for (const cell of cellsOf(grid)) {
      if (grid.name === 'input') {
        const kind = kindAt(model, cell.row, cell.column);
        const [row, column] = [height.held.get(cell.row), width.held.get(cell.column)];
        if (row !== undefined && column !== undefined)
          put(grid, cell, numbers.x.data[plane + row * width.length + column] ?? 0, kind === 'pixel' ? 'digit' : 'digit-faint');
      } else if (grid.name === 'output') {
        const value = at === null ? (numbers.y.data[cell.row * width.outputs + cell.column] ?? 0) : summedUp(model, cell, at);
        if (value !== null) put(grid, cell, value, shadeOf(model, cell, at) > 2 ? 'digit-bright' : 'digit');
      }
    }
  const [winner, input] = [focus.on === 'output' ? winnerOf(model, focus) : null, boxOf(layout, 'input')];
  if (winner && input) marks.push(rect('ring', input, winner.row, winner.column, 2));
  const taps = boxOf(layout, 'tap');
  if (taps) for (const [key, value] of tapValues(model, focus, lit)) put(taps, fromKey(key), value);
  return marks;
}

/** The pixel that an output is, where one of them is chosen. */
function winnerOf(model: Model, { row, column }: Cell): Cell | null {
  const explained = explanationAt(model, row, column);
  const { numbers, width } = model;
  if (!numbers || !explained || !['max', 'min', 'median'].includes(explained.how)) return null;
  const value = numbers.y.data[row * width.outputs + column];
  const winner = explained.terms.find(({ x }) => x !== null && numbers.x.data[x] === value);
  if (!winner || winner.x === null) return null;
  const [, , i, j] = placeOf(numbers.x.shape, winner.x);
  return { row: i, column: j };
}

/** What the pixels up to `at` have stamped on an output so far; null where none has. */
function summedUp(model: Model, { row, column }: Cell, at: number): number | null {
  const { numbers, height, width } = model;
  const explained = explanationAt(model, row, column);
  if (!numbers || !explained) return null;
  const plane = height.length * width.length;
  const terms = explained.terms.filter(({ x }) => x !== null && x % plane <= at);
  return terms.length === 0 ? null : terms.reduce((sum, term) => sum + numbers.x.data[term.x!]! * factorOf(model, term), 0);
}

const factorOf = ({ numbers }: Model, { weight, factor = 1 }: { readonly weight?: number; readonly factor?: number }): number =>
  factor * (weight === undefined ? 1 : (numbers?.weights.weight?.data[weight] ?? 1));

/** The weights of the taps: of the output that is pointed at, or of those that a pixel feeds. None where all are alike. */
function tapValues(model: Model, focus: Focus, lit: Lit): Map<string, number> {
  const found = new Map<string, number>();
  const outputs = focus.on === 'tap' ? [] : focus.on === 'output' ? [focus] : [...lit.output].map(fromKey);
  for (const output of outputs) {
    const terms = termsOf(model, output);
    const down = model.height.links.filter((link) => link.output === output.row);
    const across = model.width.links.filter((link) => link.output === output.column);
    // Terms of a pixel and of its copies on the border are told as one.
    if ([...down, ...across].some(({ place, input }) => input >= 0 && place !== input)) continue;
    for (const a of down)
      for (const b of across) {
        const asked = focus.on === 'output' || (a.input === focus.row && b.input === focus.column);
        const term = asked && a.place === a.input && b.place === b.input ? terms.get(keyOf(a.input, b.input)) : undefined;
        if (term !== undefined) found.set(keyOf(a.tap, b.tap), term);
      }
  }
  return found;
}

/** By the pixel that it multiplies: the weight of every term of an output, on the first channel that it reads. */
function termsOf(model: Model, { row, column }: Cell): Map<string, number> {
  const terms = new Map<string, number>();
  const explained = explanationAt(model, row, column);
  const [first] = channelsRead(model, row * model.width.outputs + column);
  for (const term of explained?.terms ?? []) {
    if (term.x === null || (term.weight === undefined && term.factor === undefined)) continue;
    const [, channel, i, j] = placeOf(model.numbers?.x.shape ?? [], term.x);
    if (channel === first) terms.set(keyOf(i, j), factorOf(model, term));
  }
  return terms;
}

function digit(grid: GridBox, { row, column }: Cell, value: number, role: Role = 'digit'): Mark {
  const { x, y } = cornerOf(grid, row, column);
  return { kind: 'text', role, x: x + side / 2, y: y + side / 2 + 3.5, text: short(value) };
}
const fromKey = (key: string): Cell => {
  const [row = 0, column = 0] = key.split(',').map(Number);
  return { row, column };
};
/** As a cell has room for: three digits that count of whole numbers, two of others. */
function short(value: number): string {
  const digits = Number.isInteger(value) || Math.abs(value) >= 10 ? 3 : 2;
  const text = String(Number(value.toPrecision(digits)));
  return text.replace(/^(-?)0\./, '$1.').replace('-', '−');
}
