import { activation, reals } from '../activation';

export const identity = activation({
  name: 'identity',
  title: 'Identity',
  summary: 'Passes every value on unchanged.',
  formula: 'y = x',
  params: {},
  value: () => (x) => x,
  slope: () => () => 1,
  range: () => reals,
  samples: [-2, 2],
  torch: () => 'nn.Identity()(x)',
  onnx: () => 'Identity()',
  traps: ['A network of linear layers with nothing but this between them is one linear layer.'],
  examples: [{ title: 'values pass', x: [-1, 0, 2], y: [-1, 0, 2] }],
  starter: {},
});
