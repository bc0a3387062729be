import { defineOp } from '../../../src/core/op';

/** An op that the product does not have: each value n times, and more. It has a control of every kind. */
export const repeatValues = defineOp({
  name: 'repeatValues',
  title: 'Repeat values',
  summary: 'Puts every value in a block of its own.',
  formula: String.raw`y_{i,j} = a\, x_{\lfloor i/n \rfloor, \lfloor j/n \rfloor}`,
  family: 'sampling',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: {
    times: { kind: 'int', title: 'Times', help: 'Side of a block.', default: 2, min: 1, max: 8, slider: [1, 4] },
    gain: { kind: 'real', title: 'Gain', help: 'What values are multiplied by.', default: 1, min: 0, max: 4, step: 0.25 },
    inverted: { kind: 'bool', title: 'Inverted', help: 'Turns light and dark round.', default: false },
    ends: { kind: 'choice', title: 'Ends', help: 'What happens to large values.', default: 'keep', options: ['keep', 'cut'] },
    shift: { kind: 'pair', title: 'Shift', help: 'Rows and columns.', default: [0, 0], min: 0, max: 4, step: 1 },
  },
  infer: ({ x: [n = 1, c = 1, h = 1, w = 1] }, { times }) => [n, c, h * times, w * times],
  *forward({ x }, { times, gain, inverted, ends }, y) {
    const [, , h = 1, w = 1] = x.shape;
    for (let i = 0; i < y.data.length; i++) {
      const [column, row] = [i % (w * times), Math.floor(i / (w * times)) % (h * times)];
      const plane = Math.floor(i / (w * times * h * times));
      const value = gain * x.data[(plane * h + Math.floor(row / times)) * w + Math.floor(column / times)]!;
      const turned = inverted ? 1 - value : value;
      y.data[i] = ends === 'cut' ? Math.min(1, turned) : turned;
      if (column === 0) yield i / y.data.length;
    }
  },
  differentiable: [],
  backward: () => undefined,
  explain: (_, __, output) => ({ how: 'map', terms: [{ x: output }] }),
  cost: ({ x }) => ({ macs: 0, parameters: 0, bytes: 8 * x.reduce((size, length) => size * length, 1) }),
  torch: ({ times }) => `x.repeat_interleave(${times}, 2).repeat_interleave(${times}, 3)`,
  onnx: () => 'no such operator',
  examples: [],
  starter: {},
});
