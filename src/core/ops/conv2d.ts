import { channelsPerGroup, convolvedFrame, convolving } from '../convolved';
import { dilation, paddingMode, stride } from '../fields';
import { lately } from '../lately';
import { defineOp } from '../op';
import { slideReach } from '../reach';
import type { Sides } from '../schema';
import { placeOf, sizeOf, store, type Tensor, tensor } from '../tensor';
import { call, isPair, list, onnxPads, pyPair, unless } from '../words';

export const conv2d = defineOp({
  name: 'conv2d',
  title: 'Convolution',
  summary: 'Lays a kernel on every window, multiplies pixel by weight, and adds up.',
  formula: String.raw`y_{n,o,i,j} = b_o + \sum_{c,u,v} w_{o,c,u,v}\; x_{n,c,\,is+ud-p,\,js+vd-p}`,
  family: 'convolution',
  inputs: { x: 'feature map [N, C, H, W]', weight: '[O, C/groups, kH, kW]', bias: '[O]' },
  weights: {
    weight: {
      kind: 'kernel',
      title: 'Kernel',
      help: 'The weights laid on every window: one kernel for all, or one for every filter and channel.',
      default: [
        [0, 0, 0],
        [0, 1, 0],
        [0, 0, 0],
      ],
      shape: (x, { groups }, [kh, kw]) => [groups, channelsPerGroup(x, groups), kh, kw],
      bank: { layout: 'OIHW', groups: ({ groups }) => groups },
    },
    bias: {
      kind: 'perChannel',
      title: 'Bias',
      help: 'Added to every value of an output channel.',
      default: 0,
      min: -1000,
      max: 1000,
      step: 0.05,
      length: (_, { groups }, { weight }) => weight?.[0] ?? groups,
    },
  },
  params: {
    stride,
    padding: {
      kind: 'sides',
      title: 'Padding',
      help: 'Positions added on each side before the kernel slides: top, bottom, left, right.',
      default: [0, 0, 0, 0],
      min: 0,
      max: 1024,
      slider: [0, 8],
    },
    dilation,
    groups: {
      kind: 'int',
      title: 'Groups',
      help: 'Splits the channels into groups that do not see each other; as many groups as channels filters each on its own.',
      default: 1,
      min: 1,
      max: 65536,
      slider: [1, 3],
    },
    paddingMode,
    flip: {
      kind: 'bool',
      title: 'Flip kernel',
      help: 'Turns the kernel half round before it is laid on: the convolution of mathematics; off, the cross-correlation that networks compute.',
      default: false,
    },
  },

  infer(shapes, p) {
    const { n, o, height, width } = convolvedFrame(shapes, p);
    return [n, o, height.output, width.output];
  },
  sizes(shapes, p) {
    const { height, width } = convolvedFrame(shapes, p);
    return { height, width };
  },
  reach(shapes, p) {
    const [height, width] = convolvedFrame(shapes, p).slides;
    return { height: slideReach(height, p.paddingMode), width: slideReach(width, p.paddingMode) };
  },

  *forward({ x, weight, bias }, p, y) {
    const { w, oh, kh, kw, plane, rows, across, ow, perGroup, tapAt } = convolving(
      { x: x.shape, weight: weight.shape, bias: bias.shape },
      p,
    );
    const sums = new Float64Array(ow);
    for (const { start, o, i, image, done } of rows()) {
      sums.fill(bias.data[o]!);
      for (let c = 0; c < perGroup; c++) {
        for (let u = 0; u < kh; u++) {
          const r = plane.down[u * oh + i]!;
          if (r < 0) continue;
          const at = image + c * plane.size + r * w;
          for (let v = 0; v < kw; v++) addProducts(sums, weight.data[tapAt(o, c, u, v)]!, x.data, at, across, v * ow);
        }
        yield done;
      }
      store(sums, y.data, start);
    }
  },

  differentiable: ['x', 'weight', 'bias'],
  backward({ x, weight, bias }, p, dy, { x: dx, weight: dw, bias: db }) {
    const { w, oh, kh, kw, plane, rows, across, ow, perGroup, tapAt } = convolving(
      { x: x.shape, weight: weight.shape, bias: bias.shape },
      p,
    );
    for (const { start, o, i, image } of rows()) {
      for (let j = 0; j < ow; j++) db.data[o]! += dy.data[start + j]!;
      for (let c = 0; c < perGroup; c++) {
        for (let u = 0; u < kh; u++) {
          const r = plane.down[u * oh + i]!;
          if (r < 0) continue;
          const at = image + c * plane.size + r * w;
          for (let v = 0; v < kw; v++) {
            const tap = tapAt(o, c, u, v);
            for (let j = 0; j < ow; j++) {
              const column = across[v * ow + j]!;
              if (column < 0) continue;
              dw.data[tap]! += dy.data[start + j]! * x.data[at + column]!;
              dx.data[at + column]! += dy.data[start + j]! * weight.data[tap]!;
            }
          }
        }
      }
    }
  },

  explain(p, shapes, output) {
    const { n, c, h, w, o, oh, ow, kh, kw, perGroup, plane, across, tapAt } = tables(shapes, p);
    const [b, f, i, j] = placeOf([n, o, oh, ow], output);
    const first = b * c + Math.floor(f / (o / p.groups)) * perGroup;
    const terms = [];
    for (let ch = 0; ch < perGroup; ch++) {
      for (let u = 0; u < kh; u++) {
        for (let v = 0; v < kw; v++) {
          const [r, s] = [plane.down[u * oh + i]!, across[v * ow + j]!];
          const x = r < 0 || s < 0 ? null : ((first + ch) * h + r) * w + s;
          terms.push({ x, weight: tapAt(f, ch, u, v) });
        }
      }
    }
    return { how: 'sum', terms, bias: f };
  },

  cost(shapes, p) {
    const { n, o, height, width } = convolvedFrame(shapes, p);
    const outputs = n * o * height.output * width.output;
    const parameters = sizeOf(shapes.weight) + sizeOf(shapes.bias);
    return {
      macs: outputs * (sizeOf(shapes.weight) / o),
      parameters,
      bytes: 4 * (sizeOf(shapes.x) + parameters + outputs),
    };
  },

  torch(p) {
    const [top, bottom, left, right] = p.padding;
    const inside = p.paddingMode === 'zeros' && top === bottom && left === right;
    const mode = p.paddingMode === 'zeros' ? '' : `, mode='${p.paddingMode}'`;
    const padded = inside || isNone(p.padding) ? 'x' : `F.pad(x, (${left}, ${right}, ${top}, ${bottom})${mode})`;
    return call('F.conv2d', [
      padded,
      p.flip ? 'weight.flip(2, 3)' : 'weight',
      'bias',
      unless(isPair(p.stride, 1), `stride=${pyPair(p.stride)}`),
      unless(!inside || isNone(p.padding), `padding=${pyPair([top, left])}`),
      unless(isPair(p.dilation, 1), `dilation=${pyPair(p.dilation)}`),
      unless(p.groups === 1, `groups=${p.groups}`),
    ]);
  },
  onnx(p) {
    const [top, bottom, left, right] = p.padding;
    const inside = p.paddingMode === 'zeros' || isNone(p.padding);
    const mode = { zeros: 'constant', reflect: 'reflect', replicate: 'edge', circular: 'wrap' }[p.paddingMode];
    const conv = call('Conv', [
      unless(!p.flip, 'W=weight[:, :, ::-1, ::-1]'),
      unless(isPair(p.stride, 1), `strides=${list(p.stride)}`),
      unless(!inside || isNone(p.padding), `pads=${onnxPads(p.padding)}`),
      unless(isPair(p.dilation, 1), `dilations=${list(p.dilation)}`),
      unless(p.groups === 1, `group=${p.groups}`),
    ]);
    return inside ? conv : `Pad(mode="${mode}", pads=${list([0, 0, top, left, 0, 0, bottom, right])}) → ${conv}`;
  },

  traps: [
    'Every framework computes cross-correlation: the kernel is not flipped, unless asked for here.',
    'With stride 2, TensorFlow’s SAME puts the odd padding at the end and PyTorch’s padding=1 at both sides: same size, shifted picture.',
    'A reflection needs padding smaller than the picture; a wrap needs it no larger.',
  ],
  examples: [
    {
      title: 'a vertical edge lights up',
      inputs: {
        x: tensor([1, 1, 3, 4], [0, 0, 8, 8, 0, 0, 8, 8, 0, 0, 8, 8]),
        weight: tensor([1, 1, 1, 2], [-1, 1]),
        bias: tensor([1], [0.5]),
      },
      params: {},
      output: tensor([1, 1, 3, 3], [0.5, 8.5, 0.5, 0.5, 8.5, 0.5, 0.5, 8.5, 0.5]),
    },
    {
      title: 'the kernel is not flipped: a single bright pixel shows it backwards',
      inputs: { x: tensor([1, 1, 1, 5], [0, 0, 1, 0, 0]), weight: tensor([1, 1, 1, 3], [1, 2, 3]), bias: tensor([1], [0]) },
      params: { padding: [0, 0, 1, 1] },
      output: tensor([1, 1, 1, 5], [0, 3, 2, 1, 0]),
    },
    {
      title: 'flipped, the kernel stamps itself the right way round',
      inputs: { x: tensor([1, 1, 1, 5], [0, 0, 1, 0, 0]), weight: tensor([1, 1, 1, 3], [1, 2, 3]), bias: tensor([1], [0]) },
      params: { padding: [0, 0, 1, 1], flip: true },
      output: tensor([1, 1, 1, 5], [0, 1, 2, 3, 0]),
    },
    {
      title: 'with groups each channel keeps to itself',
      inputs: { x: tensor([1, 2, 1, 2], [1, 2, 3, 4]), weight: tensor([2, 1, 1, 1], [10, 100]), bias: tensor([2], [0, 0]) },
      params: { groups: 2 },
      output: tensor([1, 2, 1, 2], [10, 20, 300, 400]),
    },
  ],
  starter: {
    params: { padding: [1, 1, 1, 1], groups: 3 },
    weights: {
      weight: [
        [-1, 0, 1],
        [-2, 0, 2],
        [-1, 0, 1],
      ],
    },
  },
});

const tables = lately(convolving);
const isNone = (sides: Sides): boolean => sides.every((side) => side === 0);

/** Adds one weight times the pixel under its tap, for every window of a row. */
function addProducts(
  sums: Float64Array,
  weight: number,
  data: Tensor['data'],
  row: number,
  across: Int32Array,
  tap: number,
): void {
  for (let j = 0; j < sums.length; j++) {
    const column = across[tap + j]!;
    if (column >= 0) sums[j]! += weight * data[row + column]!;
  }
}
