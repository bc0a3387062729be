import { constant, normalised, read } from '../expression';
import { eps } from '../fields';
import { defineOp, type Fact } from '../op';
import { sameReach, wholeReach } from '../reach';
import { imageAxes, placeOf, type Shape, sizeOf, type Tensor, tensor } from '../tensor';
import { call, pyBool } from '../words';

interface Normalising {
  readonly training: boolean;
  readonly momentum: number;
  readonly eps: number;
}
interface Moments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}
/** Of a batch; the variance is biased: divided by the count. */
interface Statistics extends Moments {
  readonly count: number;
}

const perChannel = { kind: 'perChannel', step: 0.05, length: (x: Shape) => imageAxes('batchNorm', x)[1] } as const;

export const batchNorm = defineOp({
  name: 'batchNorm',
  title: 'Batch norm',
  summary: 'Brings every channel to mean 0 and variance 1, then scales and shifts it by two learned numbers.',
  formula: String.raw`y = \gamma_c\, \frac{x - \mu_c}{\sqrt{\sigma_c^2 + \varepsilon}} + \beta_c`,
  family: 'normalisation',
  inputs: { x: 'feature map [N, C, H, W]', weight: 'γ [C]', bias: 'β [C]', runningMean: '[C]', runningVar: '[C]' },
  weights: {
    weight: {
      ...perChannel,
      title: 'Scale γ',
      help: 'Multiplies the normalised values of a channel.',
      default: 1,
      min: -1000,
      max: 1000,
    },
    bias: {
      ...perChannel,
      title: 'Shift β',
      help: 'Added to the normalised values of a channel.',
      default: 0,
      min: -1000,
      max: 1000,
    },
    runningMean: {
      ...perChannel,
      title: 'Running mean',
      help: 'The mean used when not training, gathered from earlier batches.',
      default: 0,
      min: -1000000,
      max: 1000000,
    },
    runningVar: {
      ...perChannel,
      title: 'Running variance',
      help: 'The variance used when not training, gathered from earlier batches.',
      default: 1,
      min: 0,
      max: 1000000,
    },
  },
  params: {
    training: {
      kind: 'bool',
      title: 'Training',
      help: 'On: mean and variance come from this very picture. Off: from the running statistics.',
      default: false,
    },
    momentum: {
      kind: 'real',
      title: 'Momentum',
      help: 'How far one batch moves the running statistics in training.',
      default: 0.1,
      min: 0,
      max: 1,
      step: 0.01,
    },
    eps,
  },

  infer(shapes, p) {
    check(shapes, p);
    return shapes.x;
  },
  // In training every pixel moves the statistics, and through them every other one.
  reach({ x }, { training }) {
    const [, , h, w] = imageAxes('batchNorm', x);
    const along = (length: number) => (training ? wholeReach(length, length) : sameReach(length));
    return { height: along(h), width: along(w) };
  },

  *forward(inputs, p, y) {
    const { x, weight, bias } = inputs;
    check(
      {
        x: x.shape,
        weight: weight.shape,
        bias: bias.shape,
        runningMean: inputs.runningMean.shape,
        runningVar: inputs.runningVar.shape,
      },
      p,
    );
    const [n, c, h, w] = imageAxes('batchNorm', x.shape);
    const { mean, variance } = p.training ? yield* gather(x, 0.6) : running(inputs);
    for (let row = 0; row < n * c * h; row++) {
      const channel = Math.floor(row / h) % c;
      const [m, factor, shift] = [
        mean[channel]!,
        weight.data[channel]! / Math.sqrt(variance[channel]! + p.eps),
        bias.data[channel]!,
      ];
      for (let at = row * w; at < (row + 1) * w; at++) y.data[at] = (x.data[at]! - m) * factor + shift;
      yield (p.training ? 0.6 : 0) + (p.training ? 0.4 : 1) * ((row + 1) / (n * c * h));
    }
  },

  *facts(inputs, p): Generator<number, readonly Fact[]> {
    if (!p.training) return pairOf(['Mean', 'Variance'], running(inputs));
    const found = yield* gather(inputs.x, 1);
    const after = moved(inputs, p.momentum, found);
    return [...pairOf(['Mean', 'Variance'], found), ...pairOf(['Running mean after', 'Running variance after'], after)];
  },

  differentiable: ['x', 'weight', 'bias'],
  // In training every pixel also moves the mean and the variance: dx = γ/(nσ) · (n·dy − Σdy − x̂·Σ(dy·x̂)).
  backward(inputs, p, dy, { x: dx, weight: dw, bias: db }) {
    const { x, weight } = inputs;
    const [, c, h, w] = imageAxes('batchNorm', x.shape);
    const { mean, variance } = p.training ? statistics(x) : running(inputs);
    const count = x.data.length / c;
    const channelOf = (at: number) => Math.floor(at / (h * w)) % c;
    const inverse = variance.map((v) => 1 / Math.sqrt(v + p.eps));
    const [sumDy, sumDyX] = [new Float64Array(c), new Float64Array(c)];
    for (let at = 0; at < x.data.length; at++) {
      const ch = channelOf(at);
      sumDy[ch]! += dy.data[at]!;
      sumDyX[ch]! += dy.data[at]! * (x.data[at]! - mean[ch]!) * inverse[ch]!;
    }
    for (let at = 0; at < x.data.length; at++) {
      const ch = channelOf(at);
      const normal = (x.data[at]! - mean[ch]!) * inverse[ch]!;
      const through = p.training ? (sumDy[ch]! + normal * sumDyX[ch]!) / count : 0;
      dx.data[at]! += weight.data[ch]! * inverse[ch]! * (dy.data[at]! - through);
    }
    for (let ch = 0; ch < c; ch++) {
      db.data[ch]! += sumDy[ch]!;
      dw.data[ch]! += sumDyX[ch]!;
    }
  },

  explain({ training, eps }, { x }, output) {
    const [, channel] = placeOf(x, output);
    const [n, c, h, w] = imageAxes('batchNorm', x);
    const starts = Array.from({ length: n }, (_, item) => (item * c + channel) * h * w);
    const over = { starts, length: h * w, step: 1 };
    const formula = normalised({
      x: read('x', output),
      mean: training ? { kind: 'gathered', what: 'mean', over, letter: 'μ' } : read('runningMean', channel, 'μ'),
      variance: training ? { kind: 'gathered', what: 'variance', over, letter: 'σ²' } : read('runningVar', channel, 'σ²'),
      eps: constant(eps, 'ε'),
      scale: read('weight', channel, 'γ'),
      shift: read('bias', channel, 'β'),
    });
    const beside = training ? { beside: `the mean and variance of channel ${channel + 1}` } : {};
    return { how: 'map', terms: [{ x: output, weight: channel }], bias: channel, ...beside, formula };
  },

  cost({ x }, p) {
    const [, c] = imageAxes('batchNorm', x);
    return { macs: (p.training ? 3 : 1) * sizeOf(x), parameters: 2 * c, bytes: 4 * ((p.training ? 4 : 2) * sizeOf(x) + 4 * c) };
  },

  gathered: { mean: 'runningMean', variance: 'runningVar' },
  torch: (p) =>
    call('F.batch_norm', [
      'x',
      'running_mean',
      'running_var',
      'weight',
      'bias',
      `training=${pyBool(p.training)}`,
      `momentum=${p.momentum}`,
      `eps=${p.eps}`,
    ]),
  onnx: (p) =>
    call('BatchNormalization', [
      `epsilon=${p.eps}`,
      ...(p.training ? ['training_mode=1', `momentum=${Number((1 - p.momentum).toFixed(12))}`] : []),
    ]),

  traps: [
    'On a single picture the statistics of a batch are those of its own pixels, channel by channel.',
    'PyTorch’s momentum of 0.1 is 0.9 in ONNX, which weighs the old value instead of the new one.',
    'PyTorch keeps the unbiased variance in its running statistics, ONNX the biased one; both normalise by the biased one.',
  ],
  examples: [
    {
      title: 'in training a channel gets mean 0 and variance 1',
      inputs: {
        x: tensor([1, 1, 1, 4], [1, 1, 3, 3]),
        weight: tensor([1], [2]),
        bias: tensor([1], [10]),
        runningMean: tensor([1], [0]),
        runningVar: tensor([1], [1]),
      },
      params: { training: true, eps: 0 },
      output: tensor([1, 1, 1, 4], [8, 8, 12, 12]),
    },
    {
      title: 'when not training the running statistics count',
      inputs: {
        x: tensor([1, 1, 1, 3], [1, 3, 5]),
        weight: tensor([1], [1]),
        bias: tensor([1], [0]),
        runningMean: tensor([1], [3]),
        runningVar: tensor([1], [4]),
      },
      params: { eps: 0 },
      output: tensor([1, 1, 1, 3], [-1, 0, 1]),
    },
  ],
  starter: { params: { training: true } },
});

