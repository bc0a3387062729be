// Where everything of a panel lies: margins that hold the words, axes, grid, layers, legend and colour bar.

import { wrapped } from '../../image/export/figure';
import { type Box, type Mark, marksOf, type Places, placesOf, rectangle, round } from './marks';
import type { Bands, Layer, Panel } from './plot';
import { ticksOf, tickText } from './scale';

/** How wide a text is, at the base size or a part of it. */
export type Measure = (text: string, size: number, strong: boolean) => number;
export interface Room {
  readonly width: number;
  /** The base size of text: 12 in a window at its usual size. */
  readonly em: number;
  readonly measure: Measure;
  /** Left margin that panels of one column share; as wide as this one needs where it is absent. */
  readonly left?: number;
  /** Height of title and legend that panels of one row share. */
  readonly head?: number;
}
export interface Laid {
  readonly width: number;
  readonly height: number;
  /** Behind, inside (cut off at the box), and before. */
  readonly behind: readonly Mark[];
  readonly inside: readonly Mark[];
  readonly before: readonly Mark[];
  readonly places: Places;
}

const TICK = 0.92;
/** Of a colour bar with its numbers, in em. */
const BAR = 5;
const bandsIn = (panel: Panel): Bands | undefined => panel.layers.find((layer): layer is Bands => layer.kind === 'bands');

/** The left margin that a panel needs. */
export function leftOf(panel: Panel, { em, measure }: Omit<Room, 'left'>): number {
  if (panel.y.bare) return em;
  // How many ticks there are follows from the height, which is not known yet.
  const ticks = [2, 4, 6, 8].flatMap((most) => ticksOf(panel.y, most));
  return Math.max(0, ...ticks.map((tick) => measure(tickText(tick, panel.y), TICK, false))) + em;
}

export function layOut(panel: Panel, room: Room): Laid {
  const { width, em } = room;
  const left = room.left ?? leftOf(panel, room);
  const bands = bandsIn(panel);
  const right = rightOf(panel, em);
  const head = headOf(panel, room);
  const inner = Math.max(4 * em, width - left - right);
  const high = { wide: Math.min(0.62 * inner, 16 * em), low: 5 * em, equal: Math.min(inner, 26 * em) }[panel.shape];
  const box: Box = {
    x: left,
    y: Math.max(head.height, room.head ?? 0),
    width: panel.shape === 'equal' ? Math.min(inner, high) : inner,
    height: high,
  };
  const places = placesOf(panel, box);
  const foot = 1.6 * em + (panel.x.label ? 1.2 * em : 0);
  const spans = panel.layers.filter(({ kind }) => kind === 'span');
  const others = panel.layers.filter(({ kind }) => kind !== 'span');
  return {
    width,
    height: Math.ceil(box.y + box.height + foot),
    behind: bands ? [] : [...gridOf(panel, places, em), ...axesOf(panel, places)],
    inside: others.flatMap((layer) => marksOf(layer, places, em)),
    before: [
      ...head.marks,
      ...(bands ? frameOf(panel, places, em) : []),
      ...ticksMarks(panel, places, em),
      ...spans.flatMap((layer) => marksOf(layer, places, em)),
      ...(bands ? colourBar(bands, places, em) : []),
    ],
    places,
  };
}

const rightOf = (panel: Panel, em: number): number => (bandsIn(panel) ? BAR * em : em);

/** Title, what the y axis is, and a legend where two layers or more have names. */
export function headOf(panel: Panel, room: Omit<Room, 'left'>) {
  const { em, measure } = room;
  const width = room.width - rightOf(panel, em);
  const marks: Mark[] = [];
  let y = 0;
  const lines = (text: string, size: number, strong: boolean): string[] =>
    text ? wrapped(text, room.width, (part) => measure(part, size, strong)) : [];
  for (const text of lines(panel.title, 1, true)) {
    y += 1.4 * em;
    marks.push({ kind: 'text', x: 0, y: y - 0.3 * em, text, ink: 'ink', size: 1, strong: true, anchor: 'start' });
  }
  const named = panel.layers.filter((layer) => isNamed(layer));
  if (named.length > 1) {
    let x = 0;
    y += 1.4 * em;
    for (const layer of named) {
      const name = 'name' in layer ? layer.name : '';
      const wide = 2 * em + measure(name, TICK, false);
      if (x > 0 && x + wide > width) {
        x = 0;
        y += 1.4 * em;
      }
      marks.push(...sampleOf(layer, x, y - 0.65 * em, em));
      marks.push({ kind: 'text', x: x + 1.8 * em, y: y - 0.3 * em, text: name, ink: 'ink', size: TICK, anchor: 'start' });
      x += wide + em;
    }
  }
  const label = lines(panel.y.label, TICK, false);
  // The last line stands on the panel, as those beside it do.
  if (label.length > 0) y = Math.max(y, (room.head ?? 0) - (0.6 + 1.4 * label.length) * em);
  for (const text of label) {
    y += 1.4 * em;
    marks.push({ kind: 'text', x: 0, y: y - 0.35 * em, text, ink: 'faint', size: TICK, anchor: 'start' });
  }
  return { marks, height: y + 0.6 * em };
}

const isNamed = (layer: Layer): boolean =>
  layer.kind !== 'bands' && layer.kind !== 'rule' && layer.name !== '' && !(layer.kind === 'line' && layer.silent);

