import { activation, infinity } from '../activation';

const lambda = 1.0507009873554805;
const alpha = 1.6732632423543772;

export const selu = activation({
  name: 'selu',
  title: 'SELU',
  summary: 'An ELU with two fixed numbers that keep mean 0 and variance 1 through deep stacks of layers.',
  formula: String.raw`y = \lambda \begin{cases} x & x > 0 \\ \alpha\,(e^{x} - 1) & x \le 0 \end{cases}`,
  params: {},
  value: () => (x) => (x > 0 ? lambda * x : lambda * alpha * Math.expm1(x)),
  slope: () => (x) => (x <= 0 ? lambda * alpha * Math.exp(x) : lambda),
  range: () => ['(', -lambda * alpha, infinity, ')'],
  kinks: () => [0],
  macs: 1,
  torch: () => 'F.selu(x)',
  onnx: () => 'Selu()',
  traps: [
    'The derivative at 0 is λα ≈ 1.7581, that of the left side, by convention.',
    'ONNX rounds its two numbers to float32: 1.6732631921768188 and 1.0507010221481323.',
  ],
  examples: [{ title: 'the two numbers', x: [-infinity, 0, 1], y: [-lambda * alpha, 0, lambda] }],
});
