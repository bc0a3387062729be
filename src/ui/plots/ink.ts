// Which colour an ink is: of the page's theme, or of paper.

import { type ColourMap, colourMap } from '../../image/colourMap';
import { faint, ink, paper } from '../../image/export/figure';
import { lightSequential } from '../../image/export/lightMaps';
import type { Ink } from './marks';
import type { Dash } from './plot';

const STOPS = 7;

/** As the page's own theme has it, so that a plot changes with it. */
export function themed(of: Ink): string {
  if (typeof of !== 'number') return tokens[of];
  const at = Math.min(1, Math.max(0, of)) * (STOPS - 1);
  const low = Math.min(STOPS - 2, Math.floor(at));
  const part = Math.round(100 * (at - low));
  return `color-mix(in srgb, var(--q${low}) ${100 - part}%, var(--q${low + 1}))`;
}
const tokens = {
  ink: 'var(--ink)',
  faint: 'var(--ink-3)',
  grid: 'var(--line)',
  paper: 'var(--surface)',
  x: 'var(--x-mark)',
  w: 'var(--w-mark)',
  y: 'var(--y-mark)',
  bad: 'var(--bad)',
} as const;

/** On white paper, whatever the theme. */
export function printed(of: Ink): string {
  if (typeof of !== 'number') return print[of];
  map ??= colourMap(lightSequential);
  const at = 3 * Math.round(Math.min(1, Math.max(0, of)) * (map.steps - 1));
  return `#${[0, 1, 2].map((c) => (map?.rgb[at + c] ?? 0).toString(16).padStart(2, '0')).join('')}`;
}
let map: ColourMap | null = null;
const print = {
  ink,
  faint,
  grid: '#dddbd6',
  paper,
  x: '#1f7fdb',
  w: '#c07a00',
  y: '#17693f',
  bad: '#ad2015',
} as const;

export const dashes: Readonly<Record<Dash, string | undefined>> = { solid: undefined, dashed: '7 4', dotted: '1.5 4' };
