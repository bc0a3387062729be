import { defineOp } from '../op';
import { adaptiveWindows, peaking, poolCost } from '../pooling';
import { wholeReach } from '../reach';
import { imageAxes, type Shape, tensor } from '../tensor';
import { adaptiveSizes } from './adaptiveAvgPool2d';

export const globalMaxPool2d = defineOp({
  name: 'globalMaxPool2d',
  title: 'Global max-pool',
  summary: 'Reduces every channel to its largest value: whether something is in the picture, not where.',
  formula: String.raw`y_{n,c} = \max_{i,j} x_{n,c,i,j}`,
  family: 'pooling',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: {},

  infer: ({ x }) => shape(x),
  sizes: ({ x }) => adaptiveSizes('globalMaxPool2d', x, [1, 1]),
  reach({ x }) {
    const [, , h, w] = imageAxes('globalMaxPool2d', x);
    return { height: wholeReach(h, 1), width: wholeReach(w, 1) };
  },
  ...peaking('max', (x: Shape, _: object) => adaptiveWindows('globalMaxPool2d', x, [1, 1])),
  cost: ({ x }) => poolCost(x, shape(x), 0),

  torch: () => 'F.adaptive_max_pool2d(x, 1)',
  onnx: () => 'GlobalMaxPool()',

  traps: [
    'One pixel of a channel receives all of the gradient: the first of the largest.',
    'torch.amax splits the gradient between equal maxima; this pool does not.',
  ],
  examples: [
    {
      title: 'each channel becomes its largest value',
      inputs: { x: tensor([1, 2, 2, 2], [1, 2, 3, 6, -4, -3, -2, -1]) },
      params: {},
      output: tensor([1, 2, 1, 1], [6, -1]),
    },
  ],
  starter: {},
});

function shape(x: Shape): Shape {
  const [n, c] = imageAxes('globalMaxPool2d', x);
  return [n, c, 1, 1];
}
