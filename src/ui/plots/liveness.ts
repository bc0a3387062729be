// The chart of what a step kills: its curve with a leak, the shifted values under it, and how much of each channel is alive.

import { along, samplesOf } from '../../core/curve';
import type { AnyOp } from '../../core/registry';
import type { Params, Schema } from '../../core/schema';
import type { Tensor } from '../../core/tensor';
import type { Counted } from '../../worker/inquiries/histogram';
import type { LivenessAnswer } from '../../worker/inquiries/liveness';
import { number, opTitle, t } from '../strings';
import { activationChart } from './activation';
import { sharesOf, topOf } from './histogram';
import type { Bars, Chart, Panel } from './plot';
import { percent } from './words';

export interface LivenessShown {
  readonly op: AnyOp;
  readonly params: Params<Schema>;
  /** For one channel, of every input but `x`. */
  readonly weights: Readonly<Record<string, Tensor>>;
  /** Added to every value first. */
  readonly shift: number;
  readonly threshold: number;
  /** This picture's values before the step and before the shift. */
  readonly before?: Counted;
  readonly answer?: LivenessAnswer;
}
/** All channels together. */
export interface Totals {
  readonly count: number;
  readonly zeros: number;
  readonly dead: number;
  readonly channels: number;
  /** Channels of which every value is 0, and of which none lets a gradient through. */
  readonly zeroChannels: number;
  readonly deadChannels: number;
}

export function totalsOf({ channels }: LivenessAnswer): Totals {
  const sum = (of: (one: LivenessAnswer['channels'][number]) => number): number =>
    channels.reduce((all, one) => all + of(one), 0);
  return {
    count: sum(({ count }) => count),
    zeros: sum(({ zeros }) => zeros),
    dead: sum(({ dead }) => dead),
    channels: channels.length,
    zeroChannels: channels.filter(({ count, zeros }) => zeros === count).length,
    deadChannels: channels.filter(({ count, dead }) => dead === count).length,
  };
}

export function livenessChart(shown: LivenessShown): Chart {
  const { op, params, weights, before, answer, threshold } = shown;
  const range = samplesOf(op, params);
  const own = activationChart({ op, params, weights, range });
  const curve = own.columns[0]?.[0];
  const below = before ? [shiftedPanel(shown, before, range)] : [];
  return {
    title: t('plotLivenessOf', opTitle(op)),
    columns: [[...(curve ? [curve] : []), ...below], ...(answer ? [[alivePanel(answer)]] : [])],
    notes: [
      t(threshold > 0 ? 'plotDeadUnder' : 'plotDeadIs', number(threshold)),
      ...(answer && answer.every > 1 ? [t('plotLookedAt', number(answer.every))] : []),
    ],
    read: true,
    stem: `convscope-${op.name}-alive`,
  };
}

/** Values after the shift: those that let a gradient through are filled, the others are outlines. */
function shiftedPanel(
  { op, params, weights, shift, threshold }: LivenessShown,
  before: Counted,
  range: readonly [number, number],
): Panel {
  const { edges, heights } = sharesOf({ ...before, edges: { ...before.edges, from: before.edges.from + shift } });
  const middles = Float64Array.from(heights, (_, i) => (edges[i]! + edges[i + 1]!) / 2);
  const { slope } = along(op, params, middles, weights);
  const part = (alive: boolean): Float64Array =>
    heights.map((height, i) => (Math.abs(slope[i]!) > threshold === alive ? height : 0));
  const bars = { kind: 'bars', edges, role: 'x' } as const;
  const layers: readonly Bars[] = [
    { ...bars, name: t('plotAliveBars'), heights: part(true) },
    { ...bars, name: t('plotDeadBars'), heights: part(false), outlined: true },
  ];
  return {
    id: 'shifted',
    title: t('plotShifted'),
    x: { label: 'x + b', from: range[0], to: range[1] },
    y: { label: '', from: 0, to: topOf([heights]), bare: true },
    axes: 'framed',
    shape: 'low',
    layers,
    said: t('plotShiftedSaid', number(shift)),
  };
}

function alivePanel(answer: LivenessAnswer): Panel {
  const alive = answer.channels.map(({ count, dead }) => (count > 0 ? 100 * (1 - dead / count) : 0));
  const totals = totalsOf(answer);
  return {
    id: 'alive',
    title: t('plotAlive'),
    x: { label: t('channel'), from: 0.5, to: alive.length + 0.5, whole: true },
    y: { label: t('plotShareAxis'), from: 0, to: 100 },
    axes: 'framed',
    shape: 'wide',
    layers: [
      {
        kind: 'bars',
        name: '',
        edges: Float64Array.from({ length: alive.length + 1 }, (_, i) => i + 0.5),
        heights: alive,
        role: 'y',
      },
    ],
    said: t(
      'plotAliveSaid',
      percent(1 - totals.dead / Math.max(1, totals.count)),
      number(totals.deadChannels),
      number(totals.channels),
    ),
  };
}
