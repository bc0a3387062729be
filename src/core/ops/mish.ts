import { activation, infinity, logistic, softPlus } from '../activation';

export const mish = activation({
  name: 'mish',
  title: 'Mish',
  summary: 'Multiplies every value by the hyperbolic tangent of its softplus: smooth, with a dip below 0.',
  formula: String.raw`y = x \tanh\!\left(\ln(1 + e^{x})\right)`,
  params: {},
  value: () => (x) => x * Math.tanh(softPlus(x)),
  slope: () => (x) => {
    const t = Math.tanh(softPlus(x));
    const bend = 1 - t * t;
    return t + (bend === 0 ? 0 : x * logistic(x) * bend);
  },
  range: () => ['[', -0.3088434130172503, infinity, ')'],
  macs: 1,
  torch: () => 'F.mish(x)',
  onnx: () => 'Mish()',
  traps: ['Its lowest value is −0.309, at −1.192.', 'At −∞ the result is NaN, as in PyTorch.'],
  examples: [{ title: 'around 0', x: [-1, 0, 1], y: [-0.3034014613741089, 0, 0.8650983882673103] }],
});
