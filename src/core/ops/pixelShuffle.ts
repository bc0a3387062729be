import { defineOp } from '../op';
import { picking } from '../picking';
import { scaledReach } from '../reach';
import { imageAxes, type Shape, tensor } from '../tensor';

interface Shuffling {
  readonly upscaleFactor: number;
  readonly repeat: boolean;
}

export const pixelShuffle = defineOp({
  name: 'pixelShuffle',
  title: 'Pixel shuffle',
  summary: 'Lays the values of r² channels side by side, so that channels turn into pixels.',
  formula: String.raw`y_{n,c,\,ir+u,\,jr+v} = x_{n,\,cr^2+ur+v,\,i,\,j}`,
  family: 'sampling',
  inputs: { x: 'feature map [N, C·r², H, W]' },
  weights: {},
  params: {
    upscaleFactor: {
      kind: 'int',
      title: 'Factor',
      help: 'How many times as high and wide the result is.',
      default: 2,
      min: 1,
      max: 256,
      slider: [1, 8],
    },
    repeat: {
      kind: 'bool',
      title: 'Repeat channels',
      help: 'Repeats every channel r² times first, so that a picture has enough of them; the result is then nearest upsampling.',
      default: false,
    },
  },

  ...picking((x: Shape, p: Shuffling) => {
    const r = p.upscaleFactor;
    const [n, channels, h, w] = imageAxes('pixelShuffle', x);
    const area = p.repeat ? 1 : r * r;
    if (channels % area !== 0) {
      throw new RangeError(`pixelShuffle: a factor of ${r} needs a multiple of ${area} channels, but the input has ${channels}`);
    }
    return {
      shape: [n, channels / area, h * r, w * r],
      row: (b, c, i) => ((b * channels + c * area + (p.repeat ? 0 : (i % r) * r)) * h + Math.floor(i / r)) * w,
      column: (j) => (p.repeat ? 0 : (j % r) * h * w) + Math.floor(j / r),
    };
  }),
  sizes({ x }, { upscaleFactor: r }) {
    const [, , h, w] = imageAxes('pixelShuffle', x);
    const along = (length: number) => ({ output: length * r, arithmetic: `${length} × ${r}`, unread: 0, invented: 0 });
    return { height: along(h), width: along(w) };
  },
  reach({ x }, { upscaleFactor: r }) {
    const [, , h, w] = imageAxes('pixelShuffle', x);
    return { height: scaledReach(h, h * r, 1 / r), width: scaledReach(w, w * r, 1 / r) };
  },

  torch: ({ upscaleFactor: r, repeat }) => `F.pixel_shuffle(${repeat ? `x.repeat_interleave(${r * r}, 1)` : 'x'}, ${r})`,
  onnx: ({ upscaleFactor: r, repeat }) =>
    repeat ? `Resize(scales=[${r}, ${r}], axes=[2, 3], mode="nearest")` : `DepthToSpace(blocksize=${r}, mode="CRD")`,

  traps: [
    'It is DepthToSpace in the order CRD; ONNX and TensorFlow take DCR by default, which mixes the channels differently.',
    'With every channel repeated it is nearest upsampling: what a network learns there is how the copies differ.',
  ],
  examples: [
    {
      title: 'four channels become 2 × 2 pixels',
      inputs: { x: tensor([1, 4, 1, 2], [1, 5, 2, 6, 3, 7, 4, 8]) },
      params: {},
      output: tensor([1, 1, 2, 4], [1, 2, 5, 6, 3, 4, 7, 8]),
    },
    {
      title: 'repeated channels make nearest upsampling',
      inputs: { x: tensor([1, 2, 1, 2], [1, 2, 3, 4]) },
      params: { repeat: true },
      output: tensor([1, 2, 2, 4], [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]),
    },
  ],
  starter: { params: { repeat: true } },
});
