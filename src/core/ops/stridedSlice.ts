import { defineOp } from '../op';
import { picking } from '../picking';
import { slideReach } from '../reach';
import type { Pair } from '../schema';
import { imageAxes, type Shape, tensor } from '../tensor';
import { type Slide, slideSize } from '../window';

interface Slicing {
  readonly start: Pair;
  readonly stride: Pair;
}

export const stridedSlice = defineOp({
  name: 'stridedSlice',
  title: 'Strided slice',
  summary: 'Keeps every s-th pixel and drops the rest: the plainest way to make a picture smaller.',
  formula: String.raw`y_{n,c,i,j} = x_{n,c,\,a+is,\,a+js}`,
  family: 'sampling',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: {
    stride: {
      kind: 'pair',
      title: 'Stride',
      help: 'Steps from one kept pixel to the next.',
      default: [2, 2],
      min: 1,
      max: 1024,
      step: 1,
      slider: [1, 16],
    },
    start: {
      kind: 'pair',
      title: 'Start',
      help: 'Row and column of the first kept pixel.',
      default: [0, 0],
      min: 0,
      max: 32767,
      step: 1,
      slider: [0, 16],
    },
  },

  ...picking((x: Shape, p: Slicing) => {
    const [n, c, h, w] = imageAxes('stridedSlice', x);
    const { height, width } = sizes(x, p);
    return {
      shape: [n, c, height.output, width.output],
      row: (b, f, i) => ((b * c + f) * h + p.start[0] + i * p.stride[0]) * w,
      column: (j) => p.start[1] + j * p.stride[1],
    };
  }),
  sizes: ({ x }, p) => sizes(x, p),
  reach({ x }, p) {
    const [height, width] = slides(x, p);
    return { height: slideReach(height), width: slideReach(width) };
  },

  torch: ({ start: [a, b], stride: [s, t] }) => `torch.clone(x[:, :, ${a}::${s}, ${b}::${t}])`,
  onnx: ({ start, stride }) =>
    `Slice(starts=[${start.join(', ')}], ends=[2147483647, 2147483647], axes=[2, 3], steps=[${stride.join(', ')}])`,

  traps: [
    'What lies between the kept pixels is gone, and fine patterns turn into coarse ones: aliasing. Blur first.',
    'It is nearest downsampling by a whole factor.',
    'A convolution with a stride is the full one, sliced.',
  ],
  examples: [
    {
      title: 'every second pixel',
      inputs: { x: tensor([1, 1, 1, 5], [1, 2, 3, 4, 5]) },
      params: {},
      output: tensor([1, 1, 1, 3], [1, 3, 5]),
    },
    {
      title: 'from the second column on',
      inputs: { x: tensor([1, 1, 1, 5], [1, 2, 3, 4, 5]) },
      params: { start: [0, 1] },
      output: tensor([1, 1, 1, 2], [2, 4]),
    },
  ],
  starter: { params: { stride: [4, 4] } },
});

function slides(x: Shape, { start, stride }: Slicing): readonly [Slide, Slide] {
  const [, , h, w] = imageAxes('stridedSlice', x);
  const along = (axis: 0 | 1, length: number): Slide => ({
    ...{ length, kernel: 1, stride: stride[axis], dilation: 1 },
    ...{ before: -start[axis], after: 0 },
  });
  return [along(0, h), along(1, w)];
}

function sizes(x: Shape, p: Slicing) {
  const [, , h, w] = imageAxes('stridedSlice', x);
  if (p.start[0] >= h || p.start[1] >= w) {
    throw new RangeError(
      `stridedSlice: the start must lie in the picture of ${w} × ${h}, received column ${p.start[1]} and row ${p.start[0]}`,
    );
  }
  const [height, width] = slides(x, p);
  return { height: slideSize(height), width: slideSize(width) };
}
