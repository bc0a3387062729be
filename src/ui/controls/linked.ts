// Several numbers that move as one: both axes of a pair, the four sides of a padding.

import type { Pair, Sides } from '../../core/schema';

/** `all`: one number; `axes`: height and width; `each`: every side by itself. */
export type Link = 'all' | 'axes' | 'each';
const order: readonly Link[] = ['all', 'axes', 'each'];

/** The loosest link that a value allows. */
export function linkOf(values: readonly number[]): Link {
  if (values.every((v) => v === values[0])) return 'all';
  if (values.length === 2) return 'axes';
  return values[0] === values[1] && values[2] === values[3] ? 'axes' : 'each';
}

/** What is in force: what the person asked for, or finer where the value needs it. */
export const finer = (a: Link, b: Link): Link => (order.indexOf(a) > order.indexOf(b) ? a : b);

/** What the link button leads to: apart, and from the end together again. */
export function nextLink(link: Link, axes: 2 | 4): Link {
  if (axes === 2) return link === 'all' ? 'axes' : 'all';
  return link === 'all' ? 'axes' : link === 'axes' ? 'each' : 'all';
}

/** Every number of a pair that comes from typed ones: one means both. */
export const pairFrom = (values: readonly number[]): Pair => [values[0] ?? 0, values[1] ?? values[0] ?? 0];

/** Every side from typed numbers: one means all, two mean height and width. */
export function sidesFrom(values: readonly number[]): Sides {
  const [a = 0, b = a, c, d] = values;
  return c === undefined ? [a, a, b, b] : [a, b, c, d ?? c];
}

/** The value after its parts were linked: the first of those that become one. */
export function joinedSides([top, bottom, left, right]: Sides, link: Link): Sides {
  if (link === 'all') return [top, top, top, top];
  return link === 'axes' ? [top, top, left, left] : [top, bottom, left, right];
}
export const joinedPair = ([h, w]: Pair, link: Link): Pair => (link === 'all' ? [h, h] : [h, w]);

/** Sets one part of the sides under a link; `part` counts the parts that the link leaves. */
export function withSide(sides: Sides, link: Link, part: number, value: number): Sides {
  if (link === 'all') return [value, value, value, value];
  const [top, bottom, left, right] = sides;
  if (link === 'axes') return part === 0 ? [value, value, left, right] : [top, bottom, value, value];
  return [part === 0 ? value : top, part === 1 ? value : bottom, part === 2 ? value : left, part === 3 ? value : right];
}
export const withAxis = ([h, w]: Pair, link: Link, part: number, value: number): Pair =>
  link === 'all' ? [value, value] : part === 0 ? [value, w] : [h, value];
