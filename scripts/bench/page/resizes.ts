// Rows of interpolation.

import * as tf from '@tensorflow/tfjs-core';
import type { Shape } from '../../../src/core/tensor';
import type { Node } from '../../../test/differential/onnx';
import { real } from '../../../test/differential/row';
import type { Resizing } from './cv';
import { floats } from './onnx';
import { type CvWork, type Difference, type Entry, enlarged, pictures, type Rival, type Size, small, type Work } from './work';

interface Resize {
  readonly mode: string;
  readonly scale: number;
  readonly antialias?: boolean;
  /** Attributes of ONNX's Resize beside the mode. */
  readonly onnx?: Node['attributes'];
  readonly cv?: Resizing;
  readonly tfjs?: (x: tf.Tensor4D, size: [number, number]) => tf.Tensor;
  readonly differs?: Partial<Record<Rival, Difference>>;
}

const resized = (how: Resizing, scale: number): CvWork => ({
  forms: ['whole', 'planes'],
  make: (cv) => (x, y) => cv.resize(x, y, new cv.Size(Math.floor(x.cols * scale), Math.floor(x.rows * scale)), 0, 0, cv[how]),
});

const resize =
  ({ mode, scale, antialias = false, onnx, cv, tfjs, differs }: Resize) =>
  ([, , h = 1, w = 1]: Shape): Work => ({
    steps: [{ op: 'interpolate', params: { scaleFactor: scale, mode, antialias } }],
    ...(onnx && {
      ort: {
        nodes: [{ type: 'Resize', inputs: ['x', '', 'scales'], outputs: ['y'], attributes: onnx }],
        constants: [floats('scales', [1, 1, scale, scale])],
      },
    }),
    ...(tfjs && { tfjs: (x) => tfjs(x, [Math.floor(h * scale), Math.floor(w * scale)]) }),
    ...(cv && { opencv: resized(cv, scale) }),
    ...(differs && { differs }),
  });

const nearest = { coordinate_transformation_mode: 'asymmetric', mode: 'nearest', nearest_mode: 'floor' };
const linear = { coordinate_transformation_mode: 'half_pixel', mode: 'linear' };
const cubic = { coordinate_transformation_mode: 'half_pixel', mode: 'cubic', cubic_coeff_a: real(-0.75) };
const widened = { antialias: 1, exclude_outside: 1 };

const lanczos4: Pick<Resize, 'cv' | 'differs'> = {
  cv: 'INTER_LANCZOS4',
  differs: {
    opencv: { margin: Number.POSITIVE_INFINITY, why: 'it has Lanczos with 8 taps and without antialiasing, ours has 6 taps' },
  },
};

const nearestOf = (scale: number): Resize => ({
  ...{ mode: 'nearest', scale, onnx: nearest, cv: 'INTER_NEAREST' },
  tfjs: (x, size) => tf.image.resizeNearestNeighbor(x, size, false, false),
});
const bilinearOf = (scale: number): Resize => ({
  ...{ mode: 'bilinear', scale, onnx: linear, cv: 'INTER_LINEAR' },
  tfjs: (x, size) => tf.image.resizeBilinear(x, size, false, true),
});
const bicubicOf = (scale: number): Resize => ({ mode: 'bicubic', scale, onnx: cubic, cv: 'INTER_CUBIC' });

function area(shape: Shape): Work {
  const pool = { kernel_shape: [2, 2], strides: [2, 2] };
  return {
    ...resize({ mode: 'area', scale: 0.5, cv: 'INTER_AREA', tfjs: (x) => tf.avgPool(x, 2, 2, 'valid') })(shape),
    ort: { nodes: [{ type: 'AveragePool', inputs: ['x'], outputs: ['y'], attributes: pool }] },
  };
}

const row = (name: string, how: Resize, sizes: readonly Size[]): Entry => ({ name, sizes, make: resize(how) });

export const resizes: readonly Entry[] = [
  row('nearest 2x', nearestOf(2), enlarged),
  row('bilinear 2x', bilinearOf(2), enlarged),
  row('bicubic 2x', bicubicOf(2), enlarged),
  row('Lanczos 2x', { mode: 'lanczos', scale: 2, ...lanczos4 }, enlarged),
  row('bilinear 1.5x', bilinearOf(1.5), small),
  row('bicubic 1.5x', bicubicOf(1.5), small),
  row('nearest 1/2', nearestOf(0.5), pictures),
  row('bilinear 1/2', bilinearOf(0.5), pictures),
  row('bicubic 1/2', bicubicOf(0.5), small),
  { name: 'area 1/2', sizes: pictures, make: area },
  row('bilinear antialias 1/2', { mode: 'bilinear', antialias: true, scale: 0.5, onnx: { ...linear, ...widened } }, pictures),
  row(
    'bicubic antialias 1/2',
    { mode: 'bicubic', antialias: true, scale: 0.5, onnx: { ...cubic, ...widened, cubic_coeff_a: real(-0.5) } },
    pictures,
  ),
  row('Lanczos 1/2', { mode: 'lanczos', scale: 0.5, ...lanczos4 }, small),
];
