import { defineOp } from '../op';
import { picking } from '../picking';
import type { Visit } from '../reach';
import type { Pair } from '../schema';
import { imageAxes, type Shape, tensor } from '../tensor';
import { call } from '../words';

export const zeroInsert = defineOp({
  name: 'zeroInsert',
  title: 'Bed of nails',
  summary: 'Sets every pixel into a block of zeros: upsampling that invents nothing.',
  formula: String.raw`y_{n,c,\,is,\,js} = x_{n,c,i,j}, \quad 0 \text{ elsewhere}`,
  family: 'sampling',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: {
    stride: {
      kind: 'pair',
      title: 'Stride',
      help: 'Distance between the pixels in the result; one less zeros lie between them.',
      default: [2, 2],
      min: 1,
      max: 1024,
      step: 1,
      slider: [1, 16],
    },
  },

  ...picking((x: Shape, { stride: [sh, sw] }: { readonly stride: Pair }) => {
    const [n, c, h, w] = imageAxes('zeroInsert', x);
    return {
      shape: [n, c, h * sh, w * sw],
      row: (b, f, i) => (i % sh === 0 ? ((b * c + f) * h + i / sh) * w : -1),
      column: (j) => (j % sw === 0 ? j / sw : -1),
    };
  }),
  sizes({ x }, { stride: [sh, sw] }) {
    const [, , h, w] = imageAxes('zeroInsert', x);
    const along = (length: number, s: number) => ({
      output: length * s,
      arithmetic: `${length} × ${s}`,
      unread: 0,
      invented: 0,
    });
    return { height: along(h, sh), width: along(w, sw) };
  },
  reach({ x }, { stride: [sh, sw] }) {
    const [, , h, w] = imageAxes('zeroInsert', x);
    return { height: reachOf(h, sh), width: reachOf(w, sw) };
  },

  torch: ({ stride: [sh, sw] }) =>
    call('F.conv_transpose2d', [
      'x',
      `F.pad(torch.ones(x.shape[1], 1, 1, 1), (0, ${sw - 1}, 0, ${sh - 1}))`,
      `stride=(${sh}, ${sw})`,
      'groups=x.shape[1]',
    ]),
  onnx: ({ stride }) => `ConvTranspose(strides=[${stride[0]}, ${stride[1]}], kernel_shape=[${stride[0]}, ${stride[1]}])`,

  traps: [
    'A transposed convolution is this, followed by a convolution with the kernel flipped.',
    'The result is darker, since most of it is 0; a blur that sums to the block evens it out.',
  ],
  examples: [
    {
      title: 'each pixel stands at the top left of its block',
      inputs: { x: tensor([1, 1, 1, 2], [5, 7]) },
      params: {},
      output: tensor([1, 1, 2, 4], [5, 0, 7, 0, 0, 0, 0, 0]),
    },
  ],
  starter: {},
});

const reachOf = (length: number, stride: number) => ({
  ...{ size: 1, jump: 1 / stride, start: 0 },
  reads: () => ({
    outputs: length * stride,
    each(visit: Visit) {
      for (let at = 0; at < length; at++) visit(at * stride, at, 0, at);
    },
  }),
});
