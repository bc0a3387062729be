import { infinity, reals } from '../activation';
import { defineOp } from '../op';
import { stretches } from '../pointwise';
import { type Shape, sizeOf, tensor } from '../tensor';

export const prelu = defineOp({
  name: 'prelu',
  title: 'PReLU',
  summary: 'A leaky ReLU whose slope for negative values is learned, one for each channel.',
  formula: String.raw`y = \max(x, 0) + a_c \min(x, 0)`,
  family: 'activation',
  inputs: { x: 'any shape; channels are the second axis', weight: 'a [1] or [C]' },
  weights: {
    weight: {
      kind: 'perChannel',
      title: 'Slope',
      help: 'Factor for negative values of a channel.',
      default: 0.25,
      min: -100,
      max: 100,
      step: 0.05,
      length: channels,
    },
  },
  params: {},

  infer({ x, weight }) {
    slopeAt(x, weight);
    return x;
  },

  *forward({ x, weight }, _, y) {
    const at = slopeAt(x.shape, weight.shape);
    for (const { from, to, done } of stretches(x.data.length)) {
      for (let i = from; i < to; i++) y.data[i] = x.data[i]! > 0 ? x.data[i]! : x.data[i]! * weight.data[at(i)]!;
      yield done;
    }
  },

  differentiable: ['x', 'weight'],
  backward({ x, weight }, _, dy, { x: dx, weight: dw }) {
    const at = slopeAt(x.shape, weight.shape);
    for (let i = 0; i < dy.data.length; i++) {
      if (x.data[i]! > 0) dx.data[i]! += dy.data[i]!;
      else {
        dx.data[i]! += dy.data[i]! * weight.data[at(i)]!;
        dw.data[at(i)]! += dy.data[i]! * x.data[i]!;
      }
    }
  },

  explain(_, { x, weight }, output, inputs) {
    const slope = slopeAt(x, weight)(output);
    const [at, by] = [inputs?.x.data[output], inputs?.weight.data[slope]];
    const point = at !== undefined &&
      by !== undefined && { point: at > 0 ? { value: at, slope: 1 } : { value: at * by, slope: by } };
    return { how: 'map', terms: [{ x: output, weight: slope }], ...point };
  },
  cost: ({ x, weight }) => ({ macs: sizeOf(x), parameters: sizeOf(weight), bytes: 8 * sizeOf(x) + 4 * sizeOf(weight) }),
  domain: reals,
  range: () => reals,
  kinks: () => [0],
  samples: [-2, 2],
  torch: () => 'F.prelu(x, weight)',
  onnx: () => 'PRelu(slope=weight)',

  traps: [
    'The derivative at 0 is the learned slope, by convention.',
    'In ONNX the slope is broadcast from the last axis, so one for each channel is stored as [C, 1, 1].',
  ],
  examples: [
    {
      title: 'a slope for each channel',
      inputs: { x: tensor([1, 2, 1, 2], [-4, 4, -4, 4]), weight: tensor([2], [0.5, -1]) },
      params: {},
      output: tensor([1, 2, 1, 2], [-2, 4, 4, 4]),
    },
    {
      title: 'one slope for all, and both ends',
      inputs: { x: tensor([3], [-infinity, 0, infinity]), weight: tensor([1], [0.25]) },
      params: {},
      output: tensor([3], [-infinity, 0, infinity]),
    },
  ],
  starter: { input: 'signed' },
});

/** The second axis; a tensor with fewer has one channel. */
function channels(x: Shape): number {
  return x[1] ?? 1;
}

/** Which slope belongs to the value at a flat index. */
function slopeAt(x: Shape, weight: Shape): (index: number) => number {
  const c = channels(x);
  if (weight.length !== 1 || (weight[0] !== 1 && weight[0] !== c))
    throw new RangeError(`prelu: expected one slope, or ${c}, one for each channel, received [${weight.join(', ')}]`);
  if (weight[0] === 1) return () => 0;
  const plane = sizeOf(x.slice(2));
  return (index) => Math.floor(index / plane) % c;
}
