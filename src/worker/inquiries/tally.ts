import type { ChannelTally } from '../../core/lessons/facts';
import { backward, forwardSteps, layersOf } from '../../core/sequential';
import type { Tensor } from '../../core/tensor';
import type { Breath } from '../../image/breath';
import type { Node } from '../api';
import type { Inquiry, InquiryDesk } from '.';

export interface TallyAsked {
  readonly nodes: readonly Node[];
  /** How much of the gradient of the sum of all outputs comes back to this node is worked out, too. */
  readonly backTo?: Node;
}
export interface Tallied {
  /** Of each node that was asked for, its channels. */
  readonly nodes: readonly (readonly ChannelTally[])[];
  readonly passed: number | null;
}

const PIECE = 1 << 18;

/** Counts and moments of every channel of some nodes, and how much of a gradient comes through. */
export const tally: Inquiry<'tally'> = async ({ nodes, backTo }, desk) => {
  const found: (readonly ChannelTally[])[] = [];
  for (const node of nodes) found.push(await desk.during(node, (x) => channelsOf(x, desk.breath)));
  return { nodes: found, passed: backTo === undefined ? null : await passedTo(backTo, desk) };
};

async function channelsOf(x: Tensor<Float32Array>, breath: Breath): Promise<ChannelTally[]> {
  const [, channels = 1, height = 1, width = 1] = x.shape;
  const count = height * width;
  const found: ChannelTally[] = [];
  for (let channel = 0; channel < channels; channel++) {
    const [from, to] = [channel * count, (channel + 1) * count];
    const sums = { zeros: 0, negative: 0, ends: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
    for (let at = from; at < to; at += PIECE) {
      add(x.data, at, Math.min(at + PIECE, to), sums);
      if (breath.due()) await breath.rest();
    }
    const { sum, ...counts } = sums;
    const mean = sum / count;
    let squares = 0;
    for (let at = from; at < to; at += PIECE) {
      squares += squaresIn(x.data, at, Math.min(at + PIECE, to), mean);
      if (breath.due()) await breath.rest();
    }
    found.push({ ...counts, count, mean, deviation: Math.sqrt(squares / count) });
  }
  return found;
}

type Sums = Record<'zeros' | 'negative' | 'ends' | 'sum' | 'min' | 'max', number>;

function add(data: Float32Array, from: number, to: number, sums: Sums): void {
  let { zeros, negative, ends, sum, min, max } = sums;
  for (let at = from; at < to; at++) {
    const v = data[at]!;
    if (v === 0) zeros += 1;
    if (v < 0) negative += 1;
    if (v <= 0.01 || v >= 0.99) ends += 1;
    sum += v;
    min = Math.min(min, v);
    max = Math.max(max, v);
  }
  Object.assign(sums, { zeros, negative, ends, sum, min, max });
}

function squaresIn(data: Float32Array, from: number, to: number, mean: number): number {
  let squares = 0;
  for (let at = from; at < to; at++) squares += (data[at]! - mean) ** 2;
  return squares;
}

/** Forwards and back again in float64, from the values that the node has. */
async function passedTo(node: Node, { scene, breath, during }: InquiryDesk): Promise<number> {
  const x = await during(node, async ({ shape, data }) => ({ shape, data: Float64Array.from(data) }));
  const layers = layersOf({ ...scene, steps: scene.steps.slice(node + 1) }, x.shape);
  const forward = forwardSteps(layers, x, { keep: true });
  for (;;) {
    const step = forward.next();
    if (step.done) {
      const { x: gradient } = backward(step.value, {
        of: 'loss',
        gradient: ({ shape, data }) => ({ shape, data: new Float64Array(data.length).fill(1) }),
      });
      let sum = 0;
      for (const v of gradient.data) sum += Math.abs(v);
      return sum / gradient.data.length;
    }
    if (breath.due()) await breath.rest();
  }
}
