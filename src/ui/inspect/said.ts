// What is said of an output value, in sentences: for the eye below the grids, and for those who listen.

import type { Inspection } from '../../core/inspection';
import { number, plural, t } from '../strings';
import { told as inOwnWords } from '../told/told';
import type { Arithmetic, Line } from './arithmetic';
import { feeding } from './linked';
import { decimals, significant } from './shown';
import type { Pointed } from './state';

/** `Row 11, column 6, channel 1 of 3: −0.199.` and what made it. */
export function saidOf(found: Inspection, { digits }: Arithmetic): string {
  const { output, shapes, value } = found;
  const place = t('inspectSaid', number(output.row), number(output.column), output.channel + 1, number(shapes.y[1] ?? 1));
  return `${place} ${decimals(value, digits).text}. ${madeOf(found)}`.trim();
}

function madeOf({ told }: Inspection): string {
  if (told.ranked) return plural('inspectOneOf', told.count);
  if (told.how === 'map') return '';
  return (
    plural('inspectTermsMake', told.count - told.padded) + (told.padded > 0 ? ` ${plural('inspectPadded', told.padded)}` : '')
  );
}

/** What is pointed at, and what it meets. */
export function pointedSaid(found: Inspection, pointed: Pointed): string {
  if (pointed.of === 'w') {
    const outputs = found.linked.filter(({ links }) => links.some(({ weight }) => weight === pointed.cell)).length;
    return plural('inspectWeightMeets', outputs, number(found.kernel?.values[pointed.cell] ?? Number.NaN));
  }
  const { x } = found;
  const state = x.states[pointed.cell];
  if (state === 'nothing') return t('inspectNothing');
  if (state === 'border') return t('inspectBorderFeeds');
  const value = number(x.values[pointed.cell] ?? Number.NaN, 3);
  return plural('inspectPixelFeeds', feeding(found, pointed.cell), value);
}

/** How the numbers of the lines were rounded, and how far float32 is from the exact sum. */
export function roundingSaid({ exact, value }: Arithmetic): string {
  if (Object.is(exact, value) || exact === value) return t('inspectNotRounded', digits(value));
  if (!Number.isFinite(exact) || !Number.isFinite(value)) return t('inspectStored', digits(value));
  return t('inspectRounded', digits(exact), digits(value), significant(Math.abs(value - exact), 2).text);
}
const digits = (value: number): string => significant(value, 9).text;

/** What the numbers of a line do not show. */
export function notesOf(found: Inspection, lines: readonly Line[]): string[] {
  const { told } = found;
  const zeros = lines.reduce((sum, line) => sum + line.zeros, 0);
  const rest = lines.reduce((sum, line) => sum + line.rest, 0);
  const notes: string[] = [];
  if (told.divisor !== undefined && told.divides) notes.push(t(divisors[told.divides], number(told.divisor)));
  if (told.source) notes.push(t('inspectSource', number(told.source[0]), number(told.source[1])));
  if (told.slope !== null) notes.push(t('inspectSlope', number(told.slope)));
  if (told.beside !== undefined) notes.push(t('inspectBeside', inOwnWords(told.beside)));
  if (told.ranked && told.ranked.equal > 1) notes.push(plural('inspectTied', told.ranked.equal));
  if (told.how === 'median') notes.push(plural('inspectMedian', told.count));
  if (zeros > 0) notes.push(plural('inspectZeros', zeros));
  if (rest > 0) notes.push(plural('inspectRest', rest));
  if (told.count === 0) notes.push(t('inspectNoTerms'));
  return notes;
}
const divisors = {
  window: 'inspectDivWindow',
  clipped: 'inspectDivClipped',
  inside: 'inspectDivInside',
  given: 'inspectDivGiven',
} as const;
