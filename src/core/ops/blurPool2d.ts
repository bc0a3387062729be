import { paddingMode, stride } from '../fields';
import { defineOp } from '../op';
import { poolCost } from '../pooling';
import { slideReach } from '../reach';
import type { ResampleTaps } from '../resample';
import type { Pair } from '../schema';
import { type Separable, separable } from '../separable';
import { imageAxes, type Shape, tensor } from '../tensor';
import { type PaddingMode, paddingLimit, type Slide, slideSizes, slideTaps } from '../window';
import { call, list, pyPair } from '../words';

interface Blurring {
  readonly filterSize: number;
  readonly stride: Pair;
  readonly paddingMode: PaddingMode;
}

export const blurPool2d = defineOp({
  name: 'blurPool2d',
  title: 'Blur-pool',
  summary: 'Blurs a little before it drops pixels, so that fine detail fades instead of turning into moiré.',
  formula: String.raw`y_{n,c,i,j} = \sum_{u,v} b_u\, b_v\; x_{n,c,\,is+u-p,\,js+v-p}, \quad b_u = \binom{k-1}{u} / 2^{k-1}`,
  family: 'sampling',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: {
    filterSize: {
      kind: 'int',
      title: 'Filter',
      help: 'Length k of the blur: 1 does not blur, 2 is a mean of two, 3 weighs 1 2 1, 5 weighs 1 4 6 4 1.',
      default: 4,
      min: 1,
      max: 32,
      slider: [1, 7],
    },
    stride: { ...stride, default: [2, 2] },
    paddingMode: { ...paddingMode, default: 'reflect' },
  },

  infer({ x }, p) {
    const [n, c] = imageAxes('blurPool2d', x);
    const { height, width } = slideSizes('blurPool2d', ...slides(x, p));
    return [n, c, height.output, width.output];
  },
  sizes: ({ x }, p) => slideSizes('blurPool2d', ...slides(x, p)),
  reach({ x }, p) {
    const [height, width] = slides(x, p);
    return { height: slideReach(height, p.paddingMode), width: slideReach(width, p.paddingMode) };
  },
  ...separable(blurTaps),
  cost({ x }, p) {
    const [n, c] = imageAxes('blurPool2d', x);
    const { height, width } = slideSizes('blurPool2d', ...slides(x, p));
    return poolCost(x, [n, c, height.output, width.output], p.filterSize ** 2);
  },

  torch(p) {
    const [before, after] = around(p.filterSize);
    const mode = p.paddingMode === 'zeros' ? '' : `, mode='${p.paddingMode}'`;
    const weights = `torch.tensor(${list(binomial(p.filterSize))})`;
    const blur = p.filterSize === 1 ? 'x.new_ones' : `torch.outer(${weights}, ${weights}).expand`;
    return call('F.conv2d', [
      `F.pad(x, (${before}, ${after}, ${before}, ${after})${mode})`,
      `${blur}(x.shape[1], 1, ${p.filterSize}, ${p.filterSize})`,
      `stride=${pyPair(p.stride)}`,
      'groups=x.shape[1]',
    ]);
  },
  onnx(p) {
    const [before, after] = around(p.filterSize);
    const mode = { zeros: 'constant', reflect: 'reflect', replicate: 'edge', circular: 'wrap' }[p.paddingMode];
    return `Pad(mode="${mode}", pads=${list([0, 0, before, before, 0, 0, after, after])}) → Conv(strides=${list(p.stride)})`;
  },

  traps: [
    'Zhang’s anti-aliased networks put a max-pool of stride 1 before it: together they replace a max-pool of stride 2.',
    'An even filter shifts the picture by half a pixel; it pads one more at the end.',
    'A filter longer than about twice the stride only blurs more.',
  ],
  examples: [
    {
      title: 'stripes as fine as the stride fade to their mean',
      inputs: { x: tensor([1, 1, 1, 6], [0, 8, 0, 8, 0, 8]) },
      params: { filterSize: 3, paddingMode: 'circular', stride: [1, 2] },
      output: tensor([1, 1, 1, 3], [4, 4, 4]),
    },
    {
      title: 'a filter of 1 only drops pixels',
      inputs: { x: tensor([1, 1, 1, 5], [1, 2, 3, 4, 5]) },
      params: { filterSize: 1 },
      output: tensor([1, 1, 1, 3], [1, 3, 5]),
    },
  ],
  starter: { params: { filterSize: 5, stride: [4, 4] } },
});

/** Padding before and after, as Zhang, Making Convolutional Networks Shift-Invariant Again, 2019. */
const around = (filterSize: number): Pair => [Math.floor((filterSize - 1) / 2), Math.ceil((filterSize - 1) / 2)];

export function slides(x: Shape, p: Blurring): readonly [Slide, Slide] {
  const [, , h, w] = imageAxes('blurPool2d', x);
  const [before, after] = around(p.filterSize);
  const along = (axis: 0 | 1, length: number): Slide => {
    const limit = paddingLimit(length, p.paddingMode);
    if (after > limit) {
      throw new RangeError(
        `blurPool2d: a filter of ${p.filterSize} needs ${p.paddingMode} padding of ${after}, but a side of ${length} gives at most ${limit}`,
      );
    }
    return { length, kernel: p.filterSize, stride: p.stride[axis], dilation: 1, before, after };
  };
  return [along(0, h), along(1, w)];
}

export function blurTaps(x: Shape, p: Blurring): Separable {
  const [height, width] = slides(x, p);
  const sizes = slideSizes('blurPool2d', height, width);
  const weights = binomial(p.filterSize);
  const along = (slide: Slide, outputs: number) => weighted(slideTaps(slide, p.paddingMode), weights, outputs);
  return {
    ...{ oh: sizes.height.output, ow: sizes.width.output },
    ...{ down: along(height, sizes.height.output), across: along(width, sizes.width.output) },
  };
}

/** A row of Pascal's triangle, scaled so that it adds up to 1. */
export function binomial(length: number): readonly number[] {
  let row = [1];
  for (let k = 1; k < length; k++) row = [...row, 0].map((v, i) => (v + (row[i - 1] ?? 0)) / 2);
  return row;
}

/** The same weights for every position, taps of a position side by side. */
function weighted(taps: Int32Array, weights: readonly number[], outputs: number): ResampleTaps {
  const count = weights.length;
  return {
    count,
    index: Int32Array.from(taps, (_, k) => taps[(k % count) * outputs + Math.floor(k / count)]!),
    weight: Float64Array.from(taps, (_, k) => weights[k % count]!),
  };
}
