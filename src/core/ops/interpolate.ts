import { type AxisSize, defineOp } from '../op';
import { type Reach, resampleReads } from '../reach';
import { type ResampleMode, type Resampling, readsAt, resampleTaps, sourceOf } from '../resample';
import type { Pair } from '../schema';
import { type Separable, separable } from '../separable';
import { imageAxes, type Shape, sizeOf, tensor } from '../tensor';
import { call, list, pyBool, pyPair, unless } from '../words';

interface Interpolating {
  readonly scaleFactor: Pair;
  readonly size: Pair | null;
  readonly mode: ResampleMode;
  readonly alignCorners: boolean;
  readonly antialias: boolean;
}

export const interpolate = defineOp({
  name: 'interpolate',
  title: 'Upsample',
  summary: 'Makes the picture larger or smaller by reading it between its pixels.',
  formula: String.raw`y_{n,c,i,j} = \sum_{u,v} w_{i,u}\, w_{j,v}\; x_{n,c,u,v}`,
  family: 'sampling',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: {
    scaleFactor: {
      kind: 'pair',
      title: 'Scale',
      help: 'How many times as high and wide the result is; not used when a size is given.',
      default: [2, 2],
      min: 0.001,
      max: 64,
      step: 0.1,
      slider: [0.1, 8],
    },
    size: {
      kind: 'maybe',
      title: 'Size',
      help: 'Height and width of the result in pixels, instead of a scale.',
      default: null,
      of: {
        kind: 'pair',
        title: 'Size',
        help: 'Height and width of the result in pixels.',
        default: [256, 256],
        min: 1,
        max: 32768,
        step: 1,
        slider: [1, 2048],
      },
    },
    mode: {
      kind: 'choice',
      title: 'Mode',
      help: 'How values between pixels are made: the nearest pixel, a mix of 2 × 2, 4 × 4 or 6 × 6 pixels, or the mean of an area.',
      default: 'nearest',
      options: ['nearest', 'nearest-exact', 'bilinear', 'bicubic', 'area', 'lanczos'],
    },
    alignCorners: {
      kind: 'bool',
      title: 'Align corners',
      help: 'Puts the corner pixels of both pictures on each other; bilinear, bicubic and Lanczos only.',
      default: false,
    },
    antialias: {
      kind: 'bool',
      title: 'Antialias',
      help: 'Widens the filter when shrinking, so that fine detail does not turn into moiré; bilinear and bicubic, while Lanczos always does.',
      default: false,
    },
  },

  infer({ x }, p) {
    const [n, c] = imageAxes('interpolate', x);
    const { height, width } = sizes(x, p);
    return [n, c, height.output, width.output];
  },
  sizes: ({ x }, p) => sizes(x, p),
  reach({ x }, p) {
    const [height, width] = resamplings(x, p);
    return { height: reachOf(height), width: reachOf(width) };
  },

  ...separable(interpolateTaps),

  cost({ x }, p) {
    const [n, c] = imageAxes('interpolate', x);
    const { height, width } = sizes(x, p);
    const outputs = n * c * height.output * width.output;
    return { macs: outputs * readsPerPixel(x, p), parameters: 0, bytes: 4 * (sizeOf(x) + outputs) };
  },

  torch: (p) =>
    call('F.interpolate', [
      'x',
      p.size ? `size=${pyPair(p.size)}` : `scale_factor=${pyPair(p.scaleFactor)}`,
      `mode='${p.mode}'`,
      isSmooth(p.mode) ? `align_corners=${pyBool(p.alignCorners)}` : null,
      unless(!isWidened(p), 'antialias=True'),
    ]),
  onnx(p) {
    if (p.mode === 'area') return 'None: Resize in ONNX has no mean over areas; AveragePool does the same for whole factors.';
    if (p.mode === 'lanczos') return 'None: Resize in ONNX knows nearest, linear and cubic only.';
    const target = p.size ? `sizes=${list(p.size)}` : `scales=${list(p.scaleFactor)}`;
    const nearest = p.mode === 'nearest' || p.mode === 'nearest-exact';
    return call('Resize', [
      `${target}, axes=[2, 3]`,
      `mode="${nearest ? 'nearest' : p.mode === 'bilinear' ? 'linear' : 'cubic'}"`,
      `coordinate_transformation_mode="${p.mode === 'nearest' ? 'asymmetric' : p.alignCorners ? 'align_corners' : 'half_pixel'}"`,
      nearest ? `nearest_mode="${p.mode === 'nearest' ? 'floor' : 'round_prefer_ceil'}"` : null,
      p.mode === 'bicubic' ? `cubic_coeff_a=${p.antialias ? '-0.5' : '-0.75'}` : null,
      p.antialias ? 'antialias=1, exclude_outside=1' : null,
    ]);
  },

  traps: [
    'PyTorch’s nearest, its nearest-exact and ONNX’s default choose three different pixels: 4 to 3 reads 0 1 2, 0 2 3 and 0 1 3.',
    'Bicubic uses A = −0.75, but −0.5 with antialiasing, as torch does.',
    'A broken scale is kept as given: at 1.5, 5 pixels become 7 and are read 2/3 of a pixel apart.',
    'Without antialiasing a strong reduction skips pixels.',
    'An antialiased result that is one pixel wide repeats its first row, as torch 2.13 does on the CPU; its gradient does not.',
  ],
  examples: [
    {
      title: 'nearest repeats pixels',
      inputs: { x: tensor([1, 1, 1, 2], [1, 5]) },
      params: { scaleFactor: [1, 2] },
      output: tensor([1, 1, 1, 4], [1, 1, 5, 5]),
    },
    {
      title: 'bilinear mixes neighbours by distance',
      inputs: { x: tensor([1, 1, 1, 2], [0, 8]) },
      params: { scaleFactor: [1, 2], mode: 'bilinear' },
      output: tensor([1, 1, 1, 4], [0, 2, 6, 8]),
    },
    {
      title: 'aligned corners keep both ends',
      inputs: { x: tensor([1, 1, 1, 2], [0, 9]) },
      params: { size: [1, 4], mode: 'bilinear', alignCorners: true },
      output: tensor([1, 1, 1, 4], [0, 3, 6, 9]),
    },
    {
      title: 'Lanczos weighs six pixels by a windowed sinc and keeps flat areas',
      inputs: { x: tensor([1, 1, 2, 4], [7, 7, 7, 7, 7, 7, 7, 7]) },
      params: { size: [2, 3], mode: 'lanczos' },
      output: tensor([1, 1, 2, 3], [7, 7, 7, 7, 7, 7]),
    },
    {
      title: 'area takes the mean of what a pixel covers, and areas may overlap',
      inputs: { x: tensor([1, 1, 1, 7], [0, 1, 2, 3, 4, 5, 6]) },
      params: { size: [1, 3], mode: 'area' },
      output: tensor([1, 1, 1, 3], [1, 3, 5]),
    },
  ],
  starter: { params: { scaleFactor: [2, 2], mode: 'bilinear' } },
});

