import { activation, reals } from '../activation';

export const hardshrink = activation({
  name: 'hardshrink',
  title: 'Hard shrink',
  summary: 'Turns values near 0 into 0 and leaves all others alone.',
  formula: String.raw`y = \begin{cases} x & |x| > \lambda \\ 0 & |x| \le \lambda \end{cases}`,
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
  value: (p) => (x) => (x >= -p.lambd && x <= p.lambd ? 0 : x),
  slope: (p) => (x) => (x >= -p.lambd && x <= p.lambd ? 0 : 1),
  range: () => reals,
  kinks: (p) => (p.lambd === 0 ? [0] : [-p.lambd, p.lambd]),
  samples: [-2, 2],
  torch: (p) => `F.hardshrink(x, lambd=${p.lambd})`,
  onnx: (p) => `Shrink(lambd=${p.lambd}, bias=0)`,
  traps: ['The derivatives at ±λ are 0, by convention.', 'It jumps at ±λ, where a soft shrink is continuous.'],
  examples: [{ title: 'around the bounds', x: [-2, -0.5, 0, 0.5, 2], y: [-2, 0, 0, 0, 2] }],
  starter: { input: 'signed', params: { lambd: 0.25 } },
});
