import { ceilMode, kernelSize, poolStride } from '../fields';
import { lately } from '../lately';
import { defineOp } from '../op';
import { innerTerms, type Pooling, poolCost, poolReach, poolShape, poolSizes, slidingWindows, sumRows } from '../pooling';
import { placeOf, type Shape, tensor } from '../tensor';
import { clippedLengths, poolSlides } from '../window';
import { call, onnxPool, torchPool } from '../words';

interface Norming extends Omit<Pooling, 'padding'> {
  readonly normType: number;
}

export const lpPool2d = defineOp({
  name: 'lpPool2d',
  title: 'Lp-pool',
  summary: 'Takes the root of the summed powers of each window: between a sum and a maximum.',
  formula: String.raw`y_{n,c,i,j} = \Bigl(\sum_{u,v} x_{n,c,\,is+u,\,js+v}^{\,p}\Bigr)^{1/p}`,
  family: 'pooling',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: {
    normType: {
      kind: 'real',
      title: 'Power',
      help: 'The exponent p: 1 sums the window, 2 takes its length as a vector, large ones come near the maximum.',
      default: 2,
      min: 0.1,
      max: 64,
      step: 1,
      slider: [1, 8],
    },
    kernelSize,
    stride: poolStride,
    ceilMode,
  },

  infer: ({ x }, p) => poolShape('lpPool2d', x, unpadded(p)),
  sizes: ({ x }, p) => poolSizes('lpPool2d', x, unpadded(p)),
  reach: ({ x }, p) => poolReach('lpPool2d', x, unpadded(p)),

  *forward({ x }, p, y) {
    const { scale, ...windows } = enumerate(x.shape, p);
    yield* sumRows(x, windows, p.normType, (sums, i, start) => {
      for (let j = 0; j < sums.length; j++) y.data[start + j] = (sums[j]! * scale(i, j)) ** (1 / p.normType);
    });
  },

  differentiable: ['x'],
  // dy · S^(1/p − 1) · x^(p − 1); a window whose powers sum to 0 passes nothing on, as torch's relu sees to,
  // and one that receives nothing passes nothing on even where its root is NaN.
  backward({ x }, p, dy, { x: dx }) {
    const { scale, ...windows } = enumerate(x.shape, p);
    const { n, c, h, w, kh, kw, oh, ow, down, across } = windows;
    const inner = new Float64Array(n * c * oh * ow);
    const keep = (sums: Float64Array, i: number, start: number) => {
      for (let j = 0; j < ow; j++) inner[start + j] = sums[j]! * scale(i, j);
    };
    for (const _ of sumRows(x, windows, p.normType, keep));
    for (let row = 0; row < n * c * oh; row++) {
      const [i, plane] = [row % oh, Math.floor(row / oh) * h * w];
      for (let u = 0; u < kh; u++) {
        const r = down[u * oh + i]!;
        if (r < 0) continue;
        for (let k = 0; k < kw * ow; k++) {
          const [j, s] = [k % ow, across[k]!];
          const sum = inner[row * ow + j]!;
          const slope = dy.data[row * ow + j]!;
          if (s < 0 || sum === 0 || slope === 0) continue;
          const at = plane + r * w + s;
          dx.data[at]! += slope * scale(i, j) * sum ** (1 / p.normType - 1) * x.data[at]! ** (p.normType - 1);
        }
      }
    }
  },

  explain(p, { x }, output) {
    const { scale, ...windows } = tables(x, p);
    const [, , i, j] = placeOf([windows.n, windows.c, windows.oh, windows.ow], output);
    return { how: 'norm', power: p.normType, terms: innerTerms(windows, output, scale(i, j)) };
  },
  cost: ({ x }, p) => poolCost(x, poolShape('lpPool2d', x, unpadded(p)), p.kernelSize[0] * p.kernelSize[1]),

  torch: (p) => {
    const [input, ...rest] = torchPool(unpadded(p));
    return call('F.lp_pool2d', [input ?? null, `norm_type=${p.normType}`, ...rest]);
  },
  onnx: (p) =>
    Number.isInteger(p.normType)
      ? call('LpPool', [`p=${p.normType}`, ...onnxPool(unpadded(p))])
      : 'None: LpPool in ONNX takes whole exponents only.',

  traps: [
    'PyTorch takes no absolute values: with an odd exponent negative values cancel positive ones, and a negative sum has no root but NaN; ONNX takes them.',
    'With ceil mode PyTorch scales a window that overhangs up to a full one, so −5 alone under 1 × 2 at exponent 2 gives 7.07 instead of 5.',
    'It sums, it does not average: a flat window of n pixels grows by n to the power 1/p.',
  ],
  examples: [
    {
      title: 'with exponent 2 a window becomes its length as a vector',
      inputs: { x: tensor([1, 1, 1, 4], [3, 4, 6, 8]) },
      params: { kernelSize: [1, 2] },
      output: tensor([1, 1, 1, 2], [5, 10]),
    },
    {
      title: 'negative values cancel in an odd exponent',
      inputs: { x: tensor([1, 1, 1, 4], [-1, 2, -3, 4]) },
      params: { kernelSize: [1, 2], normType: 3 },
      output: tensor([1, 1, 1, 2], [7 ** (1 / 3), 37 ** (1 / 3)]),
    },
    {
      title: 'an overhanging window counts as a full one',
      inputs: { x: tensor([1, 1, 1, 3], [3, 4, -5]) },
      params: { kernelSize: [1, 2], ceilMode: true },
      output: tensor([1, 1, 1, 2], [5, Math.sqrt(50)]),
    },
  ],
  starter: { params: { kernelSize: [2, 2] } },
});

const unpadded = ({ kernelSize, stride, ceilMode }: Norming): Pooling => ({
  ...{ kernelSize, stride, ceilMode },
  padding: [0, 0],
});

/** Windows, and what torch multiplies the sum of each by: the full window over the part of it that lies on the picture. */
function enumerate(x: Shape, p: Norming) {
  const windows = slidingWindows('lpPool2d', x, unpadded(p));
  const [height, width] = poolSlides([windows.h, windows.w], unpadded(p));
  const [rows, columns] = [clippedLengths(height), clippedLengths(width)];
  const scale = (i: number, j: number): number => (windows.kh * windows.kw) / (rows[i]! * columns[j]!);
  return { ...windows, scale };
}
const tables = lately(enumerate);