type Inputs = { readonly [K in keyof typeof batchNorm.inputs]: Tensor };

/** The running statistics after a forward pass: moved towards those of the batch in training (unbiased variance, as torch), else unchanged. */
export function runningStatistics(
  inputs: Pick<Inputs, 'x' | 'runningMean' | 'runningVar'>,
  { training, momentum }: Pick<Normalising, 'training' | 'momentum'>,
): { readonly mean: Tensor<Float64Array>; readonly variance: Tensor<Float64Array> } {
  const { x, runningMean, runningVar } = inputs;
  const { mean, variance } = training ? moved(inputs, momentum, statistics(x)) : running(inputs);
  return { mean: { shape: runningMean.shape, data: mean }, variance: { shape: runningVar.shape, data: variance } };
}

function moved(
  inputs: Pick<Inputs, 'runningMean' | 'runningVar'>,
  momentum: number,
  { mean, variance, count }: Statistics,
): Moments {
  const before = running(inputs);
  if (count === 0) return before;
  return {
    mean: before.mean.map((m, c) => (1 - momentum) * m + momentum * mean[c]!),
    variance: before.variance.map((v, c) => (1 - momentum) * v + momentum * variance[c]! * (count / (count - 1))),
  };
}

const pairOf = ([first, second]: readonly [string, string], { mean, variance }: Moments): Fact[] => [
  { title: first, values: [...mean] },
  { title: second, values: [...variance] },
];

