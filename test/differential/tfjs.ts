// Rows against tfjs, whose pictures are NHWC: the same case in its words, and gradients where it has a kernel for them.

import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { type Tensor, tensor } from '../../src/core/tensor';
import type { Random } from './random';
import { type Drawn, numbersOf } from './row';

type T4 = tf.Tensor4D;
export interface TfRow {
  readonly op: string;
  readonly weight?: number;
  draw(random: Random): Drawn;
  /** The result, NHWC. */
  run(inputs: Readonly<Record<string, T4>>, drawn: Drawn): tf.Tensor;
  /** Gradients given `dy` and the result, NHWC; by our input names. */
  grads?(inputs: Readonly<Record<string, T4>>, drawn: Drawn, dy: T4, y: T4): Readonly<Record<string, tf.Tensor>>;
}

/** A picture as NHWC, a convolution's weights [O, I, kH, kW] as [kH, kW, I, O], anything else as it is. */
export function toTf(name: string, { shape, data }: Tensor): T4 {
  const given: tf.Tensor = tf.tensor(Float32Array.from(data), [...shape], 'float32');
  if (shape.length !== 4) return given as T4;
  return tf.transpose(given as T4, name === 'weight' ? [2, 3, 1, 0] : [0, 2, 3, 1]);
}

/** Back to our order of axes. */
export function fromTf(name: string, given: tf.Tensor): Tensor {
  const turned = given.rank === 4 ? tf.transpose(given, name === 'weight' ? [3, 2, 0, 1] : [0, 3, 1, 2]) : given;
  return tensor(turned.shape, Array.from(turned.dataSync()));
}

const kernel = (name: string, inputs: Readonly<Record<string, tf.Tensor>>, attributes: tf.NamedAttrMap): tf.Tensor =>
  tf.engine().runKernel(name, { ...inputs }, attributes) as tf.Tensor;

const two = (value: unknown): [number, number] => {
  const [a = 1, b = a] = numbersOf(value);
  return [a, b];
};
type Pads = [[number, number], [number, number], [number, number], [number, number]];
const pads = (value: unknown): Pads => {
  const [top = 0, bottom = 0, left = 0, right = 0] = numbersOf(value);
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
};

const around = (padding: unknown): Pads => pads([padding, padding, padding, padding]);

/** Padding of TensorFlow's SAME: the odd position at the end. */
const same = (length: number, size: number, stride: number): [number, number] => {
  const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + size - length);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
};

function drawConv(random: Random): Drawn {
  const x = random.picture();
  const size = random.pair(1, 4);
  const outputs = random.whole(1, 3);
  const stride = random.pair(1, 3);
  const [, channels = 1, h = 1, w = 1] = x.shape;
  const padding = random.chance(0.5)
    ? [...same(h, size[0], stride[0]), ...same(w, size[1], stride[1])]
    : Array.from({ length: 4 }, () => random.whole(0, 2));
  const inputs = { x, weight: random.values([outputs, channels, ...size], 1), bias: random.values([outputs], 1) };
  return { params: { stride, padding }, inputs };
}

const drawPool = (random: Random): Drawn => {
  const kernelSize = random.pair(1, 4);
  const padding = random.whole(0, Math.floor(Math.min(...kernelSize) / 2));
  const params = { kernelSize, stride: random.pair(1, 4), padding, ceilMode: random.chance(0.5) };
  return { params, inputs: { x: random.picture() } };
};
const rounding = ({ params }: Drawn): 'ceil' | 'floor' => (params.ceilMode === true ? 'ceil' : 'floor');
/** Tfjs also keeps a last window that starts in the padding, and counts it in. */
const startsOutside = ({ params, inputs }: Drawn): boolean =>
  params.ceilMode === true &&
  [0, 1].some((axis) => {
    const [length, size, stride, before] = [
      inputs.x?.shape[axis + 2] ?? 1,
      two(params.kernelSize)[axis]!,
      two(params.stride)[axis]!,
      Number(params.padding),
    ];
    return Math.ceil((length + 2 * before - size) / stride) * stride >= length + before;
  });
export const tfExceptions: Readonly<Record<string, (drawn: Drawn) => boolean>> = {
  'a last window that starts in the padding: torch drops it, tfjs keeps it': startsOutside,
};

const values = (op: string, run: (x: tf.Tensor) => tf.Tensor, params: Drawn['params'] = {}): TfRow => ({
  op,
  draw: (random) => ({ params, inputs: { x: random.picture(undefined, random.pick([1, 4])) } }),
  run: ({ x }) => run(x!),
});
const resize = (random: Random, modes: readonly [string, ...string[]]): Drawn => ({
  params: { size: random.pair(1, 12), mode: random.pick(modes) },
  inputs: { x: random.picture() },
});

