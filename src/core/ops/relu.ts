import { activation, infinity } from '../activation';

export const relu = activation({
  name: 'relu',
  title: 'ReLU',
  summary: 'Lets positive values through and turns negative ones into 0.',
  formula: String.raw`y = \max(x, 0)`,
  params: {},
  value: () => (x) => Math.max(x, 0),
  slope: () => (x) => (x <= 0 ? 0 : 1),
  range: () => ['[', 0, infinity, ')'],
  kinks: () => [0],
  samples: [-2, 2],
  leak: { op: 'leakyRelu', param: 'negativeSlope' },
  torch: () => 'F.relu(x)',
  onnx: () => 'Relu()',
  traps: ['The derivative at 0 is 0, by convention.', 'NaN stays NaN.'],
  examples: [{ title: 'both sides of the kink', x: [-2, -0.5, 0, 0.5, 5], y: [0, 0, 0, 0.5, 5] }],
});
