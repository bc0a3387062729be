import { ceilMode, dilation, kernelSize, poolPadding, poolStride } from '../fields';
import { defineOp } from '../op';
import { parse } from '../parse';
import type { Pair } from '../schema';
import { imageAxes, placeOf, type Shape, sizeOf, store, type Tensor, tensor, zeros } from '../tensor';
import { checkPoolPadding, poolSlides, slideSizes, slideTaps } from '../window';
import { call, isPair, list, pyBool, pyPair, unless } from '../words';

interface Pooling {
  readonly kernelSize: Pair;
  readonly stride: Pair | null;
  readonly padding: Pair;
  readonly dilation: Pair;
  readonly ceilMode: boolean;
}

export const maxPool2d = defineOp({
  name: 'maxPool2d',
  title: 'Max-pool',
  summary: 'Keeps the largest value under each window, so that the picture shrinks and its peaks survive.',
  formula: String.raw`y_{n,c,i,j} = \max_{u,v}\; x_{n,c,\,is+ud-p,\,js+vd-p}`,
  family: 'pooling',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: { kernelSize, stride: poolStride, padding: poolPadding, dilation, ceilMode },

  infer({ x }, p) {
    const [n, c] = imageAxes('maxPool2d', x);
    const { height, width } = sizes(x, p);
    return [n, c, height.output, width.output];
  },
  sizes: ({ x }, p) => sizes(x, p),

  *forward({ x }, p, y) {
    for (const { start, peaks, done } of peakRows(x, p)) {
      store(peaks, y.data, start);
      yield done;
    }
  },

  differentiable: ['x'],
  // Only the winner moved the output, so it alone receives the gradient; overlapping windows add up.
  backward({ x }, p, dy, { x: dx }) {
    for (const { start, plane, winners } of peakRows(x, p)) {
      winners.forEach((at, j) => {
        if (at >= 0) dx.data[plane + at]! += dy.data[start + j]!;
      });
    }
  },

  explain(p, { x }, output) {
    const [n, c, h, w] = imageAxes('maxPool2d', x);
    const [height, width] = poolSlides([h, w], p);
    const { height: rows, width: columns } = sizes(x, p);
    const [b, f, i, j] = placeOf([n, c, rows.output, columns.output], output);
    const [down, across] = [slideTaps(height), slideTaps(width)];
    const terms = [];
    for (let u = 0; u < height.kernel; u++) {
      for (let v = 0; v < width.kernel; v++) {
        const [r, s] = [down[u * rows.output + i]!, across[v * columns.output + j]!];
        terms.push({ x: r < 0 || s < 0 ? null : ((b * c + f) * h + r) * w + s });
      }
    }
    return { how: 'max', terms };
  },

  cost({ x }, p) {
    const { height, width } = sizes(x, p);
    const [n, c] = imageAxes('maxPool2d', x);
    return { macs: 0, parameters: 0, bytes: 4 * (sizeOf(x) + n * c * height.output * width.output) };
  },

  torch: (p) =>
    call('F.max_pool2d', [
      'x',
      `kernel_size=${pyPair(p.kernelSize)}`,
      p.stride && `stride=${pyPair(p.stride)}`,
      unless(isPair(p.padding, 0), `padding=${pyPair(p.padding)}`),
      unless(isPair(p.dilation, 1), `dilation=${pyPair(p.dilation)}`),
      unless(!p.ceilMode, `ceil_mode=${pyBool(p.ceilMode)}`),
    ]),
  onnx: (p) =>
    call('MaxPool', [
      `kernel_shape=${list(p.kernelSize)}`,
      `strides=${list(p.stride ?? p.kernelSize)}`,
      unless(isPair(p.padding, 0), `pads=${list([...p.padding, ...p.padding])}`),
      unless(isPair(p.dilation, 1), `dilations=${list(p.dilation)}`),
      unless(!p.ceilMode, 'ceil_mode=1'),
    ]),

  traps: [
    'Padding counts as −∞, never as 0, so a border of negative values keeps its maximum.',
    'NaN wins over every number.',
    'In PyTorch the stride follows the kernel when it is not given; in ONNX it is 1.',
    'Indices count over H·W of one plane in PyTorch, over N·C·H·W in ONNX.',
  ],
  examples: [
    {
      title: 'a bright pixel survives',
      inputs: { x: tensor([1, 1, 2, 4], [1, 9, 0, 2, 3, 4, 5, 1]) },
      params: { kernelSize: 2 },
      output: tensor([1, 1, 1, 2], [9, 5]),
    },
    {
      title: 'padding never wins, even over negative values',
      inputs: { x: tensor([1, 1, 2, 2], [-1, -2, -3, -4]) },
      params: { kernelSize: 2, stride: 2, padding: 1 },
      output: tensor([1, 1, 2, 2], [-1, -2, -3, -4]),
    },
    {
      title: 'ceil mode keeps the last, partly filled window',
      inputs: { x: tensor([1, 1, 1, 5], [1, 2, 3, 4, 5]) },
      params: { kernelSize: [1, 2], ceilMode: true },
      output: tensor([1, 1, 1, 3], [2, 4, 5]),
    },
  ],
  starter: { params: { kernelSize: [2, 2] } },
});

