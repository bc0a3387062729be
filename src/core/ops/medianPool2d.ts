import { ceilMode, kernelSize, paddingMode, poolPadding, poolStride } from '../fields';
import { lately } from '../lately';
import { defineOp } from '../op';
import { type Pooling, poolCost, poolShape, poolSizes, slidingWindows, type Windows, windowTerms } from '../pooling';
import { type Reach, slideReach, slideReads } from '../reach';
import { imageAxes, type Shape, type Tensor, tensor } from '../tensor';
import { type PaddingMode, paddingLimit, poolSlides, type Slide, slideSize, slideTaps } from '../window';
import { call, isPair, pyPair } from '../words';

interface Ranking extends Pooling {
  readonly paddingMode: PaddingMode;
}

export const medianPool2d = defineOp({
  name: 'medianPool2d',
  title: 'Median-pool',
  summary: 'Keeps the middle value of each window, which removes single wrong pixels and spares edges.',
  formula: String.raw`y_{n,c,i,j} = \operatorname{median}_{u,v}\; x_{n,c,\,is+u-p,\,js+v-p}`,
  family: 'pooling',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: {
    kernelSize: { ...kernelSize, default: [3, 3] },
    stride: poolStride,
    padding: poolPadding,
    paddingMode: { ...paddingMode, default: 'replicate' },
    ceilMode,
  },

  infer({ x }, p) {
    checkBorder(x, p);
    return poolShape('medianPool2d', x, p);
  },
  sizes: ({ x }, p) => poolSizes('medianPool2d', x, p),
  reach({ x }, p) {
    const [, , h, w] = imageAxes('medianPool2d', x);
    const [height, width] = poolSlides([h, w], p);
    return { height: reachOf(height, p.paddingMode), width: reachOf(width, p.paddingMode) };
  },

  *forward({ x }, p, y) {
    const windows = enumerate(x.shape, p);
    const { n, c, oh, ow, kh, kw } = windows;
    const total = n * c * oh * ow;
    const pause = Math.max(1, Math.floor(4096 / (kh * kw)));
    const values = new Float64Array(kh * kw);
    for (let output = 0; output < total; output++) {
      y.data[output] = medianOf(values.subarray(0, gather(x, windows, output, values)));
      if (output % pause === 0) yield output / total;
    }
    if (total > 0) yield 1;
  },

  differentiable: ['x'],
  // The first pixel that holds the median receives the gradient; a border of zeros receives nothing.
  backward({ x }, p, dy, { x: dx }) {
    const windows = enumerate(x.shape, p);
    const values = new Float64Array(windows.kh * windows.kw);
    dy.data.forEach((slope, output) => {
      const median = medianOf(values.subarray(0, gather(x, windows, output, values)));
      const winner = [...inside(windows, output)].find((term) =>
        Object.is(term.x === null ? 0 : x.data[term.x]! + 0, median + 0),
      );
      if (winner && winner.x !== null) dx.data[winner.x]! += slope;
    });
  },

  explain: (p, { x }, output) => ({ how: 'median', terms: inside(tables(x, p), output) }),
  cost: ({ x }, p) => poolCost(x, poolShape('medianPool2d', x, p), 0),

  torch(p) {
    const [[kh, kw], [sh, sw], [ph, pw]] = [p.kernelSize, p.stride ?? p.kernelSize, p.padding];
    const mode = p.paddingMode === 'zeros' ? '' : `, mode='${p.paddingMode}'`;
    const padded = isPair(p.padding, 0) ? 'x' : `F.pad(x, (${pw}, ${pw}, ${ph}, ${ph})${mode})`;
    return call('torch.median', [`${padded}.unfold(2, ${kh}, ${sh}).unfold(3, ${kw}, ${sw}).flatten(-2)`, 'dim=-1']);
  },
  onnx: (p) => `None: ONNX has no median; TopK over the ${pyPair(p.kernelSize)} pixels of a window gives it.`,

  traps: [
    'Of an even number of values the lower middle one counts, as torch.median has it; numpy takes the mean of both.',
    'OpenCV repeats the border and Kornia pads with zeros, which differ at the edge.',
    'A window with NaN gives NaN.',
    'The part of a window beyond the padding, in ceil mode, is left out.',
  ],
  examples: [
    {
      title: 'a single wrong pixel disappears',
      inputs: { x: tensor([1, 1, 3, 3], [1, 2, 4, 3, 99, 6, 5, 7, 8]) },
      params: {},
      output: tensor([1, 1, 1, 1], [5]),
    },
    {
      title: 'of two middle values the lower counts',
      inputs: { x: tensor([1, 1, 2, 2], [1, 4, 3, 2]) },
      params: { kernelSize: 2 },
      output: tensor([1, 1, 1, 1], [2]),
    },
    {
      title: 'a repeated border keeps an edge where it is',
      inputs: { x: tensor([1, 1, 1, 4], [0, 1, 8, 9]) },
      params: { kernelSize: [1, 3], stride: 1, padding: [0, 1] },
      output: tensor([1, 1, 1, 4], [0, 1, 8, 9]),
    },
  ],
  starter: { params: { kernelSize: [3, 3], stride: [1, 1], padding: [1, 1] } },
});

