import { defineOp } from '../op';
import { poolCost } from '../pooling';
import { wholeReach } from '../reach';
import { separable } from '../separable';
import { imageAxes, type Shape, tensor } from '../tensor';
import { adaptiveSizes, meanTaps } from './adaptiveAvgPool2d';

export const globalAvgPool2d = defineOp({
  name: 'globalAvgPool2d',
  title: 'Global average-pool',
  summary: 'Reduces every channel to its mean: the whole picture becomes one pixel of its average colour.',
  formula: String.raw`y_{n,c} = \frac{1}{HW} \sum_{i,j} x_{n,c,i,j}`,
  family: 'pooling',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: {},

  infer: ({ x }) => shape(x),
  sizes: ({ x }) => adaptiveSizes('globalAvgPool2d', x, [1, 1]),
  reach({ x }) {
    const [, , h, w] = imageAxes('globalAvgPool2d', x);
    return { height: wholeReach(h, 1), width: wholeReach(w, 1) };
  },
  ...separable((x: Shape, _: object) => meanTaps(x, [1, 1])),
  cost({ x }) {
    const [, , h, w] = imageAxes('globalAvgPool2d', x);
    return poolCost(x, shape(x), h * w);
  },

  torch: () => 'F.adaptive_avg_pool2d(x, 1)',
  onnx: () => 'GlobalAveragePool()',

  traps: [
    'TensorFlow drops the two axes of length 1 unless told to keep them.',
    'Every pixel receives the same gradient, divided by their number.',
  ],
  examples: [
    {
      title: 'each channel becomes its mean',
      inputs: { x: tensor([1, 2, 2, 2], [1, 2, 3, 6, 10, 10, 10, 10]) },
      params: {},
      output: tensor([1, 2, 1, 1], [3, 10]),
    },
  ],
  starter: {},
});

function shape(x: Shape): Shape {
  const [n, c] = imageAxes('globalAvgPool2d', x);
  return [n, c, 1, 1];
}
