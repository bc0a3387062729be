// Numbers about a figure that has run: what lessons show, ask for and check.

import { coverageOf } from '../coverage';
import type { Scene, Step } from '../scene';
import { type Shape, sizeOf } from '../tensor';

/** Counts and moments of one channel. */
export interface ChannelTally {
  readonly count: number;
  readonly zeros: number;
  readonly negative: number;
  /** Values within a hundredth of 0 or of 1, or beyond. */
  readonly ends: number;
  readonly mean: number;
  readonly deviation: number;
  readonly min: number;
  readonly max: number;
}

/** What is known of a figure once it has run. */
export interface Taken {
  readonly scene: Scene;
  /** Of the picture, then of what every step makes. */
  readonly shapes: readonly Shape[];
  /** Of the picture as it enters, and of what the last step makes. */
  readonly input: readonly ChannelTally[];
  readonly output: readonly ChannelTally[];
  /** Mean size of the gradient of the sum of all outputs, at the node that a lesson follows it back to; null where it follows none. */
  readonly passed: number | null;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, v) => total + v, 0);
const mean = (numbers: readonly number[]): number => (numbers.length ? sum(numbers) / numbers.length : 0);
const share = (channels: readonly ChannelTally[], of: 'zeros' | 'negative' | 'ends'): number =>
  sum(channels.map((channel) => channel[of])) / Math.max(1, sum(channels.map(({ count }) => count)));

/** A channel that answers with 0 everywhere, or with less. */
const isDead = ({ max }: ChannelTally): boolean => max <= 0;

export const firstStep = ({ scene }: Pick<Taken, 'scene'>): Step | undefined => scene.steps[0];
const widthOf = (shape: Shape | undefined): number => shape?.[3] ?? 0;
export const widths = ({ shapes }: Pick<Taken, 'shapes'>): { readonly input: number; readonly output: number } => ({
  input: widthOf(shapes[0]),
  output: widthOf(shapes.at(-1)),
});

/** How often the first step reads the pixels of the picture, and how many of its taps lie under a value of the result; both along the width. */
const covered = ({ scene, shapes: [x] }: Pick<Taken, 'scene' | 'shapes'>) => {
  const [step] = scene.steps;
  return step && x ? coverageOf(step, x).width : null;
};

/** How many values lie behind the border of the result, where every count is the usual one. */
const inner = (feeds: Int32Array): Int32Array => {
  const border = Math.min(16, Math.floor(feeds.length / 4));
  return feeds.subarray(border, feeds.length - border);
};

export const facts = {
  zeros: ({ output }) => share(output, 'zeros'),
  negative: ({ output }) => share(output, 'negative'),
  ends: ({ output }) => share(output, 'ends'),
  mean: ({ output }) => mean(output.map((channel) => channel.mean)),
  deviation: ({ output }) => mean(output.map(({ deviation }) => deviation)),
  brighter: ({ input, output }) => mean(output.map((channel) => channel.mean)) / mean(input.map((channel) => channel.mean)),
  channels: ({ output }) => output.length,
  dead: ({ output }) => output.filter(isDead).length,
  passed: ({ passed }) => passed ?? 0,
  width: (taken) => widths(taken).output,
  pixels: ({ shapes }) => sizeOf((shapes.at(-1) ?? []).slice(2)) / Math.max(1, sizeOf((shapes[0] ?? []).slice(2))),
  values: ({ shapes }) => sizeOf(shapes.at(-1) ?? []) / Math.max(1, sizeOf(shapes[0] ?? [])),
  /** The most often that a pixel of a row is read. */
  mostReads: (taken) => Math.max(0, ...(covered(taken)?.reads ?? [])),
  unread: (taken) => covered(taken)?.unread.length ?? 0,
  /** How many stamps lie on one another: fewest and most, away from the border. Over the plane they multiply. */
  fewestStamps: (taken) => Math.min(...inner(covered(taken)?.feeds ?? new Int32Array(1))) ** 2,
  mostStamps: (taken) => Math.max(...inner(covered(taken)?.feeds ?? new Int32Array(1))) ** 2,
} as const satisfies Readonly<Record<string, (taken: Taken) => number>>;
export type FactName = keyof typeof facts;

/** How a fact is written. */
export const factForms: { readonly [K in FactName]: 'percent' | 'number' | 'tiny' | 'pixels' } = {
  zeros: 'percent',
  negative: 'percent',
  ends: 'percent',
  mean: 'number',
  deviation: 'number',
  brighter: 'percent',
  channels: 'pixels',
  dead: 'pixels',
  passed: 'tiny',
  width: 'pixels',
  pixels: 'number',
  values: 'percent',
  mostReads: 'pixels',
  unread: 'pixels',
  fewestStamps: 'pixels',
  mostStamps: 'pixels',
};
