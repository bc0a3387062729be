import { defineOp } from '../op';
import { picking } from '../picking';
import { imageAxes, type Shape, tensor } from '../tensor';

interface Picked {
  readonly first: number;
  readonly count: number;
}

export const pickChannels = defineOp({
  name: 'pickChannels',
  title: 'Pick channels',
  summary: 'Keeps one channel, or several in a row, and leaves the others out.',
  formula: String.raw`y_{n,c,i,j} = x_{n,\,c+f,\,i,\,j}`,
  family: 'channels',
  inputs: { x: 'feature map [N, C, H, W]' },
  weights: {},
  params: {
    first: {
      kind: 'int',
      title: 'First channel',
      help: 'The first channel that is kept, counted from 0: red, green and blue are 0, 1 and 2.',
      default: 0,
      min: 0,
      max: 65535,
      slider: [0, 2],
    },
    count: {
      kind: 'int',
      title: 'Channels',
      help: 'How many channels are kept.',
      default: 1,
      min: 1,
      max: 65536,
      slider: [1, 3],
    },
  },

  ...picking((x: Shape, { first, count }: Picked) => {
    const [n, c, h, w] = imageAxes('pickChannels', x);
    if (first + count > c) {
      throw new RangeError(
        `pickChannels: the input has channels 0 to ${c - 1}, but ${first} to ${first + count - 1} were asked for; received ${count} from ${first} on`,
      );
    }
    return {
      shape: [n, count, h, w],
      row: (b, f, i) => ((b * c + first + f) * h + i) * w,
      column: (j) => j,
    };
  }),

  torch: ({ first, count }) => `torch.narrow(x, 1, ${first}, ${count})`,
  onnx: ({ first, count }) => `Slice(starts=[${first}], ends=[${first + count}], axes=[1])`,

  traps: [
    'One channel is shown in grey: it has lost which colour it was.',
    'Splitting into all channels is picking each of them once.',
  ],
  examples: [
    {
      title: 'the green channel',
      inputs: { x: tensor([1, 3, 1, 2], [1, 2, 3, 4, 5, 6]) },
      params: { first: 1 },
      output: tensor([1, 1, 1, 2], [3, 4]),
    },
    {
      title: 'the last two',
      inputs: { x: tensor([1, 3, 1, 1], [1, 2, 3]) },
      params: { first: 1, count: 2 },
      output: tensor([1, 2, 1, 1], [2, 3]),
    },
  ],
  starter: { params: { first: 1 } },
});
