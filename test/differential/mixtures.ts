// Rows of ops that take, move or mix channels and values.

import { type Tensor, tensor } from '../../src/core/tensor';
import type { Random } from './random';
import { chain, type Drawn, floats, ints, numbersOf, one, type Recipe, type Row, real } from './row';

const channelsOf = ({ inputs }: Drawn): number => inputs.x?.shape[1] ?? 1;
const plain = (random: Random, params: Drawn['params']): Drawn => ({ params, inputs: { x: random.picture() } });

/** `y = x Wᵀ + b` over the last axis. */
const product = (last: boolean): Recipe => {
  const toLast = last ? [] : [{ type: 'Transpose', attributes: { perm: [0, 2, 3, 1] } }];
  const back = last ? [] : [{ type: 'Transpose', attributes: { perm: [0, 3, 1, 2] } }];
  const { nodes } = chain([...toLast, { type: 'MatMul', more: ['turned'] }, { type: 'Add', more: ['bias'] }, ...back]);
  return { nodes: [{ type: 'Transpose', inputs: ['weight'], outputs: ['turned'], attributes: { perm: [1, 0] } }, ...nodes] };
};

/** One small filter [kh, kw] for every channel. */
const depthwise = (
  type: string,
  channels: number,
  kernel: readonly (readonly number[])[],
  attributes: { strides: readonly number[] },
) => ({
  node: { type, attributes: { ...attributes, group: channels }, more: ['filter'] },
  constant: floats('filter', Array.from({ length: channels }, () => kernel.flat()).flat(), [
    channels,
    1,
    kernel.length,
    kernel[0]?.length ?? 0,
  ]),
});

/** A row of Pascal's triangle, adding up to 1. */
function binomial(size: number): number[] {
  let row = [1];
  for (let i = 1; i < size; i++) row = [...row, 0].map((v, k) => v + (row[k - 1] ?? 0));
  return row.map((v) => v / 2 ** (size - 1));
}

const borders: Readonly<Record<string, string>> = { zeros: 'constant', reflect: 'reflect', replicate: 'edge', circular: 'wrap' };
const lumas: Readonly<Record<string, readonly number[]>> = {
  mean: [1 / 3, 1 / 3, 1 / 3],
  bt601: [0.299, 0.587, 0.114],
  bt709: [0.2126, 0.7152, 0.0722],
};
const ranges: Readonly<Record<string, readonly [mean: readonly number[], deviation: readonly number[]]>> = {
  'zero-to-one': [[0], [1]],
  'minus-one-to-one': [[0.5], [0.5]],
  ImageNet: [
    [0.485, 0.456, 0.406],
    [0.229, 0.224, 0.225],
  ],
};

