// Sums over one axis with a matrix of weights: linear layers, 1 × 1 convolutions, grey.

import type { Explanation } from './op';
import { type Shape, sizeOf, type Tensor } from './tensor';

/** A tensor seen as [outer, inputs, inner]; outputs take the place of the inputs. */
export interface Mixing {
  readonly outer: number;
  readonly inputs: number;
  readonly inner: number;
  readonly outputs: number;
}

/** Weight of input c in output o. */
export type WeightAt = (o: number, c: number) => number;

export function* mix(
  x: Tensor,
  { outer, inputs, inner, outputs }: Mixing,
  weight: WeightAt,
  bias: (o: number) => number,
  y: Tensor,
): Generator<number, void> {
  const stretch = Math.min(inner, 1 << 12);
  const sums = new Float64Array(stretch);
  const total = outer * outputs;
  let since = 0;
  for (let k = 0; k < total; k++) {
    const o = k % outputs;
    const first = ((k - o) / outputs) * inputs * inner;
    for (let from = 0; from < inner; from += stretch) {
      const count = Math.min(stretch, inner - from);
      sums.fill(bias(o));
      for (let c = 0; c < inputs; c++) {
        const by = weight(o, c);
        const at = first + c * inner + from;
        for (let i = 0; i < count; i++) sums[i]! += by * x.data[at + i]!;
      }
      for (let i = 0; i < count; i++) y.data[k * inner + from + i] = sums[i]!;
      since += count * inputs;
      if (since < 1 << 14) continue;
      since = 0;
      yield (k + (from + count) / inner) / total;
    }
  }
  if (total * inner > 0) yield 1;
}

/** Calls `visit` for every product of the sum: flat indices of its input and output. */
export function eachProduct(
  { outer, inputs, inner, outputs }: Mixing,
  visit: (o: number, c: number, x: number, y: number) => void,
): void {
  for (let k = 0; k < outer * outputs; k++) {
    const o = k % outputs;
    const first = ((k - o) / outputs) * inputs * inner;
    for (let c = 0; c < inputs; c++) {
      for (let i = 0; i < inner; i++) visit(o, c, first + c * inner + i, k * inner + i);
    }
  }
}

/** The inputs of one output, and which output of the matrix it is. */
export function productsOf(
  { inputs, inner, outputs }: Mixing,
  output: number,
): { readonly o: number; readonly x: readonly number[] } {
  const k = Math.floor(output / inner);
  const o = k % outputs;
  const first = ((k - o) / outputs) * inputs * inner + (output % inner);
  return { o, x: Array.from({ length: inputs }, (_, c) => first + c * inner) };
}

interface Mixed {
  readonly x: Shape;
  readonly weight: Shape;
  readonly bias: Shape;
}
interface MixTensors {
  readonly x: Tensor;
  readonly weight: Tensor;
  readonly bias: Tensor;
}

/** @throws RangeError when the matrix, its bias and the axis of the input do not fit together. */
export function mixingOf(op: string, { x, weight, bias }: Mixed, axis: number): Mixing {
  const inputs = x[axis];
  const [outputs = 0, columns] = weight;
  if (weight.length !== 2 || sizeOf(weight) === 0)
    throw new RangeError(`${op}: expected weights [outputs, inputs], received [${weight.join(', ')}]`);
  if (inputs === undefined || columns !== inputs)
    throw new RangeError(`${op}: expected a column of weights for each of ${inputs ?? 0} inputs, received ${columns} columns`);
  if (bias.length !== 1 || (bias[0] !== 1 && bias[0] !== outputs))
    throw new RangeError(`${op}: expected one bias, or one for each of ${outputs} outputs, received [${bias.join(', ')}]`);
  return { outer: sizeOf(x.slice(0, axis)), inputs, inner: sizeOf(x.slice(axis + 1)), outputs };
}

/** All passes of an op that mixes the values along one axis: z = W a + b. */
export function mixer<P>(op: string, axisOf: (x: Shape, params: P) => number) {
  const planOf = (shapes: Mixed, params: P) => mixingOf(op, shapes, axisOf(shapes.x, params));
  const shapesOf = ({ x, weight, bias }: MixTensors): Mixed => ({ x: x.shape, weight: weight.shape, bias: bias.shape });
  const biasAt = ([length]: Shape, o: number) => (length === 1 ? 0 : o);
  return {
    infer(shapes: Mixed, params: P): Shape {
      const { outputs } = planOf(shapes, params);
      const axis = axisOf(shapes.x, params);
      return shapes.x.map((length, k) => (k === axis ? outputs : length));
    },
    *forward(inputs: MixTensors, params: P, y: Tensor): Generator<number, void> {
      const { x, weight, bias } = inputs;
      const plan = planOf(shapesOf(inputs), params);
      const weightAt: WeightAt = (o, c) => weight.data[o * plan.inputs + c]!;
      yield* mix(x, plan, weightAt, (o) => bias.data[biasAt(bias.shape, o)]!, y);
    },
    differentiable: ['x', 'weight', 'bias'] as const,
    backward(inputs: MixTensors, params: P, dy: Tensor, { x: dx, weight: dw, bias: db }: MixTensors): void {
      const { x, weight, bias } = inputs;
      const plan = planOf(shapesOf(inputs), params);
      eachProduct(plan, (o, c, from, to) => {
        dw.data[o * plan.inputs + c]! += dy.data[to]! * x.data[from]!;
        dx.data[from]! += dy.data[to]! * weight.data[o * plan.inputs + c]!;
        if (c === 0) db.data[biasAt(bias.shape, o)]! += dy.data[to]!;
      });
    },
    explain(params: P, shapes: Mixed, output: number): Explanation {
      const plan = planOf(shapes, params);
      const { o, x } = productsOf(plan, output);
      const terms = x.map((at, c) => ({ x: at, weight: o * plan.inputs + c }));
      return { how: 'sum', terms, bias: biasAt(shapes.bias, o) };
    },
    cost(shapes: Mixed, params: P) {
      const { outer, inputs, inner, outputs } = planOf(shapes, params);
      const parameters = sizeOf(shapes.weight) + sizeOf(shapes.bias);
      const results = outer * outputs * inner;
      return { macs: results * inputs, parameters, bytes: 4 * (sizeOf(shapes.x) + parameters + results) };
    },
  };
}
