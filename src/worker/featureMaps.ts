// The channels of one node, each as a small picture with its histogram: what a layer found where.

import type { InputRange } from '../core/op';
import type { Values } from '../core/tensor';
import type { Breath } from '../image/breath';
import { colourMap } from '../image/colourMap';
import { factorFor } from '../image/draw';
import { ends, type Stats, typicalLimit } from '../image/stats';
import type { FeatureMap, MapsAsked, Node } from './api';
import type { Chain } from './chain';
import type { OpenPicture } from './openPicture';
import type { Workshop } from './workshop';

type Pixels = { readonly shape: readonly number[]; readonly data: Float32Array };

/** Of the histogram of one map. */
export const BINS = 48;
const PIECE = 1 << 18;
/** Where negative values carry more than this of the magnitude, colours part at zero. */
const NEGATIVE_SHARE = 0.1;

/** The values at the two ends of a scale. */
interface Scale {
  readonly low: number;
  readonly high: number;
}

/** What is drawn: a tensor with its statistics. */
interface Drawn {
  readonly x: Pixels;
  readonly stats: Stats;
}

/** Whether colours part at zero for these values. */
function parted({ channels }: Stats): boolean {
  const total = channels.reduce((sum, { magnitude }) => sum + magnitude, 0);
  return channels.reduce((sum, { negative }) => sum + negative, 0) > NEGATIVE_SHARE * total;
}

/** The ends of the scale of some channels: ± the largest typical |v| where colours part at zero, else from the least (at most 0) to the largest. */
function scaleOf({ x, stats }: Drawn, channels: readonly number[], diverging: boolean): Scale {
  const limit = typicalLimit(x, stats, channels);
  if (diverging) return { low: -limit, high: limit };
  const { low, high } = ends(stats, channels);
  return { low: Math.min(0, low), high: Math.min(high, limit) };
}

/** The scale that holds all of some. */
const joined = (scales: readonly Scale[]): Scale => ({
  low: Math.min(...scales.map(({ low }) => low)),
  high: Math.max(...scales.map(({ high }) => high)),
});

/** Where maps are taken from, and what draws them. */
export interface Source {
  readonly picture: OpenPicture;
  readonly chain: Chain;
  readonly range: InputRange;
  readonly workshop: Workshop;
  readonly breath: Breath;
}

/** Draws every channel of the first item of a node, in order, and tells of each as soon as it is drawn. */
export async function mapsOf(node: Node, asked: MapsAsked, source: Source, report: (map: FeatureMap) => void): Promise<void> {
  const { chain, workshop, breath } = source;
  await during(node, source, async (drawn) => {
    const { x, stats } = drawn;
    const diverging = asked.colours === 'auto' ? parted(stats) : asked.colours === 'diverging';
    const shared =
      asked.scope === 'map' ? null : await scaleOver(asked.scope === 'step' ? [node] : chain.nodes(), source, diverging);
    const [, channels = 1, height = 1, width = 1] = x.shape;
    const colours = colourMap(diverging ? asked.diverging : asked.sequential);
    const factor = factorFor(width, height, asked.pixels);
    for (let channel = 0; channel < channels; channel++) {
      const { low, high } = shared ?? scaleOf(drawn, [channel], diverging);
      // `symmetric` reads colours from the map, whatever the values at its ends.
      const paint = { mapping: 'symmetric', channels: [channel], low, high } as const;
      const thumbnail = await workshop.drawn(x, paint, colours, factor, breath, (bytes) => new ArrayBuffer(bytes));
      const plane = height * width;
      const { histogram, energy, zeros } = await countedIn(x, channel * plane, plane, { low, high }, breath);
      const { min, max } = stats.channels[channel]!;
      report({ channel, thumbnail, min, max, low, high, diverging, energy, zeros, histogram });
    }
  });
}

/** Works on the values of a node, and on those of a picture as they enter. */
async function during(node: Node, source: Source, work: (drawn: Drawn) => Promise<void>): Promise<void> {
  const { picture, chain, range, workshop, breath } = source;
  if (chain.isInput(node)) {
    const entered = async (x: Pixels) => work({ x, stats: await workshop.stats(x, breath) });
    return picture.entering(picture.tensor, range, breath, entered);
  }
  const result = chain.at(node);
  if (!result) throw new Error('A finished result is expected, received none yet.');
  return result.values.during(async (x) => work({ x, stats: await result.stats(breath) }));
}

async function scaleOver(nodes: readonly Node[], source: Source, diverging: boolean): Promise<Scale> {
  const scales: Scale[] = [];
  for (const node of nodes) {
    await during(node, source, async (drawn) => {
      scales.push(scaleOf(drawn, [...drawn.stats.channels.keys()], diverging));
    });
  }
  return joined(scales);
}

interface Counts {
  readonly histogram: Uint32Array<ArrayBuffer>;
  /** Mean of v². */
  readonly energy: number;
  /** Share of the values that are 0. */
  readonly zeros: number;
}

/** One pass over a plane; values beyond the ends count in the outermost bins, those that are no numbers nowhere. */
async function countedIn({ data }: Pixels, from: number, count: number, { low, high }: Scale, breath: Breath): Promise<Counts> {
  const histogram = new Uint32Array(BINS);
  const sums = { squares: 0, zeros: 0 };
  for (let at = from; at < from + count; at += PIECE) {
    add(data, at, Math.min(at + PIECE, from + count), low, high > low ? BINS / (high - low) : 0, histogram, sums);
    if (breath.due()) await breath.rest();
  }
  return { histogram, energy: count > 0 ? sums.squares / count : 0, zeros: count > 0 ? sums.zeros / count : 0 };
}

/** A loop of its own: engines compile it better than one inside an async function. */
function add(
  data: Values,
  from: number,
  to: number,
  low: number,
  scale: number,
  histogram: Uint32Array,
  sums: { squares: number; zeros: number },
): void {
  let { squares, zeros } = sums;
  for (let i = from; i < to; i++) {
    const v = data[i]!;
    if (v - v !== 0) continue;
    squares += v * v;
    if (v === 0) zeros += 1;
    histogram[Math.min(BINS - 1, Math.max(0, Math.floor((v - low) * scale)))]! += 1;
  }
  sums.squares = squares;
  sums.zeros = zeros;
}
