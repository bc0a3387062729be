// Kernels that are sampled from a formula, with what each shows and where it comes from.

import { corner, differenceOfGaussians, gabor, highPass, laplacianOfGaussian, motionBlur } from './filters';
import type { KernelPreset } from './kernels';

export const sampledKernels: readonly KernelPreset[] = [
  {
    name: 'laplacianOfGaussian7',
    title: 'Laplacian of Gaussian 7 × 7',
    shows: 'Dark rings round bright spots about four pixels wide; σ is 1.4.',
    source: 'Marr and Hildreth, Theory of Edge Detection, 1980; sampled, σ = 1.4.',
    matrix: laplacianOfGaussian(7, 1.4),
  },
  {
    name: 'dog7',
    title: 'Difference of Gaussians 7 × 7',
    shows: 'Spots and lines of one to three pixels; both finer noise and coarse light fade.',
    source: 'Marr and Hildreth, Theory of Edge Detection, 1980: σ = 1 and 1.6, their ratio for a Laplacian.',
    matrix: differenceOfGaussians(7, 1, 1.6),
  },
  {
    name: 'highPass5',
    title: 'High-pass',
    shows: 'Fine detail alone: the picture minus its own blur.',
    source: 'Identity minus a 5 × 5 Gaussian, σ = 1.1.',
    matrix: highPass(5, 1.1),
  },
  {
    name: 'corner5',
    title: 'Corner',
    shows: 'Lights up where a bright patch has its top left corner.',
    source: 'Mean of the lower right quarter minus the mean of the rest.',
    matrix: corner(5),
  },
  {
    name: 'corner3',
    title: 'Corner, four neighbours',
    shows: 'Crossing diagonals: checks, corners and fine texture.',
    source: 'Mixed second difference along rows and columns, Gonzalez and Woods, Digital Image Processing.',
    matrix: [
      [1, 0, -1],
      [0, 0, 0],
      [-1, 0, 1],
    ],
  },
  {
    name: 'motionBlur0',
    title: 'Motion blur, sideways',
    shows: 'A smear from left to right, as from a camera that turned.',
    source: 'Mean along a line of 7 pixels at 0°.',
    matrix: motionBlur(7, 0),
  },
  {
    name: 'motionBlur30',
    title: 'Motion blur at 30°',
    shows: 'A smear that rises to the right.',
    source: 'Mean along a line of 9 pixels at 30°, sampled.',
    matrix: motionBlur(9, 30),
  },
  {
    name: 'gabor0',
    title: 'Gabor, vertical stripes',
    shows: 'Bright where vertical stripes about six pixels apart match: what the first layer of a trained network looks like.',
    source: 'Daugman, Uncertainty relation for two-dimensional visual cortical filters, 1985; σ = 2, λ = 6, phase 0°.',
    matrix: gabor({ size: 9, sigma: 2, angle: 0, wavelength: 6, phase: 0 }),
  },
  {
    name: 'gabor45',
    title: 'Gabor at 45°',
    shows: 'Stripes that fall to the right, about six pixels apart.',
    source: 'Daugman, Uncertainty relation for two-dimensional visual cortical filters, 1985; σ = 2, λ = 6, phase 0°.',
    matrix: gabor({ size: 9, sigma: 2, angle: 45, wavelength: 6, phase: 0 }),
  },
  {
    name: 'gabor90',
    title: 'Gabor, horizontal stripes',
    shows: 'Bright where horizontal stripes about six pixels apart match.',
    source: 'Daugman, Uncertainty relation for two-dimensional visual cortical filters, 1985; σ = 2, λ = 6, phase 0°.',
    matrix: gabor({ size: 9, sigma: 2, angle: 90, wavelength: 6, phase: 0 }),
  },
  {
    name: 'gaborEdge',
    title: 'Gabor edge',
    shows: 'Vertical edges of some width, with their sign: positive where it gets brighter to the right.',
    source: 'Daugman, Uncertainty relation for two-dimensional visual cortical filters, 1985; σ = 2, λ = 8, phase −90°.',
    matrix: gabor({ size: 9, sigma: 2, angle: 0, wavelength: 8, phase: -90 }),
  },
];
