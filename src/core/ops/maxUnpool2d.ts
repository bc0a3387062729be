import { kernelSize, poolPadding, poolStride } from '../fields';
import { defineOp, type Source } from '../op';
import { parse } from '../parse';
import { type PeakRow, type Pooling, peakRows, poolShape, slidingWindows, windowTerms } from '../pooling';
import { type Reach, sameReach } from '../reach';
import type { Pair } from '../schema';
import { imageAxes, placeOf, type Shape, sizeOf, type Tensor, tensor } from '../tensor';
import { call, isPair, list, pyPair, unless } from '../words';
import { maxPool2d } from './maxPool2d';

interface Unpooling {
  readonly kernelSize: Pair;
  readonly stride: Pair | null;
  readonly padding: Pair;
  readonly outputSize: Pair | null;
}
interface Shapes {
  readonly x: Shape;
  readonly indices: Shape;
}
interface Inputs {
  readonly x: Tensor;
  readonly indices: Tensor;
}

export const maxUnpool2d = defineOp({
  name: 'maxUnpool2d',
  title: 'Max-unpool',
  summary: 'Puts maxima back where a max-pool found them and zeros elsewhere: what is missing is what pooling destroys.',
  formula: String.raw`y_{n,c,\,k_{n,c,i,j}} = x_{n,c,i,j}, \quad 0 \text{ elsewhere}`,
  family: 'pooling',
  inputs: { x: 'pooled map [N, C, H, W], or the map itself', indices: 'as x, over H·W of a plane; or [0]' },
  weights: {
    indices: {
      kind: 'stored',
      title: 'Indices',
      help: 'Where each maximum was, as a max-pool with the same kernel, stride and padding before it stores it; without one the picture is pooled first.',
      default: 0,
      shape: () => [0],
      take: taking,
      torch: (p, name) =>
        call('F.max_unpool2d', ['x', name, ...windowWords(p), p.outputSize && `output_size=(${p.outputSize.join(', ')})`]),
    },
  },
  params: {
    kernelSize,
    stride: poolStride,
    padding: poolPadding,
    outputSize: {
      kind: 'maybe',
      title: 'Size',
      help: 'Height and width of the result of stored indices, left open those of what was pooled; a picture that is pooled here keeps its own.',
      default: null,
      of: {
        kind: 'pair',
        title: 'Size',
        help: 'Height and width of the result in pixels.',
        default: [256, 256],
        min: 1,
        max: 32768,
        step: 1,
        slider: [1, 1024],
      },
    },
  },

  infer(shapes, p) {
    const [n, c] = imageAxes('maxUnpool2d', shapes.x);
    return [n, c, ...planeOf(shapes, p)];
  },
  sizes(shapes, p) {
    const [height, width] = planeOf(shapes, p);
    const along = (output: number) => ({ output, arithmetic: String(output), unread: 0, invented: 0 });
    return { height: along(height), width: along(width) };
  },
  // What stays of a pooled picture is decided in every window around it; what was pooled before comes from the windows that cover it.
  reach(shapes, p) {
    const [, , ...lengths] = imageAxes('maxUnpool2d', shapes.x);
    const outputs = planeOf(shapes, p);
    const along = (axis: 0 | 1) => {
      const around = p.kernelSize[axis] - 1;
      return pools(shapes)
        ? { ...sameReach(lengths[axis]), size: 2 * around + 1, start: -around }
        : coveringReach(p, axis, lengths[axis], outputs[axis]);
    };
    return { height: along(0), width: along(1) };
  },

  *forward(inputs, p, y) {
    y.data.fill(0);
    for (const { from, to, done } of moves(inputs, p)) {
      if (to >= 0) y.data[to] = inputs.x.data[from]!;
      if (done !== null) yield done;
    }
  },

  differentiable: ['x'],
  backward(inputs, p, dy, { x: dx }) {
    const seen = new Set<number>();
    const once = pools({ x: inputs.x.shape, indices: inputs.indices.shape });
    for (const { from, to } of moves(inputs, p)) {
      if (to < 0 || (once && seen.has(to))) continue;
      if (once) seen.add(to);
      dx.data[from]! += dy.data[to]!;
    }
  },

  explain(p, shapes, output, inputs) {
    if (!pools(shapes)) {
      const source = inputs && sourceOf(inputs, p, output);
      return { how: 'sum', terms: source === undefined ? [] : [{ x: source }] };
    }
    const kept = !inputs || winsSomewhere(inputs.x, p, output);
    return { how: 'sum', terms: kept ? [{ x: output }] : [], beside: 'the other pixels of its window' };
  },
  cost(shapes, p) {
    const [n, c] = imageAxes('maxUnpool2d', shapes.x);
    const [height, width] = planeOf(shapes, p);
    return { macs: 0, parameters: 0, bytes: 4 * (sizeOf(shapes.x) + sizeOf(shapes.indices) + n * c * height * width) };
  },

  torch(p) {
    const pooled = call('F.max_pool2d', ['x', ...windowWords(p), 'return_indices=True']);
    return call('F.max_unpool2d', [`*${pooled}`, ...windowWords(p), 'output_size=x.shape[-2:]']);
  },
  onnx: (p) =>
    call('MaxUnpool', [
      `kernel_shape=${list(p.kernelSize)}`,
      `strides=${list(p.stride ?? p.kernelSize)}`,
      unless(isPair(p.padding, 0), `pads=${list([...p.padding, ...p.padding])}`),
    ]),

  traps: [
    'Indices count over H·W of one plane of the result in PyTorch, over N·C·H·W in ONNX.',
    'PyTorch’s result is the smallest that fits unless `output_size` says otherwise: the indices of a larger plane then slant the picture. Here the size is that of what was pooled.',
    'An index that occurs twice is undefined in PyTorch; here the last one stays.',
    'Pooled here and put back, a peak of two windows passes its gradient on once; PyTorch’s two steps pass it on once for each window.',
    'A size other than the smallest is read by PyTorch as the plane of the indices; ONNX’s own test reads it otherwise.',
  ],
  examples: [
    {
      title: 'stored indices put each maximum back',
      inputs: { x: tensor([1, 1, 1, 2], [9, 5]), indices: tensor([1, 1, 1, 2], [1, 6]) },
      params: { kernelSize: 2 },
      output: tensor([1, 1, 2, 4], [0, 9, 0, 0, 0, 0, 5, 0]),
    },
    {
      title: 'without indices the picture is pooled first, and only its peaks stay',
      inputs: { x: tensor([1, 1, 2, 4], [1, 9, 0, 2, 3, 4, 5, 1]), indices: tensor([0], []) },
      params: { kernelSize: 2 },
      output: tensor([1, 1, 2, 4], [0, 9, 0, 0, 0, 0, 5, 0]),
    },
  ],
  starter: { params: { kernelSize: [2, 2] } },
});

