// Gradients of a chain from one number behind it, step by step back to the picture: what a page tells and draws of them.

import { shapesIn } from '../../core/layers';
import type { Explanation } from '../../core/op';
import { type Shape, sizeOf, type Tensor } from '../../core/tensor';
import { gathered, numbersOf, trainable, weightValue } from '../../core/training';
import { colourMap } from '../../image/colourMap';
import { paintFor } from '../../image/display';
import { type Drawing, factorFor } from '../../image/draw';
import type { Node } from '../api';
import type { Inquiry, InquiryDesk } from '.';
import type { Ground } from './gradientsGround';
import { type From, type Pass, passFrom, sentBack } from './gradientsPass';

export interface GradientsAsked {
  readonly from: From;
  readonly diverging: readonly string[];
  readonly sequential: readonly string[];
  /** The most pixels of a drawing, and of that of dL/dx. */
  readonly pixels: number;
  readonly largePixels: number;
}

/** How some values are spread. */
export interface Spread {
  /** The root of the sum of squares. */
  readonly norm: number;
  /** The largest |v|. */
  readonly largest: number;
  /** Share of values that are 0. */
  readonly zeros: number;
  /** How many are NaN or infinite. */
  readonly odd: number;
}
/** A tensor in small. */
export interface Picture {
  readonly drawing: Drawing;
  /** The values at the two ends of its colours. */
  readonly low: number;
  readonly high: number;
  /** Which channel is drawn; `all`: red, green and blue, or their mean where colours part at zero. */
  readonly channel: 'all' | number;
}
/** A value of the chain on the ground: −1 the picture, k what step k made. */
export interface NodeGradient {
  readonly node: Node;
  readonly shape: Shape;
  readonly values: Picture;
  readonly gradient: Picture & Spread;
}
export interface WeightGradient {
  readonly name: string;
  /** dL/d(number) for the numbers that the step holds, in their order. */
  readonly gradient: Float64Array;
  readonly norm: number;
  /** How many places of the tensor each of them fills. */
  readonly places: number;
}
/** What a step does to the gradient that comes from behind it. */
export interface StepGradient {
  readonly node: Node;
  readonly how: Explanation['how'];
  /** dL/dx has the shape of dL/dy, each from the same place. */
  readonly pointwise: boolean;
  /** Of values that a gradient reaches: the share that nothing of it passes. */
  readonly stopped: number;
  /** The least and the largest of dx/dy, where the step works place by place and dy is not 0. */
  readonly slopes: readonly [number, number] | null;
  /** ‖dL/dx‖ / ‖dL/dy‖. */
  readonly gain: number;
  readonly weights: readonly WeightGradient[];
  /** Of a step that keeps one value of each window: how many windows each input value won. */
  readonly winners: (Picture & { readonly share: number; readonly most: number }) | null;
}
export interface Gradients {
  readonly ground: Ground;
  readonly amount: number;
  /** The picture first. */
  readonly nodes: readonly NodeGradient[];
  /** Steps that are on, in the order of the chain. */
  readonly steps: readonly StepGradient[];
}

const winnerTakesAll: ReadonlySet<Explanation['how']> = new Set(['max', 'min', 'median']);

export const gradients: Inquiry<'gradients'> = async (asked, desk) => {
  const pass = await passFrom(asked.from, desk);
  const nodes: NodeGradient[] = [];
  for (const [i, values] of pass.values.entries()) nodes.push(await nodeOf(pass, i, values, asked, desk));
  const steps: StepGradient[] = [];
  for (const i of pass.layers.keys()) steps.push(await stepOf(pass, i, asked, desk));
  return { ground: pass.ground, amount: pass.amount, nodes, steps };
};

async function nodeOf(pass: Pass, i: number, values: Tensor, asked: GradientsAsked, desk: InquiryDesk): Promise<NodeGradient> {
  const gradient = pass.nodes[i]!;
  const pixels = i === 0 ? asked.largePixels : asked.pixels;
  const channel = channelDrawn(gradient);
  return {
    node: i === 0 ? -1 : pass.on[i - 1]!,
    shape: values.shape,
    values: await pictureOf(values, 'auto', channel, asked.diverging, asked.pixels, desk),
    gradient: { ...(await pictureOf(gradient, 'symmetric', channel, asked.diverging, pixels, desk)), ...spreadOf(gradient.data) },
  };
}

