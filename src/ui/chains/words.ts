import { opOf } from '../../core/registry';
import type { Scene } from '../../core/scene';
import { onward, opTitle, plural, t } from '../strings';

const mostNamed = 4;

/** A chain by its operations: `Convolution → ReLU → Max-pool`; of a long one the first, and how many follow. */
export function chainTitle({ steps }: Scene): string {
  const named = steps.slice(0, steps.length > mostNamed ? mostNamed - 1 : mostNamed).map(({ op }) => opTitle(opOf(op)));
  const more = steps.length - named.length;
  return [...named, ...(more > 0 ? [plural('moreSteps', more)] : [])].join(onward()) || t('chainEmpty');
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago, in the words of the language: `3 hours ago`, `yesterday`. */
export function ago(at: number, locale: string, now = Date.now()): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const [unit, ms] = units.find(([, least]) => now - at >= least) ?? ['minute', 60_000];
  return format.format(-Math.floor(Math.max(0, now - at) / ms), unit);
}