/** What a layer looks like, in small. */
function sampleOf(layer: Layer, x: number, y: number, em: number): Mark[] {
  switch (layer.kind) {
    case 'line':
      return [
        {
          kind: 'path',
          d: `M${round(x)} ${round(y)}h${round(1.5 * em)}`,
          stroke: layer.role,
          width: 2,
          ...(layer.dash && { dash: layer.dash }),
        },
      ];
    case 'points':
      return [{ kind: 'dot', x: x + 0.75 * em, y, r: 0.29 * em, ink: layer.role, open: layer.open ?? false }];
    case 'bars': {
      const d = rectangle({ x: x + 0.4 * em, y: y - 0.4 * em, width: 0.8 * em, height: 0.8 * em });
      return [layer.outlined ? { kind: 'path', d, stroke: layer.role, width: 1.5 } : { kind: 'path', d, fill: layer.role }];
    }
    case 'span':
      return [{ kind: 'path', d: `M${round(x)} ${round(y)}h${round(1.5 * em)}`, stroke: layer.role, width: 4 }];
    default:
      return [];
  }
}

const across = (panel: Panel, box: Box, em: number): number[] => (panel.x.bare ? [] : ticksOf(panel.x, box.width / (4 * em)));
const down = (panel: Panel, box: Box, em: number): number[] =>
  panel.y.bare ? [] : ticksOf(panel.y, Math.max(2, box.height / (2.6 * em)));

function gridOf(panel: Panel, { box, toX, toY }: Places, em: number): Mark[] {
  const lines = [
    ...across(panel, box, em).map((v) => `M${round(toX(v))} ${round(box.y)}v${round(box.height)}`),
    ...down(panel, box, em).map((v) => `M${round(box.x)} ${round(toY(v))}h${round(box.width)}`),
  ];
  return [{ kind: 'path', d: lines.join(''), stroke: 'grid', width: 1 }];
}

function axesOf(panel: Panel, { box, toX, toY }: Places): Mark[] {
  const zero = panel.axes === 'zero';
  const y = zero && panel.y.from <= 0 && panel.y.to >= 0 ? toY(0) : box.y + box.height;
  const x = zero && panel.x.from <= 0 && panel.x.to >= 0 ? toX(0) : box.x;
  const lines = [`M${round(box.x)} ${round(y)}h${round(box.width)}`];
  if (!panel.y.bare) lines.push(`M${round(x)} ${round(box.y)}v${round(box.height)}`);
  return [{ kind: 'path', d: lines.join(''), stroke: 'faint', width: 1 }];
}

/** Around areas, with ticks outside. */
function frameOf(panel: Panel, { box, toX, toY }: Places, em: number): Mark[] {
  const lines = [
    ...across(panel, box, em).map((v) => `M${round(toX(v))} ${round(box.y + box.height)}v${round(0.4 * em)}`),
    ...down(panel, box, em).map((v) => `M${round(box.x)} ${round(toY(v))}h${round(-0.4 * em)}`),
    rectangle(box),
  ];
  return [{ kind: 'path', d: lines.join(''), stroke: 'faint', width: 1 }];
}

function ticksMarks(panel: Panel, { box, toX, toY }: Places, em: number): Mark[] {
  const foot = box.y + box.height + 1.4 * em;
  const text = (value: string, x: number, y: number, anchor: 'start' | 'middle' | 'end'): Mark => ({
    kind: 'text',
    x,
    y,
    text: value,
    ink: 'faint',
    size: TICK,
    anchor,
  });
  const marks = [
    ...across(panel, box, em).map((v) => text(tickText(v, panel.x), toX(v), foot, 'middle')),
    ...down(panel, box, em).map((v) => text(tickText(v, panel.y), box.x - 0.6 * em, toY(v) + 0.33 * em, 'end')),
  ];
  if (panel.x.label) marks.push(text(panel.x.label, box.x + box.width, foot + 1.2 * em, 'end'));
  return marks;
}

/** Levels from the lowest to the highest, beside the plot. */
function colourBar({ levels, name }: Bands, { box }: Places, em: number): Mark[] {
  const x = box.x + box.width + em;
  const step = box.height / (levels.length + 1);
  const bottom = box.y + box.height;
  const cells = Array.from({ length: levels.length + 1 }, (_, k): Mark => {
    const cell = { x, y: bottom - (k + 1) * step, width: em, height: step };
    return { kind: 'path', d: rectangle(cell), fill: k / Math.max(1, levels.length) };
  });
  const every = Math.max(1, Math.ceil((1.3 * em) / step));
  const labels = levels
    .map((level, k) => ({ level, k }))
    .filter(({ k }) => (levels.length - 1 - k) % every === 0)
    .map(
      ({ level, k }): Mark => ({
        kind: 'text',
        x: x + 1.4 * em,
        y: bottom - (k + 1) * step + 0.33 * em,
        text: tickText(level, { label: name, from: 0, to: 1 }),
        ink: 'faint',
        size: TICK,
        anchor: 'start',
      }),
    );
  const frame: Mark = { kind: 'path', d: rectangle({ x, y: box.y, width: em, height: box.height }), stroke: 'faint', width: 1 };
  return [
    ...cells,
    frame,
    ...labels,
    { kind: 'text', x, y: box.y - 0.4 * em, text: name, ink: 'faint', size: TICK, anchor: 'start' },
  ];
}
