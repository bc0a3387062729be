// Well-known sets of filters, each a kernel for every channel of the result.

import { gabor, type Matrix, scaled } from './filters';
import { heNormal } from './init';
import { kernelPreset } from './kernels';

export interface BankPreset {
  readonly name: string;
  readonly title: string;
  /** What a person sees with it. */
  readonly shows: string;
  readonly source: string;
  readonly filters: number;
  /** The kernel of one filter on one of `channels` channels. */
  kernel(filter: number, channel: number, channels: number): Matrix;
}

/** Kernels that read the mean of all channels. */
const ofMean =
  (kernels: readonly Matrix[]) =>
  (filter: number, _: number, channels: number): Matrix =>
    rounded(scaled(kernels[filter] ?? [[0]], 1 / channels));

/** Five digits that count, so that a scene stays small. */
const rounded = (matrix: Matrix): Matrix => matrix.map((row) => row.map((v) => Number(v.toPrecision(5)) + 0));

const at = (name: string): Matrix => kernelPreset(name).matrix;

const compass: readonly Matrix[] = Array.from({ length: 8 }, (_, turns) => {
  // The eight border cells, clockwise from the top left: three of 5 walk round, the others are −3.
  const border = Array.from({ length: 8 }, (_, i) => ((i - turns + 8) % 8 < 3 ? 5 : -3));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = border;
  return [
    [a, b, c],
    [h, 0, d],
    [g, f, e],
  ];
});

const wavelets = Array.from({ length: 16 }, (_, i) =>
  gabor({ size: 7, sigma: 1.7, angle: 22.5 * (i % 8), wavelength: 5, phase: i < 8 ? 0 : 90 }),
);

/** Laws: products of a level, an edge, a spot and a ripple of length 5. */
const lines: readonly (readonly number[])[] = [
  [1, 4, 6, 4, 1],
  [-1, -2, 0, 2, 1],
  [-1, 0, 2, 0, -1],
  [1, -4, 6, -4, 1],
];
const textures: readonly Matrix[] = lines.flatMap((down) =>
  lines.map((across) => {
    const weight = down.reduce((a, b) => a + Math.abs(b), 0) * across.reduce((a, b) => a + Math.abs(b), 0);
    return down.map((a) => across.map((b) => (2 * a * b) / weight));
  }),
);

export const bankPresets: readonly BankPreset[] = [
  {
    name: 'gaborBank',
    title: 'Gabor bank',
    shows: 'Stripes and edges in eight directions: what the first layer of a trained network looks like.',
    source: 'Daugman, 1985; Krizhevsky and others, ImageNet Classification, 2012, figure 3; σ = 1.7, λ = 5.',
    filters: 16,
    kernel: ofMean(wavelets),
  },
  {
    name: 'sobelPair',
    title: 'Sobel x and y',
    shows: 'Both parts of the gradient: vertical and horizontal edges.',
    source: 'Sobel and Feldman, 1968.',
    filters: 2,
    kernel: ofMean([at('sobelX'), at('sobelY')]),
  },
  {
    name: 'compassBank',
    title: 'Kirsch compass',
    shows: 'Edges in eight directions, one filter for each point of the compass.',
    source: 'Kirsch, Computer determination of the constituent structure of biological images, 1971.',
    filters: 8,
    kernel: ofMean(compass),
  },
  {
    name: 'lawsBank',
    title: 'Laws texture',
    shows: 'Sixteen textures: levels, edges, spots and ripples, down and across.',
    source: 'Laws, Rapid texture identification, 1980.',
    filters: 16,
    kernel: ofMean(textures),
  },
  {
    name: 'scaleBank',
    title: 'Blur to detail',
    shows: 'From coarse to fine: a blur, spots of two sizes, and what a blur takes away.',
    source: 'Marr and Hildreth, Theory of Edge Detection, 1980.',
    filters: 4,
    kernel: ofMean([at('gaussian7'), at('laplacianOfGaussian7'), at('dog7'), padded(at('highPass5'), 7)]),
  },
  {
    name: 'heBank',
    title: 'Random, before training',
    shows: 'What a layer holds before it has learnt: normal numbers, scaled so that values keep their size.',
    source: 'He and others, Delving Deep into Rectifiers, 2015; seed 1.',
    filters: 16,
    kernel(filter, channel, channels) {
      const { data } = heNormal([16, channels, 3, 3], 1);
      const first = (filter * channels + channel) * 9;
      return rounded([0, 3, 6].map((row) => Array.from(data.slice(first + row, first + row + 3))));
    },
  },
];

/** Zeros around a kernel. */
function padded(matrix: Matrix, size: number): Matrix {
  const edge = (size - matrix.length) / 2;
  return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => matrix[i - edge]?.[j - edge] ?? 0));
}
