// What a scheme is drawn of: the page and the exported file draw the same marks.

import { type Cell, explanationAt, fromKey, isUnread, kindAt, type Lit, type Model } from './model';
import { boxOf, cellsOf, cornerOf, type GridBox, type GridName, type SchemeLayout, side } from './schemeLayout';

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

export const rect = (role: Role, grid: GridBox, row: number, column: number, inset = 0): Mark => {
  const { x, y } = cornerOf(grid, row, column);
  return { kind: 'rect', role, x: x + inset, y: y + inset, width: side - 2 * inset, height: side - 2 * inset };
};

/** A number in a cell. */
export function digit(grid: GridBox, { row, column }: Cell, value: number, role: Role = 'digit'): Mark {
  const { x, y } = cornerOf(grid, row, column);
  return { kind: 'text', role, x: x + side / 2, y: y + side / 2 + 3.5, text: short(value) };
}
/** As a cell has room for: three digits that count of whole numbers, two of others. */
function short(value: number): string {
  const digits = Number.isInteger(value) || Math.abs(value) >= 10 ? 3 : 2;
  const text = String(Number(value.toPrecision(digits)));
  return text.replace(/^(-?)0\./, '$1.').replace('-', '−');
}

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
export function shadeOf(model: Model, { row, column }: Cell, at: number | null): (typeof shades)[number] {
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
