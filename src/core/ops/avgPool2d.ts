import { ceilMode, kernelSize, poolPadding, poolStride } from '../fields';
import { defineOp } from '../op';
import { RowRing } from '../rowRing';
import type { Pair } from '../schema';
import { imageAxes, placeOf, type Shape, sizeOf, type Tensor, tensor } from '../tensor';
import { checkPoolPadding, clippedLengths, poolSlides, realLengths, slideSizes, slideTaps } from '../window';
import { call, isPair, list, pyBool, pyPair, unless } from '../words';

interface Pooling {
  readonly kernelSize: Pair;
  readonly stride: Pair | null;
  readonly padding: Pair;
  readonly ceilMode: boolean;
  readonly countIncludePad: boolean;
  readonly divisorOverride: number | null;
}

export const avgPool2d = defineOp({
  name: 'avgPool2d',
  title: 'Average-pool',
  summary: 'Replaces each window by its mean, so that the picture shrinks and its noise evens out.',
  formula: String.raw`y_{n,c,i,j} = \frac{1}{d_{i,j}} \sum_{u,v} x_{n,c,\,is+u-p,\,js+v-p}`,
  family: 'pooling',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: {
    kernelSize,
    stride: poolStride,
    padding: poolPadding,
    ceilMode,
    countIncludePad: {
      kind: 'bool',
      title: 'Count padding',
      help: 'Padding counts as zeros in the mean, which darkens the border; off, only real pixels count.',
      default: true,
    },
    divisorOverride: {
      kind: 'maybe',
      title: 'Divisor',
      help: 'Divides every sum by this number instead of by the count of the window; 1 makes a sum of it.',
      default: null,
      of: {
        kind: 'int',
        title: 'Divisor',
        help: 'What every sum is divided by.',
        default: 4,
        min: 1,
        max: 1048576,
        slider: [1, 64],
      },
    },
  },

  infer({ x }, p) {
    const [n, c] = imageAxes('avgPool2d', x);
    const { height, width } = sizes(x, p);
    return [n, c, height.output, width.output];
  },
  sizes: ({ x }, p) => sizes(x, p),

  // The sum of a window is the sum of those of its rows, which overlapping windows share.
  *forward({ x }, p, y) {
    const { total, rowAt, h, w, kh, oh, ow, down, across, divisor } = enumerate(x.shape, p);
    const make = () => new Float64Array(ow);
    const ring = new RowRing(Math.min(kh, h), make, (row, into) => sumsOfRow(x.data, row * w, across, into));
    const sums = make();
    for (let row = 0; row < total; row++) {
      const { i, plane } = rowAt(row);
      sums.fill(0);
      for (let u = 0; u < kh; u++) {
        const r = down[u * oh + i]!;
        if (r >= 0) addTo(sums, ring.at(plane * h + r));
        if (u < kh - 1) yield (row + (u + 1) / kh) / total;
      }
      for (let j = 0; j < ow; j++) y.data[row * ow + j] = sums[j]! / divisor(i, j);
      yield (row + 1) / total;
    }
  },

  differentiable: ['x'],
  backward({ x }, p, dy, { x: dx }) {
    const { total, rowAt, h, w, kh, kw, oh, ow, down, across, divisor } = enumerate(x.shape, p);
    for (let row = 0; row < total; row++) {
      const { i, plane } = rowAt(row);
      for (let u = 0; u < kh; u++) {
        const r = down[u * oh + i]!;
        if (r < 0) continue;
        for (let v = 0; v < kw; v++) {
          for (let j = 0; j < ow; j++) {
            const column = across[v * ow + j]!;
            if (column >= 0) dx.data[plane * h * w + r * w + column]! += dy.data[row * ow + j]! / divisor(i, j);
          }
        }
      }
    }
  },

  explain(p, { x }, output) {
    const { n, c, h, w, kh, kw, oh, ow, down, across, divisor, counted } = enumerate(x, p);
    const [b, f, i, j] = placeOf([n, c, oh, ow], output);
    const by = divisor(i, j);
    const terms = [];
    for (let u = 0; u < Math.min(kh, counted.height[i]!); u++) {
      for (let v = 0; v < Math.min(kw, counted.width[j]!); v++) {
        const [r, s] = [down[u * oh + i]!, across[v * ow + j]!];
        const real = r >= 0 && s >= 0;
        if (real || p.countIncludePad) terms.push({ x: real ? ((b * c + f) * h + r) * w + s : null, factor: 1 / by });
      }
    }
    return { how: 'sum', terms, divisor: by };
  },

  cost({ x }, p) {
    const [n, c] = imageAxes('avgPool2d', x);
    const { height, width } = sizes(x, p);
    const outputs = n * c * height.output * width.output;
    return { macs: outputs * p.kernelSize[0] * p.kernelSize[1], parameters: 0, bytes: 4 * (sizeOf(x) + outputs) };
  },

  torch: (p) =>
    call('F.avg_pool2d', [
      'x',
      `kernel_size=${pyPair(p.kernelSize)}`,
      p.stride && `stride=${pyPair(p.stride)}`,
      unless(isPair(p.padding, 0), `padding=${pyPair(p.padding)}`),
      unless(!p.ceilMode, `ceil_mode=${pyBool(p.ceilMode)}`),
      unless(p.countIncludePad, `count_include_pad=${pyBool(p.countIncludePad)}`),
      unless(p.divisorOverride === null, `divisor_override=${p.divisorOverride}`),
    ]),
  onnx: (p) =>
    p.divisorOverride !== null
      ? 'None: AveragePool in ONNX has no divisor of its own.'
      : call('AveragePool', [
          `kernel_shape=${list(p.kernelSize)}`,
          `strides=${list(p.stride ?? p.kernelSize)}`,
          unless(isPair(p.padding, 0), `pads=${list([...p.padding, ...p.padding])}`),
          unless(!p.ceilMode, 'ceil_mode=1'),
          unless(!p.countIncludePad, 'count_include_pad=1'),
        ]),

  traps: [
    'Padding counts in the mean by default in PyTorch, and does not in ONNX.',
    'What ceil mode adds beyond the padding never counts: 7 × 7 with a window of 2 and stride 3 ends in single pixels, divided by 1.',
    'A given divisor wins over everything else.',
  ],
  examples: [
    {
      title: 'each window becomes its mean',
      inputs: { x: tensor([1, 1, 2, 4], [1, 9, 0, 2, 3, 3, 5, 1]) },
      params: { kernelSize: 2 },
      output: tensor([1, 1, 1, 2], [4, 2]),
    },
    {
      title: 'counted padding darkens the border',
      inputs: { x: tensor([1, 1, 1, 3], [6, 6, 6]) },
      params: { kernelSize: [1, 3], stride: 1, padding: [0, 1] },
      output: tensor([1, 1, 1, 3], [4, 6, 4]),
    },
    {
      title: 'padding that is not counted leaves the border alone',
      inputs: { x: tensor([1, 1, 1, 3], [6, 6, 6]) },
      params: { kernelSize: [1, 3], stride: 1, padding: [0, 1], countIncludePad: false },
      output: tensor([1, 1, 1, 3], [6, 6, 6]),
    },
    {
      title: 'the overhang of ceil mode is not counted',
      inputs: { x: tensor([1, 1, 1, 7], [0, 1, 2, 3, 4, 5, 6]) },
      params: { kernelSize: [1, 2], stride: 3, ceilMode: true },
      output: tensor([1, 1, 1, 3], [0.5, 3.5, 6]),
    },
  ],
  starter: { params: { kernelSize: [2, 2] } },
});

