import { activation, infinity, logistic } from '../activation';

export const silu = activation({
  name: 'silu',
  title: 'SiLU (Swish)',
  summary: 'Multiplies every value by its own sigmoid: a ReLU with a soft bend that dips below 0.',
  formula: String.raw`y = \frac{x}{1 + e^{-x}}`,
  params: {},
  value: () => (x) => x / (1 + Math.exp(-x)),
  slope: () => (x) => {
    const s = logistic(x);
    return s * (s === 1 ? 1 : 1 + x * (1 - s));
  },
  range: () => ['[', -0.2784645427610738, infinity, ')'],
  macs: 1,
  torch: () => 'F.silu(x)',
  onnx: () => 'Swish(alpha=1)',
  traps: [
    'Its lowest value is −0.278, at −1.278: between there and −∞ it falls, so it is not monotonic.',
    'At −∞ the result is NaN, as in PyTorch.',
  ],
  examples: [{ title: 'around 0', x: [-1, 0, 1], y: [-0.2689414213699951, 0, 0.7310585786300049] }],
});
