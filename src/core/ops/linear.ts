import { mixer } from '../mixing';
import { defineOp } from '../op';
import { type Reaches, sameReach, wholeReach } from '../reach';
import { imageAxes, type Shape, tensor } from '../tensor';

interface Over {
  readonly over: 'last' | 'channels';
}

export const linear = defineOp({
  name: 'linear',
  title: 'Linear',
  summary: 'Makes every output of all inputs: each has a weight for each input, and a bias.',
  formula: String.raw`y_o = b_o + \sum_{k} w_{o,k}\, x_k`,
  family: 'convolution',
  inputs: { x: 'any shape, K along the axis', weight: '[O, K]', bias: '[O] or [1]' },
  weights: {
    weight: {
      kind: 'kernel',
      title: 'Weights',
      help: 'A row for each output, a column for each input.',
      default: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      shape: (_, __, [outputs, inputs]) => [outputs, inputs],
    },
    bias: {
      kind: 'perChannel',
      title: 'Bias',
      help: 'Added to every output.',
      default: 0,
      min: -1000,
      max: 1000,
      step: 0.05,
      length: () => 1,
    },
  },
  params: {
    over: {
      kind: 'choice',
      title: 'Inputs',
      help: 'What the inputs are: the values along the last axis, as in PyTorch, or the channels of each pixel.',
      default: 'last',
      options: ['last', 'channels'],
    },
  },

  ...mixer('linear', axisOf),
  reach({ x, weight }, p): Reaches {
    const [, , h, w] = imageAxes('linear', x);
    return { height: sameReach(h), width: p.over === 'last' ? wholeReach(w, weight[0] ?? 0) : sameReach(w) };
  },

  torch: (p) =>
    p.over === 'last' ? 'F.linear(x, weight, bias)' : 'torch.movedim(F.linear(x.movedim(1, -1), weight, bias), -1, 1)',
  onnx: (p) =>
    p.over === 'last' ? 'Gemm(transB=1)' : 'Transpose(perm=[0, 2, 3, 1]) → MatMul() → Add() → Transpose(perm=[0, 3, 1, 2])',

  traps: [
    'It works on the last axis, which is the width of a picture [N, C, H, W]; over the channels of every pixel it is a 1 × 1 convolution.',
    'Weights are stored as [outputs, inputs] in PyTorch and as [inputs, outputs] in TensorFlow.',
    'Gemm of ONNX takes two axes only; with more it is MatMul with the weights transposed.',
  ],
  examples: [
    {
      title: 'two outputs of three inputs',
      inputs: { x: tensor([1, 3], [1, 2, 3]), weight: tensor([2, 3], [1, 1, 1, 0, 0, 10]), bias: tensor([2], [0, 0.5]) },
      params: {},
      output: tensor([1, 2], [6, 30.5]),
    },
    {
      title: 'over the channels, every pixel on its own',
      inputs: {
        x: tensor([1, 2, 1, 2], [1, 2, 10, 20]),
        weight: tensor([1, 2], [0.5, 0.5]),
        bias: tensor([1], [1]),
      },
      params: { over: 'channels' },
      output: tensor([1, 1, 1, 2], [6.5, 12]),
    },
  ],
  starter: {
    params: { over: 'channels' },
    weights: {
      weight: [
        [0, 1, 0],
        [0, 0, 1],
        [1, 0, 0],
      ],
    },
  },
});

function axisOf(x: Shape, { over }: Over): number {
  if (over === 'channels') {
    imageAxes('linear', x);
    return 1;
  }
  if (x.length === 0) throw new RangeError('linear: expected at least one axis, received a single number');
  return x.length - 1;
}