/**
 * Where each maximum came from: flat index over H·W of its plane, as torch's `return_indices`; −1 for a window on padding alone.
 * The first of equal values wins; of several NaN the last.
 */
export function maxPool2dIndices(x: Tensor, raw: Readonly<Record<string, unknown>> = {}): Tensor<Float64Array> {
  const p = parse(maxPool2d.params, raw, 'maxPool2d');
  const indices = zeros(maxPool2d.infer({ x: x.shape }, p));
  for (const { start, winners } of peakRows(x, p)) indices.data.set(winners, start);
  return indices;
}

function sizes(x: Shape, p: Pooling) {
  const [, , h, w] = imageAxes('maxPool2d', x);
  const [height, width] = poolSlides([h, w], p);
  checkPoolPadding('maxPool2d', height, width);
  return slideSizes('maxPool2d', height, width);
}

/** Row by row of the output: the maxima, and the index in the plane that gave each. The row's arrays are reused. */
function* peakRows(x: Tensor, p: Pooling) {
  const [n, c, h, w] = imageAxes('maxPool2d', x.shape);
  const [height, width] = poolSlides([h, w], p);
  const { height: rows, width: columns } = sizes(x.shape, p);
  const [down, across] = [slideTaps(height), slideTaps(width)];
  const peaks = new Float64Array(columns.output);
  const winners = new Int32Array(columns.output);
  const total = n * c * rows.output;
  for (let row = 0; row < total; row++) {
    const i = row % rows.output;
    const plane = ((row - i) / rows.output) * h * w;
    peaks.fill(Number.NEGATIVE_INFINITY);
    winners.fill(-1);
    for (let u = 0; u < height.kernel; u++) {
      const r = down[u * rows.output + i]!;
      if (r < 0) continue;
      for (let v = 0; v < width.kernel; v++) raise(peaks, winners, x.data, plane, r * w, across, v * columns.output);
    }
    yield { start: row * columns.output, plane, peaks, winners, done: (row + 1) / total };
  }
}

/** One tap of every window of a row: keeps what is larger, and NaN, as torch does. */
function raise(
  peaks: Float64Array,
  winners: Int32Array,
  data: Tensor['data'],
  plane: number,
  row: number,
  across: Int32Array,
  tap: number,
): void {
  for (let j = 0; j < peaks.length; j++) {
    const column = across[tap + j]!;
    if (column < 0) continue;
    const value = data[plane + row + column]!;
    if (value > peaks[j]! || winners[j]! < 0 || Number.isNaN(value)) {
      peaks[j] = value;
      winners[j] = row + column;
    }
  }
}
