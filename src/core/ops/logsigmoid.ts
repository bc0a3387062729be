import { activation, infinity, logistic } from '../activation';

export const logsigmoid = activation({
  name: 'logsigmoid',
  title: 'Log-sigmoid',
  summary: 'The logarithm of the sigmoid: near 0 for large values, the value itself for very negative ones.',
  formula: String.raw`y = \ln \frac{1}{1 + e^{-x}}`,
  params: {},
  value: () => (x) => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))),
  slope: () => (x) => logistic(-x),
  range: () => ['(', -infinity, 0, ')'],
  torch: () => 'F.logsigmoid(x)',
  onnx: () => 'Log(Sigmoid(x))',
  traps: ['Written as the logarithm of a sigmoid it would be −∞ from about −745 on; computed at once it stays exact.'],
  examples: [{ title: 'middle and far ends', x: [-800, 0, 800], y: [-800, -Math.LN2, 0] }],
});
