// Which values of a number fit the picture and the other settings now.

import { number, t } from '../strings';
import { type Reach, tidy } from './ranges';
import { written } from './typed';

/** Whether a number would do, everything else as it is. */
export type Fits = (value: number) => boolean;

export interface Possible {
  /** The smallest and the largest that fit; null where none was found. */
  readonly ends: readonly [number, number] | null;
  /** Parts of the slider, in percent, where nothing fits. */
  readonly gaps: readonly (readonly [from: number, to: number])[];
  /** Values that fit where they are few and not in a row. */
  readonly few: readonly number[] | null;
}

/** Places of the slider that are tried. */
const mostTried = 65;
/** Few enough to be listed. */
const mostListed = 6;

/** Tries the values that the slider passes, and looks beyond its ends for how far it goes. */
export function possibleFor(reach: Reach, fits: Fits): Possible {
  const [low, high] = reach.slider;
  const count = Math.min(mostTried, Math.round((high - low) / reach.step) + 1);
  const place = (i: number): number => {
    const steps = Math.round(((high - low) * i) / Math.max(1, count - 1) / reach.step);
    return tidy(low + steps * reach.step);
  };
  const tried = Array.from({ length: count }, (_, i) => ({ value: place(i), fits: fits(place(i)) }));
  const good = tried.filter((one) => one.fits).map(({ value }) => value);
  const [first, last] = [good[0], good.at(-1)];
  if (first === undefined || last === undefined) return { ends: null, gaps: [[0, 100]], few: null };
  const ends = [farthest(first, -1, reach, fits), farthest(last, 1, reach, fits)] as const;
  const gaps: [number, number][] = [];
  const half = count > 1 ? 50 / (count - 1) : 50;
  for (const [i, one] of tried.entries()) {
    if (one.fits) continue;
    const [from, to] = [Math.max(0, (100 * i) / (count - 1) - half), Math.min(100, (100 * i) / (count - 1) + half)];
    const before = gaps.at(-1);
    if (before && before[1] >= from - 1e-6) before[1] = to;
    else gaps.push([from, to]);
  }
  const inside = tried.some(({ value, fits: ok }) => !ok && value > first && value < last);
  return { ends, gaps, few: inside && reach.whole && good.length <= mostListed && ends[1] === last ? good : null };
}

/** The last value in a direction that fits, as long as what fits is in one piece there: by doubling steps, then by halving. */
function farthest(from: number, sign: 1 | -1, { min, max, step }: Reach, fits: Fits): number {
  const limit = sign > 0 ? max : min;
  if (from === limit || fits(limit)) return limit;
  let [good, bad] = [from, limit];
  for (let by = step; ; by *= 2) {
    const next = tidy(from + sign * by);
    if (sign * (next - limit) >= 0) break;
    if (!fits(next)) {
      bad = next;
      break;
    }
    good = next;
  }
  while (Math.abs(bad - good) > step * 1.5) {
    const middle = tidy(good + Math.round((bad - good) / 2 / step) * step);
    if (fits(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/** `Fits now: 1 to 37.` */
export function possibleWords({ ends, few }: Possible): string {
  if (!ends) return t('fitsNone');
  if (few) return t('fitsOnly', few.map((v) => number(v)).join(', '));
  return ends[0] === ends[1] ? t('fitsOnly', number(ends[0])) : t('fitsFromTo', number(ends[0]), number(ends[1]));
}

/** What to say of a value that does not fit: the end that it passed. Null where that is not the trouble. */
export function beyondWords(title: string, now: number, { ends }: Possible): string | null {
  if (!ends) return null;
  if (now > ends[1]) return t('largestThatFits', title, written(ends[1]));
  return now < ends[0] ? t('smallestThatFits', title, written(ends[0])) : null;
}
