// The chart of a pointwise op: its curve from random samples, its derivative beside it, and what a picture's values are before and after.

import { curve, type Kink, kinksOf, type Sides, samplesOf } from '../../core/curve';
import type { AnyOp } from '../../core/registry';
import type { Params, Schema } from '../../core/schema';
import type { Tensor } from '../../core/tensor';
import type { Counted } from '../../worker/inquiries/histogram';
import { number, opTitle, t } from '../strings';
import { histogramPanel } from './histogram';
import type { Axis, Chart, Layer, Panel } from './plot';
import { intervalText, intervalWords, percent } from './words';

/** As in the introduction. */
export const SAMPLES = 10_000;
const SEED = 1;
/** Of a function that draws lots no line can be drawn; so many points show it. */
const MOST_POINTS = 800;
const PAD = 0.08;

export interface ActivationAsked {
  readonly op: AnyOp;
  readonly params: Params<Schema>;
  /** For one channel, of every input but `x`. */
  readonly weights?: Readonly<Record<string, Tensor>>;
  /** This picture's values, all channels together. */
  readonly histogram?: { readonly before: Counted; readonly after: Counted };
  /** Where the x axis runs; as the op declares where it is absent. */
  readonly range?: readonly [from: number, to: number];
}

export function activationChart({ op, params, weights = {}, histogram, range }: ActivationAsked): Chart {
  const [from, to] = range ?? samplesOf(op, params);
  const made = curve(op, params, { from, to, count: SAMPLES, seed: SEED }, weights);
  const kinks = kinksOf(op, params, weights).filter(({ at }) => at >= from && at <= to);
  const title = opTitle(op);
  const x: Axis = { label: 'x', from, to };
  const shapes = Object.fromEntries(Object.entries(weights).map(([name, { shape }]) => [name, shape]));
  const random = op.explain(params, { ...shapes, x: [1, 1, 1, 1] }, 0).beside !== undefined;
  const values = random ? scattered(title, made.x, made.y) : lined(title, made.x, made.y, kinks, ({ y }) => y);
  const slopes = random
    ? scattered(t('plotSlope'), made.x, made.slope)
    : lined(t('plotSlope'), made.x, made.slope, kinks, ({ slope }) => slope);
  const spans: Layer[] = [
    ...(op.domain ? [spanOf('x', t('plotDomainName'), op.domain)] : []),
    ...(op.range ? [spanOf('y', t('plotRangeName'), op.range(params))] : []),
  ];
  const sentences = [domainWords(op, params), ...kinks.map((kink) => kinkWords(kink))].filter(Boolean);
  const curvePanel: Panel = {
    id: 'curve',
    title,
    x,
    y: { label: 'y', ...room(made.y) },
    axes: 'zero',
    shape: 'wide',
    layers: [...values, ...spans],
    said: [t('plotCurveSaid', title, number(from), number(to)), ...sentences].join(' '),
  };
  const slopePanel: Panel = {
    id: 'slope',
    title: t('plotDerivative'),
    x,
    y: { label: 'dy/dx', ...room(made.slope) },
    axes: 'zero',
    shape: 'wide',
    layers: slopes,
    said: slopeWords(made.slope),
  };
  const below = histogram
    ? [
        histogramPanel('before', t('plotBefore'), histogram.before, 'x', x),
        histogramPanel('after', t('plotAfter'), histogram.after, 'y', { ...x, label: 'y' }),
      ]
    : [];
  const outside = histogram ? outsideOf(histogram.before) : 0;
  return {
    title: t('plotActivationOf', title),
    columns: [[curvePanel, ...below], [slopePanel]],
    notes: [
      ...sentences,
      t('plotSamples', number(SAMPLES), number(from), number(to)),
      ...(outside > 0 ? [t('plotOutside', percent(outside))] : []),
    ],
    read: true,
    stem: `convscope-${op.name}`,
  };
}

