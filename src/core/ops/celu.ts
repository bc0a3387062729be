import { activation, infinity } from '../activation';

export const celu = activation({
  name: 'celu',
  title: 'CELU',
  summary: 'An ELU whose slope is 1 on both sides of 0, whatever its α.',
  formula: String.raw`y = \max(x, 0) + \min\!\left(0, \alpha\,(e^{x / \alpha} - 1)\right)`,
  params: {
    alpha: {
      kind: 'real',
      title: 'Alpha',
      help: 'How far below 0 the curve settles, and how slowly.',
      default: 1,
      min: 0.001,
      max: 100,
      step: 0.05,
      slider: [0.05, 4],
    },
  },
  value: (p) => (x) => (x > 0 ? x : p.alpha * Math.expm1(x / p.alpha)),
  slope: (p) => (x) => (x <= 0 ? Math.exp(x / p.alpha) : 1),
  range: (p) => ['(', -p.alpha, infinity, ')'],
  macs: 1,
  torch: (p) => `F.celu(x, alpha=${p.alpha})`,
  onnx: (p) => `Celu(alpha=${p.alpha})`,
  traps: ['It divides by α inside the exponential, which ELU does not.'],
  examples: [
    { title: 'below 0 it settles at −2', params: { alpha: 2 }, x: [-infinity, 0, 3], y: [-2, 0, 3] },
    { title: 'α steps below 0', params: { alpha: 2 }, x: [-2], y: [-1.2642411176571153] },
  ],
});