async function stepOf(pass: Pass, i: number, asked: GradientsAsked, desk: InquiryDesk): Promise<StepGradient> {
  const { op, params, weights } = pass.layers[i]!;
  const [x, dy, dx] = [pass.values[i]!, pass.nodes[i + 1]!, pass.nodes[i]!];
  const inputs = { ...weights, x };
  const { how } = op.explain(params, shapesIn(inputs), 0, inputs);
  const pointwise = how === 'map' && !op.reach && sizeOf(dx.shape) === sizeOf(dy.shape);
  const step = pass.scene.steps[pass.on[i]!]!;
  const took = through(dx, dy, pointwise);
  return {
    node: pass.on[i]!,
    how,
    pointwise,
    ...took,
    weights: trainable(op).flatMap((name) => {
      const gradient = pass.steps[i]?.[name];
      if (!gradient) return [];
      const { length } = numbersOf(weightValue(op, step, name));
      const { data } = gathered(length, gradient);
      return [{ name, gradient: data, norm: spreadOf(data).norm, places: gradient.data.length / length }];
    }),
    winners: winnerTakesAll.has(how) ? await winnersOf(pass, i, asked, desk) : null,
  };
}

/** How many windows each input value won: what goes back where every output sends 1. */
async function winnersOf(pass: Pass, i: number, asked: GradientsAsked, desk: InquiryDesk): Promise<StepGradient['winners']> {
  const y = pass.values[i + 1]!;
  const { x: won } = await sentBack(pass, i, { shape: y.shape, data: new Float64Array(y.data.length).fill(1) }, desk);
  if (!won) return null;
  const { largest, zeros } = spreadOf(won.data);
  const picture = await pictureOf(won, 'abs', channelDrawn(pass.nodes[i]!), asked.sequential, asked.pixels, desk);
  return { ...picture, share: 1 - zeros, most: largest };
}

function through(dx: Tensor, dy: Tensor, pointwise: boolean): Pick<StepGradient, 'stopped' | 'slopes' | 'gain'> {
  const [from, to] = [spreadOf(dy.data), spreadOf(dx.data)];
  const gain = from.norm > 0 ? to.norm / from.norm : 0;
  if (!pointwise) return { stopped: to.zeros, slopes: null, gain };
  let [reached, stopped, least, most] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < dy.data.length; at++) {
    const [came, passed] = [dy.data[at]!, dx.data[at]!];
    const slope = passed / came;
    if (came === 0 || Number.isNaN(slope)) continue;
    reached += 1;
    if (passed === 0) stopped += 1;
    least = Math.min(least, slope);
    most = Math.max(most, slope);
  }
  return { stopped: reached > 0 ? stopped / reached : 0, slopes: reached > 0 ? [least + 0, most + 0] : null, gain };
}

function spreadOf(data: ArrayLike<number>): Spread {
  let [squares, largest, zeros, odd] = [0, 0, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const v = data[i]!;
    if (v === 0) zeros += 1;
    if (v - v !== 0) {
      odd += 1;
      continue;
    }
    squares += v * v;
    largest = Math.max(largest, Math.abs(v));
  }
  return { norm: Math.sqrt(squares), largest, zeros: data.length > 0 ? zeros / data.length : 0, odd };
}

/** Of these three channels make one picture, unless one carries almost all; of others it is the one that carries most. */
const MOST_SHARE = 0.95;
function channelDrawn({ shape, data }: Tensor): 'all' | number {
  const [, channels = 1] = shape;
  const plane = sizeOf(shape.slice(2));
  const norms = Array.from({ length: channels }, (_, c) => spreadOf(data.subarray(c * plane, (c + 1) * plane)).norm);
  const largest = Math.max(...norms);
  if (channels === 3 && largest < MOST_SHARE * Math.hypot(...norms)) return 'all';
  return Math.max(0, norms.indexOf(largest));
}

async function pictureOf(
  x: Tensor,
  mapping: 'auto' | 'symmetric' | 'abs',
  channel: 'all' | number,
  stops: readonly string[],
  pixels: number,
  { workshop, breath, scene }: InquiryDesk,
): Promise<Picture> {
  const flat = x.shape.length === 4 ? x.shape : [1, 1, 1, x.data.length];
  const values = { shape: flat, data: Float32Array.from(x.data) };
  const stats = await workshop.stats(values, breath);
  const paint = paintFor(values, stats, { mapping, channel }, scene.input);
  const factor = factorFor(flat[3] ?? 1, flat[2] ?? 1, pixels);
  // `symmetric` reads colours from the map, whatever the values at its ends.
  const painted = mapping === 'abs' ? ({ ...paint, mapping: 'symmetric' } as const) : paint;
  const drawing = await workshop.drawn(values, painted, colourMap(stops), factor, breath, (bytes) => new ArrayBuffer(bytes));
  return { drawing, low: paint.low, high: paint.high, channel };
}
