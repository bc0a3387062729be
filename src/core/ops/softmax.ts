import { axisSoftmax } from '../axisSoftmax';
import { made } from '../expression';

export const softmax = axisSoftmax({
  name: 'softmax',
  title: 'Softmax',
  summary: 'Turns the values along an axis into shares that add up to 1, the larger the more.',
  formula: String.raw`y_i = \frac{e^{x_i}}{\sum_k e^{x_k}}`,
  value: (distance, sum) => Math.exp(distance) / sum,
  arithmetic: (distance, sum) => made('quotient', made('exp', distance), sum),
  total: (dy, share) => dy * share,
  gradient: (dy, share, total) => share * (dy - total),
  range: ['(', 0, 1, ')'],
  torch: (dim) => `F.softmax(x, dim=${dim})`,
  onnx: (dim) => `Softmax(axis=${dim})`,
  traps: [
    'Adding the same number to all values changes nothing; the largest is subtracted first, so that nothing overflows.',
    'The default axis is the last in ONNX and has none in PyTorch; before opset 13 ONNX flattened all axes after it.',
    'Where all values are −∞, or one is ∞, the result is NaN.',
  ],
  example: { title: 'twice as much, and four times', x: [0, Math.LN2, 2 * Math.LN2], y: [1 / 7, 2 / 7, 4 / 7] },
  starter: {},
});
