import { ceilMode, dilation, kernelSize, poolPadding, poolStride } from '../fields';
import { finished } from '../finished';
import { defineOp } from '../op';
import { parse } from '../parse';
import {
  type PeakRow,
  type Pooling,
  peaking,
  peakRows,
  poolCost,
  poolReach,
  poolShape,
  poolSizes,
  slidingWindows,
  type Windows,
} from '../pooling';
import { type Shape, type Tensor, tensor, zeros } from '../tensor';
import { call, onnxPool, torchPool } from '../words';

export const maxPool2d = defineOp({
  name: 'maxPool2d',
  title: 'Max-pool',
  summary: 'Keeps the largest value under each window, so that the picture shrinks and its peaks survive.',
  formula: String.raw`y_{n,c,i,j} = \max_{u,v}\; x_{n,c,\,is+ud-p,\,js+vd-p}`,
  family: 'pooling',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: { kernelSize, stride: poolStride, padding: poolPadding, dilation, ceilMode },

  infer: ({ x }, p) => poolShape('maxPool2d', x, p),
  sizes: ({ x }, p) => poolSizes('maxPool2d', x, p),
  reach: ({ x }, p) => poolReach('maxPool2d', x, p),
  ...peaking('max', windows),
  stores: {
    indices: {
      forward: ({ x }, p) => winnersOf(x, p),
      torch: (p) => call('F.max_pool2d', [...torchPool(p), 'return_indices=True']),
    },
  },
  cost: ({ x }, p) => poolCost(x, poolShape('maxPool2d', x, p), 0),

  torch: (p) => call('F.max_pool2d', torchPool(p)),
  onnx: (p) => call('MaxPool', onnxPool(p)),

  traps: [
    'Padding counts as −∞, never as 0, so a border of negative values keeps its maximum.',
    'NaN wins over every number.',
    'In PyTorch the stride follows the kernel when it is not given; in ONNX it is 1.',
    'Indices count over H·W of one plane in PyTorch, over N·C·H·W in ONNX.',
  ],
  examples: [
    {
      title: 'a bright pixel survives',
      inputs: { x: tensor([1, 1, 2, 4], [1, 9, 0, 2, 3, 4, 5, 1]) },
      params: { kernelSize: 2 },
      output: tensor([1, 1, 1, 2], [9, 5]),
    },
    {
      title: 'padding never wins, even over negative values',
      inputs: { x: tensor([1, 1, 2, 2], [-1, -2, -3, -4]) },
      params: { kernelSize: 2, stride: 2, padding: 1 },
      output: tensor([1, 1, 2, 2], [-1, -2, -3, -4]),
    },
    {
      title: 'ceil mode keeps the last, partly filled window',
      inputs: { x: tensor([1, 1, 1, 5], [1, 2, 3, 4, 5]) },
      params: { kernelSize: [1, 2], ceilMode: true },
      output: tensor([1, 1, 1, 3], [2, 4, 5]),
    },
  ],
  starter: { params: { kernelSize: [2, 2] } },
});

/**
 * Where each maximum came from: flat index over H·W of its plane, as torch's `return_indices`; −1 for a window on padding alone.
 * The first of equal values wins; of several NaN the last.
 */
export const maxPool2dIndices = (x: Tensor, raw: Readonly<Record<string, unknown>> = {}): Tensor<Float64Array> =>
  finished(winnersOf(x, parse(maxPool2d.params, raw, 'maxPool2d')));

function* winnersOf(x: Tensor, p: Pooling): Generator<number, Tensor<Float64Array>> {
  const indices = zeros(poolShape('maxPool2d', x.shape, p));
  const keep = ({ start, winners }: PeakRow) => indices.data.set(winners, start);
  yield* peakRows(x, windows(x.shape, p), 'max', keep);
  return indices;
}

function windows(x: Shape, p: Pooling): Windows {
  return slidingWindows('maxPool2d', x, p);
}
