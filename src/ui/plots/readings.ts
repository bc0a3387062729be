// What a chart says at a place, as a table, and as a file of numbers.

import { t } from '../strings';
import { type Chart, type Layer, type Panel, panelsOf, type Table } from './plot';
import { readText, valueAt } from './scale';

export interface Reading {
  /** The value on the x axis: of a bar its lower edge. */
  readonly x: number;
  /** Up to where, of a bar. */
  readonly to?: number;
  readonly values: readonly { readonly name: string; readonly value: number }[];
}

/** Panels that one cross-hair reads: those that share the first one's x axis. */
export function linkedPanels(chart: Chart): readonly Panel[] {
  const panels = panelsOf(chart);
  const [first] = panels;
  return panels.filter(({ x }) => first && x.from === first.x.from && x.to === first.x.to && x.log === first.x.log);
}

/** More samples than this are walked in even steps. */
const MOST_STOPS = 200;
const TABLE_ROWS = 41;

/** Values of x where the keyboard stops: the samples, or even steps and what lies between them on purpose. */
export function stopsOf(chart: Chart): number[] {
  const panels = linkedPanels(chart);
  const [first] = panels;
  if (!first) return [];
  const layers = panels.flatMap((panel) => panel.layers);
  const samples = new Set<number>();
  for (const layer of layers) {
    if (layer.kind === 'line' && !layer.silent && layer.x.length <= MOST_STOPS) add(samples, layer.x);
    if (layer.kind === 'points') add(samples, layer.x);
  }
  const dense = layers.some((layer) => layer.kind === 'bars' || (layer.kind === 'line' && layer.x.length > MOST_STOPS));
  if (dense || samples.size === 0) {
    for (let i = 0; i <= 100; i++) samples.add(Number(valueAt(first.x, i / 100).toPrecision(12)));
  }
  return [...samples].filter((x) => x >= first.x.from && x <= first.x.to).sort((a, b) => a - b);
}

function add(into: Set<number>, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i]!)) into.add(values[i]!);
}

/** What every named layer says at a value of x. */
export function readingAt(chart: Chart, x: number): Reading {
  const values = linkedPanels(chart).flatMap((panel) => panel.layers.flatMap((layer) => saidBy(layer, x, panel)));
  return { x, values };
}

function saidBy(layer: Layer, x: number, panel: Panel): { name: string; value: number }[] {
  if (layer.kind === 'line' && !layer.silent) {
    const value = heightOf(layer.x, layer.y, x, EDGE * Math.abs(panel.x.to - panel.x.from));
    return value === null ? [] : [{ name: layer.name || panel.title, value }];
  }
  if (layer.kind !== 'bars') return [];
  for (let i = 0; i < layer.heights.length; i++)
    if (x >= layer.edges[i]! && (x < layer.edges[i + 1]! || i === layer.heights.length - 1))
      return x <= layer.edges[i + 1]! ? [{ name: layer.name || panel.title, value: layer.heights[i]! }] : [];
  return [];
}

/** Random samples do not reach the ends of an axis: the first and last of them count so far beyond, as a part of the axis. */
const EDGE = 0.005;

/**
 * The height of a line over x, between its two nearest samples; null where it has none. Its x rise; where a jump is, the sample at x counts, and
 * `edge` beyond its ends the nearest one.
 */
function heightOf(xs: ArrayLike<number>, ys: ArrayLike<number>, x: number, edge: number): number | null {
  let before = -1;
  for (let i = 0; i < xs.length; i++) {
    if (!Number.isFinite(xs[i]!) || !Number.isFinite(ys[i]!)) continue;
    if (xs[i] === x) return ys[i]!;
    if (xs[i]! > x) {
      if (before < 0) return xs[i]! - x <= edge ? ys[i]! : null;
      const part = (x - xs[before]!) / (xs[i]! - xs[before]!);
      return ys[before]! + part * (ys[i]! - ys[before]!);
    }
    before = i;
  }
  return before >= 0 && x - xs[before]! <= edge ? ys[before]! : null;
}

/** `x 0.5: ReLU 0.5, slope 1`. */
export function readingWords(chart: Chart, { x, values }: Reading): string {
  const label = panelsOf(chart)[0]?.x.label || 'x';
  const said = values.map(({ name, value }) => t('plotReadingValue', name, readText(value)));
  return t('plotReading', label, readText(x), said.join(', ') || t('plotReadingNone'));
}

/** Numbers for those who read tables: the chart's own, or readings along x. */
export function tableOf(chart: Chart): Table {
  if (chart.table) return chart.table;
  const stops = stopsOf(chart);
  const every = Math.max(1, (stops.length - 1) / (TABLE_ROWS - 1));
  const rows = Array.from({ length: Math.min(stops.length, TABLE_ROWS) }, (_, i) =>
    readingAt(chart, stops[Math.round(i * every)] ?? 0),
  );
  const names = [...new Set(rows.flatMap(({ values }) => values.map(({ name }) => name)))];
  return {
    head: [panelsOf(chart)[0]?.x.label || 'x', ...names],
    rows: rows.map(({ x, values }) => [
      readText(x),
      ...names.map((name) => {
        const found = values.find((one) => one.name === name);
        return found ? readText(found.value) : '';
      }),
    ]),
  };
}

/** Every number of a chart, a line each, with full digits. */
export function csvOf(chart: Chart): string {
  const lines = [['panel', 'series', 'kind', 'x', 'to', 'y']];
  for (const panel of panelsOf(chart))
    for (const layer of panel.layers)
      for (const [x, to, y] of rowsOf(layer)) lines.push([panel.title, 'name' in layer ? layer.name : '', layer.kind, x, to, y]);
  return `${lines.map((line) => line.map(quoted).join(',')).join('\n')}\n`;
}

function* rowsOf(layer: Layer): Generator<readonly [string, string, string]> {
  switch (layer.kind) {
    case 'line':
    case 'points':
      for (let i = 0; i < layer.x.length; i++)
        if (Number.isFinite(layer.x[i]!)) yield [String(layer.x[i]), '', String(layer.y[i])];
      return;
    case 'bars':
      for (let i = 0; i < layer.heights.length; i++)
        yield [String(layer.edges[i]), String(layer.edges[i + 1]), String(layer.heights[i])];
      return;
    case 'bands':
      for (const level of layer.levels) yield [String(level), '', ''];
      return;
    case 'rule':
      yield layer.along === 'x' ? [String(layer.at), '', ''] : ['', '', String(layer.at)];
      return;
    case 'span':
      yield [String(layer.from), String(layer.to), ''];
  }
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
