import { defineOp } from '../op';
import { picking } from '../picking';
import { slideReach } from '../reach';
import type { Sides } from '../schema';
import { imageAxes, type Shape, tensor } from '../tensor';
import { type PaddingMode, paddingLimit, type Slide, slideSize, slideTaps } from '../window';
import { call, list } from '../words';

interface Padding {
  readonly padding: Sides;
  readonly mode: 'constant' | 'reflect' | 'replicate' | 'circular';
  readonly value: number;
}

export const pad = defineOp({
  name: 'pad',
  title: 'Pad',
  summary: 'Adds rows and columns around the picture, or cuts them off.',
  formula: String.raw`y_{n,c,i,j} = x_{n,c,\,i-p_t,\,j-p_l} \text{ inside, the border elsewhere}`,
  family: 'sampling',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: {
    padding: {
      kind: 'sides',
      title: 'Padding',
      help: 'Rows and columns added at the top, bottom, left and right; below 0 they are cut off.',
      default: [0, 0, 0, 0],
      min: -4096,
      max: 4096,
      slider: [-64, 64],
    },
    mode: {
      kind: 'choice',
      title: 'Border',
      help: 'What the new pixels hold: one value, the picture mirrored, its edge repeated, or its other side.',
      default: 'constant',
      options: ['constant', 'reflect', 'replicate', 'circular'],
    },
    value: {
      kind: 'real',
      title: 'Value',
      help: 'What a constant border holds.',
      default: 0,
      min: -1000,
      max: 1000,
      step: 0.05,
      slider: [-1, 1],
    },
  },

  ...picking((x: Shape, p: Padding) => {
    const [n, c, h, w] = imageAxes('pad', x);
    const { height, width } = sizes(x, p);
    const [down, across] = slides(x, p).map((slide) => slideTaps(slide, borderOf(p)));
    return {
      shape: [n, c, height.output, width.output],
      row: (b, f, i) => (down![i]! < 0 ? -1 : ((b * c + f) * h + down![i]!) * w),
      column: (j) => across![j]!,
      border: p.value,
    };
  }),
  sizes: ({ x }, p) => sizes(x, p),
  reach({ x }, p) {
    const [height, width] = slides(x, p);
    return { height: slideReach(height, borderOf(p)), width: slideReach(width, borderOf(p)) };
  },

  torch({ padding: [top, bottom, left, right], mode, value }) {
    const constant = mode === 'constant';
    return call('F.pad', [
      'x',
      `(${left}, ${right}, ${top}, ${bottom})`,
      constant ? null : `mode='${mode}'`,
      constant && value !== 0 ? `value=${value}` : null,
    ]);
  },
  onnx({ padding: [top, bottom, left, right], mode, value }) {
    const named = { constant: 'constant', reflect: 'reflect', replicate: 'edge', circular: 'wrap' }[mode];
    const constant = mode === 'constant' && value !== 0 ? `constant_value=${value}` : null;
    return call('Pad', [`mode="${named}"`, `pads=${list([0, 0, top, left, 0, 0, bottom, right])}`, constant]);
  },

  traps: [
    'The order of the sides differs: PyTorch counts from the last axis, left right top bottom; ONNX gives all begins, then all ends.',
    'A mirror leaves the border pixel out, so it needs a padding smaller than the picture; a wrap needs one no larger.',
    'A negative padding cuts off.',
  ],
  examples: [
    {
      title: 'a constant border',
      inputs: { x: tensor([1, 1, 1, 2], [3, 5]) },
      params: { padding: [1, 0, 1, 0], value: 9 },
      output: tensor([1, 1, 2, 3], [9, 9, 9, 9, 3, 5]),
    },
    {
      title: 'a mirror does not repeat the edge',
      inputs: { x: tensor([1, 1, 1, 3], [1, 2, 3]) },
      params: { padding: [0, 0, 2, 1], mode: 'reflect' },
      output: tensor([1, 1, 1, 6], [3, 2, 1, 2, 3, 2]),
    },
    {
      title: 'the edge repeated, the other side',
      inputs: { x: tensor([1, 1, 1, 3], [1, 2, 3]) },
      params: { padding: [0, 0, 2, 1], mode: 'circular' },
      output: tensor([1, 1, 1, 6], [2, 3, 1, 2, 3, 1]),
    },
    {
      title: 'below 0 it cuts off',
      inputs: { x: tensor([1, 1, 1, 4], [1, 2, 3, 4]) },
      params: { padding: [0, 0, -1, 1], mode: 'replicate' },
      output: tensor([1, 1, 1, 4], [2, 3, 4, 4]),
    },
  ],
  starter: { params: { padding: [40, 40, 40, 40], mode: 'replicate' } },
});

const borderOf = ({ mode }: Padding): PaddingMode => (mode === 'constant' ? 'zeros' : mode);

function slides(x: Shape, { padding: [top, bottom, left, right] }: Padding): readonly [Slide, Slide] {
  const [, , h, w] = imageAxes('pad', x);
  const along = (length: number, before: number, after: number): Slide => ({
    ...{ length, kernel: 1, stride: 1, dilation: 1 },
    ...{ before, after },
  });
  return [along(h, top, bottom), along(w, left, right)];
}

function sizes(x: Shape, p: Padding) {
  const [height, width] = slides(x, p);
  for (const [axis, { length, before, after }] of [
    ['high', height],
    ['wide', width],
  ] as const) {
    const limit = paddingLimit(length, borderOf(p));
    if (Math.max(before, after) > limit) {
      throw new RangeError(
        `pad: ${p.mode} padding of a picture ${length} ${axis} may be at most ${limit}, received ${Math.max(before, after)}`,
      );
    }
    if (length + before + after < 1 || before < -length || after < -length) {
      throw new RangeError(`pad: at least one pixel must stay, but ${before + after} are added to a picture ${length} ${axis}`);
    }
  }
  const along = ({ length, before, after, ...rest }: Slide) => ({
    ...slideSize({ length, before, after, ...rest }),
    arithmetic: `${length} + ${before} + ${after}`.replaceAll('+ -', '− '),
    unread: Math.min(length, Math.max(0, -before) + Math.max(0, -after)),
  });
  return { height: along(height), width: along(width) };
}
