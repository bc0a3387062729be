import { defineOp } from '../op';
import { pointwise, stretches } from '../pointwise';
import { sizeOf, tensor } from '../tensor';

export const leakyRelu = defineOp({
  name: 'leakyRelu',
  title: 'Leaky ReLU',
  summary: 'Lets positive values through and shrinks negative ones, so that a unit never goes fully silent.',
  formula: String.raw`y = \max(x, 0) + \alpha \min(x, 0)`,
  family: 'activation',
  inputs: { x: 'any shape' },
  weights: {},
  params: {
    negativeSlope: {
      kind: 'real',
      title: 'Negative slope',
      help: 'Factor for negative values; 0 makes it a ReLU, 1 changes nothing.',
      default: 0.01,
      min: -100,
      max: 100,
      step: 0.01,
      slider: [0, 1],
    },
  },

  infer: ({ x }) => x,

  *forward({ x }, { negativeSlope }, y) {
    for (const { from, to, done } of stretches(x.data.length)) {
      for (let i = from; i < to; i++) y.data[i] = x.data[i]! > 0 ? x.data[i]! : x.data[i]! * negativeSlope;
      yield done;
    }
  },

  differentiable: ['x'],
  backward({ x }, { negativeSlope }, dy, { x: dx }) {
    for (let i = 0; i < dy.data.length; i++) dx.data[i]! += x.data[i]! > 0 ? dy.data[i]! : dy.data[i]! * negativeSlope;
  },

  explain: (_, __, output) => pointwise(output),
  cost: ({ x }) => ({ macs: sizeOf(x), parameters: 0, bytes: 8 * sizeOf(x) }),
  torch: ({ negativeSlope }) => `F.leaky_relu(x, negative_slope=${negativeSlope})`,
  onnx: ({ negativeSlope }) => `LeakyRelu(alpha=${negativeSlope})`,

  traps: [
    'The derivative at 0 is the negative slope, by convention.',
    'A slope of 0.01 is hard to see on a photograph; 0.3 is not.',
  ],
  examples: [
    {
      title: 'negative values are shrunk to a tenth',
      inputs: { x: tensor([4], [-20, -1, 0, 5]) },
      params: { negativeSlope: 0.1 },
      output: tensor([4], [-2, -0.1, 0, 5]),
    },
  ],
  starter: { input: 'signed', params: { negativeSlope: 0.3 } },
});
