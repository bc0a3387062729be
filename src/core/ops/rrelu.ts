import { activation, infinity, reals } from '../activation';
import { seed } from '../fields';
import { uniforms } from '../random';
import { pyBool } from '../words';

const bound = { kind: 'real', min: -100, max: 100, step: 0.01, slider: [0, 1] } as const;

export const rrelu = activation({
  name: 'rrelu',
  title: 'RReLU',
  summary: 'A leaky ReLU that draws a slope for every negative value in training, and takes the middle one afterwards.',
  formula: String.raw`y = \max(x, 0) + a \min(x, 0), \quad a \sim U(l, u)`,
  params: {
    lower: { ...bound, title: 'Lower', help: 'The smallest slope for negative values.', default: 1 / 8 },
    upper: { ...bound, title: 'Upper', help: 'The largest slope for negative values.', default: 1 / 3 },
    training: {
      kind: 'bool',
      title: 'Training',
      help: 'On: a slope is drawn for every value. Off: the mean of both bounds is used.',
      default: false,
    },
    seed,
  },
  check({ lower, upper }) {
    if (lower > upper)
      throw new RangeError(`rrelu: expected a lower bound of at most the upper one, received ${lower} and ${upper}`);
  },
  value(p) {
    const slope = slopes(p);
    return (x, index) => (x > 0 ? x : x * slope(index));
  },
  slope(p) {
    const slope = slopes(p);
    return (x, index) => (x > 0 ? 1 : slope(index));
  },
  beside: (p) => (p.training ? 'the slope drawn for this place' : undefined),
  range: (p) => (p.upper > 0 ? reals : ['[', 0, infinity, ')']),
  kinks: () => [0],
  samples: [-2, 2],
  macs: 1,
  torch: (p) => `F.rrelu(x, lower=${p.lower}, upper=${p.upper}, training=${pyBool(p.training)})`,
  onnx: (p) => (p.training ? 'None: random slopes are for training only.' : `LeakyRelu(alpha=${(p.lower + p.upper) / 2})`),
  traps: [
    'The derivative at 0 is the slope of negative values, by convention.',
    'Slopes are drawn by a generator of our own: the same seed gives the same picture everywhere, but other slopes than PyTorch’s.',
  ],
  examples: [{ title: 'when not training the slope is 11/48', x: [-48, 0, 5], y: [-11, 0, 5] }],
  starter: { input: 'signed', params: { training: true } },
});

interface Slopes {
  readonly lower: number;
  readonly upper: number;
  readonly training: boolean;
  readonly seed: number;
}

function slopes({ lower, upper, training, seed }: Slopes): (index: number) => number {
  if (!training) return () => (lower + upper) / 2;
  const draw = uniforms(seed);
  return (index) => lower + (upper - lower) * draw(index);
}