/** Whether `x` is the map itself, which is pooled first. */
const pools = ({ indices }: Shapes): boolean => sizeOf(indices) === 0 && indices.length === 1;

const poolingOf = ({ kernelSize, stride, padding }: Unpooling): Pooling => ({
  ...{ kernelSize, stride, padding },
  ceilMode: false,
});

const strideOf = ({ kernelSize, stride }: Pick<Unpooling, 'kernelSize' | 'stride'>): Pair => stride ?? kernelSize;

const windowWords = (p: Unpooling): (string | null)[] => [
  `kernel_size=${pyPair(p.kernelSize)}`,
  p.stride && `stride=${pyPair(p.stride)}`,
  unless(isPair(p.padding, 0), `padding=${pyPair(p.padding)}`),
];

/** Of a pool with the same windows, which may have left a border of its picture unread. */
function taking<P extends Unpooling>(x: Shape, p: P, from: Source): P | null {
  const { kernelSize, stride, padding, dilation } = parse(maxPool2d.params, from.params, 'maxPool2d');
  const same = (a: Pair, b: Pair): boolean => a[0] === b[0] && a[1] === b[1];
  const alike =
    same(kernelSize, p.kernelSize) &&
    same(strideOf({ kernelSize, stride }), strideOf(p)) &&
    same(padding, p.padding) &&
    isPair(dilation, 1) &&
    from.y.join() === x.join();
  const [, , h = 0, w = 0] = from.x;
  const plane: Pair = [h, w];
  return alike && (p.outputSize === null || same(p.outputSize, plane)) ? { ...p, outputSize: plane } : null;
}

/** Along one axis: an output position reads the inputs of the windows that cover it. */
function coveringReach(p: Unpooling, axis: 0 | 1, length: number, outputs: number): Reach {
  const [kernel, stride, padding] = [p.kernelSize[axis], strideOf(p)[axis], p.padding[axis]];
  return {
    size: Math.ceil(kernel / stride),
    jump: 1 / stride,
    start: (padding - kernel + 1) / stride,
    reads: () => ({
      outputs,
      each(visit) {
        for (let at = 0; at < length; at++) {
          const first = at * stride - padding;
          for (let i = Math.max(0, first); i < Math.min(first + kernel, outputs); i++) visit(i, at, i - first, at);
        }
      },
    }),
  };
}

