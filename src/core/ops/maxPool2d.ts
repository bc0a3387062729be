import { ceilMode, dilation, kernelSize, poolPadding, poolStride } from '../fields';
import { defineOp } from '../op';
import { parse } from '../parse';
import { RowRing } from '../rowRing';
import type { Pair } from '../schema';
import { imageAxes, placeOf, type Shape, sizeOf, store, type Tensor, tensor, zeros } from '../tensor';
import { checkPoolPadding, extent, poolSlides, slideSizes, slideTaps } from '../window';
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
    yield* peakRows(x, p, ({ start, peaks }) => store(peaks, y.data, start));
  },

  differentiable: ['x'],
  // Only the winner moved the output, so it alone receives the gradient; overlapping windows add up.
  backward({ x }, p, dy, { x: dx }) {
    const pass = ({ start, plane, winners }: PeakRow) => {
      winners.forEach((at, j) => {
        if (at >= 0) dx.data[plane + at]! += dy.data[start + j]!;
      });
    };
    for (const _ of peakRows(x, p, pass));
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
  for (const _ of peakRows(x, p, ({ start, winners }) => indices.data.set(winners, start)));
  return indices;
}

function sizes(x: Shape, p: Pooling) {
  const [, , h, w] = imageAxes('maxPool2d', x);
  const [height, width] = poolSlides([h, w], p);
  checkPoolPadding('maxPool2d', height, width);
  return slideSizes('maxPool2d', height, width);
}

/** A row of the output: where it starts, the flat index of its plane in the input, the maxima and the index in the plane that gave each. */
interface PeakRow {
  readonly start: number;
  readonly plane: number;
  readonly peaks: Float64Array;
  readonly winners: Int32Array;
}
/** The maxima of one input row under every window, and the column that gave each; −1 for a window on padding alone. */
interface RowPeaks {
  readonly peaks: Float64Array;
  readonly columns: Int32Array;
}

/**
 * Hands every row of the output to `visit`; its arrays are reused. The maximum of a window is the maximum of those of its rows,
 * which overlapping windows share. Larger values and NaN replace what is there, as in torch: the first of equal values stays.
 */
function* peakRows(x: Tensor, p: Pooling, visit: (row: PeakRow) => void): Generator<number, void> {
  const [n, c, h, w] = imageAxes('maxPool2d', x.shape);
  const [height, width] = poolSlides([h, w], p);
  const { height: rows, width: columns } = sizes(x.shape, p);
  const [down, across] = [slideTaps(height), slideTaps(width)];
  const length = columns.output;
  const make = (): RowPeaks => ({ peaks: new Float64Array(length), columns: new Int32Array(length) });
  const ring = new RowRing(Math.min(extent(height.kernel, height.dilation), h), make, (row, into) =>
    peaksOfRow(x.data, row * w, across, into),
  );
  const peaks = new Float64Array(length);
  const winners = new Int32Array(length);
  const total = n * c * rows.output;
  for (let row = 0; row < total; row++) {
    const i = row % rows.output;
    const first = ((row - i) / rows.output) * h;
    peaks.fill(Number.NEGATIVE_INFINITY);
    winners.fill(-1);
    for (let u = 0; u < height.kernel; u++) {
      const r = down[u * rows.output + i]!;
      if (r >= 0) raise(peaks, winners, ring.at(first + r), r * w);
      if (u < height.kernel - 1) yield (row + (u + 1) / height.kernel) / total;
    }
    visit({ start: row * length, plane: first * w, peaks, winners });
    yield (row + 1) / total;
  }
}

function peaksOfRow(data: Tensor['data'], row: number, across: Int32Array, { peaks, columns }: RowPeaks): void {
  const length = peaks.length;
  peaks.fill(Number.NEGATIVE_INFINITY);
  columns.fill(-1);
  for (let tap = 0; tap < across.length; tap += length) {
    for (let j = 0; j < length; j++) {
      const column = across[tap + j]!;
      if (column < 0) continue;
      const value = data[row + column]!;
      if (value > peaks[j]! || columns[j]! < 0 || Number.isNaN(value)) {
        peaks[j] = value;
        columns[j] = column;
      }
    }
  }
}

function raise(peaks: Float64Array, winners: Int32Array, from: RowPeaks, row: number): void {
  for (let j = 0; j < peaks.length; j++) {
    const column = from.columns[j]!;
    if (column < 0) continue;
    const value = from.peaks[j]!;
    if (value > peaks[j]! || winners[j]! < 0 || Number.isNaN(value)) {
      peaks[j] = value;
      winners[j] = row + column;
    }
  }
}
