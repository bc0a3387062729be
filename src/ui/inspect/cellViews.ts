// What the cells of the grids show, from an inspection.

import type { Inspection } from '../../core/inspection';
import { cellNumber } from '../controls/cells';
import { number, t } from '../strings';
import { mostCells } from './around';
import type { CellView } from './Cells';
import type { Lit, ProductGrid } from './linked';
import { type Scale, symmetric, tint } from './tint';

const marks = (...words: readonly (string | false)[]): string => words.filter(Boolean).join(' ');

/** Pixels around the window. A border counts as 0, or as what never wins. */
export function pixelViews({ x, told }: Inspection, lit: Lit, scale: Scale, pointed: number | null): CellView[] {
  const outside = told.how === 'max' ? '−∞' : told.how === 'min' ? '∞' : '0';
  const won = new Set(
    (told.ranked?.terms ?? [])
      .filter(({ value, row }) => row >= 0 && Object.is(value, told.ranked?.winner))
      .map(({ row, column }) => (row - x.top) * x.columns + (column - x.left)),
  );
  return Array.from(x.values, (value, k) => {
    const state = x.states[k] ?? 'nothing';
    const text = state === 'nothing' ? '' : state === 'border' ? outside : brief(value, scale);
    const note = state === 'read' ? undefined : state === 'nothing' ? t('inspectNothing') : t(notes[state], text);
    const shade = state === 'read' || state === 'unread' || state === 'mirrored' ? tint(value, scale) : undefined;
    return {
      text,
      ...(shade && { tint: shade }),
      ...(note !== undefined && { note }),
      marks: marks(state, lit.x.has(k) && 'lit', k === pointed && 'here', lit.x.has(k) && won.has(k) && 'won'),
    };
  });
}
const notes = { border: 'inspectNoteBorder', mirrored: 'inspectNoteMirrored', unread: 'inspectNoteUnread' } as const;

export function weightViews({ kernel }: Inspection, lit: Lit, pointed: number | null): CellView[] {
  const values = Array.from(kernel?.values ?? []);
  const peak = peakOf(values);
  const scale = symmetric(peak);
  const texts = textsOf(values, peak, kernel?.columns ?? 1, cellNumber);
  return values.map((value, k) => signed(value, texts[k] ?? '', scale, marks(lit.w.has(k) && 'lit', k === pointed && 'here')));
}

export function productViews({ values, columns }: ProductGrid, peak: number): CellView[] {
  const scale = symmetric(peak);
  const texts = textsOf(values, peak, columns, (value) => brief(value, scale));
  return values.map((value, k) => signed(value, texts[k] ?? '', scale, ''));
}

/** From so many columns on cells may be narrower than five letters, as long as all are in sight. */
export const manyColumns = 6;

/** Numbers as `full` writes them; where cells of a grid have no room for that, as in the field of the kernel, with fewer places where they must. */
export function textsOf(values: readonly number[], peak: number, columns: number, full: (value: number) => string): string[] {
  const most = columns >= manyColumns && columns <= mostCells ? 4 : 5;
  const fits = (texts: readonly string[]): boolean => texts.every((text) => text.length <= most);
  let texts = values.map((value) => (Number.isNaN(value) ? '' : full(value)));
  for (let fewer = 0; fewer < 3 && !fits(texts); fewer++)
    texts = values.map((value) => (Number.isNaN(value) ? '' : cellNumber(value, peak * 10 ** fewer)));
  return texts;
}

export function outputViews({ y }: Inspection, lit: Lit, scale: Scale, here: number): CellView[] {
  return Array.from(y.values, (value, k) => {
    const shade = tint(value, scale);
    return {
      text: brief(value, scale),
      ...(shade && { tint: shade }),
      marks: marks(lit.y.has(k) && 'lit', k === here && 'here'),
    };
  });
}

/** A value in the room of a cell, with as many places as its scale asks for: `.65`, `−1.30`, `0`. Below 1 the point has no 0 before it, and one place less after it. */
export function brief(value: number, { low, high }: Scale): string {
  if (!Number.isFinite(value) || value === 0) return number(value);
  const largest = Math.max(Math.abs(low), Math.abs(high), Math.min(Math.abs(value), 1e6));
  const places = Math.max(0, Math.min(5, (largest < 1 ? 1 : 2) - Math.floor(Math.log10(largest))));
  if (places === 0 && Math.abs(value) >= 1e5) return number(Number(value.toPrecision(1)));
  const text = value.toFixed(places);
  return (Number(text) === 0 ? text.replace('-', '') : text).replace(/^(-?)0\./, '$1.').replace('-', '−');
}

/** A tap that a window has not got is empty. */
function signed(value: number, text: string, scale: Scale, marked: string): CellView {
  if (Number.isNaN(value)) return { text: '', marks: marks('nothing', marked), note: t('inspectNothing') };
  const shade = tint(value, scale);
  return { text, ...(shade && { tint: shade }), marks: marked };
}

export const peakOf = (values: Iterable<number>): number =>
  [...values].reduce((peak, value) => (Number.isFinite(value) ? Math.max(peak, Math.abs(value)) : peak), 0);