function check(shapes: { readonly [K in keyof Inputs]: Shape }, p: Normalising): void {
  const [n, c, h, w] = imageAxes('batchNorm', shapes.x);
  for (const [name, shape] of Object.entries(shapes)) {
    if (name !== 'x' && (shape.length !== 1 || shape[0] !== c)) {
      throw new RangeError(
        `batchNorm: expected ${name} with one number for each of ${c} channels, received [${shape.join(', ')}]`,
      );
    }
  }
  if (p.training && n * h * w === 1) {
    throw new RangeError('batchNorm: training needs more than one value in each channel, received 1');
  }
}

const running = ({ runningMean, runningVar }: Pick<Inputs, 'runningMean' | 'runningVar'>): Moments => ({
  mean: Float64Array.from(runningMean.data),
  variance: Float64Array.from(runningVar.data),
});

function statistics(x: Tensor): Statistics {
  const work = gather(x, 1);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/**
 * Mean and variance of every channel in two passes: squares of differences, never differences of squares,
 * and what rounding left of the mean is taken out again (Chan, Golub and LeVeque, 1983).
 */
function* gather(x: Tensor, share: number): Generator<number, Statistics> {
  const [n, c, h, w] = imageAxes('batchNorm', x.shape);
  const count = n * h * w;
  const [mean, variance, left] = [new Float64Array(c), new Float64Array(c), new Float64Array(c)];
  const rows = n * c * h;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let at = row * w; at < (row + 1) * w; at++) sum += x.data[at]!;
    mean[Math.floor(row / h) % c]! += sum / count;
    yield (share / 2) * ((row + 1) / rows);
  }
  for (let row = 0; row < rows; row++) {
    const channel = Math.floor(row / h) % c;
    const m = mean[channel]!;
    let [squares, rest] = [0, 0];
    for (let at = row * w; at < (row + 1) * w; at++) {
      const d = x.data[at]! - m;
      squares += d * d;
      rest += d;
    }
    variance[channel]! += squares;
    left[channel]! += rest;
    yield share / 2 + (share / 2) * ((row + 1) / rows);
  }
  for (let channel = 0; channel < c; channel++) {
    const d = left[channel]! / count;
    variance[channel] = variance[channel]! / count - d * d;
    mean[channel]! += d;
  }
  return { mean, variance, count };
}
