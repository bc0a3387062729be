import { defineOp } from '../op';
import { imageAxes, placeOf, type Shape, sizeOf, tensor } from '../tensor';
import { list } from '../words';

/** Means and deviations by channel; one number stands for every channel. */
const recipes = {
  'zero-to-one': { mean: [0], std: [1] },
  'minus-one-to-one': { mean: [0.5], std: [0.5] },
  ImageNet: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
} as const;
type Recipe = keyof typeof recipes;

export const normalizeInput = defineOp({
  name: 'normalizeInput',
  title: 'Input normalisation',
  summary: 'Moves and scales stored pixel values, 0 to 1, into the range that a network was trained on.',
  formula: String.raw`y = \frac{x - m_c}{s_c}`,
  family: 'normalisation',
  inputs: { x: 'picture [N, C, H, W], 0 to 1' },
  weights: {},
  params: {
    range: {
      kind: 'choice',
      title: 'Range',
      help: 'As stored, −1 to 1 as generators use, or mean and deviation of the ImageNet photographs.',
      default: 'ImageNet',
      options: ['zero-to-one', 'minus-one-to-one', 'ImageNet'],
    },
  },

  infer({ x }, { range }) {
    const [, c] = imageAxes('normalizeInput', x);
    const { length } = recipes[range].mean;
    if (length !== 1 && length !== c)
      throw new RangeError(`normalizeInput: expected ${length} channels for ${range}, received ${c}`);
    return x;
  },

  *forward({ x }, { range }, y) {
    const [n, c, h, w] = imageAxes('normalizeInput', x.shape);
    for (let row = 0; row < n * c * h; row++) {
      const { mean, std } = constants(range, Math.floor(row / h) % c);
      for (let at = row * w; at < (row + 1) * w; at++) y.data[at] = (x.data[at]! - mean) / std;
      yield (row + 1) / (n * c * h);
    }
  },

  differentiable: ['x'],
  backward({ x }, { range }, dy, { x: dx }) {
    for (let at = 0; at < dy.data.length; at++) dx.data[at]! += dy.data[at]! / constants(range, channelOf(x.shape, at)).std;
  },

  explain({ range }, { x }, output) {
    const { mean, std } = constants(range, channelOf(x, output));
    return { how: 'sum', terms: [{ x: output, factor: 1 / std }], offset: -mean / std };
  },
  cost: ({ x }) => ({ macs: sizeOf(x), parameters: 0, bytes: 8 * sizeOf(x) }),
  torch: ({ range }) => `TF.normalize(x, mean=${list(recipes[range].mean)}, std=${list(recipes[range].std)})`,
  onnx: ({ range }) => `Div(Sub(x, ${list(recipes[range].mean)}), ${list(recipes[range].std)})`,

  traps: [
    'A network that was trained with one range sees a strange picture in another: washed out, or far too strong.',
    'The three ImageNet numbers are for red, green and blue in this order; pictures read by OpenCV have blue first.',
    'The starting range of a scene does the same for 0 to 1 and −1 to 1: using both scales twice.',
  ],
  examples: [
    {
      title: 'to −1 to 1',
      inputs: { x: tensor([1, 1, 1, 3], [0, 0.5, 1]) },
      params: { range: 'minus-one-to-one' },
      output: tensor([1, 1, 1, 3], [-1, 0, 1]),
    },
    {
      title: 'the ImageNet mean becomes 0',
      inputs: { x: tensor([1, 3, 1, 1], [0.485, 0.456, 0.631]) },
      params: {},
      output: tensor([1, 3, 1, 1], [0, 0, 1]),
    },
  ],
  starter: {},
});

const channelOf = (shape: Shape, at: number): number => placeOf(shape, at)[1];

function constants(range: Recipe, channel: number): { readonly mean: number; readonly std: number } {
  const { mean, std } = recipes[range];
  return { mean: mean[channel] ?? mean[0], std: std[channel] ?? std[0] };
}
