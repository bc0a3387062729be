// Drawings of results: whole ones for a page, small ones for a chain, and parts of them at full size.

import type { InputRange } from '../core/op';
import type { Tensor } from '../core/tensor';
import type { Breath } from '../image/breath';
import { colourMap } from '../image/colourMap';
import type { Paint } from '../image/display';
import { type Drawing, factorBeside, factorFor, factorSeen, MAX_DRAWN_PIXELS } from '../image/draw';
import type { Area, Cells, Look, Node, Region, StepReport, View } from './api';
import type { OpenPicture } from './openPicture';
import type { Result } from './result';
import type { Workshop } from './workshop';

type Pixels = Tensor<Float32Array>;
/** Of the drawing that stands beside a step. */
const THUMBNAIL_PIXELS = 128 * 96;
/** Of the two views of a run: the memory of a drawing is free as soon as it is a bitmap. */
const MOST_SPARE = 2;
/** Memory of a drawing a little larger serves too, so that a size that changes with a slider needs no new memory each time. */
const MOST_ROOM = 1.5;

/** The tensor of a node, and how to paint it: of a picture that enters, values are 0..1 whatever its range. */
export interface Canvas {
  readonly x: Pixels;
  readonly paint: Paint;
}

export class Drawings {
  private spare: ArrayBuffer[] = [];
  constructor(private readonly workshop: Workshop) {}

  reuse(drawn: ArrayBuffer): void {
    this.spare = [...this.spare, drawn].slice(-MOST_SPARE);
  }
  private readonly room = (bytes: number): ArrayBuffer => {
    const found = this.spare.find(({ byteLength }) => byteLength >= bytes && byteLength <= MOST_ROOM * bytes);
    this.spare = this.spare.filter((buffer) => buffer !== found);
    return found ?? new ArrayBuffer(bytes);
  };

  async view(node: Node, result: Result, look: Look, breath: Breath): Promise<View<Drawing>> {
    const { making, facts, values, shape } = result;
    const { min, max } = await result.stats(breath);
    const paint = await result.paint(look, breath);
    const drawn = await values.during((x) => this.whole(x, paint, look, breath));
    const { mapping, low, high } = paint;
    const { reducedBy, ms, steps } = making;
    const engine = [...new Set(steps.map((step) => step.engine))].join(', ');
    const view = { node, ...drawn, shape, min, max, mapping, low, high, reducedBy, ms, engine, steps };
    return facts.length > 0 ? { ...view, facts } : view;
  }

  /** The picture as it enters: drawn as it is, with the numbers of its range. */
  async input(node: Node, picture: OpenPicture, range: InputRange, look: Look, breath: Breath): Promise<View<Drawing>> {
    return picture.during(async (x) => {
      const { min, max } = await picture.stats(breath);
      const paint = entering(look, x);
      const drawn = await this.whole(x, paint, look, breath);
      const into = (v: number) => (range === 'signed' ? 2 * v - 1 : v);
      const ends = { min: into(min), max: into(max), low: into(0), high: into(1) };
      return { node, ...drawn, shape: x.shape, ...ends, mapping: paint.mapping, reducedBy: 1, ms: 0, engine: '', steps: [] };
    });
  }

  async step(node: Node, result: Result, look: Look, breath: Breath): Promise<StepReport> {
    const { min, max } = await result.stats(breath);
    const whole: Look = { ...look, display: { mapping: 'auto', channel: 'all' } };
    const paint = await result.paint(whole, breath);
    const thumbnail = await result.values.during((x) => this.small(x, paint, whole, breath));
    return { node, thumbnail, shape: result.shape, min, max, ran: result.making.steps.at(-1) ?? null };
  }
  /** Of a step that passes the picture on. */
  async stepOfInput(node: Node, picture: OpenPicture, range: InputRange, look: Look, breath: Breath): Promise<StepReport> {
    return picture.during(async (x) => {
      const { min, max } = await picture.stats(breath);
      const thumbnail = await this.small(x, entering(allChannels(look), x), look, breath);
      const into = (v: number) => (range === 'signed' ? 2 * v - 1 : v);
      return { node, thumbnail, shape: x.shape, min: into(min), max: into(max), ran: null };
    });
  }

