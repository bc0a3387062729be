export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
export type Box = Size & Point;

const gap = 12;
const margin = 16;

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(value, Math.max(low, high)));

/** The nearest place of a panel that lies within the viewport. */
export function inside(at: Point, size: Size, viewport: Size): Point {
  return { x: clamp(at.x, 0, viewport.width - size.width), y: clamp(at.y, 0, viewport.height - size.height) };
}

/**
 * Where a panel goes: right of the picture, left, below or above it, whichever fits first; else docked to the right edge,
 * or to the left one when only that leaves the middle of the picture free. All in CSS px of the viewport.
 */
export const place = (picture: Box | null, size: Size, viewport: Size): Point =>
  inside(beside(picture, size, viewport), size, viewport);

function beside(picture: Box | null, size: Size, viewport: Size): Point {
  const right = viewport.width - size.width - margin;
  const bottom = viewport.height - size.height - margin;
  if (!picture) return { x: right, y: margin };
  const level = clamp(picture.y, margin, bottom);
  const along = clamp(picture.x, margin, right);
  const pictureRight = picture.x + picture.width;
  const pictureBottom = picture.y + picture.height;
  if (pictureRight + gap <= right) return { x: Math.max(margin, pictureRight + gap), y: level };
  if (picture.x - gap - size.width >= margin) return { x: Math.min(right, picture.x - gap - size.width), y: level };
  if (pictureBottom + gap <= bottom) return { x: along, y: Math.max(margin, pictureBottom + gap) };
  if (picture.y - gap - size.height >= margin) return { x: along, y: Math.min(bottom, picture.y - gap - size.height) };
  const middle = picture.x + picture.width / 2;
  const freeOnTheLeft = middle >= right && middle > margin + size.width;
  return { x: freeOnTheLeft ? margin : right, y: level };
}
