import { seed } from '../fields';
import { defineOp } from '../op';
import { stretches } from '../pointwise';
import { normals, uniforms } from '../random';
import { sizeOf, tensor } from '../tensor';

export const additiveNoise = defineOp({
  name: 'additiveNoise',
  title: 'Additive noise',
  summary: 'Adds a random number to every value.',
  formula: String.raw`y = x + \eta, \quad \eta \sim D(m, s)`,
  family: 'channels',
  inputs: { x: 'any shape' },
  weights: {},
  params: {
    distribution: {
      kind: 'choice',
      title: 'Distribution',
      help: 'A bell curve, or all numbers of a range equally often.',
      default: 'normal',
      options: ['normal', 'uniform'],
    },
    mean: {
      kind: 'real',
      title: 'Mean',
      help: 'What is added on average.',
      default: 0,
      min: -1000000,
      max: 1000000,
      step: 0.01,
      slider: [-1, 1],
    },
    std: {
      kind: 'real',
      title: 'Deviation',
      help: 'Standard deviation of the noise; uniform noise reaches 1.73 times as far.',
      default: 0.1,
      min: 0,
      max: 1000000,
      step: 0.01,
      slider: [0, 1],
    },
    seed,
  },

  infer: ({ x }) => x,

  *forward({ x }, p, y) {
    const noise = noiseOf(p);
    for (const { from, to, done } of stretches(x.data.length)) {
      for (let i = from; i < to; i++) y.data[i] = x.data[i]! + noise(i);
      yield done;
    }
  },

  differentiable: ['x'],
  backward(_, __, dy, { x: dx }) {
    for (let i = 0; i < dy.data.length; i++) dx.data[i]! += dy.data[i]!;
  },

  explain: (p, _, output) => ({ how: 'sum', terms: [{ x: output }], offset: noiseOf(p)(output) }),
  cost: ({ x }) => ({ macs: 0, parameters: 0, bytes: 8 * sizeOf(x) }),
  torch: (p) =>
    p.distribution === 'normal'
      ? `torch.add(x, torch.normal(${p.mean}, ${p.std}, x.shape))`
      : `torch.add(x, torch.empty_like(x).uniform_(${p.mean - reach(p.std)}, ${p.mean + reach(p.std)}))`,
  onnx: (p) =>
    p.distribution === 'normal'
      ? `Add(x, RandomNormalLike(x, mean=${p.mean}, scale=${p.std}))`
      : `Add(x, RandomUniformLike(x, low=${p.mean - reach(p.std)}, high=${p.mean + reach(p.std)}))`,

  traps: [
    'The result may leave the range of pixels; how it is shown is chosen apart.',
    'Noise is drawn by a generator of our own: the same seed gives the same picture everywhere, but other noise than PyTorch’s.',
  ],
  examples: [
    {
      title: 'without deviation only the mean is added',
      inputs: { x: tensor([3], [1, 2, 3]) },
      params: { mean: 0.5, std: 0 },
      output: tensor([3], [1.5, 2.5, 3.5]),
    },
  ],
  starter: {},
});

interface Noise {
  readonly distribution: 'normal' | 'uniform';
  readonly mean: number;
  readonly std: number;
  readonly seed: number;
}

/** Half the width of a uniform distribution with that deviation. */
const reach = (std: number): number => std * Math.sqrt(3);

/** What is added to the value at a flat index. */
function noiseOf({ distribution, mean, std, seed }: Noise): (index: number) => number {
  if (distribution === 'normal') {
    const draw = normals(seed);
    return (index) => mean + std * draw(index);
  }
  const draw = uniforms(seed);
  return (index) => mean + reach(std) * (2 * draw(index) - 1);
}