  async region({ x, paint }: Canvas, asked: Area, look: Look, factor: number, breath: Breath): Promise<Region | null> {
    const area = cut(asked, x.shape, factor);
    if (!area) return null;
    const part = this.workshop.adopted(cropOf(x, area, paint.channels));
    try {
      const channels = paint.channels.map((_, i) => i);
      const map = colourMap(look.diverging);
      const drawing = await this.workshop.drawn(part, { ...paint, channels }, map, factor, breath, fresh);
      return { area, factor, drawing };
    } finally {
      this.workshop.engines.release(part);
    }
  }

  private async whole(x: Pixels, paint: Paint, look: Look, breath: Breath): Promise<Pick<View<Drawing>, 'drawing' | 'seen'>> {
    const [width, height] = [x.shape[3] ?? 1, x.shape[2] ?? 1];
    const least = factorFor(width, height, MAX_DRAWN_PIXELS);
    const { seen, coarse } = look;
    const factor = seen && coarse ? Math.max(least, factorSeen(width, height, seen)) : least;
    const drawing = await this.drawn(x, paint, look, factor, breath, this.room);
    const beside = coarse ? null : await this.beside(x, paint, look, breath);
    return beside ? { drawing, seen: beside } : { drawing };
  }
  /** What is seen of a tensor whose drawing is much finer. */
  async beside(x: Pixels, paint: Paint, look: Look, breath: Breath): Promise<Drawing | null> {
    const factor = look.seen ? factorBeside(x.shape[3] ?? 1, x.shape[2] ?? 1, look.seen) : null;
    return factor === null ? null : this.drawn(x, paint, look, factor, breath, fresh);
  }
  private small(x: Pixels, paint: Paint, look: Look, breath: Breath): Promise<Drawing> {
    return this.drawn(x, paint, look, factorFor(x.shape[3] ?? 1, x.shape[2] ?? 1, THUMBNAIL_PIXELS), breath, fresh);
  }
  private drawn(
    x: Pixels,
    paint: Paint,
    look: Look,
    factor: number,
    breath: Breath,
    room: (bytes: number) => ArrayBuffer,
  ): Promise<Drawing> {
    return this.workshop.drawn(x, paint, colourMap(look.diverging), factor, breath, room);
  }
}

const fresh = (bytes: number): ArrayBuffer => new ArrayBuffer(bytes);
const allChannels = (look: Look): Look => ({ ...look, display: { ...look.display, channel: 'all' } });

/** How the picture itself is painted: as it is, all of it or one channel. */
export function entering({ display }: Look, { shape }: Tensor): Paint {
  const count = shape[1] ?? 1;
  const one = display.channel !== 'all' && display.channel < count ? display.channel : null;
  const channels = one !== null ? [one] : count === 3 ? [0, 1, 2] : [0];
  return { mapping: 'clamp', channels, low: 0, high: 1 };
}

/** The part of an area that lies on the plane, widened to whole cells of `factor` pixels; null where nothing does. */
export function cut({ left, top, width, height }: Area, shape: readonly number[], factor = 1): Area | null {
  const [, , rows = 1, columns = 1] = shape;
  const along = (from: number, length: number, end: number): readonly [number, number] => {
    const first = Math.max(0, Math.floor(from / factor) * factor);
    return [first, Math.min(end, Math.ceil((from + length) / factor) * factor) - first];
  };
  const [x, w] = along(left, width, columns);
  const [y, h] = along(top, height, rows);
  return w > 0 && h > 0 ? { left: x, top: y, width: w, height: h } : null;
}

/** Channels of an area of the first item, as a tensor of its own. */
export function cropOf({ shape, data }: Pixels, { left, top, width, height }: Area, channels: readonly number[]): Pixels {
  const [, , rows = 1, columns = 1] = shape;
  const part = new Float32Array(channels.length * width * height);
  let to = 0;
  for (const c of channels) {
    for (let row = top; row < top + height; row++, to += width) {
      const from = (c * rows + row) * columns + left;
      part.set(data.subarray(from, from + width), to);
    }
  }
  return { shape: [1, channels.length, height, width], data: part };
}

/** Exact values of an area of all channels. */
export function cellsOf(x: Pixels, asked: Area): Cells | null {
  const area = cut(asked, x.shape);
  if (!area) return null;
  const channels = x.shape[1] ?? 1;
  return { area, channels, values: cropOf(x, area, [...Array(channels).keys()]).data };
}
