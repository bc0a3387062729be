// Rows of activations, normalisations and a chain.

import * as tf from '@tensorflow/tfjs-core';
import type { Shape } from '../../../src/core/tensor';
import { chain, one, type Recipe, real } from '../../../test/differential/row';
import { dense } from './convs';
import { floats, oneOn } from './onnx';
import { type CvWork, type Entry, type Float32, pictures, type Random, type Size, small, type Work } from './work';

const map = (op: string, ort: Recipe, tfjs: (x: tf.Tensor4D) => tf.Tensor, more: Partial<Work> = {}): Work => ({
  ...{ steps: [{ op }], ort, tfjs },
  ...more,
});

const row = (name: string, work: Work, sizes: readonly Size[] = small, threads?: string): Entry => ({
  ...{ name, sizes, make: () => work },
  ...(threads !== undefined && { threads }),
});

const toZero: CvWork = {
  forms: ['whole', 'planes'],
  make: (cv) => (x, y) => cv.threshold(x, y, 0, 0, cv.THRESH_TOZERO),
};

const silu: Recipe = {
  nodes: [
    { type: 'Sigmoid', inputs: ['x'], outputs: ['t'], attributes: {} },
    { type: 'Mul', inputs: ['x', 't'], outputs: ['y'], attributes: {} },
  ],
};
const geluOf = (x: tf.Tensor4D): tf.Tensor => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));

const slope = 0.01;
const activations: readonly Entry[] = [
  row('ReLU', map('relu', one('Relu'), tf.relu, { opencv: toZero }), pictures),
  row(
    'Leaky ReLU',
    map('leakyRelu', one('LeakyRelu', { alpha: real(slope) }), (x) => tf.leakyRelu(x, slope)),
    pictures,
  ),
  row('sigmoid', map('sigmoid', one('Sigmoid'), tf.sigmoid), pictures, '1 MP'),
  row('tanh', map('tanh', one('Tanh'), tf.tanh)),
  row('GELU', map('gelu', one('Gelu'), geluOf), pictures, '1 MP'),
  row('ELU', map('elu', one('Elu'), tf.elu)),
  row(
    'SiLU',
    map('silu', silu, (x) => tf.mul(x, tf.sigmoid(x))),
  ),
  row('softplus', map('softplus', one('Softplus'), tf.softplus)),
];

const eps = 1e-5;

/** Statistics of batch norm for so many channels. */
function statistics(channels: number, random: Random) {
  const positive = (values: Float32): Float32 => ({ ...values, data: values.data.map((v) => Math.abs(v) + 0.3) });
  const each = () => random.values([channels]);
  return { weight: positive(each()), bias: each(), runningMean: each(), runningVar: positive(each()) };
}
type Statistics = ReturnType<typeof statistics>;

const batchNormOf = (x: tf.Tensor4D, w: Readonly<Record<string, tf.Tensor>>): tf.Tensor4D =>
  tf.batchNorm4d(
    x,
    w.runningMean as tf.Tensor1D,
    w.runningVar as tf.Tensor1D,
    w.bias as tf.Tensor1D,
    w.weight as tf.Tensor1D,
    eps,
  );

/** Scale and shift, a call for each channel. */
const affine = ({ weight, bias, runningMean, runningVar }: Statistics): CvWork => ({
  forms: ['planes'],
  make: () => {
    const scale = weight.data.map((g, c) => g / Math.sqrt(runningVar.data[c]! + eps));
    const shift = bias.data.map((b, c) => b - runningMean.data[c]! * scale[c]!);
    return (x, y, c) => x.convertTo(y, -1, scale[c]!, shift[c]!);
  },
});

function batchNorm([, channels = 1]: Shape, random: Random): Work {
  const weights = statistics(channels, random);
  return {
    steps: [{ op: 'batchNorm', params: { eps }, weights }],
    ort: oneOn('BatchNormalization', { epsilon: real(eps) }, weights),
    ...{ tfjs: batchNormOf, tfWeights: weights, opencv: affine(weights) },
  };
}

function instanceNorm([, channels = 1]: Shape, random: Random): Work {
  const { weight, bias } = statistics(channels, random);
  return {
    steps: [{ op: 'instanceNorm', params: { eps }, weights: { weight, bias } }],
    ort: oneOn('InstanceNormalization', { epsilon: real(eps) }, { weight, bias }),
    tfjs: (x, w) => {
      const { mean, variance } = tf.moments(x, [1, 2]);
      return tf.batchNorm4d(x, tf.squeeze(mean), tf.squeeze(variance), w.bias as tf.Tensor1D, w.weight as tf.Tensor1D, eps);
    },
    tfWeights: { weight, bias },
    // Onnxruntime adds up a plane in float32.
    tolerance: 1e-3,
  };
}

const softmax: Work = {
  steps: [{ op: 'softmax', params: { dim: 1 } }],
  ort: one('Softmax', { axis: 1 }),
  tfjs: (x) => tf.softmax(x),
};

/** Convolution, batch norm, Leaky ReLU, max-pool, upsample. */
function five(shape: Shape, random: Random): Work {
  const outputs = 8;
  const conv = dense(outputs, 3)(shape, random);
  const weights = statistics(outputs, random);
  const [, , h = 1, w = 1] = shape;
  const kernel = conv.steps[0]?.weights ?? {};
  const constants = Object.entries({ ...kernel, ...renamed(weights) }).map(([name, { data, shape }]) =>
    floats(name, data, shape),
  );
  return {
    steps: [
      ...conv.steps,
      { op: 'batchNorm', params: { eps }, weights },
      { op: 'leakyRelu', params: { negativeSlope: slope } },
      { op: 'maxPool2d', params: { kernelSize: 2 } },
      { op: 'interpolate', params: { scaleFactor: 2, mode: 'bilinear' } },
    ],
    ort: chain(
      [
        { type: 'Conv', attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }, more: ['weight', 'bias'] },
        {
          type: 'BatchNormalization',
          attributes: { epsilon: real(eps) },
          more: ['norm_weight', 'norm_bias', 'norm_runningMean', 'norm_runningVar'],
        },
        { type: 'LeakyRelu', attributes: { alpha: real(slope) } },
        { type: 'MaxPool', attributes: { kernel_shape: [2, 2], strides: [2, 2] } },
        {
          type: 'Resize',
          attributes: { coordinate_transformation_mode: 'half_pixel', mode: 'linear' },
          more: ['', 'scales'],
        },
      ],
      [...constants, floats('scales', [1, 1, 2, 2], [4])],
    ),
    tfjs: (x, t) => {
      const features = conv.tfjs?.(x, t) as tf.Tensor4D;
      const norm = Object.fromEntries(Object.keys(weights).map((name) => [name, t[`norm_${name}`]!]));
      const pooled = tf.maxPool(tf.leakyRelu(batchNormOf(features, norm), slope), 2, 2, 'valid');
      return tf.image.resizeBilinear(pooled, [h, w], false, true);
    },
    tfWeights: { ...conv.tfWeights, ...renamed(weights) },
  };
}

const renamed = (weights: Statistics): Record<string, Float32> =>
  Object.fromEntries(Object.entries(weights).map(([name, values]) => [`norm_${name}`, values]));

export const maps: readonly Entry[] = [
  ...activations,
  { name: 'batch norm', sizes: pictures, make: batchNorm },
  { name: 'instance norm', sizes: small, make: instanceNorm },
  { name: 'softmax 12 channels', sizes: [{ label: '12x512x512', shape: [1, 12, 512, 512] }], make: () => softmax },
  { name: 'chain of five', sizes: pictures, threads: '1 MP', make: five },
];
