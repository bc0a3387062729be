import { defineOp } from '../op';
import { pointwise, stretches } from '../pointwise';
import { sizeOf, tensor } from '../tensor';

export const relu = defineOp({
  name: 'relu',
  title: 'ReLU',
  summary: 'Lets positive values through and turns negative ones into 0.',
  formula: String.raw`y = \max(x, 0)`,
  family: 'activation',
  inputs: { x: 'any shape' },
  weights: {},
  params: {},

  infer: ({ x }) => x,

  *forward({ x }, _, y) {
    for (const { from, to, done } of stretches(x.data.length)) {
      for (let i = from; i < to; i++) y.data[i] = Math.max(x.data[i]!, 0);
      yield done;
    }
  },

  differentiable: ['x'],
  backward({ x }, _, dy, { x: dx }) {
    for (let i = 0; i < dy.data.length; i++) if (!(x.data[i]! <= 0)) dx.data[i]! += dy.data[i]!;
  },

  explain: (_, __, output) => pointwise(output),
  cost: ({ x }) => ({ macs: 0, parameters: 0, bytes: 8 * sizeOf(x) }),
  torch: () => 'F.relu(x)',
  onnx: () => 'Relu()',

  traps: ['The derivative at 0 is 0, by convention.', 'NaN stays NaN.'],
  examples: [
    {
      title: 'both sides of the kink',
      inputs: { x: tensor([5], [-2, -0.5, 0, 0.5, 5]) },
      params: {},
      output: tensor([5], [0, 0, 0, 0.5, 5]),
    },
  ],
  starter: { input: 'signed' },
});
