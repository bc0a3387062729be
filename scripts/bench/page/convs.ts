// Rows of convolutions.

import * as tf from '@tensorflow/tfjs-core';
import type { Shape } from '../../../src/core/tensor';
import { oneOn } from './onnx';
import { around } from './pools';
import { type CvWork, type Entry, type Float32, pictures, type Random, type Size, small, type Work } from './work';

const channelsOf = (shape: Shape): number => shape[1] ?? 1;

/** A dense convolution to `outputs` channels. */
export function dense(outputs: number, k: number, stride = 1) {
  return (shape: Shape, random: Random): Work => {
    const channels = channelsOf(shape);
    const padding = (k - 1) / 2;
    const weight = random.values([outputs, channels, k, k], Math.sqrt(3 / (channels * k * k)));
    const bias = random.values([outputs], 0.5);
    return {
      steps: [{ op: 'conv2d', params: { stride, padding: Array(4).fill(padding) }, weights: { weight, bias } }],
      ort: oneOn('Conv', { kernel_shape: [k, k], strides: [stride, stride], pads: Array(4).fill(padding) }, { weight, bias }),
      tfjs: (x, w) =>
        tf.fused.conv2d({
          x,
          filter: w.weight as tf.Tensor4D,
          strides: stride,
          pad: around(padding),
          bias: w.bias as tf.Tensor1D,
        }),
      tfWeights: { weight: { ...weight, axes: [2, 3, 1, 0] }, bias },
    };
  };
}

/** A kernel each for every channel, of any rank or as a product of a column and a row. */
function depthwise(k: number, { stride = 1, rank1 = false } = {}) {
  return (shape: Shape, random: Random): Work => {
    const channels = channelsOf(shape);
    const padding = (k - 1) / 2;
    const [columns, rows] = [random.values([channels, k], 1), random.values([channels, k], 3 / k)];
    const full = random.values([channels, 1, k, k], Math.sqrt(3) / k);
    if (rank1) {
      for (let i = 0; i < full.data.length; i++) {
        const [c, u, v] = [Math.floor(i / (k * k)), Math.floor(i / k) % k, i % k];
        full.data[i] = columns.data[c * k + u]! * rows.data[c * k + v]!;
      }
    }
    const bias: Float32 = { shape: [channels], data: new Float32Array(channels) };
    const params = { stride, groups: channels, padding: Array(4).fill(padding) };
    const attributes = {
      ...{ kernel_shape: [k, k], strides: [stride, stride] },
      ...{ pads: Array(4).fill(padding), group: channels },
    };
    return {
      steps: [{ op: 'conv2d', params, weights: { weight: full, bias } }],
      ort: oneOn('Conv', attributes, { weight: full }),
      tfjs: (x, w) => tf.depthwiseConv2d(x, w.weight as tf.Tensor4D, stride, around(padding)),
      tfWeights: { weight: { ...full, axes: [2, 3, 0, 1] } },
      ...(stride === 1 && { opencv: rank1 ? separated(k, columns, rows) : filtered(k, full) }),
    };
  };
}

const filtered = (k: number, { data }: Float32): CvWork => ({
  forms: ['planes'],
  make: (cv, keep) => {
    const anchor = new cv.Point(-1, -1);
    const kernels = Array.from({ length: data.length / (k * k) }, (_, c) => {
      const kernel = keep(new cv.Mat(k, k, cv.CV_32F));
      kernel.data32F.set(data.subarray(c * k * k, (c + 1) * k * k));
      return kernel;
    });
    return (x, y, c) => cv.filter2D(x, y, -1, kernels[c]!, anchor, 0, cv.BORDER_CONSTANT);
  },
});

const separated = (k: number, columns: Float32, rows: Float32): CvWork => ({
  forms: ['planes'],
  make: (cv, keep) => {
    const anchor = new cv.Point(-1, -1);
    const parts = ({ data }: Float32) =>
      Array.from({ length: data.length / k }, (_, c) => {
        const part = keep(new cv.Mat(k, 1, cv.CV_32F));
        part.data32F.set(data.subarray(c * k, (c + 1) * k));
        return part;
      });
    const [down, across] = [parts(columns), parts(rows)];
    return (x, y, c) => cv.sepFilter2D(x, y, -1, across[c]!, down[c]!, anchor, 0, cv.BORDER_CONSTANT);
  },
});

/** Twice as large, by kernels of 4 x 4. */
export function transposed(outputs: number) {
  return (shape: Shape, random: Random): Work => {
    const [n = 1, channels = 1, h = 1, w = 1] = shape;
    const weight = random.values([channels, outputs, 4, 4], Math.sqrt(3 / (channels * 4)));
    const bias: Float32 = { shape: [outputs], data: new Float32Array(outputs) };
    const result: [number, number, number, number] = [n, 2 * h, 2 * w, outputs];
    return {
      steps: [{ op: 'convTranspose2d', params: { stride: 2, padding: 1 }, weights: { weight, bias } }],
      ort: oneOn('ConvTranspose', { kernel_shape: [4, 4], strides: [2, 2], pads: [1, 1, 1, 1] }, { weight }),
      tfjs: (x, t) => tf.conv2dTranspose(x, t.weight as tf.Tensor4D, result, 2, 'same'),
      tfWeights: { weight: { ...weight, axes: [2, 3, 1, 0] } },
    };
  };
}

const map = (channels: number, side: number): readonly Size[] => [
  { label: `${channels}x${side}x${side}`, shape: [1, channels, side, side] },
];
const million = (channels: number): readonly Size[] => [
  { label: '256x256', shape: [1, channels, 256, 256] },
  { label: '1 MP', shape: [1, channels, 1024, 1024] },
];
const largeTransposed = pictures.slice(0, 2);

export const convolutions: readonly Entry[] = [
  { name: 'depthwise 3x3', sizes: pictures, make: depthwise(3) },
  { name: 'depthwise 5x5', sizes: small, make: depthwise(5) },
  { name: 'depthwise 5x5 s2', sizes: pictures, make: depthwise(5, { stride: 2 }) },
  { name: 'depthwise 15x15', sizes: small, threads: '1 MP', make: depthwise(15) },
  { name: 'depthwise 7x7 rank 1', sizes: small, make: depthwise(7, { rank1: true }) },
  { name: 'depthwise 15x15 rank 1', sizes: small, threads: '1 MP', make: depthwise(15, { rank1: true }) },
  { name: 'depthwise 31x31 rank 1', sizes: small, make: depthwise(31, { rank1: true }) },
  { name: 'conv 3x3 3->16', sizes: pictures, threads: '1 MP', make: dense(16, 3) },
  { name: 'conv 3x3 16->16', sizes: million(16), threads: '1 MP', make: dense(16, 3) },
  { name: 'conv 3x3 32->32', sizes: map(32, 256), threads: '32x256x256', make: dense(32, 3) },
  { name: 'conv 3x3 64->64', sizes: map(64, 256), threads: '64x256x256', make: dense(64, 3) },
  { name: 'conv 5x5 s2 3->16', sizes: pictures, make: dense(16, 5, 2) },
  { name: 'conv 1x1 64->64', sizes: map(64, 256), threads: '64x256x256', make: dense(64, 1) },
  { name: 'conv-transpose 4x4 s2 3->3', sizes: largeTransposed, threads: '1 MP', make: transposed(3) },
  { name: 'conv-transpose 4x4 s2 64->32', sizes: map(64, 128), threads: '64x128x128', make: transposed(32) },
];
