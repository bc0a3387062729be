// The chart of two losses as contours, and gradient descent on both from one start.

import {
  conditionOf,
  type Descent,
  descend,
  type Form,
  halfSide,
  type Landscape,
  landscapes,
  type Point,
} from '../../core/landscape';
import { number, t } from '../strings';
import { bandsOf } from './bands';
import { lossCurves } from './loss';
import type { Chart, Panel } from './plot';
import { readText } from './scale';

export type LandscapeName = keyof typeof landscapes;
export interface ContoursAsked {
  readonly form: Form;
  readonly start: Point;
  readonly rate: number;
}
/** Distance from the minimum that counts as arrived. */
export const NEAR = 0.5;
export const MOST_STEPS = 500;
export const names = Object.keys(landscapes) as LandscapeName[];

export interface Walked {
  readonly name: LandscapeName;
  readonly descent: Descent;
}

export const walkOn = (name: LandscapeName, { form, start, rate }: ContoursAsked): Walked => ({
  name,
  descent: descend(landscapes[name], form, start, { rate, near: NEAR, most: MOST_STEPS }),
});

export function contourChart(asked: ContoursAsked): Chart {
  const walks = names.map((name) => walkOn(name, asked));
  return {
    title: t('plotContours'),
    columns: [...walks.map((walked) => [contourPanel(walked, asked)]), [lossPanel(walks)]],
    notes: [...walks.map((walked) => walkWords(walked, asked)), ...whyWords(asked)],
    read: false,
    table: tableOf(walks),
    stem: 'convscope-contours',
  };
}

const axis = (label: string) => ({ label, from: -halfSide, to: halfSide });

function contourPanel({ name, descent }: Walked, asked: ContoursAsked): Panel {
  const xs = descent.points.map(([x]) => x);
  const ys = descent.points.map(([, y]) => y);
  return {
    id: name,
    title: t(titles[name]),
    x: axis('x'),
    y: axis('y'),
    axes: 'framed',
    shape: 'equal',
    layers: [
      bandsOf(landscapes[name], asked.form),
      { kind: 'line', name: '', x: xs, y: ys, role: 'ink', silent: true, halo: true },
      { kind: 'points', name: '', x: xs, y: ys, role: 'ink', small: true, halo: true },
    ],
    said: [formula(name, asked.form), walkWords({ name, descent }, asked)].join('. '),
  };
}

const titles = { stretched: 'plotStretched', round: 'plotRound' } as const;

/** `√(2x² + 10y²)` */
function formula(name: LandscapeName, form: Form): string {
  const { a, b }: Landscape = landscapes[name];
  const square = `${a === 1 ? '' : a}x² + ${b === 1 ? '' : b}y²`;
  return form === 'root' ? `z = √(${square})` : `½z² = (${square}) / 2`;
}

/** The height after every step, of both, on a log axis. */
function lossPanel(walks: readonly Walked[]): Panel {
  return lossCurves(
    t('plotLoss'),
    walks.map(({ name, descent }, i) => ({ name: t(titles[name]), values: descent.heights, dash: i === 0 ? 'dashed' : 'solid' })),
    true,
  );
}

/** What became of a walk. */
export function walkWords({ name, descent }: Walked, { rate }: Pick<ContoursAsked, 'rate'>): string {
  const title = t(titles[name]);
  const steps = descent.points.length - 1;
  const [x, y] = descent.points.at(-1) ?? [0, 0];
  switch (descent.end) {
    case 'arrived':
      return t('plotArrived', title, number(NEAR), number(steps));
    case 'left':
      return t('plotLeft', title, number(rate), number(steps));
    case 'going':
      return t('plotGoing', title, number(steps), readText(Math.hypot(x, y)));
  }
}

/** Why the second is quicker, in numbers. */
function whyWords({ form, start }: ContoursAsked): string[] {
  const [stretched, round] = names.map((name) => conditionOf(landscapes[name]));
  if (!stretched || !round) return [];
  const digits = (v: number): string => number(Number(v.toPrecision(3)));
  if (form === 'root') return [t('plotWhyRoot')];
  const best = walkOn('stretched', { form, start, rate: stretched.best }).descent.points.length - 1;
  return [
    t('plotWhyBowl', digits(stretched.number), digits(stretched.limit), digits(round.limit), digits(round.best)),
    t('plotBestRate', digits(stretched.best), number(best)),
  ];
}

function tableOf(walks: readonly Walked[]) {
  const most = Math.max(...walks.map(({ descent }) => descent.points.length));
  const cell = (value: number | undefined): string => (value === undefined ? '' : readText(value));
  return {
    head: [t('plotSteps'), ...walks.flatMap(({ name }) => ['x', 'y', 'z'].map((axis) => `${t(titles[name])}: ${axis}`))],
    rows: Array.from({ length: most }, (_, i) => [
      number(i),
      ...walks.flatMap(({ descent }) => [...(descent.points[i] ?? [undefined, undefined]), descent.heights[i]].map(cell)),
    ]),
  };
}
