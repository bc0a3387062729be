import { axisSoftmax } from '../axisSoftmax';
import { made } from '../expression';

export const logSoftmax = axisSoftmax({
  name: 'logSoftmax',
  title: 'Log-softmax',
  summary: 'The logarithm of the shares that a softmax makes, exact also where a share is almost 0.',
  formula: String.raw`y_i = x_i - \ln \sum_k e^{x_k}`,
  value: (distance, sum) => distance - Math.log(sum),
  arithmetic: (distance, sum) => made('difference', distance, made('ln', sum)),
  total: (dy) => dy,
  gradient: (dy, share, total) => dy - share * total,
  range: ['(', Number.NEGATIVE_INFINITY, 0, ']'],
  torch: (dim) => `F.log_softmax(x, dim=${dim})`,
  onnx: (dim) => `LogSoftmax(axis=${dim})`,
  traps: ['The logarithm of a softmax that became 0 is −∞; computed at once it stays finite.'],
  example: {
    title: 'logarithms of 1/7, 2/7 and 4/7',
    x: [0, Math.LN2, 2 * Math.LN2],
    y: [Math.log(1 / 7), Math.log(2 / 7), Math.log(4 / 7)],
  },
  starter: {},
});
