import { dilation, stride } from '../fields';
import { lately } from '../lately';
import { defineOp, type Matrix } from '../op';
import { tapReads } from '../reach';
import { imageAxes, placeOf, sizeOf, store, type Tensor, tensor } from '../tensor';
import {
  readersOf,
  stampsOf,
  type TransposedShapes,
  type Transposing,
  transposedFrame,
  transposing,
  turned,
} from '../transposed';
import { evenedSteps, unfoldedSteps } from '../transposedSteps';
import { extent } from '../window';
import { call, isPair, list, pyPair, unless } from '../words';

const plainStamp: Matrix = [
  [1, 1],
  [1, 1],
];

export const convTranspose2d = defineOp({
  name: 'convTranspose2d',
  title: 'Transposed convolution',
  summary: 'Stamps the kernel onto the result once for every pixel, as strong as the pixel, and adds the stamps up.',
  formula: String.raw`y_{n,o,\,is+ud-p,\,js+vd-p} \mathrel{+}= \sum_{c} w_{c,o,u,v}\; x_{n,c,i,j}, \quad y_{n,o,\cdot,\cdot} \text{ starts at } b_o`,
  family: 'convolution',
  inputs: { x: 'feature map [N, C, H, W]', weight: '[C, O/groups, kH, kW]', bias: '[O]' },
  weights: {
    weight: {
      kind: 'kernel',
      title: 'Kernel',
      help: 'The stamp: one for all, or one for every channel and filter.',
      default: plainStamp,
      shape: (x, _, [kh, kw]) => [imageAxes('convTranspose2d', x)[1], 1, kh, kw],
      bank: { layout: 'IOHW', groups: ({ groups }) => groups },
    },
    bias: {
      kind: 'perChannel',
      title: 'Bias',
      help: 'Added to every value of an output channel.',
      default: 0,
      min: -1000,
      max: 1000,
      step: 0.05,
      length: (_, { groups }, { weight }) => (weight?.[1] ?? 1) * groups,
    },
  },
  params: {
    stride: { ...stride, help: 'Distance between neighbouring stamps in the result; a larger stride makes a larger output.' },
    padding: {
      kind: 'pair',
      title: 'Padding',
      help: 'Rows and columns cut off the result on both sides: the padding of the convolution that this one turns round.',
      default: [0, 0],
      min: 0,
      max: 1024,
      step: 1,
      slider: [0, 8],
    },
    outputPadding: {
      kind: 'pair',
      title: 'Output padding',
      help: 'Rows and columns added at the end, to choose between sizes that a convolution would make the same.',
      default: [0, 0],
      min: 0,
      max: 1023,
      step: 1,
      slider: [0, 8],
    },
    dilation,
    groups: {
      kind: 'int',
      title: 'Groups',
      help: 'Splits the channels into groups that do not see each other; as many groups as channels stamps each on its own.',
      default: 1,
      min: 1,
      max: 65536,
      slider: [1, 3],
    },
  },

  infer(shapes, p) {
    const { n, o, oh, ow } = transposedFrame(shapes, p);
    return [n, o, oh, ow];
  },
  sizes(shapes, p) {
    const { h, w, kh, kw, oh, ow } = transposedFrame(shapes, p);
    const along = (axis: 0 | 1, length: number, kernel: number, output: number) => ({
      output,
      arithmetic: `(${length} − 1) × ${p.stride[axis]} − 2 × ${p.padding[axis]} + ${extent(kernel, p.dilation[axis])} + ${p.outputPadding[axis]}`,
      unread: 0,
      invented: 0,
    });
    return { height: along(0, h, kh, oh), width: along(1, w, kw, ow) };
  },
  reach(shapes, p) {
    const { h, w, kh, kw, oh, ow } = transposedFrame(shapes, p);
    const along = (axis: 0 | 1, length: number, kernel: number, outputs: number) => ({
      size: Math.ceil(extent(kernel, p.dilation[axis]) / p.stride[axis]),
      jump: 1 / p.stride[axis],
      start: (p.padding[axis] - extent(kernel, p.dilation[axis]) + 1) / p.stride[axis],
      reads: () => {
        const taps = turned(stampsOf(p, axis, length, kernel, outputs), length, kernel, outputs);
        return tapReads(taps, outputs);
      },
    });
    return { height: along(0, h, kh, oh), width: along(1, w, kw, ow) };
  },

  unfolded: (shapes, p, weights) => unfoldedSteps(shapes, p, weights?.weight ?? plainStamp, weights?.bias),
  evened: (shapes, p, weights) => evenedSteps(shapes, p, weights?.weight ?? plainStamp, weights?.bias),

  *forward({ x, weight, bias }, p, y) {
    const { c, h, w, kh, kw, perGroup, perOutput, rows, across } = transposing(
      { x: x.shape, weight: weight.shape, bias: bias.shape },
      p,
    );
    const sums = new Float64Array(y.shape[3] ?? 0);
    for (const { start, b, f, stamps, done } of rows()) {
      sums.fill(bias.data[f]!);
      const [group, within] = [Math.floor(f / perOutput), f % perOutput];
      for (let k = 0; k < perGroup; k++) {
        const ch = group * perGroup + k;
        for (const { u, r } of stamps) {
          const from = ((b * c + ch) * h + r) * w;
          const taps = ((ch * perOutput + within) * kh + u) * kw;
          for (let v = 0; v < kw; v++) stampRow(sums, weight.data[taps + v]!, x.data, from, w, across, v * w);
        }
        yield done((k + 1) / perGroup);
      }
      store(sums, y.data, start);
    }
  },

  differentiable: ['x', 'weight', 'bias'],
  backward({ x, weight, bias }, p, dy, { x: dx, weight: dw, bias: db }) {
    const { c, h, w, ow, kh, kw, perGroup, perOutput, rows, across } = transposing(
      { x: x.shape, weight: weight.shape, bias: bias.shape },
      p,
    );
    for (const { start, b, f, stamps } of rows()) {
      for (let j = 0; j < ow; j++) db.data[f]! += dy.data[start + j]!;
      const [group, within] = [Math.floor(f / perOutput), f % perOutput];
      for (let k = 0; k < perGroup; k++) {
        const ch = group * perGroup + k;
        for (const { u, r } of stamps) {
          const from = ((b * c + ch) * h + r) * w;
          for (let v = 0; v < kw; v++) {
            const tap = ((ch * perOutput + within) * kh + u) * kw + v;
            for (let s = 0; s < w; s++) {
              const column = across[v * w + s]!;
              if (column < 0) continue;
              dw.data[tap]! += dy.data[start + column]! * x.data[from + s]!;
              dx.data[from + s]! += dy.data[start + column]! * weight.data[tap]!;
            }
          }
        }
      }
    }
  },

  explain(p, shapes, output) {
    const { n, c, h, w, o, oh, ow, kh, kw, perGroup, perOutput, down, across } = tables(shapes, p);
    const [b, f, i, j] = placeOf([n, o, oh, ow], output);
    const [group, within] = [Math.floor(f / perOutput), f % perOutput];
    const [rows, columns] = [down[i]!, across[j]!];
    const terms = [];
    for (let k = 0; k < perGroup; k++) {
      const ch = group * perGroup + k;
      for (const { u, r } of rows) {
        for (const { u: v, r: s } of columns) {
          terms.push({ x: ((b * c + ch) * h + r) * w + s, weight: ((ch * perOutput + within) * kh + u) * kw + v });
        }
      }
    }
    return { how: 'sum', terms, bias: f };
  },

  cost(shapes, p) {
    const { n, o, oh, ow } = transposedFrame(shapes, p);
    const parameters = sizeOf(shapes.weight) + sizeOf(shapes.bias);
    const [, perOutput = 0, kh = 0, kw = 0] = shapes.weight;
    return {
      macs: sizeOf(shapes.x) * perOutput * kh * kw,
      parameters,
      bytes: 4 * (sizeOf(shapes.x) + parameters + n * o * oh * ow),
    };
  },

  torch: (p) =>
    call('F.conv_transpose2d', [
      'x',
      'weight',
      'bias',
      unless(isPair(p.stride, 1), `stride=${pyPair(p.stride)}`),
      unless(isPair(p.padding, 0), `padding=${pyPair(p.padding)}`),
      unless(isPair(p.outputPadding, 0), `output_padding=${pyPair(p.outputPadding)}`),
      unless(p.groups === 1, `groups=${p.groups}`),
      unless(isPair(p.dilation, 1), `dilation=${pyPair(p.dilation)}`),
    ]),
  onnx: (p) =>
    call('ConvTranspose', [
      unless(isPair(p.stride, 1), `strides=${list(p.stride)}`),
      unless(isPair(p.padding, 0), `pads=${list([...p.padding, ...p.padding])}`),
      unless(isPair(p.outputPadding, 0), `output_padding=${list(p.outputPadding)}`),
      unless(isPair(p.dilation, 1), `dilations=${list(p.dilation)}`),
      unless(p.groups === 1, `group=${p.groups}`),
    ]),

  traps: [
    'It is the gradient of a convolution, not its inverse: blur does not come undone.',
    'A kernel that the stride does not divide overlaps unevenly: the chequerboard of many generated pictures.',
    'Padding takes away here; output padding gives back what padding cut off at the end, and bias alone where nothing was cut.',
    'The weights are stored as [inputs, outputs], the other way round than those of a convolution.',
    'In PyTorch’s argument list groups come before dilation.',
  ],
  examples: [
    {
      title: 'every pixel becomes a stamp as strong as it is',
      inputs: { x: tensor([1, 1, 1, 2], [1, 10]), weight: tensor([1, 1, 1, 2], [1, 2]), bias: tensor([1], [0]) },
      params: { stride: 2 },
      output: tensor([1, 1, 1, 4], [1, 2, 10, 20]),
    },
    {
      title: 'stamps of 3 at stride 2 overlap in every second pixel',
      inputs: { x: tensor([1, 1, 1, 3], [1, 1, 1]), weight: tensor([1, 1, 1, 3], [1, 1, 1]), bias: tensor([1], [0]) },
      params: { stride: 2 },
      output: tensor([1, 1, 1, 7], [1, 1, 2, 1, 2, 1, 1]),
    },
    {
      title: 'output padding without padding adds bias alone',
      inputs: { x: tensor([1, 1, 1, 2], [1, 2]), weight: tensor([1, 1, 1, 1], [3]), bias: tensor([1], [0.5]) },
      params: { stride: [1, 2], outputPadding: [0, 1] },
      output: tensor([1, 1, 1, 4], [3.5, 0.5, 6.5, 0.5]),
    },
    {
      title: 'with groups each channel keeps to itself',
      inputs: { x: tensor([1, 2, 1, 1], [2, 3]), weight: tensor([2, 1, 1, 2], [1, 10, 1, 100]), bias: tensor([2], [0, 0]) },
      params: { groups: 2 },
      output: tensor([1, 2, 1, 2], [2, 20, 3, 300]),
    },
  ],
  starter: {
    params: { stride: [2, 2], padding: [1, 1], outputPadding: [1, 1], groups: 3 },
    weights: {
      weight: [
        [0.25, 0.5, 0.25],
        [0.5, 1, 0.5],
        [0.25, 0.5, 0.25],
      ],
    },
  },
});

/** The frame, and for every row and column of the output what reaches it. */
const tables = lately((shapes: TransposedShapes, p: Transposing) => {
  const { down, across, ...f } = transposing(shapes, p);
  return { ...f, down: readersOf(down, f.h, f.kh, f.oh), across: readersOf(across, f.w, f.kw, f.ow) };
});

/** Adds one weight times every pixel of a row, where its stamp puts it. */
function stampRow(
  sums: Float64Array,
  weight: number,
  data: Tensor['data'],
  row: number,
  length: number,
  across: Int32Array,
  tap: number,
): void {
  for (let s = 0; s < length; s++) {
    const column = across[tap + s]!;
    if (column >= 0) sums[column]! += weight * data[row + s]!;
  }
}
