import { activation, clamp } from '../activation';

/** In float32, as torch has it in its gradient even of float64. */
const sixth = Math.fround(1 / 6);

export const hardsigmoid = activation({
  name: 'hardsigmoid',
  title: 'Hard sigmoid',
  summary: 'A sigmoid drawn with a ruler: 0 below −3, 1 above 3, a straight line between.',
  formula: String.raw`y = \frac{\min(\max(x + 3, 0), 6)}{6}`,
  params: {},
  value: () => (x) => clamp(x + 3, 0, 6) / 6,
  slope: () => (x) => (x > -3 && x < 3 ? sixth : 0),
  range: () => ['[', 0, 1, ']'],
  kinks: () => [-3, 3],
  macs: 1,
  torch: () => 'F.hardsigmoid(x)',
  onnx: () => 'HardSigmoid(alpha=0.16666666666666666, beta=0.5)',
  traps: [
    'The derivatives at −3 and at 3 are 0, by convention.',
    'ONNX and WebNN default to a slope of 0.2 instead of 1/6: 1 becomes 0.7 there and 0.667 in PyTorch.',
  ],
  examples: [{ title: 'line and ends', x: [-4, -3, 0, 1.5, 3, 4], y: [0, 0, 0.5, 0.75, 1, 1] }],
});
