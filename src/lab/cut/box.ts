// The arithmetic of a crop rectangle in whole pixels: moved, pulled, typed, always within its picture.

import type { Box } from '../../image/cut';

export interface Bounds {
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
/** Edges that a handle pulls. */
export type Handle = 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw';
export const handles: readonly Handle[] = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'];

const clamp = (n: number, low: number, high: number): number => Math.min(high, Math.max(low, Math.round(n)));

/** The same box elsewhere. */
export const moved = (box: Box, dx: number, dy: number, { width, height }: Bounds): Box => ({
  ...box,
  x: clamp(box.x + dx, 0, width - box.width),
  y: clamp(box.y + dy, 0, height - box.height),
});

/** One axis from a fixed point: how far it may go, and where it then begins. */
interface Axis {
  readonly from: number;
  readonly room: number;
  readonly back: boolean;
}
const startOf = ({ from, back }: Axis, length: number): number => (back ? from - length : from);

function spanned(x: Axis, y: Axis, wanted: Bounds, ratio: number | null, lead: 'width' | 'height' | 'larger'): Box {
  let width = clamp(wanted.width, 1, x.room);
  let height = clamp(wanted.height, 1, y.room);
  if (ratio !== null) {
    const asked = lead === 'width' ? width : lead === 'height' ? height * ratio : Math.max(width, height * ratio);
    width = clamp(Math.min(asked, x.room, y.room * ratio), 1, x.room);
    height = clamp(width / ratio, 1, y.room);
  }
  return { x: startOf(x, width), y: startOf(y, height), width, height };
}

/** The box with a handle at `to`; with a ratio (width/height) the other side follows. */
export function pulled(box: Box, handle: Handle, to: Point, bounds: Bounds, ratio: number | null): Box {
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  const [west, north] = [handle.includes('w'), handle.includes('n')];
  const [acrossX, acrossY] = [west || handle.includes('e'), north || handle.includes('s')];
  const x: Axis = west ? { from: right, room: right, back: true } : { from: box.x, room: bounds.width - box.x, back: false };
  const y: Axis = north ? { from: bottom, room: bottom, back: true } : { from: box.y, room: bounds.height - box.y, back: false };
  const wanted = {
    width: acrossX ? (west ? right - to.x : to.x - box.x) : box.width,
    height: acrossY ? (north ? bottom - to.y : to.y - box.y) : box.height,
  };
  return spanned(x, y, wanted, ratio, !acrossY ? 'width' : !acrossX ? 'height' : 'larger');
}

/** A new box from one corner to the other. */
export function between(a: Point, b: Point, bounds: Bounds, ratio: number | null): Box {
  const from = { x: clamp(a.x, 0, bounds.width), y: clamp(a.y, 0, bounds.height) };
  const axis = (start: number, end: number, length: number): Axis => {
    const back = start === length || (end < start && start > 0);
    return { from: start, room: back ? start : length - start, back };
  };
  const wanted = { width: Math.abs(b.x - from.x), height: Math.abs(b.y - from.y) };
  return spanned(axis(from.x, b.x, bounds.width), axis(from.y, b.y, bounds.height), wanted, ratio, 'larger');
}

/** The box with one number typed anew; what no longer fits gives way. */
export function typed(box: Box, side: keyof Box, value: number, bounds: Bounds, ratio: number | null): Box {
  if (side === 'x') return moved(box, value - box.x, 0, bounds);
  if (side === 'y') return moved(box, 0, value - box.y, bounds);
  const axes = [
    { from: box.x, room: bounds.width - box.x, back: false },
    { from: box.y, room: bounds.height - box.y, back: false },
  ] as const;
  return spanned(...axes, { ...box, [side]: value }, ratio, side);
}

/** The box in another shape: as large as it was, as far as that goes, around the same middle. */
export function shaped(box: Box, ratio: number, bounds: Bounds): Box {
  const area = box.width * box.height;
  const width = clamp(Math.min(Math.sqrt(area * ratio), bounds.width, bounds.height * ratio), 1, bounds.width);
  const height = clamp(width / ratio, 1, bounds.height);
  const [x, y] = [box.x + (box.width - width) / 2, box.y + (box.height - height) / 2];
  return { x: clamp(x, 0, bounds.width - width), y: clamp(y, 0, bounds.height - height), width, height };
}
