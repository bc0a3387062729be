// Rows of activations: one operator on every value.

import type { Tensor } from '../../src/core/tensor';
import type { Random } from './random';
import { chain, type Drawn, floats, one, type Recipe, type Row, real } from './row';

type Draw = (random: Random) => Readonly<Record<string, unknown>>;

/** An op without weights whose parameters are drawn by `params`. */
const row = (op: string, onnx: Row['onnx'], params: Draw = () => ({})): Row => ({
  op,
  draw: (random) => ({ params: params(random), inputs: { x: random.picture(undefined, random.pick([1, 4, 30])) } }),
  onnx,
});
/** The operator of that name, with no attributes. */
const plain = (op: string, type: string): Row => row(op, () => one(type));
/** The operator of that name, its attribute `alpha` under our name. */
const sloped = (op: string, type: string, name: string, min: number, max: number): Row =>
  row(
    op,
    ({ params }) => one(type, { alpha: real(params[name]) }),
    (random) => ({ [name]: random.real(min, max) }),
  );
const clipped = (low: unknown, high: unknown): Recipe =>
  one('Clip', {}, ['x', 'low', 'high'], { constants: [floats('low', [Number(low)], []), floats('high', [Number(high)], [])] });

const softened = (op: string, type: string): Row => ({
  op,
  weight: 3,
  draw: (random) => ({ params: { dim: random.whole(0, 3) }, inputs: { x: random.picture() } }),
  onnx: ({ params }) => one(type, { axis: Number(params.dim) }),
});

export const valueRows: readonly Row[] = [
  plain('identity', 'Identity'),
  plain('relu', 'Relu'),
  plain('sigmoid', 'Sigmoid'),
  plain('tanh', 'Tanh'),
  plain('selu', 'Selu'),
  plain('softsign', 'Softsign'),
  plain('hardswish', 'HardSwish'),
  plain('mish', 'Mish'),
  sloped('leakyRelu', 'LeakyRelu', 'negativeSlope', 0, 0.5),
  sloped('elu', 'Elu', 'alpha', 0.1, 3),
  sloped('celu', 'Celu', 'alpha', 0.1, 3),
  row('relu6', () => clipped(0, 6)),
  row(
    'hardtanh',
    ({ params }) => clipped(params.minVal, params.maxVal),
    (random) => ({ minVal: random.real(-2, 0), maxVal: random.real(0.1, 2) }),
  ),
  row('hardsigmoid', () => one('HardSigmoid', { alpha: real(1 / 6), beta: real(0.5) })),
  row(
    'gelu',
    ({ params }) => one('Gelu', { approximate: String(params.approximate) }),
    (random) => ({ approximate: random.pick(['none', 'tanh']) }),
  ),
  row('silu', () => ({
    nodes: [
      { type: 'Sigmoid', inputs: ['x'], outputs: ['s'], attributes: {} },
      { type: 'Mul', inputs: ['x', 's'], outputs: ['y'], attributes: {} },
    ],
  })),
  row('logsigmoid', () => chain([{ type: 'Neg' }, { type: 'Softplus' }, { type: 'Neg' }])),
  row('softplus', () => one('Softplus')),
  row('tanhshrink', () => ({
    nodes: [
      { type: 'Tanh', inputs: ['x'], outputs: ['t'], attributes: {} },
      { type: 'Sub', inputs: ['x', 't'], outputs: ['y'], attributes: {} },
    ],
  })),
  row(
    'softshrink',
    ({ params }) => one('Shrink', { lambd: real(params.lambd), bias: real(params.lambd) }),
    (random) => ({ lambd: random.real(0, 2) }),
  ),
  row(
    'hardshrink',
    ({ params }) => one('Shrink', { lambd: real(params.lambd), bias: real(0) }),
    (random) => ({ lambd: random.real(0, 2) }),
  ),
  row(
    'threshold',
    ({ params }) => one('ThresholdedRelu', { alpha: real(params.threshold) }),
    (random) => ({ threshold: random.real(0, 2), value: 0 }),
  ),
  {
    op: 'prelu',
    weight: 2,
    draw: (random) => {
      const x = random.picture();
      return { params: {}, inputs: { x, weight: random.values([x.shape[1] ?? 1], 1) } };
    },
    onnx: ({ inputs }: Drawn) => {
      const { weight } = inputs;
      const feeds: Record<string, Tensor> = weight ? { weight: { ...weight, shape: [...weight.shape, 1, 1] } } : {};
      return one('PRelu', {}, ['x', 'weight'], { feeds });
    },
  },
  softened('softmax', 'Softmax'),
  softened('logSoftmax', 'LogSoftmax'),
];
