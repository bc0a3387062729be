import { activation, clamp } from '../activation';

export const hardtanh = activation({
  name: 'hardtanh',
  title: 'Hard tanh',
  summary: 'Holds every value between two bounds and leaves the rest alone.',
  formula: String.raw`y = \min(\max(x, a), b)`,
  params: {
    minVal: {
      kind: 'real',
      title: 'Lower bound',
      help: 'Smaller values become this one.',
      default: -1,
      min: -1000000,
      max: 1000000,
      step: 0.05,
      slider: [-2, 0],
    },
    maxVal: {
      kind: 'real',
      title: 'Upper bound',
      help: 'Larger values become this one.',
      default: 1,
      min: -1000000,
      max: 1000000,
      step: 0.05,
      slider: [0, 2],
    },
  },
  check({ minVal, maxVal }) {
    if (minVal > maxVal)
      throw new RangeError(`hardtanh: expected a lower bound of at most the upper one, received ${minVal} and ${maxVal}`);
  },
  value: (p) => (x) => clamp(x, p.minVal, p.maxVal),
  slope: (p) => (x) => (x <= p.minVal || x >= p.maxVal ? 0 : 1),
  range: (p) => ['[', p.minVal, p.maxVal, ']'],
  kinks: (p) => (p.minVal === p.maxVal ? [] : [p.minVal, p.maxVal]),
  samples: [-2, 2],
  torch: (p) => `F.hardtanh(x, min_val=${p.minVal}, max_val=${p.maxVal})`,
  onnx: (p) => `Clip(min=${p.minVal}, max=${p.maxVal})`,
  traps: ['The derivatives at both bounds are 0, by convention; torch.clamp, which computes the same values, takes 1.'],
  examples: [{ title: 'both bounds', params: { minVal: -2, maxVal: 0.5 }, x: [-3, -2, 0, 0.5, 1], y: [-2, -2, 0, 0.5, 0.5] }],
  starter: { input: 'signed', params: { minVal: -0.5, maxVal: 0.5 } },
});
