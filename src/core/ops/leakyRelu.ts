import { activation, infinity, reals } from '../activation';

export const leakyRelu = activation({
  name: 'leakyRelu',
  title: 'Leaky ReLU',
  summary: 'Lets positive values through and shrinks negative ones, so that a unit never goes fully silent.',
  formula: String.raw`y = \max(x, 0) + \alpha \min(x, 0)`,
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
  value: (p) => (x) => (x > 0 ? x : x * p.negativeSlope),
  slope: (p) => (x) => (x > 0 ? 1 : p.negativeSlope),
  range: (p) => (p.negativeSlope > 0 ? reals : ['[', 0, infinity, ')']),
  kinks: () => [0],
  samples: [-2, 2],
  leak: { op: 'leakyRelu', param: 'negativeSlope' },
  macs: 1,
  torch: (p) => `F.leaky_relu(x, negative_slope=${p.negativeSlope})`,
  onnx: (p) => `LeakyRelu(alpha=${p.negativeSlope})`,
  traps: [
    'The derivative at 0 is the negative slope, by convention.',
    'A slope of 0.01 is hard to see on a photograph; 0.3 is not.',
  ],
  examples: [
    { title: 'negative values are shrunk to a tenth', params: { negativeSlope: 0.1 }, x: [-20, -1, 0, 5], y: [-2, -0.1, 0, 5] },
  ],
  starter: { input: 'signed', params: { negativeSlope: 0.3 } },
});
