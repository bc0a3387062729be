import { dir, number } from './strings';

const units = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
] as const;

/** A large count with three digits that matter: `162 M`, `1 248`. */
export function amount(n: number): string {
  const [size, unit] = units.find(([from]) => n >= from) ?? [1, ''];
  const text = unit ? `${number(Number((n / size).toPrecision(3)))}\u00a0${unit}` : number(n);
  // The unit stays behind its number between words that run from the right.
  return unit && dir() === 'rtl' ? `\u2066${text}\u2069` : text;
}