const isSmooth = (mode: ResampleMode): boolean => mode === 'bilinear' || mode === 'bicubic' || mode === 'lanczos';
/** Lanczos exists only with antialiasing in torch, so it needs no switch. */
const isWidened = (p: Interpolating): boolean => p.antialias || p.mode === 'lanczos';

function sizes(x: Shape, p: Interpolating): { readonly height: AxisSize; readonly width: AxisSize } {
  const [, , h, w] = imageAxes('interpolate', x);
  for (const [on, title] of [
    [p.alignCorners, 'aligned corners work'],
    [p.antialias, 'antialiasing works'],
  ] as const) {
    if (on && !isSmooth(p.mode))
      throw new RangeError(`interpolate: ${title} with bilinear, bicubic and lanczos, received ${p.mode}`);
  }
  const along = (axis: 0 | 1, length: number): AxisSize => {
    const output = p.size ? p.size[axis] : Math.floor(length * p.scaleFactor[axis]);
    const arithmetic = p.size ? String(output) : `⌊${length} × ${p.scaleFactor[axis]}⌋`;
    return { output, arithmetic, unread: 0, invented: 0 };
  };
  const [height, width] = [along(0, h), along(1, w)];
  if (height.output < 1 || width.output < 1) {
    throw new RangeError(
      `interpolate: the result must be at least 1 × 1, but ${w} × ${h} scaled by ${p.scaleFactor[1]} × ${p.scaleFactor[0]} is ${width.output} × ${height.output}`,
    );
  }
  return { height, width };
}

