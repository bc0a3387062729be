// One cell of the kernel: its number in few letters, its colour, and what a key does in it.

import { isBegun, weightOf } from './pasted';
import { written } from './typed';

/** A text that is no number and will not become one is wrong; so is one that was left half typed. */
export const isWrong = ({ text }: { readonly text: string }): boolean => Number.isNaN(weightOf(text));
export const isUnfinished = ({ text }: { readonly text: string }): boolean => isWrong({ text }) && isBegun(text);

/**
 * At most four digits that count. Where cells are narrow (`peak` is the largest of the kernel): as many places after the point as two digits of
 * the peak need, without the 0 before it; `.00` is little, `0` is nothing. All digits stand in the cell that has the focus.
 */
export function cellNumber(value: number, peak?: number): string {
  if (peak === undefined) {
    const text = written(Number(value.toPrecision(value !== 0 && Math.abs(value) < 1 ? 2 : 4)));
    return text.length > 6 ? written(Number(value.toPrecision(2))) : text;
  }
  const places = 1 - Math.floor(Math.log10(peak || 1));
  if (Number.isInteger(value) && Math.abs(value) < 1e4) return written(value);
  if (places > 4 || places < -2) return written(Number(value.toPrecision(1)));
  return value
    .toFixed(Math.max(0, places))
    .replace(/^(-?)0\./, '$1.')
    .replace('-', '−');
}

/** A cell's colour on the signed map: the stops of the theme, mixed as pictures mix them. The ends of the map are left out. */
export function paint(value: number, peak: number): Readonly<Record<string, string>> {
  const place = 4 + (peak > 0 ? value / peak : 0) * 3.4;
  const stop = Math.min(7, Math.max(0, Math.floor(place)));
  const part = Math.round((place - stop) * 1000) / 10;
  return { '--cell': `color-mix(in srgb, var(--d${stop + 1}) ${part}%, var(--d${stop}))` };
}

/**
 * Steps that a key asks for: up and down with Alt, or alone while the cell is `changing`, ten with Shift; page keys always ten.
 * Null for a key that means something else.
 */
export function stepsIn(event: Pick<KeyboardEvent, 'key' | 'altKey' | 'shiftKey'>, changing: boolean): number | null {
  if (event.key === 'PageUp') return 10;
  if (event.key === 'PageDown') return -10;
  if (!event.altKey && !changing) return null;
  const times = event.shiftKey ? 10 : 1;
  if (event.key === 'ArrowUp') return times;
  return event.key === 'ArrowDown' ? -times : null;
}

/** Left and right, Home and End move the caret while part of a text is being edited. */
export function staysInText(key: string, { selectionStart, selectionEnd, value }: HTMLInputElement): boolean {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight' && key !== 'Home' && key !== 'End') return false;
  if (selectionStart !== selectionEnd) return false;
  const end = key === 'ArrowLeft' || key === 'Home' ? 0 : value.length;
  return value !== '' && selectionStart !== end;
}
