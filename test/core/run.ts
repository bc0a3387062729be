import { parse } from '../../src/core/parse';
import { opOf } from '../../src/core/registry';
import { sizeOf, type Tensor, tensor, zeros } from '../../src/core/tensor';

export type Inputs = Readonly<Record<string, Tensor>>;

const shapes = (inputs: Inputs) => Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));

/** Runs an op in float64. */
export function run(name: string, inputs: Inputs, raw: Readonly<Record<string, unknown>> = {}): Tensor<Float64Array> {
  const op = opOf(name);
  const params = parse(op.params, raw, name);
  const y = zeros(op.infer(shapes(inputs), params));
  for (const _ of op.forward(inputs, params, y));
  return y;
}

/** Gradients of the sum of all outputs, or of Σ dy·y. */
export function gradients(
  name: string,
  inputs: Inputs,
  raw: Readonly<Record<string, unknown>> = {},
  dy?: readonly number[],
): Record<string, number[]> {
  const op = opOf(name);
  const params = parse(op.params, raw, name);
  const shape = op.infer(shapes(inputs), params);
  const grads = Object.fromEntries(op.differentiable.map((input) => [input, zeros(inputs[input]!.shape)]));
  op.backward(inputs, params, tensor(shape, dy ?? new Array<number>(sizeOf(shape)).fill(1)), grads);
  return Object.fromEntries(Object.entries(grads).map(([input, { data }]) => [input, Array.from(data)]));
}

/** One row as a picture [1, 1, 1, W]. */
export const row = (...values: number[]): Tensor => tensor([1, 1, 1, values.length], values);
/** 0, 1, 2, … as a picture. */
export const counting = (h: number, w: number): Tensor =>
  tensor(
    [1, 1, h, w],
    Array.from({ length: h * w }, (_, i) => i),
  );
export const numbers = (t: Tensor): number[] => Array.from(t.data);
/** Inputs of a convolution: `x`, one kernel, no bias unless given. */
export const conv = (
  x: Tensor,
  weight: Tensor,
  bias: readonly number[] = new Array<number>(weight.shape[0] ?? 0).fill(0),
): Inputs => ({
  x,
  weight,
  bias: tensor([bias.length], bias),
});
