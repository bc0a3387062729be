// The arithmetic behind one output value as lines that add up: by input channel, bias, result.

import type { Valued } from '../../core/expression';
import type { Inspection } from '../../core/inspection';
import type { Part, Told, Worth } from '../../core/told';
import { comesTo, decimals, fitting, type Num, type Role, type Shown, significant } from './shown';

export type Label =
  | { readonly of: 'channel'; readonly channel: number }
  | { readonly of: 'channels'; readonly channels: number; readonly count: number }
  | { readonly of: 'bias' | 'offset' | 'rounding' | 'value' };

export interface Line {
  readonly label: Label;
  /** Null where there is only a number. */
  readonly right: Shown | null;
  readonly result: Num;
  /** Terms that are not listed, which are one number in the line. */
  readonly rest: number;
  /** Terms of weight 0, or on a border of zeros, which are left out. */
  readonly zeros: number;
}
export interface Arithmetic {
  /** The last one is the value. */
  readonly lines: readonly Line[];
  /** After the point, of all results. */
  readonly digits: number;
  readonly exact: number;
  /** As the engine stores it. */
  readonly value: number;
}

/** Four digits that count of the largest value there is: the same for all values of a step, so that nothing moves. */
export function digitsFor(largest: number): number {
  if (!Number.isFinite(largest) || largest === 0) return 3;
  return Math.min(8, Math.max(0, 3 - Math.floor(Math.log10(largest))));
}

export function arithmetic({ told, value }: Inspection, digits: number): Arithmetic {
  return { lines: linesOf(told, value, digits), digits, exact: told.exact, value };
}

function linesOf(told: Told, value: number, digits: number): Line[] {
  const result = decimals(value, digits, 'y', false);
  const line = (right: Shown | null, rest = 0, zeros = 0): Line[] => [{ label: { of: 'value' }, right, result, rest, zeros }];
  const { formula, ranked, how, parts, slope } = told;
  if (slope !== null) {
    const [x] = parts[0]?.terms ?? [];
    return line({ kind: 'g', of: [decimals(x?.value ?? Number.NaN, digits + 2, 'x')] });
  }
  if (formula) return line(fitting(5, result, digits, (more) => written(formula, more)));
  if (ranked && how !== 'sum' && how !== 'norm' && how !== 'map') {
    const of = ranked.terms.map((term) => decimals(term.value, digits, 'x', false));
    const after = told.count - ranked.below - of.length;
    return line({ kind: how, of, before: ranked.below, after });
  }
  if (how === 'norm') return line(...normOf(told, result, digits));
  return sumOf(told, result, digits);
}

/** An expression with its numbers, in digits that count. */
function written(valued: Valued, digits: number): Shown {
  if (valued.kind !== 'number') return { kind: valued.kind, of: valued.of.map((part) => written(part, digits)) };
  const role: Role = valued.input === undefined ? 'none' : valued.input === 'x' ? 'x' : 'w';
  return significant(valued.value, digits, role, valued.letter);
}

function normOf(told: Told, result: Num, digits: number): [Shown, number, number] {
  const { power = 1, parts } = told;
  const [part] = parts;
  const factor = part?.terms[0]?.by ?? 1;
  const build = (more: number): Shown => {
    const powers = (part?.terms ?? []).map(
      (term): Shown => ({ kind: 'power', of: [decimals(term.value, more, 'x'), exactly(power)] }),
    );
    const rest = part && part.rest.count > 0 ? [significant(part.rest.sum / factor, more + 4)] : [];
    const sum: Shown = { kind: 'sum', of: [...powers, ...rest] };
    const scaled: Shown = factor === 1 ? sum : { kind: 'product', of: [significant(factor, more + 4), sum] };
    if (power === 1) return scaled;
    return power === 2
      ? { kind: 'root', of: [scaled] }
      : { kind: 'power', of: [scaled, { kind: 'quotient', of: [exactly(1), exactly(power)] }] };
  };
  return [fitting(digits + 1, result, digits, build), part?.rest.count ?? 0, 0];
}

/** A setting: all of its digits. */
const exactly = (value: number): Num => significant(value, 17);

