// Which outputs are shown together, and how the walk goes through all of them.

import type { Spot } from '../../core/inspection';
import type { Reach, Reaches } from '../../core/reach';
import type { Block } from '../../core/seen';
import type { Shape } from '../../core/tensor';

export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** The most rows and columns of a grid in sight; it scrolls where it has more. */
export const mostCells = 11;
/** The most rows and columns of pixels: of windows that fit in sight, and of larger ones. */
const [mostPixels, mostScrolled] = [10, 20];
/** The most rows and columns of outputs: of windows that fit in sight, and of larger ones. */
const [mostOutputs, mostOfLarge] = [5, 3];

/** How many rows and columns of pixels are shown at most: those of one window, and of its neighbours on both sides where they fit. */
export function pixelsFor(reaches: Reaches | null): readonly [rows: number, columns: number] {
  const of = ({ size, jump }: Reach): number => {
    const [own, three] = [Math.ceil(size), Math.ceil(size + (mostOfLarge - 1) * jump)];
    return Math.max(mostPixels, three <= mostScrolled ? three : own <= mostScrolled ? own : 0);
  };
  return reaches ? [of(reaches.height), of(reaches.width)] : [mostPixels, mostPixels];
}

/** How many rows and columns of outputs are shown: as many as their windows have room, and neighbours in any case. */
export function gridOf(reaches: Reaches | null, shape: Shape): Pick<Block, 'height' | 'width'> {
  const [, , rows = 1, columns = 1] = shape;
  return { height: along(reaches?.height ?? null, rows), width: along(reaches?.width ?? null, columns) };
}

function along(reach: Reach | null, outputs: number): number {
  const [size, jump] = [reach?.size ?? 1, reach?.jump ?? 1];
  const fitting = jump > 0 ? Math.floor((mostPixels - size) / jump) + 1 : mostOutputs;
  return Math.min(outputs, Math.max(mostOfLarge, Math.min(mostOutputs, fitting)));
}

/** The outputs around a place, the place in the middle where the picture goes on. */
export function centred({ row, column }: Cell, { height, width }: Pick<Block, 'height' | 'width'>, shape: Shape): Block {
  const [, , rows = 1, columns = 1] = shape;
  const from = (at: number, count: number, all: number) => Math.max(0, Math.min(all - count, at - (count >> 1)));
  return { top: from(row, height, rows), left: from(column, width, columns), height, width };
}

/** Moves no further than it takes to show the place. */
export function revealing(block: Block, { row, column }: Cell): Block {
  const from = (first: number, count: number, at: number) => Math.min(Math.max(first, at - count + 1), at);
  return { ...block, top: from(block.top, block.height, row), left: from(block.left, block.width, column) };
}

/** The n-th output of a channel, row by row. */
export const nth = (n: number, shape: Shape): Cell => ({ row: Math.floor(n / (shape[3] ?? 1)), column: n % (shape[3] ?? 1) });
export const orderOf = ({ row, column }: Cell, shape: Shape): number => row * (shape[3] ?? 1) + column;
export const countOf = ([, , rows = 1, columns = 1]: Shape): number => rows * columns;

/** A place moved by rows and columns, kept on the output. */
export function moved({ row, column }: Cell, down: number, across: number, [, , rows = 1, columns = 1]: Shape): Cell {
  const inside = (at: number, length: number) => Math.max(0, Math.min(length - 1, at));
  return { row: inside(row + down, rows), column: inside(column + across, columns) };
}

export const sameSpot = (a: Spot, b: Spot): boolean => a.row === b.row && a.column === b.column && a.channel === b.channel;
