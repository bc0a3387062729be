// Sentences about intervals and shares.

import type { Interval } from '../../core/op';
import { number, t } from '../strings';

/** `[0, ∞)`, as it is written. */
export const intervalText = ([open, from, to, close]: Interval): string => `${open}${number(from)}, ${number(to)}${close}`;

/** The same in words: `0 and everything above`. */
export function intervalWords([open, from, to, close]: Interval): string {
  const [a, b] = [number(from), number(to)];
  const [below, above] = [!Number.isFinite(from), !Number.isFinite(to)];
  if (below && above) return t('plotEvery');
  if (above) return open === '[' ? t('plotFromUp', a) : t('plotAbove', a);
  if (below) return close === ']' ? t('plotFromDown', b) : t('plotBelow', b);
  if (open === '[') return close === ']' ? t('plotBetweenBoth', a, b) : t('plotBetweenFirst', a, b);
  return close === ']' ? t('plotBetweenLast', a, b) : t('plotBetweenNone', a, b);
}

/** A share as it is shown: `48.9 %`, and never 0 or 100 where it is not. */
export function percent(share: number): string {
  const rounded = Math.round(1000 * share) / 10;
  if (share > 0 && rounded === 0) return t('plotUnder', number(0.1));
  if (share < 1 && rounded === 100) return t('plotOver', number(99.9));
  return t('plotPercent', number(rounded));
}
