// What a person typed into a number field: a value, or why it is none.

import { number, t } from '../strings';

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}
export type Wrong =
  | { readonly kind: 'unfinished' | 'notNumber' | 'notWhole'; readonly part: string }
  /** `most`: so many numbers may be given at once. */
  | { readonly kind: 'count'; readonly part: string; readonly most: number }
  | { readonly kind: 'outside'; readonly part: string; readonly given: number };
export type Typed<V> = { readonly ok: true; readonly value: V } | { readonly ok: false; readonly wrong: Wrong };

const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const unfinished = /^[+-]?\.?$|^[+-]?(\d+\.?\d*|\.\d+)e[+-]?$/i;

/** The number that a text spells: minus signs, decimal commas and grouping spaces of people included; NaN when it is none. */
export function spelled(text: string): number {
  const tidy = normal(text);
  return plain.test(tidy) ? Number(tidy) : Number.NaN;
}

/** Whether a text is the beginning of a number: nothing yet, a sign, `1e`. */
export const begun = (text: string): boolean => unfinished.test(normal(text));

const normal = (text: string): string =>
  text
    .trim()
    .replace(/[−–]/g, '-')
    .replace(/[\s\u202f\u00a0]/g, '')
    .replace(',', '.');

/** A number as it stands in a field: every digit, no grouping. */
export const written = (value: number): string => String(value).replaceAll('-', '−');

/** One number. */
export function readNumber(text: string, range: Range): Typed<number> {
  const value = spelled(text);
  const part = text.trim();
  if (Number.isNaN(value)) return { ok: false, wrong: { kind: begun(text) ? 'unfinished' : 'notNumber', part } };
  if (range.whole && !Number.isInteger(value)) return { ok: false, wrong: { kind: 'notWhole', part } };
  if (value < range.min || value > range.max) return { ok: false, wrong: { kind: 'outside', part, given: value } };
  return { ok: true, value: value + 0 };
}

/**
 * Numbers between `×`, `x`, `*`, `/`, `;` or spaces, as many as one of `counts`; between commas too when they must be whole.
 * `3 x 5` is [3, 5].
 */
export function readNumbers(text: string, range: Range, counts: readonly number[]): Typed<number[]> {
  const separator = range.whole ? /\s*[×x*/;,]\s*|\s+/i : /\s*[×x*/;]\s*|\s+/i;
  const parts = text.trim().split(separator);
  const read = parts.map((part) => readNumber(part, range));
  const wrongs = read.flatMap((one) => (one.ok ? [] : [one.wrong]));
  const first = (kind: Wrong['kind']) => wrongs.find((wrong) => wrong.kind === kind);
  const noNumber = first('notNumber') ?? first('unfinished');
  if (noNumber) return { ok: false, wrong: { ...noNumber, part: text.trim() } };
  if (!counts.includes(parts.length))
    return { ok: false, wrong: { kind: 'count', part: text.trim(), most: Math.max(...counts) } };
  if (wrongs[0]) return { ok: false, wrong: wrongs[0] };
  return { ok: true, value: read.flatMap((one) => (one.ok ? [one.value] : [])) };
}

/** The sentence for a person: what was expected, what was received, and that the old value stays. */
export function complaint(wrong: Wrong, title: string, range: Range, old: string): string {
  switch (wrong.kind) {
    case 'unfinished':
    case 'notNumber':
      return t('notANumber', title, wrong.part, old);
    case 'notWhole':
      return t('notWhole', title, wrong.part, old);
    case 'count':
      return t(wrong.most > 2 ? 'notFour' : wrong.most > 1 ? 'notOneOf' : 'notOne', title, wrong.part, old);
    case 'outside':
      return t('outside', title, number(range.min), number(range.max), number(wrong.given), old);
  }
}