function checkBorder(x: Shape, p: Ranking): void {
  const [, , h, w] = imageAxes('medianPool2d', x);
  for (const [axis, length, padding] of [
    ['high', h, p.padding[0]],
    ['wide', w, p.padding[1]],
  ] as const) {
    const limit = paddingLimit(length, p.paddingMode);
    if (padding > limit) {
      throw new RangeError(
        `medianPool2d: ${p.paddingMode} padding of a picture ${length} ${axis} may be at most ${limit}, received ${padding}`,
      );
    }
  }
}

/** As that of any window, but what ceil mode adds beyond the padding is not read, whatever the border. */
function reachOf(slide: Slide, mode: PaddingMode): Reach {
  const { output } = slideSize(slide);
  const taps = slideTaps(slide, mode).map((at, k) => (Math.floor(k / output) < tapsWithin(slide, k % output) ? at : -1));
  return { ...slideReach(slide, mode), reads: () => slideReads(slide, taps) };
}

/** How many taps of a window lie on the padded picture. */
const tapsWithin = ({ kernel, stride, length, before, after }: Slide, position: number): number =>
  Math.min(kernel, length + before + after - position * stride);

interface Ranked extends Windows {
  /** Positions of the padded input, where the overhang of ceil mode begins. */
  readonly ends: readonly [rows: (i: number) => number, columns: (j: number) => number];
}

/** Windows with the number of taps of each that lie on the padded picture. */
function enumerate(x: Shape, p: Ranking): Ranked {
  const windows = slidingWindows('medianPool2d', x, p, p.paddingMode);
  const [height, width] = poolSlides([windows.h, windows.w], p);
  return { ...windows, ends: [(i) => tapsWithin(height, i), (j) => tapsWithin(width, j)] };
}

const tables = lately(enumerate);

function inside(windows: Ranked, output: number) {
  const { ow, oh, kh, kw, ends } = windows;
  const [i, j] = [Math.floor(output / ow) % oh, output % ow];
  const [rows, columns] = [ends[0](i), ends[1](j)];
  return windowTerms(windows, output, Math.min(kh, rows), Math.min(kw, columns));
}

/** Puts the values of a window into `values`; answers how many there are. */
function gather(x: Tensor, { h, w, kw, oh, ow, down, across, ends }: Ranked, output: number, values: Float64Array): number {
  const j = output % ow;
  const row = (output - j) / ow;
  const i = row % oh;
  const plane = ((row - i) / oh) * h;
  const [rows, columns] = [ends[0](i), Math.min(kw, ends[1](j))];
  let count = 0;
  for (let u = 0; u < rows; u++) {
    const r = down[u * oh + i]!;
    for (let v = 0; v < columns; v++) {
      const s = across[v * ow + j]!;
      values[count++] = r < 0 || s < 0 ? 0 : x.data[(plane + r) * w + s]!;
    }
  }
  return count;
}

/** Sorts in place: a small window by insertion, a large one by the runtime. NaN sorts last. */
function medianOf(values: Float64Array): number {
  if (values.length > 32 || values.some(Number.isNaN)) values.sort();
  else {
    for (let k = 1; k < values.length; k++) {
      const value = values[k]!;
      let at = k;
      for (; at > 0 && values[at - 1]! > value; at--) values[at] = values[at - 1]!;
      values[at] = value;
    }
  }
  const last = values[values.length - 1]!;
  return Number.isNaN(last) ? last : values[(values.length - 1) >> 1]!;
}
