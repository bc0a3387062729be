import { ceilMode, kernelSize, poolPadding, poolStride } from '../fields';
import { lately } from '../lately';
import { defineOp, type Explanation } from '../op';
import { type Pooling, poolCost, poolReach, poolShape, poolSizes, slidingWindows, sumRows } from '../pooling';
import { placeOf, type Shape, tensor } from '../tensor';
import { clippedLengths, poolSlides, realLengths } from '../window';
import { call, onnxPool, pyBool, torchPool, unless } from '../words';

interface Averaging extends Pooling {
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

  infer: ({ x }, p) => poolShape('avgPool2d', x, p),
  sizes: ({ x }, p) => poolSizes('avgPool2d', x, p),
  reach: ({ x }, p) => poolReach('avgPool2d', x, p),

  *forward({ x }, p, y) {
    const { divisor, ...windows } = enumerate(x.shape, p);
    yield* sumRows(x, windows, 1, (sums, i, start) => {
      for (let j = 0; j < sums.length; j++) y.data[start + j] = sums[j]! / divisor(i, j);
    });
  },

  differentiable: ['x'],
  backward({ x }, p, dy, { x: dx }) {
    const { n, c, h, w, kh, kw, oh, ow, down, across, divisor } = enumerate(x.shape, p);
    for (let row = 0; row < n * c * oh; row++) {
      const [i, plane] = [row % oh, Math.floor(row / oh)];
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
    const { n, c, h, w, kh, kw, oh, ow, down, across, divisor, counted } = tables(x, p);
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
    return { how: 'sum', terms, divisor: by, divides: reasonOf(p, by, kh * kw) };
  },

  cost: ({ x }, p) => poolCost(x, poolShape('avgPool2d', x, p), p.kernelSize[0] * p.kernelSize[1]),

  torch: (p) =>
    call('F.avg_pool2d', [
      ...torchPool(p),
      unless(p.countIncludePad, `count_include_pad=${pyBool(p.countIncludePad)}`),
      unless(p.divisorOverride === null, `divisor_override=${p.divisorOverride}`),
    ]),
  onnx: (p) =>
    p.divisorOverride !== null
      ? 'None: AveragePool in ONNX has no divisor of its own.'
      : call('AveragePool', [...onnxPool(p), unless(!p.countIncludePad, 'count_include_pad=1')]),

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

/** Windows with their divisors. */
function enumerate(x: Shape, p: Averaging) {
  const windows = slidingWindows('avgPool2d', x, p);
  const { h, w, kh, kw, down, across } = windows;
  const [height, width] = poolSlides([h, w], p);
  const counted = { height: clippedLengths(height), width: clippedLengths(width) };
  const lengths = p.countIncludePad ? counted : { height: realLengths(down, kh), width: realLengths(across, kw) };
  const divisor = (i: number, j: number): number => p.divisorOverride ?? lengths.height[i]! * lengths.width[j]!;
  return { ...windows, counted, divisor };
}
const tables = lately(enumerate);

function reasonOf(p: Averaging, divisor: number, window: number): Explanation['divides'] {
  if (p.divisorOverride !== null) return 'given';
  if (divisor === window) return 'window';
  return p.countIncludePad ? 'clipped' : 'inside';
}