function resamplings(x: Shape, p: Interpolating): readonly [height: Resampling, width: Resampling] {
  const [, , h, w] = imageAxes('interpolate', x);
  const { height, width } = sizes(x, p);
  // Torch copies an axis that keeps its length, even where a broken scale would shift it.
  const copies = p.mode === 'nearest' || p.mode === 'bilinear' || isWidened(p);
  const along = (axis: 0 | 1, length: number, output: number): Resampling => ({
    length,
    output,
    mode: p.mode,
    ratio: p.size ? length / output : 1 / p.scaleFactor[axis],
    alignCorners: p.alignCorners,
    antialias: isWidened(p),
    kept: copies && length === output,
  });
  return [along(0, h, height.output), along(1, w, width.output)];
}

/** Windows about the place that an output position is made from; those of an area begin at it. */
function reachOf(axis: Resampling): Reach {
  const { length, output, mode, kept, alignCorners } = axis;
  const jump = kept
    ? 1
    : alignCorners
      ? output > 1
        ? (length - 1) / (output - 1)
        : 0
      : mode === 'area'
        ? length / output
        : axis.ratio;
  const taps = kept || mode === 'nearest' || mode === 'nearest-exact' ? 1 : mode === 'bilinear' ? 2 : mode === 'bicubic' ? 4 : 6;
  const widens = (axis.antialias || mode === 'lanczos') && !kept;
  const size = mode === 'area' ? Math.max(jump, 1) : widens ? taps * Math.max(jump, 1) : taps;
  const centred = kept || alignCorners || mode === 'nearest' || mode === 'area' ? 0 : jump / 2 - 0.5;
  const start = mode === 'area' ? 0 : centred - (size - 1) / 2;
  return { size, jump, start, reads: () => resampleReads(resampleTaps(axis), output) };
}

/** About how many pixels one output reads. */
function readsPerPixel(x: Shape, p: Interpolating): number {
  const [height, width] = resamplings(x, p).map(({ length, output, ratio }) => {
    if (p.mode === 'area') return Math.ceil(length / output);
    const taps = { lanczos: 6, bicubic: 4, bilinear: 2 }[String(p.mode)] ?? 1;
    return isWidened(p) ? Math.ceil(taps * Math.max(ratio, 1)) : taps;
  });
  return height! * width!;
}

/**
 * Taps of both axes, and where those of an output row start.
 * A trap of torch 2.13 on the CPU is kept: an antialiased result one pixel wide repeats its first row, because
 * `basic_loop_aa_vertical` reads one set of taps for a whole line and takes the column for one. Torch's gradient has no such flaw.
 */
export function interpolateTaps(x: Shape, p: Interpolating): Separable {
  const [height, width] = resamplings(x, p);
  const down = resampleTaps(height);
  const across = alike(height, width) ? down : resampleTaps(width);
  const repeats = isWidened(p) && width.output === 1 && !height.kept;
  const rowRead = (i: number) => (repeats ? 0 : i);
  const about = (i: number, j: number) => ({
    source: [sourceOf(height, rowRead(i)), sourceOf(width, j)] as const,
    ...(p.mode === 'area' && {
      divisor: readsAt(down, i) * readsAt(across, j),
      divides: 'window' as const,
    }),
  });
  return { oh: height.output, ow: width.output, down, across, ...(repeats && { firstTap: () => 0 }), about };
}

const alike = (a: Resampling, b: Resampling): boolean => a.length === b.length && a.output === b.output && a.ratio === b.ratio;
