import { activation, infinity } from '../activation';

export const elu = activation({
  name: 'elu',
  title: 'ELU',
  summary: 'Lets positive values through and bends negative ones towards −α.',
  formula: String.raw`y = \begin{cases} x & x > 0 \\ \alpha\,(e^{x} - 1) & x \le 0 \end{cases}`,
  params: {
    alpha: {
      kind: 'real',
      title: 'Alpha',
      help: 'How far below 0 the curve settles.',
      default: 1,
      min: -100,
      max: 100,
      step: 0.05,
      slider: [0, 4],
    },
  },
  value: (p) => (x) => (x > 0 ? x : p.alpha * Math.expm1(x)),
  slope: (p) => (x) => (x <= 0 ? p.alpha * Math.exp(x) : 1),
  range: (p) => (p.alpha > 0 ? ['(', -p.alpha, infinity, ')'] : ['[', 0, infinity, ')']),
  kinks: (p) => (p.alpha === 1 ? [] : [0]),
  macs: 1,
  torch: (p) => `F.elu(x, alpha=${p.alpha})`,
  onnx: (p) => `Elu(alpha=${p.alpha})`,
  traps: ['The derivative at 0 is α, by convention: the curve has a kink there unless α is 1.'],
  examples: [
    { title: 'below 0 it settles at −2', params: { alpha: 2 }, x: [-infinity, 0, 3], y: [-2, 0, 3] },
    { title: 'one step below 0', x: [-1], y: [-0.6321205588285577] },
  ],
});
