import { outputSize } from '../fields';
import { defineOp } from '../op';
import { poolCost } from '../pooling';
import { resampleReads } from '../reach';
import { readsAt, resampleTaps } from '../resample';
import type { Pair } from '../schema';
import { type Separable, separable } from '../separable';
import { imageAxes, type Shape, tensor } from '../tensor';
import { call, pyPair } from '../words';

export const adaptiveAvgPool2d = defineOp({
  name: 'adaptiveAvgPool2d',
  title: 'Adaptive average-pool',
  summary: 'Takes means of as many windows as the result has pixels, whatever the picture measures.',
  formula: String.raw`y_{n,c,i,j} = \operatorname{mean}\, x_{n,c,\lfloor iH/H'\rfloor \ldots \lceil (i+1)H/H'\rceil,\ \lfloor jW/W'\rfloor \ldots \lceil (j+1)W/W'\rceil}`,
  family: 'pooling',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: { outputSize },

  infer: ({ x }, p) => shape(x, p.outputSize),
  sizes: ({ x }, p) => adaptiveSizes('adaptiveAvgPool2d', x, p.outputSize),
  reach({ x }, p) {
    const [, , h, w] = imageAxes('adaptiveAvgPool2d', x);
    return { height: reachOf(h, p.outputSize[0]), width: reachOf(w, p.outputSize[1]) };
  },
  ...separable((x: Shape, p: { readonly outputSize: Pair }) => meanTaps(x, p.outputSize)),
  cost({ x }, { outputSize: [oh, ow] }) {
    const [, , h, w] = imageAxes('adaptiveAvgPool2d', x);
    return poolCost(x, shape(x, [oh, ow]), Math.ceil(h / oh) * Math.ceil(w / ow));
  },

  torch: (p) => call('F.adaptive_avg_pool2d', ['x', pyPair(p.outputSize)]),
  onnx: (p) =>
    p.outputSize[0] === 1 && p.outputSize[1] === 1
      ? 'GlobalAveragePool()'
      : 'None: ONNX has no adaptive pool; AveragePool does the same where the size divides that of the picture.',

  traps: [
    'Windows overlap where the sizes do not divide: 7 to 3 reads 0–2, 2–4 and 4–6.',
    'It is bit-equal to interpolation in area mode.',
    'Windows may be of different sizes.',
  ],
  examples: [
    {
      title: 'windows may overlap',
      inputs: { x: tensor([1, 1, 1, 7], [0, 1, 2, 3, 4, 5, 6]) },
      params: { outputSize: [1, 3] },
      output: tensor([1, 1, 1, 3], [1, 3, 5]),
    },
    {
      title: 'a larger result repeats pixels',
      inputs: { x: tensor([1, 1, 1, 2], [3, 5]) },
      params: { outputSize: [1, 4] },
      output: tensor([1, 1, 1, 4], [3, 3, 5, 5]),
    },
  ],
  starter: { params: { outputSize: [24, 36] } },
});

function shape(x: Shape, [oh, ow]: Pair): Shape {
  const [n, c] = imageAxes('adaptiveAvgPool2d', x);
  return [n, c, oh, ow];
}

/** Given sizes, as `Op.sizes` states them. */
export function adaptiveSizes(op: string, x: Shape, [oh, ow]: Pair) {
  imageAxes(op, x);
  const given = (output: number) => ({ output, arithmetic: String(output), unread: 0, invented: 0 });
  return { height: given(oh), width: given(ow) };
}

const alongOf = (length: number, output: number) =>
  resampleTaps({
    ...{ length, output, mode: 'area', ratio: length / output },
    ...{ alignCorners: false, antialias: false, kept: false },
  } as const);

/** Taps of means over adaptive windows. */
export function meanTaps(x: Shape, [oh, ow]: Pair): Separable {
  const [, , h, w] = imageAxes('adaptiveAvgPool2d', x);
  const [down, across] = [alongOf(h, oh), alongOf(w, ow)];
  const about = (i: number, j: number) => ({ divisor: readsAt(down, i) * readsAt(across, j), divides: 'window' as const });
  return { oh, ow, down, across, about };
}

const reachOf = (length: number, output: number) => ({
  ...{ size: Math.max(length / output, 1), jump: length / output, start: 0 },
  reads: () => resampleReads(alongOf(length, output), output),
});
