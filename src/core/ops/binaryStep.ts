import { activation } from '../activation';

export const binaryStep = activation({
  name: 'binaryStep',
  title: 'Binary step',
  summary: 'Answers yes or no: 1 for positive values, 0 for negative ones.',
  formula: String.raw`y = \begin{cases} 0 & x < 0 \\ h & x = 0 \\ 1 & x > 0 \end{cases}`,
  params: {
    values: {
      kind: 'real',
      title: 'At zero',
      help: 'The answer for 0 itself, between no and yes.',
      default: 1,
      min: 0,
      max: 1,
      step: 0.5,
    },
  },
  value: (p) => (x) => (x === 0 ? p.values : x > 0 ? 1 : 0),
  slope: () => () => 0,
  range: () => ['[', 0, 1, ']'],
  kinks: () => [0],
  samples: [-2, 2],
  torch: (p) => `torch.heaviside(x, x.new_tensor(${p.values}))`,
  onnx: (p) =>
    p.values === 0
      ? 'Cast(Greater(x, 0), to=FLOAT)'
      : p.values === 1
        ? 'Cast(GreaterOrEqual(x, 0), to=FLOAT)'
        : `Where(Equal(x, 0), ${p.values}, Cast(Greater(x, 0), to=FLOAT))`,
  traps: [
    'Its derivative is 0 wherever it has one, so nothing before it can learn; at 0 it is 0 here too, and PyTorch refuses to differentiate it.',
    'NaN is not above 0 and becomes 0.',
  ],
  examples: [
    { title: 'with 0 counted as yes', x: [-0.1, 0, 0.1], y: [0, 1, 1] },
    { title: 'with 0 in the middle', params: { values: 0.5 }, x: [-0.1, 0, 0.1], y: [0, 0.5, 1] },
  ],
});
