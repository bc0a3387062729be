// Arithmetic as it is written for people: a tree whose leaves are numbers in so many digits. What is read can be added up again.

import { together } from '../../core/expression';
import { number } from '../strings';

/** Which thing a number comes from: it is written in that colour. */
export type Role = 'x' | 'w' | 'y' | 'none';

export interface Num {
  readonly kind: 'num';
  readonly text: string;
  /** What the text says, not what it stands for. */
  readonly value: number;
  readonly role: Role;
  /** `μ`: what the number is, where it has a name. */
  readonly letter?: string;
}
export type Shown =
  | Num
  | {
      readonly kind: 'sum' | 'difference' | 'product' | 'quotient' | 'power' | 'root' | 'exp' | 'ln';
      readonly of: readonly Shown[];
    }
  /** Values in rising order of which one is taken; `before` and `after`: how many more there are. */
  | {
      readonly kind: 'max' | 'min' | 'median';
      readonly of: readonly Shown[];
      readonly before: number;
      readonly after: number;
    }
  /** A function that has a formula of its own. */
  | { readonly kind: 'g'; readonly of: readonly Shown[] };

/** A number in digits after the point, without zeros at the end. */
export function decimals(value: number, digits: number, role: Role = 'none', trim = true): Num {
  const rounded = Number.isFinite(value) ? Number(value.toFixed(digits)) : value;
  const text = trim || !Number.isFinite(value) ? number(rounded, placesOf(rounded, digits)) : number(value, digits);
  return { kind: 'num', text, value: rounded, role };
}

/** A number in digits that count. */
export function significant(value: number, digits: number, role: Role = 'none', letter?: string): Num {
  const rounded = Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;
  const size = Math.abs(rounded);
  const plain = !Number.isFinite(value) || size === 0 || (size >= 1e-4 && size < 1e15);
  const [, places = ''] = String(rounded).split('.');
  const text = plain ? number(rounded, Number.isFinite(value) ? places.length : 0) : scientific(rounded);
  return { kind: 'num', text, value: rounded, role, ...(letter !== undefined && { letter }) };
}

/** `1e−5` */
const scientific = (value: number): string => value.toExponential().replace('e-', 'e−').replace('e+', 'e').replace(/^-/, '−');

/** Places after the point that a number has of so many. */
function placesOf(value: number, digits: number): number {
  if (!Number.isFinite(value)) return 0;
  const [, places = ''] = value.toFixed(digits).split('.');
  return places.replace(/0+$/, '').length;
}

/** What the written numbers come to. */
export function comesTo(shown: Shown): number {
  if (shown.kind === 'num') return shown.value;
  const values = shown.of.map(comesTo);
  switch (shown.kind) {
    case 'max':
      return Math.max(...values);
    case 'min':
      return Math.min(...values);
    case 'median':
      return values[((shown.before + values.length + shown.after - 1) >> 1) - shown.before] ?? Number.NaN;
    case 'g':
      return Number.NaN;
    default:
      return together(shown.kind, values);
  }
}

/** The fewest digits from `least` on in which what is written comes to the result as it is written; the most where none do. */
export function fitting(least: number, result: Num, digits: number, build: (digits: number) => Shown): Shown {
  const half = 0.5 * 10 ** -digits * (1 + 1e-9);
  for (let more = least; more < least + 6; more++) {
    const shown = build(more);
    const off = Math.abs(comesTo(shown) - result.value);
    if (!(off > half)) return shown;
  }
  return build(least + 6);
}
