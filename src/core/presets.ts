// Chains to start from: the building blocks of networks, and what is often done to pictures, with weights that show something.

import { kernelPreset } from './kernels';
import type { Bank, InputRange, Matrix } from './op';
import type { Scene, Step } from './scene';
import { drawn, written as step } from './written';

export type PresetId = 'edges' | 'blurSharpen' | 'vgg' | 'generator' | 'discriminator' | 'upscaling' | 'unpooling';
export interface Preset {
  readonly id: PresetId;
  /** Made when it is asked for: weights are drawn from their seed. */
  scene(): Scene;
}

const chain = (input: InputRange, steps: () => readonly Step[]) => (): Scene => ({ version: 1, input, steps: steps() });

/** A convolution of every channel with the same kernel, at the same size. */
function filter(preset: string, channels: number): Step {
  const { matrix } = kernelPreset(preset);
  return step(
    'conv2d',
    { padding: Math.floor(matrix.length / 2), groups: channels, paddingMode: 'replicate' },
    { weight: matrix },
  );
}

const negative = (matrix: Matrix): Matrix => matrix.map((row) => row.map((v) => 0 - v));
const middle = (size: number): Matrix =>
  Array.from({ length: size }, (_, u) =>
    Array.from({ length: size }, (_, v) => (2 * u + 1 === size && 2 * v + 1 === size ? 1 : 0)),
  );
/** The kernel with a border of zeros, as large as asked for. */
const within = (kernel: Matrix, size: number): Matrix => {
  const border = (size - kernel.length) / 2;
  return middle(size).map((row, u) => row.map((_, v) => kernel[u - border]?.[v - border] ?? 0));
};

/** How much detail the upscaling adds, as unsharp masking does. */
const detail = 1.2;

export const presets: readonly Preset[] = [
  {
    id: 'edges',
    // A ReLU loses what is negative, so each direction comes with both signs; their sum is |∂x| + |∂y|.
    scene: chain('unit', () => {
      const [down, across] = [kernelPreset('sobelY').matrix, kernelPreset('sobelX').matrix];
      const bank: Bank = [[across], [negative(across)], [down], [negative(down)]];
      return [
        step('grey'),
        filter('gaussian5', 1),
        step('conv2d', { padding: 1, paddingMode: 'replicate' }, { weight: bank }),
        step('relu'),
        step('mix1x1', {}, { weight: [[1, 1, 1, 1]] }),
      ];
    }),
  },
  { id: 'blurSharpen', scene: chain('unit', () => [filter('gaussian5', 3), filter('sharpen', 3)]) },
  {
    id: 'vgg',
    scene: chain('unit', () => [
      step('normalizeInput'),
      step('conv2d', { padding: 1 }, { weight: drawn(8, 3, 3, 16) }),
      step('relu'),
      step('conv2d', { padding: 1 }, { weight: drawn(8, 8, 3, 19) }),
      step('relu'),
      step('maxPool2d', { kernelSize: 2 }),
    ]),
  },
  {
    id: 'generator',
    scene: chain('signed', () => [
      step('interpolate', { scaleFactor: 2, mode: 'nearest' }),
      step('conv2d', { padding: 1 }, { weight: drawn(8, 3, 3, 4) }),
      step('batchNorm', { training: true }),
      step('relu'),
    ]),
  },
  {
    id: 'discriminator',
    scene: chain('signed', () => [
      step('conv2d', { stride: 2, padding: 1 }, { weight: drawn(6, 3, 4, 1, 0.2) }),
      step('leakyRelu', { negativeSlope: 0.2 }),
      step('conv2d', { stride: 2, padding: 1 }, { weight: drawn(8, 6, 4, 2, 0.2) }),
      step('batchNorm', { training: true }),
      step('leakyRelu', { negativeSlope: 0.2 }),
      step('conv2d', { padding: 1 }, { weight: drawn(1, 8, 4, 3, 0.2) }),
      step('sigmoid'),
    ]),
  },
  {
    id: 'upscaling',
    // Patches, a mixture of them, and a result, as in SRCNN (Dong and others, 2014); set by hand to add back what the enlargement blurs.
    scene: chain('unit', () => {
      const [sharp, soft] = [middle(9), within(kernelPreset('gaussian5').matrix, 9)];
      const rows = [0, 1, 2].map((c) => [0, 1, 2].flatMap((d) => (c === d ? [1 + detail, -detail] : [0, 0])));
      return [
        step('interpolate', { scaleFactor: 2, mode: 'bicubic' }),
        step(
          'conv2d',
          { padding: 4, groups: 3, paddingMode: 'replicate' },
          { weight: [0, 1, 2].flatMap((): Bank => [[sharp], [soft]]) },
        ),
        step('relu'),
        step('mix1x1', {}, { weight: rows }),
        step('relu'),
        step(
          'conv2d',
          { padding: 2, groups: 3, paddingMode: 'replicate' },
          { weight: within(kernelPreset('identity').matrix, 5) },
        ),
      ];
    }),
  },
  {
    id: 'unpooling',
    scene: chain('unit', () => [step('maxPool2d', { kernelSize: 2 }), step('maxUnpool2d', { kernelSize: 2 })]),
  },
];
