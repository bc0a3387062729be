import { locale, number, plural, t } from '../strings';
import type { Counted } from './countLayer';
import { tally } from './counts';

/** So many counts are told one by one, by their share. */
const mostNamed = 3;

/** `97 % of the pixels are read once and 3 % are never read.` */
export function coverWords({ down, across }: Counted): string {
  const pixels = tally(down, across);
  const total = down.length * across.length;
  const [only] = pixels.keys();
  if (pixels.size === 1 && only !== undefined) return only === 0 ? t('coverReadNever') : plural('coverReadAll', only);
  const shares = [...pixels].map(([count, times]) => ({ count, share: times / total })).sort((a, b) => b.share - a.share);
  const read = shares.filter(({ count }) => count > 0);
  const never = shares.find(({ count }) => count === 0);
  const clauses =
    shares.length <= mostNamed
      ? shares.map(({ count, share }, i) => clause(count, share, i === 0))
      : [rangeWords(read), ...(never ? [clause(0, never.share, false)] : [])];
  return t('coverSentence', new Intl.ListFormat(locale(), { type: 'conjunction' }).format(clauses));
}

function clause(count: number, share: number, first: boolean): string {
  const part = percent(share);
  if (count === 0) return t(first ? 'coverFirstNever' : 'coverThenNever', part);
  return plural(first ? 'coverFirstRead' : 'coverThenRead', count, part);
}

function rangeWords(read: readonly { readonly count: number; readonly share: number }[]): string {
  const counts = read.map(({ count }) => count);
  const [usual] = read;
  return t(
    'coverRange',
    number(Math.min(...counts)),
    number(Math.max(...counts)),
    number(usual?.count ?? 0),
    percent(usual?.share ?? 0),
  );
}

/** `Outputs are made of 1 to 4 pixels.` */
export function feedWords({ down, across }: Counted): string {
  const counts = [...tally(down, across).keys()];
  const [least, largest] = [Math.min(...counts), Math.max(...counts)];
  return least === largest ? plural('coverFedAll', least) : t('coverFedRange', number(least), number(largest));
}

/** Whole percents, but never none of something, nor all of what is not. */
export function percent(share: number): string {
  const whole = Math.round(100 * share);
  if (share > 0 && share < 1 && (whole === 0 || whole === 100))
    return number(Math.min(99.99, Math.max(0.01, Number((100 * share).toFixed(2)))));
  return number(whole);
}
