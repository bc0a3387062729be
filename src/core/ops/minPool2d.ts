import { ceilMode, dilation, kernelSize, poolPadding, poolStride } from '../fields';
import { defineOp } from '../op';
import { type Pooling, peaking, poolCost, poolReach, poolShape, poolSizes, slidingWindows } from '../pooling';
import { type Shape, tensor } from '../tensor';
import { call, onnxPool, torchPool } from '../words';

export const minPool2d = defineOp({
  name: 'minPool2d',
  title: 'Min-pool',
  summary: 'Keeps the smallest value under each window, so that the picture shrinks and its dark spots grow.',
  formula: String.raw`y_{n,c,i,j} = \min_{u,v}\; x_{n,c,\,is+ud-p,\,js+vd-p}`,
  family: 'pooling',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: { kernelSize, stride: poolStride, padding: poolPadding, dilation, ceilMode },

  infer: ({ x }, p) => poolShape('minPool2d', x, p),
  sizes: ({ x }, p) => poolSizes('minPool2d', x, p),
  reach: ({ x }, p) => poolReach('minPool2d', x, p),
  ...peaking('min', (x: Shape, p: Pooling) => slidingWindows('minPool2d', x, p)),
  cost: ({ x }, p) => poolCost(x, poolShape('minPool2d', x, p), 0),

  torch: (p) => call('torch.neg', [call('F.max_pool2d', torchPool(p, '-x'))]),
  onnx: (p) => `Neg() → ${call('MaxPool', onnxPool(p))} → Neg()`,

  traps: [
    'No framework has it: it is the max-pool of the negative picture, negated.',
    'Padding counts as +∞, never as 0, so it does not darken the border.',
    'NaN wins over every number.',
  ],
  examples: [
    {
      title: 'a dark pixel survives',
      inputs: { x: tensor([1, 1, 2, 4], [1, 9, 0, 2, 3, 4, 5, 1]) },
      params: { kernelSize: 2 },
      output: tensor([1, 1, 1, 2], [1, 0]),
    },
    {
      title: 'padding never wins, even over positive values',
      inputs: { x: tensor([1, 1, 2, 2], [1, 2, 3, 4]) },
      params: { kernelSize: 2, stride: 2, padding: 1 },
      output: tensor([1, 1, 2, 2], [1, 2, 3, 4]),
    },
  ],
  starter: { params: { kernelSize: [3, 3] } },
});
