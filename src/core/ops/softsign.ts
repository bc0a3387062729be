import { activation } from '../activation';

export const softsign = activation({
  name: 'softsign',
  title: 'Softsign',
  summary: 'Squeezes every value into −1 to 1, slower than a tanh.',
  formula: String.raw`y = \frac{x}{1 + |x|}`,
  params: {},
  value: () => (x) => x / (1 + Math.abs(x)),
  slope: () => (x) => {
    const size = 1 + Math.abs(x);
    return 1 / (size * size);
  },
  range: () => ['(', -1, 1, ')'],
  macs: 1,
  torch: () => 'F.softsign(x)',
  onnx: () => 'Softsign()',
  traps: ['At ±∞ the result is NaN, as in PyTorch: ∞ divided by ∞.'],
  examples: [{ title: 'halves and quarters', x: [-3, -1, 0, 1, 3], y: [-0.75, -0.5, 0, 0.5, 0.75] }],
});