/** Height and width of the result. @throws RangeError when the size asked for is no size of a map that pools to this one. */
function planeOf(shapes: Shapes, p: Unpooling): Pair {
  const [, , h, w] = imageAxes('maxUnpool2d', shapes.x);
  const given = p.outputSize;
  if (pools(shapes)) {
    poolShape('maxUnpool2d', shapes.x, poolingOf(p));
    return [h, w];
  }
  if (shapes.indices.join() !== shapes.x.join()) {
    throw new RangeError(
      `maxUnpool2d: expected an index for every value [${shapes.x.join(', ')}], received [${shapes.indices.join(', ')}]`,
    );
  }
  const along = (axis: 0 | 1, length: number): number => {
    const step = strideOf(p)[axis];
    const smallest = (length - 1) * step + p.kernelSize[axis] - 2 * p.padding[axis];
    const size = given ? given[axis] : smallest;
    if (size < 1 || Math.abs(size - smallest) >= step) {
      throw new RangeError(
        `maxUnpool2d: expected a size from ${Math.max(1, smallest - step + 1)} to ${smallest + step - 1}, received ${size}`,
      );
    }
    return size;
  };
  return [along(0, h), along(1, w)];
}

interface Move {
  readonly from: number;
  readonly to: number;
  readonly done: number | null;
}
/** Every value that is put somewhere: flat indices in input and output; `done` at the end of a row. */
function* moves({ x, indices }: Inputs, p: Unpooling): Generator<Move, void> {
  const shapes = { x: x.shape, indices: indices.shape };
  const [height, width] = planeOf(shapes, p);
  if (pools(shapes)) {
    let latest: PeakRow | null = null;
    const keep = (row: PeakRow) => {
      latest = row;
    };
    for (const done of peakRows(x, slidingWindows('maxUnpool2d', x.shape, poolingOf(p)), 'max', keep)) {
      yield* winnersOf(latest);
      latest = null;
      yield { from: -1, to: -1, done };
    }
    return;
  }
  const [, , h, w] = imageAxes('maxUnpool2d', x.shape);
  for (let from = 0; from < x.data.length; from++) {
    const at = indices.data[from]!;
    if (!(Number.isInteger(at) && at >= 0 && at < height * width))
      throw new RangeError(`maxUnpool2d: expected indices from 0 to ${height * width - 1}, received ${at}`);
    const done = (from + 1) % w === 0 ? (from + 1) / x.data.length : null;
    yield { from, to: Math.floor(from / (h * w)) * height * width + at, done };
  }
}

function* winnersOf(row: PeakRow | null): Generator<Move, void> {
  if (!row) return;
  for (const at of row.winners) if (at >= 0) yield { from: row.plane + at, to: row.plane + at, done: null };
}

/** The value that stays at one place of the output, of those put there. */
function sourceOf(inputs: Inputs, p: Unpooling, output: number): number | undefined {
  let source: number | undefined;
  for (const { from, to } of moves(inputs, p)) if (to === output) source = from;
  return source;
}

/** Whether a pixel is the maximum of a window that reads it. */
function winsSomewhere(x: Tensor, p: Unpooling, pixel: number): boolean {
  const windows = slidingWindows('maxUnpool2d', x.shape, poolingOf(p));
  const [b, c, i, j] = placeOf(x.shape, pixel);
  const covering = (taps: Int32Array, outputs: number, at: number) =>
    new Set(Array.from(taps.keys()).flatMap((k) => (taps[k] === at ? [k % outputs] : [])));
  for (const row of covering(windows.down, windows.oh, i)) {
    for (const column of covering(windows.across, windows.ow, j)) {
      const output = ((b * windows.c + c) * windows.oh + row) * windows.ow + column;
      if (winnerOf(x, windowTerms(windows, output)) === pixel) return true;
    }
  }
  return false;
}

function winnerOf(x: Tensor, terms: ReturnType<typeof windowTerms>): number {
  let winner = -1;
  for (const { x: at } of terms) {
    if (at === null) continue;
    const value = x.data[at]!;
    if (winner < 0 || value > x.data[winner]! || Number.isNaN(value)) winner = at;
  }
  return winner;
}
