// How a batch is drawn: thumbnails, and results at their true size.

import type { Scene } from '../core/scene';
import type { Tensor } from '../core/tensor';
import type { Breath } from '../image/breath';
import { colourMap } from '../image/colourMap';
import { type Paint, paintFor } from '../image/display';
import { type Drawing, factorFor } from '../image/draw';
import type { Look } from './api';
import { encoded } from './encode';
import type { Workshop } from './workshop';

type Pixels = Tensor<Float32Array>;

/** Thumbnails have at most this many pixels. */
const SMALL = 240 * 240;

/** Of the values 0..1 of a picture. */
export const inputPaint: Paint = { mapping: 'clamp', channels: [0, 1, 2], low: 0, high: 1 };

export async function paintOf(
  y: Pixels,
  { input }: Scene,
  { display }: Look,
  workshop: Workshop,
  breath: Breath,
): Promise<Paint> {
  return paintFor(y, await workshop.stats(y, breath), display, input);
}

/** One scale for all items, so that a colour is the same value in each. */
export async function sharedPaint(
  items: readonly Pixels[],
  scene: Scene,
  look: Look,
  workshop: Workshop,
  breath: Breath,
): Promise<Paint> {
  const own: Paint[] = [];
  for (const item of items) own.push(await paintOf(item, scene, look, workshop, breath));
  const among = (mapping: Paint['mapping']) => own.find((one) => one.mapping === mapping)?.mapping;
  const mapping = among('symmetric') ?? among('minmax') ?? own[0]?.mapping ?? 'clamp';
  const alike: Paint[] = [];
  for (const [i, item] of items.entries()) {
    const known = own[i]!;
    const display = { ...look.display, mapping };
    alike.push(known.mapping === mapping ? known : await paintOf(item, scene, { ...look, display }, workshop, breath));
  }
  const channels = alike[0]?.channels ?? [0];
  return { mapping, channels, low: Math.min(...alike.map(({ low }) => low)), high: Math.max(...alike.map(({ high }) => high)) };
}

/** In small. */
export async function drawn(x: Pixels, paint: Paint, look: Look, workshop: Workshop, breath: Breath): Promise<Drawing> {
  const factor = factorFor(x.shape[3] ?? 1, x.shape[2] ?? 1, SMALL);
  return workshop.drawn(x, paint, colourMap(look.diverging), factor, breath, (bytes) => new ArrayBuffer(bytes));
}

export async function pngOf(y: Pixels, paint: Paint, look: Look, workshop: Workshop, breath: Breath): Promise<Blob> {
  return encoded({ x: y, paint, stops: look.diverging }, { format: 'png' }, workshop, breath);
}