const spanOf = (along: 'x' | 'y', name: string, [open, from, to, close]: readonly [string, number, number, string]): Layer => ({
  kind: 'span',
  name,
  along,
  from,
  to,
  open: [open === '(', close === ')'],
  role: along,
});

/** From the smallest value to the largest, 0 among them, with some room. */
function room(values: Float64Array): { from: number; to: number } {
  let [low, high] = [0, 0];
  for (const v of values) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  const pad = PAD * (high - low || 1);
  return { from: low - pad, to: high + pad };
}

const NEGLIGIBLE = 1e-6;
const differs = (a: number, b: number): boolean => Math.abs(a - b) > NEGLIGIBLE * Math.max(1, Math.abs(a), Math.abs(b));
const jumps = ({ left, at, right }: Sides): boolean => differs(left, at) || differs(right, at);

/** A line that is parted where it jumps: dots are what counts there, rings what it only comes near to. */
function lined(name: string, x: Float64Array, y: Float64Array, kinks: readonly Kink[], of: (kink: Kink) => Sides): Layer[] {
  const parted = new Map(kinks.filter((kink) => jumps(of(kink))).map((kink) => [kink.at, of(kink)]));
  const [xs, ys]: [number[], number[]] = [[], []];
  x.forEach((at, i) => {
    const sides = parted.get(at);
    if (!sides) {
      xs.push(at);
      ys.push(y[i]!);
      return;
    }
    const off = 1e-9 * Math.max(1, Math.abs(at));
    xs.push(at - off, Number.NaN, at, Number.NaN, at + off);
    ys.push(sides.left, Number.NaN, sides.at, Number.NaN, sides.right);
  });
  const rings = [...parted].flatMap(([at, { left, at: here, right }]) =>
    [left, right].filter((v) => differs(v, here)).map((v) => [at, v] as const),
  );
  const points = { kind: 'points', name: '', role: 'ink' } as const;
  return [
    { kind: 'line', name, x: xs, y: ys, role: 'ink' },
    { ...points, x: rings.map(([at]) => at), y: rings.map(([, v]) => v), open: true },
    { ...points, x: kinks.map(({ at }) => at), y: kinks.map((kink) => of(kink).at) },
  ];
}

function scattered(name: string, x: Float64Array, y: Float64Array): Layer[] {
  const every = Math.ceil(x.length / MOST_POINTS);
  const some = (values: Float64Array) => values.filter((_, i) => i % every === 0);
  return [{ kind: 'points', name, x: some(x), y: some(y), role: 'ink', small: true }];
}

function domainWords(op: AnyOp, params: Params<Schema>): string {
  const [domain, range] = [op.domain, op.range?.(params)];
  if (!domain || !range) return '';
  return t('plotDomain', intervalText(domain), intervalWords(domain), intervalText(range), intervalWords(range));
}

/** What happens at a kink, and which slope counts. */
function kinkWords({ at, y, slope }: Kink): string {
  const place = number(at);
  const here = number(Number(slope.at.toPrecision(4)));
  if (jumps(y)) return t('plotJump', place, number(Number(y.left.toPrecision(4))), number(Number(y.right.toPrecision(4))), here);
  if (!jumps(slope)) return '';
  return t('plotKink', place, number(Number(slope.left.toPrecision(4))), number(Number(slope.right.toPrecision(4))), here);
}

function slopeWords(slope: Float64Array): string {
  let [low, high, zeros] = [slope[0] ?? 0, slope[0] ?? 0, 0];
  for (const v of slope) {
    low = Math.min(low, v);
    high = Math.max(high, v);
    if (v === 0) zeros += 1;
  }
  const range = t('plotSlopeSaid', number(Number(low.toPrecision(3))), number(Number(high.toPrecision(3))));
  const flat = zeros > 1 ? [t('plotSlopeZero', percent(zeros / slope.length))] : [];
  return [range, ...flat].join(' ');
}

/** The share of values that the bins do not hold. */
function outsideOf({ counts, count }: Counted): number {
  return count > 0 ? 1 - counts.reduce((sum, n) => sum + n, 0) / count : 0;
}
