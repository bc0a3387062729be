import { activation, reals } from '../activation';

export const softshrink = activation({
  name: 'softshrink',
  title: 'Soft shrink',
  summary: 'Turns values near 0 into 0 and moves all others towards 0 by the same amount.',
  formula: String.raw`y = \operatorname{sign}(x)\,\max(|x| - \lambda, 0)`,
  params: {
    lambd: {
      kind: 'real',
      title: 'Lambda',
      help: 'How near to 0 a value must be to become 0.',
      default: 0.5,
      min: 0,
      max: 1000000,
      step: 0.01,
      slider: [0, 1],
    },
  },
  value: (p) => (x) => (x > p.lambd ? x - p.lambd : x < -p.lambd ? x + p.lambd : x * 0),
  slope: (p) => (x) => (x >= -p.lambd && x <= p.lambd ? 0 : 1),
  range: () => reals,
  kinks: (p) => (p.lambd === 0 ? [0] : [-p.lambd, p.lambd]),
  samples: [-2, 2],
  torch: (p) => `F.softshrink(x, lambd=${p.lambd})`,
  onnx: (p) => `Shrink(lambd=${p.lambd}, bias=${p.lambd})`,
  traps: [
    'The derivatives at ±λ are 0, by convention.',
    'What is called denoising by wavelets is this function on their coefficients.',
  ],
  examples: [{ title: 'around the bounds', x: [-2, -0.5, 0, 0.5, 2], y: [-1.5, 0, 0, 0, 1.5] }],
  starter: { input: 'signed', params: { lambd: 0.25 } },
});
