// Charts of how values are spread: channel by channel, before and after a step, or of one node.

import type { Counted } from '../../worker/inquiries/histogram';
import { number, t } from '../strings';
import { countedWords, sharesOf, topOf } from './histogram';
import { type Axis, type Bars, type Chart, dealt, type Panel, type Role } from './plot';
import { readText } from './scale';

/** Panels stand in so many columns at most. */
const COLUMNS = 3;

const axisOf = ({ edges, counts }: Counted, label: string): Axis => ({
  label,
  from: edges.from,
  to: edges.from + counts.length * edges.width,
});

const inRows = (panels: readonly Panel[]) =>
  ({ columns: dealt(panels, Math.min(COLUMNS, Math.max(1, panels.length))), flows: true }) as const;

export interface Normed {
  readonly title: string;
  /** The number of the first channel that is shown. */
  readonly first: number;
  readonly before: readonly Counted[];
  readonly after: readonly Counted[];
  /** What the same step makes with a switch turned, and what that is called. */
  readonly turned?: { readonly name: string; readonly counted: readonly Counted[] };
}

/** Each channel before a step (outlined) and after it (filled), over the same bins. */
export function normChart({ title, first, before, after, turned }: Normed): Chart {
  const panels = before.map((was, i): Panel => {
    const is = after[i] ?? was;
    const other = turned?.counted[i];
    const [x, y] = [sharesOf(was), sharesOf(is)];
    const bars = { kind: 'bars', edges: x.edges } as const;
    const layers: readonly Bars[] = [
      { ...bars, name: t('plotAfterName', number(first + i)), heights: y.heights, role: 'y' },
      { ...bars, name: t('plotBeforeName', number(first + i)), heights: x.heights, role: 'x', outlined: true },
      ...(other
        ? [{ ...bars, name: turned?.name ?? '', heights: sharesOf(other).heights, role: 'ink', outlined: true } as const]
        : []),
    ];
    return {
      id: `channel-${first + i}`,
      title: t('channelNumber', number(first + i)),
      x: axisOf(was, t('plotValue')),
      y: { label: momentsWords(was, is), from: 0, to: topOf([x.heights, y.heights]), bare: true },
      axes: 'framed',
      shape: 'low',
      layers,
      said: [`${t('plotBeforeShort')}: ${countedWords(was)}`, `${t('plotAfterShort')}: ${countedWords(is)}`].join(' '),
    };
  });
  const others = (turned?.counted ?? []).map(
    (other, i) => `${turned?.name}, ${t('channelNumber', number(first + i))}: ${countedWords(other)}`,
  );
  return {
    title,
    ...inRows(panels),
    notes: others,
    read: true,
    table: momentsTable(first, before, after),
    stem: 'convscope-norm',
  };
}

/** `mean 0.45 → 0, variance 0.04 → 1` */
const momentsWords = (was: Counted, is: Counted): string =>
  t('plotMoments', readText(was.mean), readText(tiny(is.mean)), readText(was.variance), readText(is.variance));
/** What rounding leaves of nothing. */
const tiny = (v: number): number => (Math.abs(v) < 1e-6 ? 0 : v);

function momentsTable(first: number, before: readonly Counted[], after: readonly Counted[]) {
  return {
    head: [
      t('channel'),
      ...[t('plotBeforeShort'), t('plotAfterShort')].flatMap((when) => [
        `${when}: ${t('plotMean')}`,
        `${when}: ${t('plotVariance')}`,
      ]),
    ],
    rows: before.map((was, i) => [
      number(first + i),
      ...[was, after[i] ?? was].flatMap(({ mean, variance }) => [readText(tiny(mean)), readText(variance)]),
    ]),
  };
}

export interface Spread {
  readonly name: string;
  readonly counted: Counted;
  readonly role: Role;
}

/** Histograms of one kind beside each other: the channels of a node, or all steps of a chain. `log`: heights by their powers of ten. */
export function spreadChart(title: string, spreads: readonly Spread[], log: boolean, stem: string): Chart {
  const panels = spreads.map(({ name, counted, role }, i): Panel => {
    const { edges, heights } = sharesOf(counted);
    const shown = log ? heights.map(decibels) : heights;
    return {
      id: `spread-${i}`,
      title: name,
      x: axisOf(counted, t('plotValue')),
      y: { label: '', from: 0, to: log ? TALLEST : topOf([heights]), bare: true },
      axes: 'framed',
      shape: 'low',
      layers: [{ kind: 'bars', name: log ? '' : name, edges, heights: shown, role }],
      said: [countedWords(counted), counted.strange > 0 ? t('plotStrange', number(counted.strange)) : '']
        .filter(Boolean)
        .join(' '),
    };
  });
  const strange = spreads.filter(({ counted }) => counted.strange > 0);
  return {
    title,
    ...inRows(panels),
    notes: [
      ...(log ? [t('plotLogHeights')] : []),
      ...strange.map(({ name, counted }) => `${name}: ${t('plotStrange', number(counted.strange))}`),
    ],
    read: !log,
    table: {
      head: [t('plotOf'), t('plotMean'), t('plotDeviation'), t('plotLeast'), t('plotMost')],
      rows: spreads.map(({ name, counted: { mean, variance, min, max } }) => [
        name,
        ...[tiny(mean), Math.sqrt(variance), min, max].map(readText),
      ]),
    },
    stem,
  };
}

/** From a millionth of all values to all of them. */
const TALLEST = 6;
const decibels = (percent: number): number => (percent > 0 ? Math.max(0.02, TALLEST + Math.log10(percent / 100)) : 0);
