// The layers of a panel as marks with places: one list for the page and for files.

import type { Bands, Bars, Dash, Layer, Line, Panel, Role } from './plot';
import { type Scale, scaleOf } from './scale';

/** A role, or a place on the magnitude map, 0 to 1. */
export type Ink = Role | 'grid' | 'paper' | number;
export type Mark =
  | {
      readonly kind: 'path';
      readonly d: string;
      readonly stroke?: Ink;
      readonly fill?: Ink;
      readonly width?: number;
      readonly dash?: Dash;
    }
  | {
      readonly kind: 'dot';
      readonly x: number;
      readonly y: number;
      readonly r: number;
      readonly ink: Ink;
      readonly open: boolean;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly ink: Ink;
      readonly size: number;
      readonly strong?: boolean;
      readonly anchor: 'start' | 'middle' | 'end';
    };

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Places {
  readonly box: Box;
  readonly toX: Scale;
  readonly toY: Scale;
}

export const placesOf = ({ x, y }: Panel, box: Box): Places => ({
  box,
  toX: scaleOf(x, box.x, box.x + box.width),
  toY: scaleOf(y, box.y + box.height, box.y),
});

/** A hundredth of a unit is not seen. */
export const round = (n: number): number => Math.round(100 * n) / 100;

/** Points nearer than this to the last one drawn are left out. */
const NEAR = 0.6;

export function marksOf(layer: Layer, places: Places, em: number): Mark[] {
  const { box, toX, toY } = places;
  switch (layer.kind) {
    case 'line': {
      const d = pathOf(layer, places);
      const halo: Mark[] = layer.halo ? [{ kind: 'path', d, stroke: 'paper', width: 5 }] : [];
      const width = layer.silent ? 1 : 2;
      return [...halo, { kind: 'path', d, stroke: layer.role, width, ...(layer.dash && { dash: layer.dash }) }];
    }
    case 'points': {
      const r = em * (layer.small ? 0.17 : 0.29);
      const at = Array.from(layer.x, (x, i) => ({ x: toX(x), y: toY(layer.y[i]!) })).filter(
        ({ x, y }) => Number.isFinite(x) && Number.isFinite(y),
      );
      const dots = (ink: Ink, by: number, open: boolean): Mark[] =>
        at.map(({ x, y }) => ({ kind: 'dot', x, y, r: r + by, ink, open }));
      return [...(layer.halo ? dots('paper', 1.5, false) : []), ...dots(layer.role, 0, layer.open ?? false)];
    }
    case 'bars':
      return [barsOf(layer, places)];
    case 'bands':
      return bandsOf(layer, places);
    case 'rule': {
      const at = layer.along === 'x' ? toX(layer.at) : toY(layer.at);
      const d =
        layer.along === 'x'
          ? `M${round(at)} ${round(box.y)}V${round(box.y + box.height)}`
          : `M${round(box.x)} ${round(at)}H${round(box.x + box.width)}`;
      const text =
        layer.along === 'x'
          ? { x: at + em * 0.3, y: box.y + em * 0.8, anchor: 'start' as const }
          : { x: box.x + box.width - em * 0.3, y: at - em * 0.3, anchor: 'end' as const };
      return [
        { kind: 'path', d, stroke: layer.role, width: 1, dash: 'dashed' },
        ...(layer.label ? [{ kind: 'text' as const, ...text, text: layer.label, ink: layer.role, size: 0.85 }] : []),
      ];
    }
    case 'span': {
      const [a, b] = [layer.from, layer.to].map(layer.along === 'x' ? toX : toY);
      const edge = layer.along === 'x' ? box.y + box.height : box.x;
      const held = (v: number): number =>
        layer.along === 'x' ? Math.min(box.x + box.width, Math.max(box.x, v)) : Math.min(box.y + box.height, Math.max(box.y, v));
      const [from, to] = [held(a!), held(b!)];
      const d =
        layer.along === 'x' ? `M${round(from)} ${round(edge)}H${round(to)}` : `M${round(edge)} ${round(from)}V${round(to)}`;
      const ends = [
        { at: a!, open: layer.open[0] },
        { at: b!, open: layer.open[1] },
      ].filter(({ at }) => at === held(at));
      return [
        { kind: 'path', d, stroke: layer.role, width: 4 },
        ...ends.map(({ at, open }): Mark => {
          const place = layer.along === 'x' ? { x: at, y: edge } : { x: edge, y: at };
          return { kind: 'dot', ...place, r: em * 0.29, ink: layer.role, open };
        }),
      ];
    }
  }
}

