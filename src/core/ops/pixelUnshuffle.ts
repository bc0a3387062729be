import { defineOp } from '../op';
import { picking } from '../picking';
import { slideReach } from '../reach';
import { imageAxes, type Shape, tensor } from '../tensor';

interface Unshuffling {
  readonly downscaleFactor: number;
  readonly crop: boolean;
}

export const pixelUnshuffle = defineOp({
  name: 'pixelUnshuffle',
  title: 'Pixel unshuffle',
  summary: 'Deals the pixels of every r × r block to r² channels: smaller, deeper, nothing lost.',
  formula: String.raw`y_{n,\,cr^2+ur+v,\,i,\,j} = x_{n,c,\,ir+u,\,jr+v}`,
  family: 'sampling',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: {
    downscaleFactor: {
      kind: 'int',
      title: 'Factor',
      help: 'Side of the blocks whose pixels become channels.',
      default: 2,
      min: 1,
      max: 256,
      slider: [1, 8],
    },
    crop: {
      kind: 'bool',
      title: 'Crop',
      help: 'Leaves out the last rows and columns that do not fill a block; off, the factor must divide the picture, as in PyTorch.',
      default: false,
    },
  },

  ...picking((x: Shape, p: Unshuffling) => {
    const r = p.downscaleFactor;
    const [n, c, h, w] = imageAxes('pixelUnshuffle', x);
    const { height, width } = sizes(x, p);
    return {
      shape: [n, c * r * r, height.output, width.output],
      row: (b, f, i) => ((b * c + Math.floor(f / (r * r))) * h + i * r + (Math.floor(f / r) % r)) * w + (f % r),
      column: (j) => j * r,
    };
  }),
  sizes: ({ x }, p) => sizes(x, p),
  reach({ x }, { downscaleFactor: r }) {
    const [, , h, w] = imageAxes('pixelUnshuffle', x);
    const along = (length: number) => slideReach({ length, kernel: r, stride: r, dilation: 1, before: 0, after: 0 });
    return { height: along(h), width: along(w) };
  },

  torch: ({ downscaleFactor: r, crop }) =>
    `F.pixel_unshuffle(${crop ? `x[..., : x.shape[2] // ${r} * ${r}, : x.shape[3] // ${r} * ${r}]` : 'x'}, ${r})`,
  onnx: () =>
    'None: SpaceToDepth orders the channels differently for more than one; Reshape, Transpose and Reshape give this one.',

  traps: [
    'SpaceToDepth in ONNX agrees for a single channel only: the order of the channels differs.',
    'Sizes that the factor does not divide are refused, unless cropping is on.',
  ],
  examples: [
    {
      title: '2 × 2 pixels become four channels',
      inputs: { x: tensor([1, 1, 2, 4], [1, 2, 5, 6, 3, 4, 7, 8]) },
      params: {},
      output: tensor([1, 4, 1, 2], [1, 5, 2, 6, 3, 7, 4, 8]),
    },
    {
      title: 'cropping leaves out what does not fill a block',
      inputs: { x: tensor([1, 1, 2, 3], [1, 2, 9, 3, 4, 9]) },
      params: { crop: true },
      output: tensor([1, 4, 1, 1], [1, 2, 3, 4]),
    },
  ],
  starter: { params: { crop: true } },
});

function sizes(x: Shape, { downscaleFactor: r, crop }: Unshuffling) {
  const [, , h, w] = imageAxes('pixelUnshuffle', x);
  if (h < r || w < r || (!crop && (h % r !== 0 || w % r !== 0))) {
    throw new RangeError(`pixelUnshuffle: expected sides that ${r} divides, received ${w} × ${h}`);
  }
  const along = (length: number) => ({
    output: Math.floor(length / r),
    arithmetic: length % r === 0 ? `${length} / ${r}` : `⌊${length} / ${r}⌋`,
    unread: length % r,
    invented: 0,
  });
  return { height: along(h), width: along(w) };
}
