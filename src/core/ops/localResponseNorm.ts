import { constant, made, read } from '../expression';
import { defineOp } from '../op';
import { imageAxes, placeOf, type Shape, sizeOf, type Tensor, tensor } from '../tensor';

interface Window {
  readonly size: number;
  readonly alpha: number;
  readonly k: number;
}

export const localResponseNorm = defineOp({
  name: 'localResponseNorm',
  title: 'Local response norm',
  summary: 'Divides every value by a power of the squares of neighbouring channels at the same place, as AlexNet did.',
  formula: String.raw`y_c = x_c \left(k + \frac{\alpha}{n} \sum_{c' = c - \lfloor n/2 \rfloor}^{c + \lfloor (n-1)/2 \rfloor} x_{c'}^2\right)^{-\beta}`,
  family: 'normalisation',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: {
    size: {
      kind: 'int',
      title: 'Size',
      help: 'How many neighbouring channels count; those beyond the first and last are 0.',
      default: 5,
      min: 1,
      max: 65536,
      slider: [1, 9],
    },
    alpha: {
      kind: 'real',
      title: 'Alpha',
      help: 'Weight of the squares; it is divided by the size.',
      default: 1e-4,
      min: 0,
      max: 1000,
      step: 1e-4,
      slider: [0, 10],
    },
    beta: {
      kind: 'real',
      title: 'Beta',
      help: 'Power of the divisor.',
      default: 0.75,
      min: 0,
      max: 10,
      step: 0.05,
      slider: [0, 2],
    },
    k: {
      kind: 'real',
      title: 'K',
      help: 'Added to the squares, so that nothing is divided by 0.',
      default: 1,
      min: 0,
      max: 1000,
      step: 0.1,
      slider: [0, 4],
    },
  },

  infer({ x }) {
    imageAxes('localResponseNorm', x);
    return x;
  },

  *forward({ x }, p, y) {
    const [n, c, h, w] = imageAxes('localResponseNorm', x.shape);
    const divisors = new Float64Array(c * w);
    for (let row = 0; row < n * h; row++) {
      divisorsOf(x, row, p, divisors);
      for (let ch = 0; ch < c; ch++) {
        const at = start(x.shape, row, ch);
        for (let j = 0; j < w; j++) y.data[at + j] = x.data[at + j]! / divisors[ch * w + j]! ** p.beta;
      }
      yield (row + 1) / (n * h);
    }
  },

  differentiable: ['x'],
  // With divisors s: dx_c = dy_c·s_c^−β − 2αβ/n · x_c · Σ dy_k·x_k·s_k^(−β−1) over the channels k whose window holds c.
  backward({ x }, p, dy, { x: dx }) {
    const [n, c, h, w] = imageAxes('localResponseNorm', x.shape);
    const divisors = new Float64Array(c * w);
    const { before, after } = sides(p.size);
    const pull = (2 * p.alpha * p.beta) / p.size;
    for (let row = 0; row < n * h; row++) {
      divisorsOf(x, row, p, divisors);
      for (let ch = 0; ch < c; ch++) {
        const at = start(x.shape, row, ch);
        for (let j = 0; j < w; j++) {
          let sum = 0;
          for (let other = Math.max(ch - after, 0); other <= Math.min(ch + before, c - 1); other++) {
            const there = start(x.shape, row, other) + j;
            if (dy.data[there] !== 0) sum += dy.data[there]! * x.data[there]! * divisors[other * w + j]! ** (-p.beta - 1);
          }
          const own = dy.data[at + j] === 0 ? 0 : dy.data[at + j]! / divisors[ch * w + j]! ** p.beta;
          dx.data[at + j]! += pull === 0 ? own : own - pull * x.data[at + j]! * sum;
        }
      }
    }
  },

  explain(p, { x }, output) {
    const [, ch] = placeOf(x, output);
    const [, c, h, w] = imageAxes('localResponseNorm', x);
    const { before, after } = sides(p.size);
    const [first, last] = [Math.max(ch - before, 0), Math.min(ch + after, c - 1)];
    const over = { starts: [output - (ch - first) * h * w], length: last - first + 1, step: h * w };
    const share = made('quotient', constant(p.alpha, 'α'), constant(p.size, 'n'));
    const squares = { kind: 'gathered', what: 'squares', over, letter: 'Σ' } as const;
    const divisor = made('sum', constant(p.k, 'k'), made('product', share, squares));
    return {
      how: 'map',
      terms: [{ x: output }],
      formula: made('product', read('x', output), made('power', divisor, constant(-p.beta, 'β'))),
      beside: `the squares at the same place in channels ${first + 1} to ${last + 1}`,
    };
  },
  cost: ({ x }, p) => ({ macs: (p.size + 2) * sizeOf(x), parameters: 0, bytes: 8 * sizeOf(x) }),
  torch: (p) => `F.local_response_norm(x, size=${p.size}, alpha=${p.alpha}, beta=${p.beta}, k=${p.k})`,
  onnx: (p) => `LRN(size=${p.size}, alpha=${p.alpha}, beta=${p.beta}, bias=${p.k})`,

  traps: [
    'A window of even size reaches one channel further down in PyTorch and one further up in ONNX.',
    'TensorFlow does not divide alpha by the size.',
    'With its default alpha of 0.0001 it changes a picture by less than one can see.',
  ],
  examples: [
    {
      title: 'an even window reaches two channels down and one up',
      inputs: { x: tensor([1, 5, 1, 1], [1, 2, 3, 4, 5]) },
      params: { size: 4, alpha: 4, beta: 1, k: 0 },
      output: tensor([1, 5, 1, 1], [1 / 5, 2 / 14, 3 / 30, 4 / 54, 5 / 50]),
    },
  ],
  starter: { params: { size: 3, alpha: 3 } },
});

/** Channels before and after the own one; an even window has one more before. */
const sides = (size: number) => ({ before: Math.floor(size / 2), after: Math.floor((size - 1) / 2) });

/** Where a row of a channel begins; rows are counted over the batch. */
function start([, c = 1, h = 1, w = 1]: Shape, row: number, channel: number): number {
  return ((Math.floor(row / h) * c + channel) * h + (row % h)) * w;
}

/** `k + α/n Σ x²` for every channel and column of one row. */
function divisorsOf(x: Tensor, row: number, { size, alpha, k }: Window, into: Float64Array): void {
  const [, c, , w] = imageAxes('localResponseNorm', x.shape);
  const { before, after } = sides(size);
  into.fill(0);
  for (let ch = 0; ch < c; ch++) {
    const at = start(x.shape, row, ch);
    for (let reader = Math.max(ch - after, 0); reader <= Math.min(ch + before, c - 1); reader++) {
      for (let j = 0; j < w; j++) into[reader * w + j]! += x.data[at + j]! * x.data[at + j]!;
    }
  }
  for (let i = 0; i < into.length; i++) into[i] = k + (alpha / size) * into[i]!;
}
