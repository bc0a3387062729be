import { defineOp } from '../op';
import { pointwise, stretches } from '../pointwise';
import { sizeOf, tensor } from '../tensor';

export const sigmoid = defineOp({
  name: 'sigmoid',
  title: 'Sigmoid',
  summary: 'Squeezes every value into 0 to 1, steepest around 0.',
  formula: String.raw`y = \frac{1}{1 + e^{-x}}`,
  family: 'activation',
  inputs: { x: 'any shape' },
  weights: {},
  params: {},

  infer: ({ x }) => x,

  *forward({ x }, _, y) {
    for (const { from, to, done } of stretches(x.data.length)) {
      for (let i = from; i < to; i++) y.data[i] = logistic(x.data[i]!);
      yield done;
    }
  },

  differentiable: ['x'],
  backward({ x }, _, dy, { x: dx }) {
    for (let i = 0; i < dy.data.length; i++) {
      const y = logistic(x.data[i]!);
      dx.data[i]! += dy.data[i]! * (1 - y) * y;
    }
  },

  explain: (_, __, output) => pointwise(output),
  cost: ({ x }) => ({ macs: 0, parameters: 0, bytes: 8 * sizeOf(x) }),
  torch: () => 'torch.sigmoid(x)',
  onnx: () => 'Sigmoid()',

  traps: ['The slope is at most 1/4, so a gradient that passes through many sigmoids vanishes.'],
  examples: [
    {
      title: 'zero is a half, and both ends are reached',
      inputs: { x: tensor([3], [Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY]) },
      params: {},
      output: tensor([3], [0, 0.5, 1]),
    },
  ],
  starter: { input: 'signed' },
});

const logistic = (v: number): number => 1 / (1 + Math.exp(-v));
