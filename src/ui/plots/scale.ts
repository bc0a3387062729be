// From values to places, and which values are written on an axis.

import { number } from '../strings';
import type { Axis } from './plot';

/** The place of a value between two ends of an axis, in the units of the drawing. */
export type Scale = (value: number) => number;

/** Drawings take no larger numbers; what is so far outside is cut off anyhow. */
const FAR = 1e5;

export function scaleOf({ from, to, log }: Axis, start: number, end: number): Scale {
  const part = log
    ? (v: number) => (Math.log10(v) - Math.log10(from)) / (Math.log10(to) - Math.log10(from))
    : (v: number) => (v - from) / (to - from);
  return (value) => Math.max(-FAR, Math.min(FAR, start + (end - start) * part(value)));
}

/** The value at a place; the other way round. */
export function valueAt({ from, to, log }: Axis, part: number): number {
  return log ? from * (to / from) ** part : from + (to - from) * part;
}

/** Round values inside an axis, about so many at most. */
export function ticksOf(axis: Axis, most: number): number[] {
  const { from, to, log, whole } = axis;
  if (!(to > from) || most < 1) return [];
  if (log) return powersOf(from, to, most);
  const step = roundStep((to - from) / most, whole ? 1 : 0);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => tidy((first + i) * step));
}

/** 1, 2 or 5 times a power of ten, at least this much. */
function roundStep(least: number, smallest: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].find((times) => times * power >= least * (1 - 1e-9)) ?? 10;
  return Math.max(smallest, step * power);
}

function powersOf(from: number, to: number, most: number): number[] {
  const first = Math.ceil(Math.log10(from) - 1e-9);
  const last = Math.floor(Math.log10(to) + 1e-9);
  const every = Math.max(1, Math.ceil((last - first + 1) / most));
  const powers: number[] = [];
  for (let power = first; power <= last; power += every) powers.push(10 ** power);
  return powers;
}

const tidy = (value: number): number => Number(value.toPrecision(12)) + 0;

/** A value on an axis: `−0.5`, and `10⁻⁶` for powers of ten. */
export function tickText(value: number, { log }: Axis): string {
  if (!log || (value >= 1e-2 && value < 1e4)) return number(value);
  const power = Math.round(Math.log10(value));
  return `10${[...String(power)].map((digit) => raised[digit] ?? digit).join('')}`;
}
const raised: Readonly<Record<string, string>> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

/** A value as it is read out: three digits that count. */
export const readText = (value: number): string => number(Number(value.toPrecision(3)));