function sizes(x: Shape, p: Pooling) {
  const [, , h, w] = imageAxes('avgPool2d', x);
  const [height, width] = poolSlides([h, w], p);
  checkPoolPadding('avgPool2d', height, width);
  return slideSizes('avgPool2d', height, width);
}

/** Taps and divisors of every window. */
function enumerate(x: Shape, p: Pooling) {
  const [n, c, h, w] = imageAxes('avgPool2d', x);
  const [height, width] = poolSlides([h, w], p);
  const size = sizes(x, p);
  const [kh, kw, oh, ow] = [height.kernel, width.kernel, size.height.output, size.width.output];
  const [down, across] = [slideTaps(height), slideTaps(width)];
  const counted = { height: clippedLengths(height), width: clippedLengths(width) };
  const lengths = p.countIncludePad ? counted : { height: realLengths(down, kh), width: realLengths(across, kw) };
  const divisor = (i: number, j: number): number => p.divisorOverride ?? lengths.height[i]! * lengths.width[j]!;
  const rowAt = (row: number) => ({ i: row % oh, plane: Math.floor(row / oh) });
  return { n, c, h, w, kh, kw, oh, ow, down, across, counted, divisor, rowAt, total: n * c * oh };
}

function sumsOfRow(data: Tensor['data'], row: number, across: Int32Array, sums: Float64Array): void {
  const length = sums.length;
  sums.fill(0);
  for (let tap = 0; tap < across.length; tap += length) {
    for (let j = 0; j < length; j++) {
      const column = across[tap + j]!;
      if (column >= 0) sums[j]! += data[row + column]!;
    }
  }
}

function addTo(sums: Float64Array, more: Float64Array): void {
  for (let j = 0; j < sums.length; j++) sums[j]! += more[j]!;
}