export const tfRows: readonly TfRow[] = [
  {
    op: 'conv2d',
    weight: 12,
    draw: drawConv,
    run: ({ x, weight, bias }, { params }) => tf.add(tf.conv2d(x!, weight!, two(params.stride), pads(params.padding)), bias!),
    grads: ({ x, weight }, { params }, dy) => {
      const attributes = { strides: two(params.stride), pad: pads(params.padding), dataFormat: 'NHWC', dimRoundingMode: 'floor' };
      return {
        x: kernel('Conv2DBackpropInput', { dy, filter: weight! }, { ...attributes, inputShape: x!.shape }),
        weight: kernel('Conv2DBackpropFilter', { x: x!, dy }, { ...attributes, filterShape: weight!.shape }),
        bias: tf.sum(dy, [0, 1, 2]),
      };
    },
  },
  {
    op: 'convTranspose2d',
    weight: 6,
    draw: (random) => {
      const x = random.picture();
      const outputs = random.whole(1, 3);
      const weight = random.values([x.shape[1] ?? 1, outputs, ...random.pair(1, 4)], 1);
      return { params: { stride: random.pair(1, 3) }, inputs: { x, weight, bias: random.values([outputs], 1) } };
    },
    run: ({ x, weight, bias }, { params }) => {
      const [sh, sw] = two(params.stride);
      const [n, h, w] = x!.shape;
      const [kh, kw, outputs] = weight!.shape;
      const shape: [number, number, number, number] = [n, (h - 1) * sh + kh, (w - 1) * sw + kw, outputs];
      return tf.add(tf.conv2dTranspose(x!, weight!, shape, [sh, sw], 'valid'), bias!);
    },
  },
  {
    op: 'maxPool2d',
    weight: 8,
    draw: drawPool,
    run: ({ x }, drawn) => {
      const { kernelSize, stride, padding } = drawn.params;
      return tf.maxPool(x!, two(kernelSize), two(stride), around(padding), rounding(drawn));
    },
    grads: ({ x }, drawn, dy, y) => {
      const { kernelSize, stride, padding } = drawn.params;
      const attributes = {
        filterSize: two(kernelSize),
        strides: two(stride),
        pad: around(padding),
        dimRoundingMode: rounding(drawn),
      };
      return { x: kernel('MaxPoolGrad', { dy, input: x!, output: y }, attributes) };
    },
  },
  {
    op: 'avgPool2d',
    weight: 8,
    draw: (random) => {
      const { params, inputs } = drawPool(random);
      return { params: { ...params, countIncludePad: false }, inputs };
    },
    run: ({ x }, drawn) => {
      const { kernelSize, stride, padding } = drawn.params;
      return tf.avgPool(x!, two(kernelSize), two(stride), around(padding), rounding(drawn));
    },
  },
  {
    op: 'interpolate',
    weight: 8,
    draw: (random) => {
      const { params, inputs } = resize(random, ['bilinear']);
      return { params: { ...params, alignCorners: random.chance(0.5) }, inputs };
    },
    run: ({ x }, { params }) => {
      const aligned = params.alignCorners === true;
      return tf.image.resizeBilinear(x!, two(params.size), aligned, !aligned);
    },
  },
  {
    op: 'interpolate',
    weight: 4,
    draw: (random) => resize(random, ['nearest', 'nearest-exact']),
    run: ({ x }, { params }) => tf.image.resizeNearestNeighbor(x!, two(params.size), false, params.mode === 'nearest-exact'),
  },
  values('relu', tf.relu),
  values('relu6', tf.relu6),
  values('leakyRelu', (x) => tf.leakyRelu(x, 0.25), { negativeSlope: 0.25 }),
  values('elu', tf.elu),
  values('selu', tf.selu),
  values('sigmoid', tf.sigmoid),
  values('tanh', tf.tanh),
  values('softplus', tf.softplus),
  values('logsigmoid', tf.logSigmoid),
  values('softmax', (x) => tf.softmax(x), { dim: 1 }),
  values('logSoftmax', (x) => tf.logSoftmax(x), { dim: 1 }),
  {
    op: 'batchNorm',
    weight: 2,
    draw: (random) => {
      const x = random.picture();
      const each = () => random.values([x.shape[1] ?? 1]);
      const variance = each();
      const runningVar = { ...variance, data: variance.data.map((v) => Math.fround(Math.abs(v) + 0.1)) };
      const inputs = { x, weight: each(), bias: each(), runningMean: each(), runningVar };
      return { params: { eps: random.real(1e-3, 0.1) }, inputs };
    },
    run: ({ x, weight, bias, runningMean, runningVar }, { params }) =>
      tf.batchNorm(x!, as1D(runningMean), as1D(runningVar), as1D(bias), as1D(weight), Number(params.eps)),
  },
  {
    op: 'localResponseNorm',
    weight: 2,
    draw: (random) => ({
      params: { size: random.pick([1, 3, 5]), alpha: random.real(0.01, 0.5), beta: random.real(0.2, 1), k: random.real(0.5, 2) },
      inputs: { x: random.picture(random.whole(1, 6)) },
    }),
    run: ({ x }, { params }) => {
      const size = Number(params.size);
      return tf.localResponseNormalization(
        x!,
        (size - 1) / 2,
        Number(params.k),
        Number(params.alpha) / size,
        Number(params.beta),
      );
    },
  },
  {
    op: 'pad',
    weight: 2,
    draw: (random) => ({
      params: { padding: Array.from({ length: 4 }, () => random.whole(0, 3)), mode: random.pick(['constant', 'reflect']) },
      inputs: { x: random.picture() },
    }),
    run: ({ x }, { params }) =>
      params.mode === 'constant' ? tf.pad(x!, pads(params.padding)) : tf.mirrorPad(x!, pads(params.padding), 'reflect'),
  },
  {
    op: 'pixelShuffle',
    draw: (random) => {
      const upscaleFactor = random.whole(2, 3);
      return { params: { upscaleFactor }, inputs: { x: random.picture(upscaleFactor ** 2) } };
    },
    run: ({ x }, { params }) => tf.depthToSpace(x!, Number(params.upscaleFactor), 'NHWC'),
  },
];

const as1D = (t: tf.Tensor | undefined): tf.Tensor1D => tf.reshape(t!, [-1]);
