import { mixer } from '../mixing';
import { defineOp } from '../op';
import { imageAxes, type Shape, tensor } from '../tensor';

export const mix1x1 = defineOp({
  name: 'mix1x1',
  title: '1 × 1 mix',
  summary: 'Mixes the channels of every pixel by a matrix: a convolution that looks at one pixel only.',
  formula: String.raw`y_{n,o,i,j} = b_o + \sum_{c} w_{o,c}\, x_{n,c,i,j}`,
  family: 'channels',
  inputs: { x: 'feature map [N, C, H, W]', weight: '[O, C]', bias: '[O] or [1]' },
  weights: {
    weight: {
      kind: 'kernel',
      title: 'Matrix',
      help: 'A row for each channel of the result, a column for each channel of the picture.',
      default: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      shape: (_, __, [outputs, inputs]) => [outputs, inputs],
    },
    bias: {
      kind: 'perChannel',
      title: 'Bias',
      help: 'Added to every value.',
      default: 0,
      min: -1000,
      max: 1000,
      step: 0.05,
      length: () => 1,
    },
  },
  params: {},

  ...mixer('mix1x1', (x: Shape, _: object): number => {
    imageAxes('mix1x1', x);
    return 1;
  }),

  torch: () => 'F.conv2d(x, weight[:, :, None, None], bias)',
  onnx: () => 'Conv(kernel_shape=[1, 1])',

  traps: [
    'It is a convolution with a 1 × 1 kernel, and the linear layer of every pixel.',
    'Pixels are stored for the eye, not as amounts of light, so mixed colours differ from mixed light.',
  ],
  examples: [
    {
      title: 'channels change places',
      inputs: {
        x: tensor([1, 2, 1, 2], [1, 2, 3, 4]),
        weight: tensor([2, 2], [0, 1, 1, 0]),
        bias: tensor([1], [0]),
      },
      params: {},
      output: tensor([1, 2, 1, 2], [3, 4, 1, 2]),
    },
    {
      title: 'three outputs of two channels, each with its bias',
      inputs: {
        x: tensor([1, 2, 1, 1], [2, 3]),
        weight: tensor([3, 2], [1, 1, 1, -1, 0, 2]),
        bias: tensor([3], [0, 10, 100]),
      },
      params: {},
      output: tensor([1, 3, 1, 1], [5, 9, 106]),
    },
  ],
  // Sepia, as the CSS filter of that name has it.
  starter: {
    weights: {
      weight: [
        [0.393, 0.769, 0.189],
        [0.349, 0.686, 0.168],
        [0.272, 0.534, 0.131],
      ],
    },
  },
});
