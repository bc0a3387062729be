import { outputSize } from '../fields';
import { defineOp } from '../op';
import { adaptiveWindows, type PeakRow, peaking, peakRows, poolCost } from '../pooling';
import { tapReads } from '../reach';
import type { Pair } from '../schema';
import { imageAxes, type Shape, type Tensor, tensor, zeros } from '../tensor';
import { adaptiveTaps } from '../window';
import { call, pyPair } from '../words';
import { adaptiveSizes } from './adaptiveAvgPool2d';

export const adaptiveMaxPool2d = defineOp({
  name: 'adaptiveMaxPool2d',
  title: 'Adaptive max-pool',
  summary: 'Keeps the largest values of as many windows as the result has pixels, whatever the picture measures.',
  formula: String.raw`y_{n,c,i,j} = \max\, x_{n,c,\lfloor iH/H'\rfloor \ldots \lceil (i+1)H/H'\rceil,\ \lfloor jW/W'\rfloor \ldots \lceil (j+1)W/W'\rceil}`,
  family: 'pooling',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: { outputSize },

  infer: ({ x }, p) => shape(x, p.outputSize),
  sizes: ({ x }, p) => adaptiveSizes('adaptiveMaxPool2d', x, p.outputSize),
  reach({ x }, p) {
    const [, , h, w] = imageAxes('adaptiveMaxPool2d', x);
    return { height: reachOf(h, p.outputSize[0]), width: reachOf(w, p.outputSize[1]) };
  },
  ...peaking('max', (x: Shape, p: { readonly outputSize: Pair }) => adaptiveWindows('adaptiveMaxPool2d', x, p.outputSize)),
  cost: ({ x }, p) => poolCost(x, shape(x, p.outputSize), 0),

  torch: (p) => call('F.adaptive_max_pool2d', ['x', pyPair(p.outputSize)]),
  onnx: (p) =>
    p.outputSize[0] === 1 && p.outputSize[1] === 1
      ? 'GlobalMaxPool()'
      : 'None: ONNX has no adaptive pool; MaxPool does the same where the size divides that of the picture.',

  traps: [
    'Windows overlap where the sizes do not divide, so that one peak may fill several pixels and gather their gradients.',
    'NaN wins over every number.',
  ],
  examples: [
    {
      title: 'one peak may fill two windows',
      inputs: { x: tensor([1, 1, 1, 7], [0, 1, 9, 3, 4, 5, 6]) },
      params: { outputSize: [1, 3] },
      output: tensor([1, 1, 1, 3], [9, 9, 6]),
    },
    {
      title: 'a single pixel is the largest of all',
      inputs: { x: tensor([1, 2, 1, 2], [3, 5, -7, -8]) },
      params: {},
      output: tensor([1, 2, 1, 1], [5, -7]),
    },
  ],
  starter: { params: { outputSize: [24, 36] } },
});

/** Where each maximum came from: flat index over H·W of its plane, as torch's `return_indices`. The first of equal values wins. */
export function adaptiveMaxPool2dIndices(x: Tensor, size: Pair): Tensor<Float64Array> {
  const indices = zeros(shape(x.shape, size));
  const keep = ({ start, winners }: PeakRow) => indices.data.set(winners, start);
  for (const _ of peakRows(x, adaptiveWindows('adaptiveMaxPool2d', x.shape, size), 'max', keep));
  return indices;
}

function shape(x: Shape, [oh, ow]: Pair): Shape {
  const [n, c] = imageAxes('adaptiveMaxPool2d', x);
  return [n, c, oh, ow];
}

const reachOf = (length: number, output: number) => ({
  ...{ size: Math.max(length / output, 1), jump: length / output, start: 0 },
  reads: () => tapReads(adaptiveTaps(length, output), output),
});
