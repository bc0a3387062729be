// Convolutions of differences: what a layer that adds up products makes of a change, computed for the channels alone that have part in it.

import type { Layer } from './layers';
import type { KernelField } from './op';
import type { AnyOp } from './registry';
import type { Params, Schema } from './schema';
import { type Shape, sizeOf, type Tensor, zeros } from './tensor';

type Banked = KernelField<Schema> & { readonly bank: NonNullable<KernelField<Schema>['bank']> };

/** The input that holds the kernels of an op which adds up products of them and of what it reads; null for all other ops. */
export function kernelsOf(op: AnyOp): string | null {
  const found = Object.entries(op.weights).find(([, field]) => field.kind === 'kernel' && field.bank);
  return found?.[0] ?? null;
}

/** A layer that reads some channels and makes some, with what it reads; `outputs` says which of the whole those are. */
export interface Narrowed {
  readonly layer: Layer;
  readonly x: Tensor<Float64Array>;
  readonly outputs: readonly number[];
}

/** What a change of the input makes of a layer with kernels: the layer without its bias, on the channels that change. */
export function ofInput(layer: Layer, change: Tensor): Narrowed {
  const still = zeros(layer.weights.bias?.shape ?? []);
  const kernels = layer.weights[kernelsOf(layer.op) ?? '']!;
  return narrowed(layer, change, kernels, still, changedIn(change), null);
}

/** What a change of its numbers makes of a layer with kernels, given how each of its inputs changes. */
export function ofNumbers(layer: Layer, x: Tensor, change: Readonly<Record<string, Tensor>>): Narrowed {
  const name = kernelsOf(layer.op) ?? '';
  const [kernels, bias] = [change[name]!, change.bias!];
  const [inputs, outputs] = [new Set<number>(), new Set<number>()];
  const frame = frameOf(layer, x);
  for (let k = 0; k < kernels.data.length; k++) {
    if (kernels.data[k] === 0) continue;
    const [input, output] = frame.endsOf(Math.floor(k / frame.taps));
    inputs.add(input);
    outputs.add(output);
  }
  bias.data.forEach((by, output) => {
    if (by === 0) return;
    outputs.add(output);
    inputs.add(Math.floor(output / frame.made) * frame.read);
  });
  return narrowed(layer, x, kernels, bias, ascending(inputs), ascending(outputs));
}

const ascending = (channels: Iterable<number>): number[] => [...channels].sort((a, b) => a - b);

/** The channels of [1, C, …] that are not 0 throughout. */
export function changedIn({ shape, data }: Tensor): number[] {
  const [, channels = 1] = shape;
  const plane = sizeOf(shape.slice(2));
  return Array.from({ length: channels }, (_, c) => c).filter((c) => {
    for (let i = c * plane; i < (c + 1) * plane; i++) if (data[i] !== 0) return true;
    return false;
  });
}

/** How kernels lie in their tensor: `read` and `made` are the channels of one group. */
function frameOf({ op, params, weights }: Layer, x: Tensor) {
  const { layout, groups } = bankOf(op);
  const count = groups(params);
  const [a = 1, b = 1, rows = 1, columns = 1] = weights[kernelsOf(op) ?? '']?.shape ?? [];
  const read = (x.shape[1] ?? 1) / count;
  const made = layout === 'OIHW' ? a / count : b;
  /** Input and output of the n-th kernel. */
  const endsOf = (n: number): readonly [input: number, output: number] => {
    const [first, second] = [Math.floor(n / b), n % b];
    return layout === 'OIHW'
      ? [Math.floor(first / made) * read + second, first]
      : [first, Math.floor(first / read) * made + second];
  };
  /** Which kernel that is; both lie in one group. */
  const kernelAt = (input: number, output: number): number =>
    layout === 'OIHW' ? output * b + (input % read) : input * b + (output % made);
  return { layout, count, read, made, taps: rows * columns, rows, columns, endsOf, kernelAt };
}

function bankOf(op: AnyOp): Banked['bank'] {
  for (const field of Object.values(op.weights)) if (field.kind === 'kernel' && field.bank) return field.bank;
  throw new RangeError(`${op.name}: expected an op with kernels, received one without`);
}

/** Of several groups the layer stays as it is: they do not see each other. */
function narrowed(
  layer: Layer,
  x: Tensor,
  kernels: Tensor,
  bias: Tensor,
  inputs: readonly number[],
  wanted: readonly number[] | null,
): Narrowed {
  const frame = frameOf(layer, x);
  const groups = new Set(inputs.map((input) => Math.floor(input / frame.read)));
  for (const output of wanted ?? []) groups.add(Math.floor(output / frame.made));
  const name = kernelsOf(layer.op) ?? '';
  const all = Array.from({ length: frame.count * frame.made }, (_, output) => output);
  if (groups.size !== 1)
    return { layer: { ...layer, weights: { ...layer.weights, [name]: kernels, bias } }, x: wide(x), outputs: all };
  const [group = 0] = groups;
  const outputs = wanted ?? all.slice(group * frame.made, (group + 1) * frame.made);
  const [outer, inner] = frame.layout === 'OIHW' ? [outputs, inputs] : [inputs, outputs];
  const few = zeros([outer.length, inner.length, frame.rows, frame.columns]);
  let at = 0;
  for (const first of outer)
    for (const second of inner) {
      const from = frame.taps * (frame.layout === 'OIHW' ? frame.kernelAt(second, first) : frame.kernelAt(first, second));
      for (let tap = 0; tap < frame.taps; tap++) few.data[at++] = kernels.data[from + tap]!;
    }
  const params: Params<Schema> = { ...layer.params, groups: 1 };
  const biases = { shape: [outputs.length], data: Float64Array.from(outputs, (output) => bias.data[output]!) };
  return {
    layer: { op: layer.op, params, weights: { ...layer.weights, [name]: few, bias: biases } },
    x: planesOf(x, inputs),
    outputs,
  };
}

export const wide = ({ shape, data }: Tensor): Tensor<Float64Array> => ({ shape, data: Float64Array.from(data) });

/** Some channels of [1, C, …], in float64. */
export function planesOf({ shape, data }: Tensor, channels: readonly number[]): Tensor<Float64Array> {
  const [n = 1, , ...rest] = shape;
  const plane = sizeOf(rest);
  const planes = zeros([n, channels.length, ...rest]);
  channels.forEach((channel, k) => {
    planes.data.set(data.subarray(channel * plane, (channel + 1) * plane), k * plane);
  });
  return planes;
}

/** The other way round: channels in their places among zeros. */
export function placed({ data }: Tensor, channels: readonly number[], shape: Shape): Tensor<Float64Array> {
  const whole = zeros(shape);
  const plane = sizeOf(shape.slice(2));
  channels.forEach((channel, k) => {
    whole.data.set(data.subarray(k * plane, (k + 1) * plane), channel * plane);
  });
  return whole;
}