export const mixtureRows: readonly Row[] = [
  {
    op: 'linear',
    weight: 2,
    draw: (random) => {
      const x = random.picture();
      const over = random.pick(['last', 'channels']);
      const [ins = 1, outs] = [x.shape[over === 'last' ? 3 : 1], random.whole(1, 4)];
      return { params: { over }, inputs: { x, weight: random.values([outs, ins]), bias: random.values([outs]) } };
    },
    onnx: ({ params }) => product(params.over === 'last'),
  },
  {
    op: 'mix1x1',
    weight: 2,
    draw: (random) => {
      const x = random.picture();
      const outs = random.whole(1, 4);
      return { params: {}, inputs: { x, weight: random.values([outs, x.shape[1] ?? 1]), bias: random.values([outs]) } };
    },
    onnx: () => product(false),
  },
  {
    op: 'layerNorm',
    weight: 2,
    draw: (random) => {
      const x = random.picture();
      const normalizedAxes = random.whole(1, 3);
      const shape = x.shape.slice(-normalizedAxes);
      const inputs = { x, weight: random.values(shape), bias: random.values(shape) };
      return { params: { normalizedAxes, eps: random.real(1e-3, 0.1) }, inputs };
    },
    onnx: ({ params }) =>
      one('LayerNormalization', { axis: -Number(params.normalizedAxes), epsilon: real(params.eps) }, ['x', 'weight', 'bias']),
    tolerance: 2e-5,
  },
  {
    op: 'rrelu',
    draw: (random) => plain(random, { lower: random.real(0, 0.2), upper: random.real(0.2, 0.6), training: false }),
    onnx: ({ params }) => one('LeakyRelu', { alpha: real((Number(params.lower) + Number(params.upper)) / 2) }),
  },
  { op: 'dropout', draw: (random) => plain(random, { p: random.real(0, 1), training: false }), onnx: () => one('Identity') },
  {
    op: 'stridedSlice',
    draw: (random) => plain(random, { stride: random.pair(1, 4), start: random.pair(0, 3) }),
    onnx: ({ params }) =>
      one('Slice', {}, ['x', 'starts', 'ends', 'axes', 'steps'], {
        constants: [
          ints('starts', ...numbersOf(params.start)),
          ints('ends', 99, 99),
          ints('axes', 2, 3),
          ints('steps', ...numbersOf(params.stride)),
        ],
      }),
  },
  {
    op: 'pickChannels',
    draw: (random) => plain(random, { first: random.whole(0, 2), count: random.whole(1, 3) }),
    onnx: ({ params }) =>
      one('Slice', {}, ['x', 'starts', 'ends', 'axes'], {
        constants: [
          ints('starts', Number(params.first)),
          ints('ends', Number(params.first) + Number(params.count)),
          ints('axes', 1),
        ],
      }),
  },
  {
    op: 'zeroInsert',
    draw: (random) => plain(random, { stride: random.pair(1, 4) }),
    onnx: (drawn) => {
      const [high = 1, wide = 1] = numbersOf(drawn.params.stride);
      const kernel = Array.from({ length: high }, (_, i) => Array.from({ length: wide }, (__, j) => (i + j === 0 ? 1 : 0)));
      const { node, constant } = depthwise('ConvTranspose', channelsOf(drawn), kernel, { strides: [high, wide] });
      return chain([node], [constant]);
    },
  },
  {
    op: 'blurPool2d',
    weight: 2,
    draw: (random) =>
      plain(random, {
        filterSize: random.whole(1, 5),
        stride: random.pair(1, 3),
        paddingMode: random.pick(['zeros', 'reflect', 'replicate', 'circular']),
      }),
    onnx: (drawn) => {
      const size = Number(drawn.params.filterSize);
      const [before, after] = [Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)];
      const row = binomial(size);
      const kernel = row.map((a) => row.map((b) => a * b));
      const { node, constant } = depthwise('Conv', channelsOf(drawn), kernel, { strides: numbersOf(drawn.params.stride) });
      const mode = borders[String(drawn.params.paddingMode)] ?? '';
      const pads = ints('pads', 0, 0, before, before, 0, 0, after, after);
      return chain([{ type: 'Pad', attributes: { mode }, more: ['pads'] }, node], [pads, constant]);
    },
  },
  {
    op: 'grey',
    draw: (random) => ({ params: { weights: random.pick(['mean', 'bt601', 'bt709']) }, inputs: { x: random.picture(3) } }),
    onnx: ({ params }) =>
      one('Conv', {}, ['x', 'filter'], { constants: [floats('filter', lumas[String(params.weights)] ?? [], [1, 3, 1, 1])] }),
  },
  {
    op: 'normalizeInput',
    draw: (random) => ({
      params: { range: random.pick(['zero-to-one', 'minus-one-to-one', 'ImageNet']) },
      inputs: { x: random.picture(3) },
    }),
    onnx: ({ params }) => {
      const [mean, deviation] = ranges[String(params.range)] ?? [[], []];
      return chain(
        [
          { type: 'Sub', more: ['mean'] },
          { type: 'Div', more: ['deviation'] },
        ],
        [floats('mean', mean, [1, mean.length, 1, 1]), floats('deviation', deviation, [1, deviation.length, 1, 1])],
      );
    },
  },
  {
    op: 'maxUnpool2d',
    weight: 2,
    draw: (random) => {
      const x = random.picture();
      const [kh, kw] = random.pair(1, 3);
      return { params: { kernelSize: [kh, kw] }, inputs: { x, indices: winners(random, x, [kh, kw]) } };
    },
    onnx: ({ params, inputs }) => {
      const [kh = 1, kw = 1] = numbersOf(params.kernelSize);
      const { x, indices } = inputs;
      const [, , h = 1, w = 1] = x?.shape ?? [];
      // ONNX counts over the whole tensor, torch over a plane.
      const all = Array.from(indices?.data ?? [], (at, i) => at + Math.floor(i / (h * w)) * h * w * kh * kw);
      return one('MaxUnpool', { kernel_shape: [kh, kw], strides: [kh, kw] }, ['x', 'places'], {
        constants: [{ name: 'places', kind: 'int64', shape: x?.shape ?? [], data: all }],
      });
    },
  },
];

/** A place in each window, over its plane of the larger picture. */
function winners(random: Random, x: Tensor, [kh, kw]: readonly [number, number]): Tensor {
  const [, , h = 1, w = 1] = x.shape;
  const places = Array.from(x.data, (_, k) => {
    const [i, j] = [Math.floor(k / w) % h, k % w];
    return (i * kh + random.whole(0, kh - 1)) * w * kw + j * kw + random.whole(0, kw - 1);
  });
  return tensor(x.shape, places);
}
