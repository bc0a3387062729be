// A transposed convolution in other steps: the same as a convolution over zeros, and two that overlap evenly where it does not.

import { isBank, isMatrix } from './bank';
import type { Evened, Matrix, WeightValue } from './op';
import type { Step } from './scene';
import type { Pair } from './schema';
import { type TransposedShapes, type Transposing, transposedFrame } from './transposed';
import { extent } from './window';

/** Dumoulin and Visin, A guide to convolution arithmetic, 2016, section 4: zeros between the pixels, a border, and the kernel turned half round. */
export function unfoldedSteps(
  shapes: TransposedShapes,
  p: Transposing,
  weight: WeightValue,
  bias: WeightValue | undefined,
): readonly Step[] {
  const { kh, kw } = transposedFrame(shapes, p);
  const border = (axis: 0 | 1, kernel: number): readonly [number, number] => {
    const before = extent(kernel, p.dilation[axis]) - 1 - p.padding[axis];
    // The bed of nails ends in zeros as well.
    return [before, before + p.outputPadding[axis] - (p.stride[axis] - 1)];
  };
  return [
    { op: 'zeroInsert', params: { stride: p.stride } },
    { op: 'pad', params: { padding: [...border(0, kh), ...border(1, kw)] } },
    {
      op: 'conv2d',
      params: { dilation: p.dilation, groups: p.groups, flip: true },
      weights: { weight: byOutputs(weight, p.groups), ...(bias !== undefined && { bias }) },
    },
  ];
}

/**
 * What Odena, Dumoulin and Olah advise (Deconvolution and checkerboard artifacts, 2016): a kernel that the stride divides, here widened by a
 * short mean, or resizing to the nearest pixel and a convolution. Both keep the size where they can. Empty where all is even.
 */
export function evenedSteps(
  shapes: TransposedShapes,
  p: Transposing,
  weight: WeightValue,
  bias: WeightValue | undefined,
): readonly Evened[] {
  const { kh, kw } = transposedFrame(shapes, p);
  const [sh, sw] = p.stride;
  if ((kh % sh === 0 && kw % sw === 0) || p.dilation.some((d) => d > 1)) return [];
  const kernel: Pair = [Math.ceil(kh / sh) * sh, Math.ceil(kw / sw) * sw];
  const given = bias !== undefined && { bias };
  const sides = [
    padded(kernel[0] - kh, p.padding[0], p.outputPadding[0]),
    padded(kernel[1] - kw, p.padding[1], p.outputPadding[1]),
  ] as const;
  const wider: Step = {
    op: 'convTranspose2d',
    params: {
      ...p,
      padding: sides.map(({ padding }) => padding),
      outputPadding: sides.map(({ outputPadding }) => outputPadding),
    },
    weights: { weight: each(weight, (matrix) => widened(matrix, kernel[0] - kh + 1, kernel[1] - kw + 1)), ...given },
  };
  const half = (side: number): readonly [number, number] => [Math.floor((side - 1) / 2), Math.ceil((side - 1) / 2)];
  // Every pixel becomes stride × stride equal ones, which together weigh what the one did.
  const thinner = each(byOutputs(weight, p.groups), (matrix) => matrix.map((row) => row.map((v) => v / (sh * sw))));
  return [
    { by: 'kernel', kernel, steps: [wider] },
    {
      by: 'resize',
      kernel: [kh, kw],
      steps: [
        { op: 'interpolate', params: { scaleFactor: p.stride, mode: 'nearest' } },
        {
          op: 'conv2d',
          params: { padding: [...half(kh), ...half(kw)], groups: p.groups, flip: true },
          weights: { weight: thinner, ...given },
        },
      ],
    },
  ];
}

/** Padding under which a kernel longer by `more` leaves the size as it is. */
function padded(more: number, padding: number, outputPadding: number) {
  const twice = more + 2 * padding - outputPadding;
  return twice < 0 ? { padding: 0, outputPadding: -twice } : { padding: Math.ceil(twice / 2), outputPadding: twice % 2 };
}

/** A matrix under a mean over so many rows and columns: longer by one less each way, with the same sum. */
function widened(matrix: Matrix, rows: number, columns: number): Matrix {
  const [h, w] = [matrix.length, matrix[0]?.length ?? 0];
  const sum = (i: number, j: number): number => {
    let total = 0;
    for (let a = 0; a < rows; a++) for (let b = 0; b < columns; b++) total += matrix[i - a]?.[j - b] ?? 0;
    return total;
  };
  return Array.from({ length: h + rows - 1 }, (_, i) =>
    Array.from({ length: w + columns - 1 }, (__, j) => sum(i, j) / (rows * columns)),
  );
}

/** Every matrix of a weight. */
function each(weight: WeightValue, change: (matrix: Matrix) => Matrix): WeightValue {
  if (isBank(weight)) return weight.map((line) => line.map(change));
  return isMatrix(weight) ? change(weight) : weight;
}

/** A bank by inputs and outputs as one by outputs and inputs; a single matrix serves both. */
function byOutputs(weight: WeightValue, groups: number): WeightValue {
  if (!isBank(weight)) return weight;
  const [perGroup, perOutput] = [weight.length / groups, weight[0]?.length ?? 0];
  return Array.from({ length: perOutput * groups }, (_, o) =>
    Array.from({ length: perGroup }, (__, c) => weight[Math.floor(o / perOutput) * perGroup + c]?.[o % perOutput] ?? []),
  );
}
