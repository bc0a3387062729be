import { activation, infinity } from '../activation';

export const threshold = activation({
  name: 'threshold',
  title: 'Threshold',
  summary: 'Lets values above a threshold through and replaces all others by one number.',
  formula: String.raw`y = \begin{cases} x & x > \theta \\ v & x \le \theta \end{cases}`,
  params: {
    threshold: {
      kind: 'real',
      title: 'Threshold',
      help: 'Values up to this one are replaced.',
      default: 0,
      min: -1000000,
      max: 1000000,
      step: 0.01,
      slider: [-1, 1],
    },
    value: {
      kind: 'real',
      title: 'Value',
      help: 'What stands in the place of replaced values.',
      default: 0,
      min: -1000000,
      max: 1000000,
      step: 0.01,
      slider: [-1, 1],
    },
  },
  value: (p) => (x) => (x <= p.threshold ? p.value : x),
  slope: (p) => (x) => (x <= p.threshold ? 0 : 1),
  range: (p) =>
    p.value > p.threshold
      ? ['(', p.threshold, infinity, ')']
      : p.value === p.threshold
        ? ['[', p.threshold, infinity, ')']
        : ['[', p.value, infinity, ')'],
  kinks: (p) => [p.threshold],
  samples: [-2, 2],
  torch: (p) => `F.threshold(x, threshold=${p.threshold}, value=${p.value})`,
  onnx: (p) =>
    p.value === 0 && p.threshold >= 0
      ? `ThresholdedRelu(alpha=${p.threshold})`
      : `Where(Greater(x, ${p.threshold}), x, ${p.value})`,
  traps: [
    'The derivative at the threshold is 0, by convention.',
    'PyTorch has no default for either number; here both start at 0, which is a ReLU.',
  ],
  examples: [{ title: 'all up to a half become −1', params: { threshold: 0.5, value: -1 }, x: [-3, 0.5, 0.6], y: [-1, -1, 0.6] }],
  starter: { params: { threshold: 0.5 } },
});
