// What a caption says of a node: the op, the settings that differ from the defaults, shape and range.

import { isBank, isMatrix, shapeOfBank } from '../../core/bank';
import type { WeightValue } from '../../core/op';
import { parse } from '../../core/parse';
import { opOf } from '../../core/registry';
import type { Scene, Step } from '../../core/scene';
import type { Shape } from '../../core/tensor';
import type { Display } from '../../image/display';
import type { Panel } from '../../image/export/figure';
import { greys, lightDiverging } from '../../image/export/lightMaps';
import type { Encoded, Node } from '../../worker/api';
import { digitsFor } from '../controls/Legend';
import { number, opTitle, optionTitle, paramTitle, t } from '../strings';

/** A kernel of more cells is named by its size. */
const MOST_CELLS = 25;

/** `Input`, or `2. Max-pool`; without a number where there is only one step. */
export function nodeTitle(scene: Scene, node: Node): string {
  const step = scene.steps[node];
  if (!step) return t('viewInput');
  const title = opTitle(opOf(step.op));
  return scene.steps.length > 1 ? t('exportStep', node + 1, title) : title;
}

/** `3 × 300 × 451`: channels, height, width; with the batch before them where it holds more than one. */
export const shapeWords = (shape: Shape): string =>
  (shape[0] === 1 && shape.length === 4 ? shape.slice(1) : shape).map((n) => number(n)).join(' × ');

/** `Stride 2, Padding 1`: what differs from the op's defaults; empty where nothing does. */
export function settingsOf(step: Step): string {
  const op = opOf(step.op);
  const params: Readonly<Record<string, unknown>> = parse(op.params, step.params, op.name);
  const settings = Object.entries(op.params).flatMap(([name, field]) => {
    const value = params[name];
    if (JSON.stringify(value) === JSON.stringify(field.default)) return [];
    const words = field.kind === 'choice' ? optionTitle(op, name, String(value)) : valueWords(value);
    return [t('exportSetting', paramTitle(op, name), words)];
  });
  const weights = Object.entries(step.weights ?? {}).flatMap(([name, value]) => {
    if (JSON.stringify(value) === JSON.stringify(op.weights[name]?.default)) return [];
    return [t('exportSetting', paramTitle(op, name), weightWords(value))];
  });
  return [...settings, ...weights].join(', ');
}

function valueWords(value: unknown): string {
  if (value === null) return t('automatic');
  if (typeof value === 'boolean') return t(value ? 'on' : 'off');
  if (typeof value === 'number') return number(value);
  if (!Array.isArray(value)) return String(value);
  const all = value.map((part) => (typeof part === 'number' ? number(part) : String(part)));
  return all.every((part) => part === all[0]) ? (all[0] ?? '') : all.join(' × ');
}

/** Rows of a small kernel are parted by semicolons, as matrices in running text are; more numbers are told by their count along each axis. */
function weightWords(value: WeightValue): string {
  if (typeof value === 'number') return number(value);
  if (isBank(value))
    return shapeOfBank(value)
      .map((n) => number(n))
      .join(' × ');
  if (!isMatrix(value)) return `(${value.map((v) => (typeof v === 'number' ? number(v) : '')).join(', ')})`;
  const width = value[0]?.length ?? 0;
  if (value.length * width > MOST_CELLS) return t('sizeOf', number(value.length), number(width));
  return `[${value.map((row) => row.map((v) => number(v)).join(' ')).join('; ')}]`;
}

const short = (value: number): string => number(Number(value.toPrecision(3)));

/** The words of one picture of a figure. */
export function panelOf(
  scene: Scene,
  node: Node,
  { channel }: Display,
  made: Encoded,
  size: Pick<Panel, 'width' | 'height'>,
): Panel {
  const { shape, min, max, mapping, low, high } = made;
  const step = scene.steps[node];
  const settings = step ? settingsOf(step) : '';
  const range = t('valuesFromTo', short(min), short(max));
  const lines = [settings, t('exportShape', shapeWords(shape)), range].filter(Boolean);
  // A colour picture as it is has no scale: its three channels are its colours.
  const plain = mapping === 'clamp' && shape[1] === 3 && channel === 'all';
  const places = digitsFor(low, high);
  const ends = { low: number(low, places), high: mapping === 'symmetric' ? `+${number(high, places)}` : number(high, places) };
  const legend = plain ? null : { stops: mapping === 'symmetric' ? lightDiverging : greys, ...ends };
  return { title: nodeTitle(scene, node), lines, ...size, legend };
}
