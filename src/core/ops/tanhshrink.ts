import { activation, reals } from '../activation';

export const tanhshrink = activation({
  name: 'tanhshrink',
  title: 'Tanh shrink',
  summary: 'Takes the hyperbolic tangent away from every value: small values nearly vanish.',
  formula: String.raw`y = x - \tanh(x)`,
  params: {},
  value: () => (x) => x - Math.tanh(x),
  slope: () => (x) => Math.tanh(x) ** 2,
  range: () => reals,
  torch: () => 'F.tanhshrink(x)',
  onnx: () => 'Sub(x, Tanh(x))',
  traps: ['Pixels from −1 to 1 come out between −0.24 and 0.24: stretch the display to see them.'],
  examples: [{ title: 'around 0', x: [-1, 0, 1], y: [-0.2384058440442351, 0, 0.2384058440442351] }],
});
