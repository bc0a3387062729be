import { seed } from '../fields';
import { defineOp } from '../op';
import { stretches } from '../pointwise';
import { uniforms } from '../random';
import { sizeOf, tensor } from '../tensor';
import { pyBool } from '../words';

export const dropout = defineOp({
  name: 'dropout',
  title: 'Dropout',
  summary: 'Sets random values to 0 and strengthens the others, so that a network does not lean on any single one.',
  formula: String.raw`y = \frac{b\,x}{1 - p}, \quad b \sim \operatorname{Bernoulli}(1 - p)`,
  family: 'channels',
  inputs: { x: 'any shape' },
  weights: {},
  params: {
    p: {
      kind: 'real',
      title: 'Probability',
      help: 'The chance of every value to become 0.',
      default: 0.5,
      min: 0,
      max: 1,
      step: 0.05,
    },
    training: {
      kind: 'bool',
      title: 'Training',
      help: 'On: values are dropped. Off: all of them pass unchanged.',
      default: true,
    },
    seed,
  },

  infer: ({ x }) => x,

  *forward({ x }, p, y) {
    const factor = factors(p);
    for (const { from, to, done } of stretches(x.data.length)) {
      for (let i = from; i < to; i++) y.data[i] = x.data[i]! * factor(i);
      yield done;
    }
  },

  differentiable: ['x'],
  backward(_, p, dy, { x: dx }) {
    const factor = factors(p);
    for (let i = 0; i < dy.data.length; i++) dx.data[i]! += dy.data[i]! * factor(i);
  },

  explain: (p, _, output) => ({ how: 'sum', terms: [{ x: output, factor: factors(p)(output) }] }),
  cost: ({ x }) => ({ macs: sizeOf(x), parameters: 0, bytes: 8 * sizeOf(x) }),
  torch: ({ p, training }) => `F.dropout(x, p=${p}, training=${pyBool(training)})`,
  onnx: ({ p, training }) => `Dropout(ratio=${p}, training_mode=${training ? 1 : 0})`,

  traps: [
    'What remains is divided by 1 − p in training, so that nothing needs to change afterwards.',
    'Colours are dropped channel by channel: a pixel may lose its red alone.',
    'Values are chosen by a generator of our own: the same seed gives the same picture everywhere, but another one than PyTorch’s.',
  ],
  examples: [
    {
      title: 'nothing happens when not training',
      inputs: { x: tensor([3], [1, 2, 3]) },
      params: { training: false },
      output: tensor([3], [1, 2, 3]),
    },
    { title: 'everything is dropped', inputs: { x: tensor([2], [1, 2]) }, params: { p: 1 }, output: tensor([2], [0, 0]) },
  ],
  starter: {},
});

interface Chance {
  readonly p: number;
  readonly training: boolean;
  readonly seed: number;
}

/** What the value at a flat index is multiplied by. */
function factors({ p, training, seed }: Chance): (index: number) => number {
  if (!training) return () => 1;
  if (p === 1) return () => 0;
  const draw = uniforms(seed);
  return (index) => (draw(index) < p ? 0 : 1 / (1 - p));
}