function pathOf({ x, y }: Line, { toX, toY }: Places): string {
  let d = '';
  let [lastX, lastY] = [Number.NaN, Number.NaN];
  let skipped = '';
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [toX(x[i]!), toY(y[i]!)];
    if (!Number.isFinite(px) || !Number.isFinite(py)) {
      d += skipped;
      skipped = '';
      [lastX, lastY] = [Number.NaN, Number.NaN];
      continue;
    }
    const point = `${round(px)} ${round(py)}`;
    if (Number.isNaN(lastX)) d += `M${point}`;
    else if (Math.abs(px - lastX) < NEAR && Math.abs(py - lastY) < NEAR) {
      // The last point of a line is always drawn.
      skipped = `L${point}`;
      continue;
    } else d += `L${point}`;
    skipped = '';
    [lastX, lastY] = [px, py];
  }
  return d + skipped;
}

/** Outlined bars that are narrow share one outline. */
const NARROW = 5;

function barsOf({ edges, heights, role, outlined }: Bars, { box, toX, toY }: Places): Mark {
  const floor = box.y + box.height;
  const wide = heights.length > 0 ? toX(edges[1]!) - toX(edges[0]!) : 0;
  const joined = outlined === true && wide < NARROW;
  const gap = wide > 4 && !joined ? 0.5 : 0;
  const top = (height: number): number => (height > 0 ? Math.min(toY(height), floor - 0.5) : floor);
  let d = '';
  for (let i = 0; i < heights.length; i++) {
    const [left, right] = [toX(edges[i]!) + gap, toX(edges[i + 1]!) - gap];
    const y = round(top(heights[i]!));
    if (joined) d += `${d === '' ? `M${round(left)} ${round(floor)}` : ''}V${y}H${round(right)}`;
    else if (heights[i]! > 0) d += `M${round(left)} ${round(floor)}V${y}H${round(right)}V${round(floor)}${outlined ? '' : 'Z'}`;
  }
  return outlined ? { kind: 'path', d, stroke: role, width: 1.5 } : { kind: 'path', d, fill: role };
}

/** Lower areas lie under higher ones; thin lines part them. */
function bandsOf({ levels, rings }: Bands, { box, toX, toY }: Places): Mark[] {
  const ground: Mark = { kind: 'path', d: rectangle(box), fill: 0 };
  const areas = rings.map((level, k): Mark => {
    const d = level.map((ring) => ringOf(ring, toX, toY)).join('');
    return { kind: 'path', d, fill: (k + 1) / Math.max(1, levels.length), stroke: 'paper', width: 0.5 };
  });
  return [ground, ...areas];
}

export const rectangle = ({ x, y, width, height }: Box): string =>
  `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}Z`;

function ringOf(ring: ArrayLike<number>, toX: Scale, toY: Scale): string {
  let d = '';
  let [lastX, lastY] = [Number.NaN, Number.NaN];
  for (let i = 0; i < ring.length; i += 2) {
    const [x, y] = [toX(ring[i]!), toY(ring[i + 1]!)];
    if (d !== '' && Math.abs(x - lastX) < 2 * NEAR && Math.abs(y - lastY) < 2 * NEAR) continue;
    d += `${d === '' ? 'M' : 'L'}${round(x)} ${round(y)}`;
    [lastX, lastY] = [x, y];
  }
  return `${d}Z`;
}
