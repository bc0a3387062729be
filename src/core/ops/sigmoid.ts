import { activation, infinity, logistic } from '../activation';

export const sigmoid = activation({
  name: 'sigmoid',
  title: 'Sigmoid',
  summary: 'Squeezes every value into 0 to 1, steepest around 0.',
  formula: String.raw`y = \frac{1}{1 + e^{-x}}`,
  params: {},
  value: () => logistic,
  slope: () => (x) => {
    const y = logistic(x);
    return (1 - y) * y;
  },
  range: () => ['(', 0, 1, ')'],
  samples: [-5, 5],
  torch: () => 'torch.sigmoid(x)',
  onnx: () => 'Sigmoid()',
  traps: ['The slope is at most 1/4, so a gradient that passes through many sigmoids vanishes.'],
  examples: [{ title: 'zero is a half, and both ends are reached', x: [-infinity, 0, infinity], y: [0, 0.5, 1] }],
});
