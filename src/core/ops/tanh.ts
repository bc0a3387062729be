import { activation, infinity } from '../activation';

export const tanh = activation({
  name: 'tanh',
  title: 'Tanh',
  summary: 'Squeezes every value into −1 to 1 and keeps its sign.',
  formula: String.raw`y = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}`,
  params: {},
  value: () => Math.tanh,
  slope: () => (x) => {
    const y = Math.tanh(x);
    return 1 - y * y;
  },
  range: () => ['(', -1, 1, ')'],
  torch: () => 'torch.tanh(x)',
  onnx: () => 'Tanh()',
  traps: ['It is a sigmoid stretched to −1 to 1: tanh(x) = 2σ(2x) − 1.'],
  examples: [{ title: 'both ends are reached', x: [-infinity, 0, infinity], y: [-1, 0, 1] }],
});
