// A histogram as a panel.

import type { Counted } from '../../worker/inquiries/histogram';
import { number, t } from '../strings';
import type { Axis, Panel, Role } from './plot';
import { percent } from './words';

/** A bar that is so much higher than the next ones hides their shape: it is cut off. */
const TOWERS = 3;

/** Share of values in each bin, in percent, under an x axis; very high bars run out at the top. */
export function histogramPanel(id: string, title: string, counted: Counted, role: Role, x: Axis, outlined = false): Panel {
  const { heights, edges } = sharesOf(counted);
  const top = topOf([heights]);
  return {
    id,
    title,
    x,
    y: { label: '', from: 0, to: top, bare: true },
    axes: 'framed',
    shape: 'low',
    layers: [{ kind: 'bars', name: '', edges, heights, role, outlined }],
    said: countedWords(counted),
  };
}

/** Edges of the bins, and in percent how many of all values each of them holds. */
export function sharesOf({ edges, counts, count }: Counted): { readonly edges: Float64Array; readonly heights: Float64Array } {
  return {
    edges: Float64Array.from({ length: counts.length + 1 }, (_, i) => edges.from + i * edges.width),
    heights: Float64Array.from(counts, (n) => (count > 0 ? (100 * n) / count : 0)),
  };
}

/** The height of the axis: the highest bar, or less where one or two of them tower over all others. */
export function topOf(heights: readonly Float64Array[]): number {
  const sorted = heights.flatMap((some) => [...some]).sort((a, b) => b - a);
  const [first = 0, , third = 0] = sorted;
  return (third > 0 ? Math.min(first, TOWERS * third) : first) * 1.05 || 1;
}

/** `Mean 0.12, deviation 0.3, from −1 to 0.8; 52 % are zero.` */
export function countedWords({ mean, variance, min, max, zeros, count }: Counted): string {
  if (count === 0) return t('plotNoValues');
  const digits = (v: number): string => number(Number(v.toPrecision(3)));
  return t('plotCounted', digits(mean), digits(Math.sqrt(variance)), digits(min), digits(max), percent(zeros / count));
}