function sumOf(told: Told, result: Num, digits: number): Line[] {
  const { others, bias, offset, divisor } = told;
  const adds = [...(bias ? [['bias', bias] as const] : []), ...(offset ? [['offset', offset] as const] : [])];
  const alone = told.parts.length === 1 && others.count === 0 && adds.length === 0;
  const counting = adds.length > 0 ? told.parts.filter(({ terms }) => !terms.every(addsNothing)) : told.parts;
  const each = Math.max(fewest, Math.floor(mostTogether / counting.length));
  const parts = counting.map((part) => shortened(part, each));
  const [first] = parts;
  if (alone && first) return [{ ...partLine(first, divisor, result, digits), label: { of: 'value' } }];
  const lines = parts.map((part) => partLine(part, divisor, decimals(part.sum, digits, 'none', false), digits));
  const plain = (label: Label, value: number): Line => ({
    label,
    right: null,
    result: decimals(value, digits, label.of === 'bias' ? 'w' : 'none', false),
    ...{ rest: 0, zeros: 0 },
  });
  if (others.count > 0) lines.push(plain({ of: 'channels', channels: others.channels, count: others.count }, others.sum));
  for (const [of, value] of adds) lines.push(plain({ of }, value));
  return [...lines, ...total(lines, result, digits)];
}

/** Terms of all lines together where they are the heaviest of more, and of one line at least. */
const [mostTogether, fewest] = [18, 4];

/** A part of which the heaviest terms are listed, with fewer of them. */
function shortened(part: Part, most: number): Part {
  const { terms, rest } = part;
  if (rest.count === 0 || terms.length <= most) return part;
  const left = terms.slice(most);
  const sum = left.reduce((all, { product }) => all + product, rest.sum);
  return { ...part, terms: terms.slice(0, most), rest: { count: rest.count + left.length, sum } };
}

/** What rounding to the written digits hides is a line of its own, so that the lines add up to the digit. */
function total(lines: readonly Line[], result: Num, digits: number): Line[] {
  const off = Number((result.value - lines.reduce((sum, line) => sum + line.result.value, 0)).toFixed(digits));
  const rounding: Line = {
    label: { of: 'rounding' },
    right: null,
    result: decimals(off, digits, 'none', false),
    ...{ rest: 0, zeros: 0 },
  };
  const all = Number.isFinite(off) && off !== 0 ? [...lines, rounding] : lines;
  const of = all.map((line) => line.result);
  const value: Line = { label: { of: 'value' }, right: { kind: 'sum', of }, result, rest: 0, zeros: 0 };
  return all.length > lines.length ? [rounding, value] : [value];
}

function partLine(part: Part, divisor: number | undefined, result: Num, digits: number): Line {
  const counting = part.terms.filter((term) => !addsNothing(term));
  const zeros = part.terms.length - counting.length;
  const build = (more: number): Shown => {
    const terms = counting.map((term) => termOf(term, divisor, more));
    const rest = part.rest.count > 0 ? [decimals(part.rest.sum * (divisor ?? 1), more)] : [];
    const sum: Shown = { kind: 'sum', of: [...terms, ...rest] };
    if (divisor !== undefined) return { kind: 'quotient', of: [sum, exactly(divisor)] };
    return sum;
  };
  return {
    label: { of: 'channel', channel: part.channel },
    right: fitting(digits + 1, result, digits, build),
    ...{ result, rest: part.rest.count, zeros },
  };
}

const addsNothing = ({ by, row, value }: Worth): boolean => (by === 0 && Number.isFinite(value)) || (row < 0 && value === 0);

function termOf({ by, value }: Worth, divisor: number | undefined, digits: number): Shown {
  const x = decimals(value, digits, 'x');
  if (by === null || divisor !== undefined || by === 1)
    return by === 1 && divisor === undefined ? { kind: 'product', of: [exactly1, x] } : x;
  return { kind: 'product', of: [{ ...significant(by, Math.max(6, digits + 2)), role: 'w' }, x] };
}
const exactly1: Num = { kind: 'num', text: '1', value: 1, role: 'w' };

/** By how much a line is off as it is written; 0 where its numbers cannot be put together again. */
export const offOf = ({ right, result }: Line): number =>
  right === null || right.kind === 'g' ? 0 : comesTo(right) - result.value;
