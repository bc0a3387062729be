import { activation, infinity, logistic, softPlus } from '../activation';

export const softplus = activation({
  name: 'softplus',
  title: 'Softplus',
  summary: 'A ReLU with a rounded corner, always above 0.',
  formula: String.raw`y = \tfrac{1}{\beta} \ln(1 + e^{\beta x})`,
  params: {
    beta: {
      kind: 'real',
      title: 'Beta',
      help: 'Sharpness of the corner; the larger, the closer to a ReLU.',
      default: 1,
      min: 0.001,
      max: 1000,
      step: 0.1,
      slider: [0.1, 10],
    },
    threshold: {
      kind: 'real',
      title: 'Threshold',
      help: 'Where β times the value is above this, the value passes unchanged.',
      default: 20,
      min: -1000,
      max: 1000,
      step: 1,
      slider: [0, 40],
    },
  },
  value: (p) => (x) => (x * p.beta > p.threshold ? x : softPlus(x * p.beta) / p.beta),
  slope: (p) => (x) => (x * p.beta > p.threshold ? 1 : logistic(x * p.beta)),
  range: (p) => ['(', Math.min(0, p.threshold / p.beta), infinity, ')'],
  kinks: (p) => [p.threshold / p.beta],
  macs: 2,
  torch: (p) => `F.softplus(x, beta=${p.beta}, threshold=${p.threshold})`,
  onnx: (p) => (p.beta === 1 ? 'Softplus()' : `Div(Softplus(Mul(x, ${p.beta})), ${p.beta})`),
  traps: [
    'Above the threshold PyTorch passes the value as it is, which makes a tiny step; ONNX has no threshold.',
    'Black, 0, becomes ln 2 ≈ 0.693: a picture gets bright.',
  ],
  examples: [
    { title: 'the corner', x: [0], y: [Math.LN2] },
    { title: 'above the threshold values pass', params: { beta: 2, threshold: 1 }, x: [0, 0.6, 3], y: [Math.LN2 / 2, 0.6, 3] },
  ],
});
