import { eachProduct, type Mixing, mix, productsOf } from '../mixing';
import { defineOp } from '../op';
import { imageAxes, type Shape, sizeOf, tensor } from '../tensor';
import { list } from '../words';

const standards = {
  bt601: [0.299, 0.587, 0.114],
  bt709: [0.2126, 0.7152, 0.0722],
} as const;
type Weights = 'mean' | keyof typeof standards;

export const grey = defineOp({
  name: 'grey',
  title: 'Grey',
  summary: 'Makes one channel of all: their mean, or a sum weighted as the eye sees them.',
  formula: String.raw`y_{n,1,i,j} = \sum_{c} w_c\, x_{n,c,i,j}`,
  family: 'channels',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: {
    weights: {
      kind: 'choice',
      title: 'Weights',
      help: 'The mean of all channels, or how bright red, green and blue are: BT.601 of old television, BT.709 of today’s screens.',
      default: 'bt601',
      options: ['mean', 'bt601', 'bt709'],
    },
  },

  infer({ x }, p) {
    const [n, , h, w] = imageAxes('grey', x);
    weightsOf(x, p.weights);
    return [n, 1, h, w];
  },

  *forward({ x }, p, y) {
    const weights = weightsOf(x.shape, p.weights);
    yield* mix(
      x,
      mixing(x.shape),
      (_, c) => weights[c]!,
      () => 0,
      y,
    );
  },
  differentiable: ['x'],
  backward({ x }, p, dy, { x: dx }) {
    const weights = weightsOf(x.shape, p.weights);
    eachProduct(mixing(x.shape), (_, c, from, to) => {
      dx.data[from]! += dy.data[to]! * weights[c]!;
    });
  },
  explain(p, { x }, output) {
    const weights = weightsOf(x, p.weights);
    const { x: pixels } = productsOf(mixing(x), output);
    return { how: 'sum', terms: pixels.map((at, c) => ({ x: at, factor: weights[c]! })) };
  },
  cost({ x }) {
    const [n, , h, w] = imageAxes('grey', x);
    return { macs: sizeOf(x), parameters: 0, bytes: 4 * (sizeOf(x) + n * h * w) };
  },

  torch: (p) =>
    p.weights === 'mean'
      ? 'x.mean(1, keepdim=True)'
      : `F.conv2d(x, torch.tensor(${list(standards[p.weights])}).view(1, 3, 1, 1))`,
  onnx: (p) => (p.weights === 'mean' ? 'ReduceMean(axes=[1], keepdims=1)' : `Conv(W=${list(standards[p.weights])})`),

  traps: [
    'Pillow and OpenCV use BT.601, screens follow BT.709: saturated colours differ visibly.',
    'The weights of BT.709 belong to amounts of light; on stored pixels, as here and in most libraries, they give luma and not luminance.',
  ],
  examples: [
    {
      title: 'green looks brightest',
      inputs: { x: tensor([1, 3, 1, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1]) },
      params: {},
      output: tensor([1, 1, 1, 3], [0.299, 0.587, 0.114]),
    },
    {
      title: 'the mean takes any number of channels',
      inputs: { x: tensor([1, 2, 1, 2], [1, 2, 3, 6]) },
      params: { weights: 'mean' },
      output: tensor([1, 1, 1, 2], [2, 4]),
    },
    {
      title: 'today’s screens',
      inputs: { x: tensor([1, 3, 1, 1], [1, 0, 1]) },
      params: { weights: 'bt709' },
      output: tensor([1, 1, 1, 1], [0.2848]),
    },
  ],
  starter: {},
});

function mixing(x: Shape): Mixing {
  const [outer, inputs, h, w] = imageAxes('grey', x);
  return { outer, inputs, inner: h * w, outputs: 1 };
}

function weightsOf(x: Shape, name: Weights): readonly number[] {
  const [, c] = imageAxes('grey', x);
  if (name === 'mean') return new Array<number>(c).fill(1 / c);
  if (c !== 3) throw new RangeError(`grey: ${name} needs red, green and blue, but the input has ${c} channels`);
  return standards[name];
}
