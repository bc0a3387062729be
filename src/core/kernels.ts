// Well-known convolution kernels, with what each shows and where it comes from.

import { box, gaussian, type Matrix, scaled, transposed, unsharp } from './filters';
import { sampledKernels } from './kernelsSampled';

export interface KernelPreset {
  readonly name: string;
  readonly title: string;
  /** What a person sees with it. */
  readonly shows: string;
  readonly source: string;
  readonly matrix: readonly (readonly number[])[];
}

const scharrX: Matrix = [
  [-3, 0, 3],
  [-10, 0, 10],
  [-3, 0, 3],
];
const prewittX: Matrix = [
  [-1, 0, 1],
  [-1, 0, 1],
  [-1, 0, 1],
];

export const kernelPresets: readonly KernelPreset[] = [
  {
    name: 'identity',
    title: 'Identity',
    shows: 'The picture unchanged: only the middle weight counts.',
    source: 'Unit impulse, any text on linear filters.',
    matrix: [
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ],
  },
  {
    name: 'box3',
    title: 'Box blur 3 × 3',
    shows: 'A light blur: each pixel becomes the mean of its neighbourhood.',
    source: 'Moving average, Gonzalez and Woods, Digital Image Processing.',
    matrix: box(3),
  },
  {
    name: 'box5',
    title: 'Box blur 5 × 5',
    shows: 'A stronger blur with square traces around bright points.',
    source: 'Moving average, Gonzalez and Woods, Digital Image Processing.',
    matrix: box(5),
  },
  {
    name: 'gaussian3',
    title: 'Gaussian blur 3 × 3',
    shows: 'A soft blur, the same in all directions; σ is 0.85.',
    source: 'Gaussian sampled at whole pixels, σ = 0.85.',
    matrix: gaussian(3, 0.85),
  },
  {
    name: 'gaussian5',
    title: 'Gaussian blur 5 × 5',
    shows: 'A soft blur, the same in all directions; σ is 1.1.',
    source: 'Gaussian sampled at whole pixels, σ = 1.1.',
    matrix: gaussian(5, 1.1),
  },
  {
    name: 'gaussian7',
    title: 'Gaussian blur 7 × 7',
    shows: 'A strong soft blur; σ is 1.4.',
    source: 'Gaussian sampled at whole pixels, σ = 1.4.',
    matrix: gaussian(7, 1.4),
  },
  {
    name: 'sharpen',
    title: 'Sharpen',
    shows: 'Edges get crisper: the picture plus its own Laplacian.',
    source: 'Identity plus the negative 4-neighbour Laplacian, Gonzalez and Woods.',
    matrix: [
      [0, -1, 0],
      [-1, 5, -1],
      [0, -1, 0],
    ],
  },
  {
    name: 'unsharp',
    title: 'Unsharp mask',
    shows: 'A gentler sharpening: the picture plus what a Gaussian blur takes away.',
    source: 'Twice the identity minus a 5 × 5 Gaussian, σ = 1.1.',
    matrix: unsharp(5, 1.1),
  },
  {
    name: 'sobelX',
    title: 'Sobel x',
    shows: 'Vertical edges, with their sign: positive where it gets brighter to the right.',
    source: 'Sobel and Feldman, 1968.',
    matrix: [
      [-1, 0, 1],
      [-2, 0, 2],
      [-1, 0, 1],
    ],
  },
  {
    name: 'sobelY',
    title: 'Sobel y',
    shows: 'Horizontal edges, with their sign: positive where it gets brighter downwards.',
    source: 'Sobel and Feldman, 1968.',
    matrix: [
      [-1, -2, -1],
      [0, 0, 0],
      [1, 2, 1],
    ],
  },
  {
    name: 'scharrX',
    title: 'Scharr x',
    shows: 'Vertical edges; slanted ones answer more evenly than with Sobel.',
    source: 'Scharr, Optimale Operatoren in der Digitalen Bildverarbeitung, 2000.',
    matrix: scharrX,
  },
  {
    name: 'scharrY',
    title: 'Scharr y',
    shows: 'Horizontal edges; slanted ones answer more evenly than with Sobel.',
    source: 'Scharr, Optimale Operatoren in der Digitalen Bildverarbeitung, 2000.',
    matrix: transposed(scharrX),
  },
  {
    name: 'prewittX',
    title: 'Prewitt x',
    shows: 'Vertical edges: a plain difference, averaged over three rows.',
    source: 'Prewitt, Object Enhancement and Extraction, 1970.',
    matrix: prewittX,
  },
  {
    name: 'prewittY',
    title: 'Prewitt y',
    shows: 'Horizontal edges: a plain difference, averaged over three columns.',
    source: 'Prewitt, Object Enhancement and Extraction, 1970.',
    matrix: transposed(prewittX),
  },
  {
    name: 'roberts',
    title: 'Roberts cross',
    shows: 'Diagonal edges, very thin and sensitive to noise.',
    source: 'Roberts, Machine Perception of Three-Dimensional Solids, 1963.',
    matrix: [
      [1, 0],
      [0, -1],
    ],
  },
  {
    name: 'laplacian4',
    title: 'Laplacian, 4 neighbours',
    shows: 'Fine detail in every direction; flat areas become 0.',
    source: 'Second differences along rows and columns.',
    matrix: [
      [0, 1, 0],
      [1, -4, 1],
      [0, 1, 0],
    ],
  },
  {
    name: 'laplacian8',
    title: 'Laplacian, 8 neighbours',
    shows: 'Fine detail, diagonals included; flat areas become 0.',
    source: 'Second differences along rows, columns and diagonals.',
    matrix: [
      [1, 1, 1],
      [1, -8, 1],
      [1, 1, 1],
    ],
  },
  {
    name: 'log5',
    title: 'Laplacian of Gaussian 5 × 5',
    shows: 'Edges and spots of a few pixels; noise is blurred away first.',
    source: 'Marr and Hildreth, Theory of Edge Detection, 1980; common whole-number form.',
    matrix: [
      [0, 0, -1, 0, 0],
      [0, -1, -2, -1, 0],
      [-1, -2, 16, -2, -1],
      [0, -1, -2, -1, 0],
      [0, 0, -1, 0, 0],
    ],
  },
  {
    name: 'emboss',
    title: 'Emboss',
    shows: 'A relief lit from the top left, on top of the picture.',
    source: 'Directional difference plus identity, GIMP and ImageMagick.',
    matrix: [
      [-2, -1, 0],
      [-1, 1, 1],
      [0, 1, 2],
    ],
  },
  {
    name: 'motionBlur',
    title: 'Motion blur',
    shows: 'A smear along the falling diagonal, as from a moving camera.',
    source: 'Mean along a line of 5 pixels.',
    matrix: scaled(
      [
        [1, 0, 0, 0, 0],
        [0, 1, 0, 0, 0],
        [0, 0, 1, 0, 0],
        [0, 0, 0, 1, 0],
        [0, 0, 0, 0, 1],
      ],
      1 / 5,
    ),
  },
  {
    name: 'outline',
    title: 'Outline',
    shows: 'Contours on black: how much each pixel stands out from its eight neighbours.',
    source: 'Negative 8-neighbour Laplacian.',
    matrix: [
      [-1, -1, -1],
      [-1, 8, -1],
      [-1, -1, -1],
    ],
  },
  ...sampledKernels,
];

/** @throws RangeError when there is no such preset. */
export function kernelPreset(name: string): KernelPreset {
  const preset = kernelPresets.find((p) => p.name === name);
  if (!preset) throw new RangeError(`kernel: expected one of ${kernelPresets.map((p) => p.name).join(', ')}, received "${name}"`);
  return preset;
}
