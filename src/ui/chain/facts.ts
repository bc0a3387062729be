// What the chain says of its steps, in numbers and in words.

import type { Scene } from '../../core/scene';
import { profile, type StepProfile } from '../../core/sequential';
import type { Shape } from '../../core/tensor';
import type { RanStep } from '../../worker/api';
import { amount } from '../amount';
import { number, t } from '../strings';
import type { Smalls } from './small';

/** Profiles of the steps that fit: all of them, or those before the one that does not. */
export function profiles(scene: Scene, x: Shape | null, problemAt: number | null): readonly StepProfile[] {
  return x ? profile(problemAt === null ? scene : { ...scene, steps: scene.steps.slice(0, problemAt) }, x) : [];
}

/** `16 × 300 × 451`: channels, height, width; without the batch. */
export const shapeWords = (shape: Shape): string =>
  shape
    .slice(shape.length > 1 ? 1 : 0)
    .map((length) => number(length))
    .join(' × ');

/** `5 × 5 px`: width and height of the pixels of the picture that one value depends on. */
export function readsWords({ field }: Pick<StepProfile, 'field'>): string {
  if (!field) return '–';
  const size = (n: number): string => number(Number(n.toPrecision(4)));
  return t('pixelsOf', size(field.width.size), size(field.height.size));
}

/** `−1.05 to 2.27` */
export const rangeWords = (min: number, max: number): string => t('fromTo', short(min), short(max));
const short = (value: number): string => number(Number(value.toPrecision(3)));

/** `1.5 ms`, `120 ms` */
export const timeWords = (ms: number): string =>
  t('msOf', ms < 0.05 ? '< 0.1' : ms < 10 ? number(Number(ms.toPrecision(2))) : number(Math.round(ms)));

export interface Totals {
  readonly reads: string;
  readonly weights: string;
  readonly macs: string;
  /** With the engines that took part; null before all steps ran. */
  readonly time: string | null;
}

/** What the whole chain sees and costs. */
export function totalsOf(all: readonly StepProfile[], ran: readonly (RanStep | null)[]): Totals {
  const sum = (of: (one: StepProfile) => number): number => all.reduce((total, one) => total + of(one), 0);
  const known = ran.flatMap((one) => one ?? []);
  const ms = known.reduce((total, one) => total + (one.ms ?? 0), 0);
  const engines = [...new Set(known.map(({ engine }) => engine))].join(', ');
  return {
    reads: readsWords(all.at(-1) ?? { field: { height: one, width: one } }),
    weights: amount(sum(({ parameters }) => parameters)),
    macs: amount(sum(({ macs }) => macs)),
    time: known.length > 0 ? t('joined', timeWords(ms), engines) : null,
  };
}
const one = { size: 1, jump: 1, start: 0 };

/** How the steps that are on ran; empty while one of them has not. */
export function ranOf({ steps }: Scene, shown: Smalls): readonly RanStep[] {
  const on = [...steps.keys()].filter((i) => !steps[i]?.off);
  const ran = on.flatMap((i) => shown.get(i)?.report.ran ?? []);
  return ran.length === on.length ? ran : [];
}
