// Which part of the input is shown around a window, and what its cells are: pixels, borders, pixels that nothing reads.

import type { AxisReads } from './axisReads';
import type { Tensor } from './tensor';

export interface Block {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}
export interface Grid {
  readonly rows: number;
  readonly columns: number;
  /** Row by row; NaN where a window has no such tap. */
  readonly values: Float32Array;
}
/** `read`; on a constant `border`; `mirrored`: a border that repeats pixels; `unread` by any output; `nothing`: neither picture nor border. */
export type CellState = 'read' | 'border' | 'mirrored' | 'unread' | 'nothing';

export interface Span {
  readonly from: number;
  readonly length: number;
}
/** A part of the input in one channel, and how it is read. */
export interface Place {
  readonly height: AxisReads;
  readonly width: AxisReads;
  readonly seen: { readonly top: Span; readonly left: Span };
  readonly channel: number;
  readonly channels: readonly number[];
  readonly inputs: Inputs;
}

export type Inputs = Readonly<Record<string, Tensor>> & { readonly x: Tensor };
/** Cells of the input, from a corner on: below 0 and beyond the picture lies its border. */
export interface Pixels extends Grid {
  readonly top: number;
  readonly left: number;
  readonly states: readonly CellState[];
}

/** Which positions of the padded input are shown: those of all windows where they fit, else those of the one, or a part of it. */
export function spanOf(axis: AxisReads, focus: number, from: number, count: number, most: number, centre: number | null): Span {
  const windows = Array.from({ length: count }, (_, k) => axis.window(from + k)).filter((positions) => positions.length > 0);
  const own = axis.window(focus);
  const there = Math.min(axis.length - 1, Math.floor((focus * axis.length) / axis.outputs));
  const [low, high] = endsOf([...windows, ...(own.length ? [own] : [])], there);
  if (high - low < most) return { from: low, length: high - low + 1 };
  const [first, last] = endsOf(own.length ? [own] : [], there);
  const middle =
    last - first < most ? Math.floor((first + last) / 2) : (centre ?? (axis.whole ? there : Math.floor((first + last) / 2)));
  return { from: Math.max(low, Math.min(high - most + 1, middle - (most >> 1))), length: most };
}

function endsOf(windows: readonly (readonly number[])[], there: number): readonly [number, number] {
  if (windows.length === 0) return [there, there];
  return windows.reduce<readonly [number, number]>(
    ([low, high], positions) => {
      const [a, b] = [positions[0]!, positions.at(-1)!];
      return [Math.min(low, a, b), Math.max(high, a, b)];
    },
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** Where positions on the border take their value from: a pixel, or −1 for a constant; nothing for those that no window has. */
function bordersOf(axis: AxisReads, from: number, count: number): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (let k = from; k < from + count; k++) {
    const [taps, window] = [axis.taps(k), axis.window(k)];
    if (taps.length !== window.length) continue;
    window.forEach((at, tap) => {
      if (at < 0 || at >= axis.length) found.set(at, taps[tap]!);
    });
  }
  return found;
}

export function pixelsOf({ height, width, seen, channel, inputs }: Place, outputs: Block): Pixels {
  const { shape, data } = inputs.x;
  const [, , h = 1, w = 1] = shape;
  const { top, left } = seen;
  const borders = [bordersOf(height, outputs.top, outputs.height), bordersOf(width, outputs.left, outputs.width)] as const;
  const values = new Float32Array(top.length * left.length).fill(Number.NaN);
  const states: CellState[] = [];
  for (let k = 0; k < values.length; k++) {
    const [row, column] = [top.from + Math.floor(k / left.length), left.from + (k % left.length)];
    const [r, s] = [sourceOf(row, h, borders[0]), sourceOf(column, w, borders[1])];
    if (r !== undefined && s !== undefined) values[k] = r < 0 || s < 0 ? 0 : data[(channel * h + r) * w + s]!;
    states.push(stateOf(row === r && column === s, r, s, height, width));
  }
  return { rows: top.length, columns: left.length, top: top.from, left: left.from, values, states };
}

const sourceOf = (at: number, length: number, border: ReadonlyMap<number, number>): number | undefined =>
  at >= 0 && at < length ? at : border.get(at);

function stateOf(own: boolean, r: number | undefined, s: number | undefined, height: AxisReads, width: AxisReads): CellState {
  if (r === undefined || s === undefined) return 'nothing';
  if (r < 0 || s < 0) return 'border';
  if (!own) return 'mirrored';
  return height.feeds(r).length === 0 || width.feeds(s).length === 0 ? 'unread' : 'read';
}

export function planeOf({ shape, data }: Tensor, channel: number, { top, left, height, width }: Block): Float32Array {
  const [, , h = 1, w = 1] = shape;
  return Float32Array.from(
    { length: height * width },
    (_, k) => data[(channel * h + top + Math.floor(k / width)) * w + left + (k % width)]!,
  );
}
