// Softmax and log-softmax: values along one axis against each other.

import { reals } from './activation';
import { type Expression, made, read } from './expression';
import { defineOp, type Interval, type Op, type Starter } from './op';
import { stretches } from './pointwise';
import { sameReach, wholeReach } from './reach';
import { imageAxes, type Shape, sizeOf, type Tensor, tensor, type Values } from './tensor';

const params = {
  dim: {
    kind: 'int',
    title: 'Axis',
    help: 'Along which axis values are weighed: 0 batch, 1 channels, 2 rows, 3 columns; negative counts from the end.',
    default: 1,
    min: -4,
    max: 3,
  },
} as const;

/** What makes one of the two. */
interface AxisSoftmax {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly formula: string;
  /** The result for a value, given its distance to the largest one and the sum of their powers. */
  value(distance: number, sum: number): number;
  /** The same in writing. */
  arithmetic(distance: Expression, sum: Expression): Expression;
  /** What the gradients of a lane add up to, each with its share. */
  total(dy: number, share: number): number;
  /** The gradient, given the share of a value in the sum. */
  gradient(dy: number, share: number, total: number): number;
  readonly range: Interval;
  torch(dim: number): string;
  onnx(dim: number): string;
  readonly traps: readonly string[];
  readonly example: { readonly title: string; readonly x: readonly number[]; readonly y: readonly number[] };
  readonly starter: Starter;
}

export const axisSoftmax = (declared: AxisSoftmax): Op<'x', typeof params, 'x'> =>
  defineOp({
    name: declared.name,
    title: declared.title,
    summary: declared.summary,
    formula: declared.formula,
    family: 'activation',
    inputs: { x: 'any shape with that axis' },
    weights: {},
    params,

    infer({ x }, { dim }) {
      lanes(declared.name, x, dim);
      return x;
    },
    reach({ x }, { dim }) {
      const [, , h, w] = imageAxes(declared.name, x);
      const along = (axis: number, length: number) => (axis === (dim + 4) % 4 ? wholeReach(length, length) : sameReach(length));
      return { height: along(2, h), width: along(3, w) };
    },

    *forward({ x }, { dim }, y) {
      const { axis, inner, count } = lanes(declared.name, x.shape, dim);
      for (const { from, to, done } of stretches(count, Math.max(1, Math.floor((1 << 14) / axis)))) {
        for (let lane = from; lane < to; lane++) {
          const start = startOf(lane, axis, inner);
          const { most, sum } = weigh(x.data, start, axis, inner);
          for (let k = 0, at = start; k < axis; k++, at += inner) y.data[at] = declared.value(x.data[at]! - most, sum);
        }
        yield done;
      }
    },

    differentiable: ['x'],
    backward({ x }, { dim }, dy, { x: dx }) {
      const { axis, inner, count } = lanes(declared.name, x.shape, dim);
      for (let lane = 0; lane < count; lane++) {
        const start = startOf(lane, axis, inner);
        const { most, sum } = weigh(x.data, start, axis, inner);
        const share = (at: number) => Math.exp(x.data[at]! - most) / sum;
        let total = 0;
        for (let k = 0, at = start; k < axis; k++, at += inner) total += declared.total(dy.data[at]!, share(at));
        for (let k = 0, at = start; k < axis; k++, at += inner) dx.data[at]! += declared.gradient(dy.data[at]!, share(at), total);
      }
    },

    explain({ dim }, { x }, output) {
      const { axis, inner } = lanes(declared.name, x, dim);
      const along = Math.floor(output / inner) % axis;
      const over = { starts: [output - along * inner], length: axis, step: inner };
      const distance = made('difference', read('x', output), { kind: 'gathered', what: 'largest', over, letter: 'm' });
      const formula = declared.arithmetic(distance, { kind: 'gathered', what: 'powers', over, letter: 'Σ' });
      return { how: 'map', terms: [{ x: output }], beside: 'the other values along the axis', formula };
    },
    cost: ({ x }) => ({ macs: sizeOf(x), parameters: 0, bytes: 8 * sizeOf(x) }),
    domain: reals,
    range: () => declared.range,
    torch: ({ dim }) => declared.torch(dim),
    onnx: ({ dim }) => declared.onnx(dim),
    traps: declared.traps,
    examples: [
      {
        title: declared.example.title,
        inputs: { x: column(declared.example.x) },
        params: {},
        output: column(declared.example.y),
      },
    ],
    starter: declared.starter,
  });

const column = (values: readonly number[]): Tensor => tensor([1, values.length, 1, 1], values);

/** Lines of values along an axis: how long, how far from one value to the next, how many. @throws RangeError without such an axis. */
function lanes(op: string, shape: Shape, dim: number): { readonly axis: number; readonly inner: number; readonly count: number } {
  const rank = shape.length;
  const axis = shape[dim < 0 ? dim + rank : dim];
  if (axis === undefined || dim < -rank)
    throw new RangeError(`${op}: expected an axis from −${rank} to ${rank - 1} of [${shape.join(', ')}], received ${dim}`);
  const inner = sizeOf(shape.slice((dim < 0 ? dim + rank : dim) + 1));
  return { axis, inner, count: axis === 0 ? 0 : sizeOf(shape) / axis };
}

const startOf = (lane: number, axis: number, inner: number): number => Math.floor(lane / inner) * axis * inner + (lane % inner);

/** The largest value of a lane and the sum of `e^(x − largest)`, which cannot overflow. */
function weigh(data: Values, start: number, axis: number, inner: number): { readonly most: number; readonly sum: number } {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0, at = start; k < axis; k++, at += inner) most = Math.max(most, data[at]!);
  let sum = 0;
  for (let k = 0, at = start; k < axis; k++, at += inner) sum += Math.exp(data[at]! - most);
  return { most, sum };
}
