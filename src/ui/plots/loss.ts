// A loss after each step, as lines.

import { t } from '../strings';
import type { Panel } from './plot';
import { readText } from './scale';

export interface LossSeries {
  readonly name: string;
  /** After 0, 1, 2, … steps. */
  readonly values: readonly number[];
  readonly dash?: 'solid' | 'dashed' | 'dotted';
}

/** A loss after every step; `log`: powers of ten at equal distances, without what is not above 0. */
export function lossCurves(title: string, series: readonly LossSeries[], log: boolean): Panel {
  const shown = series.map(({ values }) => values.map((v) => (log && !(v > 0) ? Number.NaN : v)));
  const all = shown.flat().filter(Number.isFinite);
  const steps = Math.max(1, ...series.map(({ values }) => values.length - 1));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const y =
    all.length === 0
      ? { from: log ? 0.1 : 0, to: 1 }
      : log
        ? decades(low, high)
        : { from: Math.min(0, low), to: high * 1.05 || 1 };
  return {
    id: 'loss',
    title,
    x: { label: t('plotSteps'), from: 0, to: steps, whole: true },
    y: { label: t('plotLossAxis'), ...y, log },
    axes: 'framed',
    shape: 'wide',
    layers: series.map(({ name, dash }, i) => ({
      kind: 'line',
      name,
      x: Float64Array.from(shown[i]!.keys()),
      y: shown[i]!,
      role: 'ink',
      ...(dash && { dash }),
    })),
    said: series
      .filter(({ values }) => values.length > 0)
      .map(({ name, values }) => t('plotLossSaid', name, readText(values[0] ?? 0), readText(values.at(-1) ?? 0)))
      .join(' '),
  };
}

/** Whole powers of ten around some values, at least one apart. */
function decades(low: number, high: number): { from: number; to: number } {
  const from = Math.floor(Math.log10(low));
  return { from: 10 ** from, to: 10 ** Math.max(from + 1, Math.ceil(Math.log10(high))) };
}
