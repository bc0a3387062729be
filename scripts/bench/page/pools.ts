// Rows of pooling.

import * as tf from '@tensorflow/tfjs-core';
import { one } from '../../../test/differential/row';
import { type CvWork, type Entry, pictures, type Size, small, type Work } from './work';

type Pads = [[number, number], [number, number], [number, number], [number, number]];
/** Zeros around a picture, in tfjs' words. */
export const around = (p: number): Pads => [
  [0, 0],
  [p, p],
  [p, p],
  [0, 0],
];
const square = (k: number): [number, number] => [k, k];
const window = (k: number, stride: number, p: number) => ({
  kernel_shape: square(k),
  strides: square(stride),
  pads: [p, p, p, p],
});

function maxPool(k: number, stride: number, padding: number): Work {
  const dilate: CvWork = {
    forms: ['whole', 'planes'],
    make: (cv, keep) => {
      const kernel = keep(cv.Mat.ones(k, k, cv.CV_8U));
      return (x, y) => cv.dilate(x, y, kernel);
    },
  };
  return {
    steps: [{ op: 'maxPool2d', params: { kernelSize: k, stride, padding } }],
    ort: one('MaxPool', window(k, stride, padding)),
    tfjs: (x) => tf.maxPool(x, square(k), square(stride), around(padding), 'floor'),
    ...(stride === 1 && { opencv: dilate }),
  };
}

function average(k: number): Work {
  const padding = (k - 1) / 2;
  return {
    steps: [{ op: 'avgPool2d', params: { kernelSize: k, stride: 1, padding } }],
    ort: one('AveragePool', { ...window(k, 1, padding), count_include_pad: 1 }),
    tfjs: (x) => tf.avgPool(x, square(k), square(1), around(padding), 'floor'),
    opencv: {
      forms: ['whole', 'planes'],
      make: (cv) => {
        const [size, anchor] = [new cv.Size(k, k), new cv.Point(-1, -1)];
        return (x, y) => cv.blur(x, y, size, anchor, cv.BORDER_CONSTANT);
      },
    },
    differs: { tfjs: { margin: padding, why: 'it leaves padding out of the mean' } },
  };
}

const lpPool = (k: number): Work => ({
  steps: [{ op: 'lpPool2d', params: { kernelSize: k, stride: 1, normType: 2 } }],
  ort: one('LpPool', { kernel_shape: square(k), strides: square(1), p: 2 }),
});

const row = (name: string, work: Work, sizes: readonly Size[] = pictures): Entry => ({ name, sizes, make: () => work });

export const pools: readonly Entry[] = [
  row('max-pool 2x2 s2', maxPool(2, 2, 0)),
  { ...row('max-pool 3x3', maxPool(3, 1, 1)), threads: '1 MP' },
  row('max-pool 7x7', maxPool(7, 1, 3), small),
  row('max-pool 15x15', maxPool(15, 1, 7)),
  row('max-pool 31x31', maxPool(31, 1, 15), small),
  row('max-pool 63x63', maxPool(63, 1, 31), small),
  row('average 2x2 s2', {
    steps: [{ op: 'avgPool2d', params: { kernelSize: 2, stride: 2 } }],
    ort: one('AveragePool', { ...window(2, 2, 0), count_include_pad: 1 }),
    tfjs: (x) => tf.avgPool(x, 2, 2, 'valid'),
    opencv: {
      forms: ['whole', 'planes'],
      make: (cv) => (x, y) => cv.resize(x, y, new cv.Size(x.cols / 2, x.rows / 2), 0, 0, cv.INTER_AREA),
    },
  }),
  row('average 3x3', average(3)),
  row('average 7x7', average(7), small),
  row('average 15x15', average(15)),
  row('average 63x63', average(63), small),
  row('Lp-pool 3x3', lpPool(3)),
];
