// Compares ops with cases that torch computed: `{ op, params, inputs, y, dy?, grads?, indices?, running_mean_after?, … }` in torch's words.

import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  type Loss,
  l1Loss,
  lossGradients,
  lossOf,
  mseLoss,
} from '../../src/core/losses';
import { adaptiveMaxPool2d, adaptiveMaxPool2dIndices } from '../../src/core/ops/adaptiveMaxPool2d';
import { runningStatistics } from '../../src/core/ops/batchNorm';
import { maxPool2dIndices } from '../../src/core/ops/maxPool2d';
import { adam, type Stepped, sgd } from '../../src/core/optimisers';
import { parse } from '../../src/core/parse';
import { type AnyOp, ops } from '../../src/core/registry';
import type { Params, Schema } from '../../src/core/schema';
import { type Shape, sizeOf, type Tensor, tensor, zeros } from '../../src/core/tensor';
import { runChain } from './chain';

export interface Verdict {
  readonly op: string;
  readonly verdict: 'passed' | 'failed' | 'skipped';
  /** What differs, or why it did not run. */
  readonly why: string;
}

type Json = Readonly<Record<string, unknown>>;

/** Where our words are not simply torch's in camelCase. `params` may also move values into `inputs`. */
const adapters: Readonly<Record<string, (params: Record<string, unknown>, inputs: Record<string, Tensor>) => void>> = {
  conv2d: (params, inputs) => {
    const weight = inputs.weight?.shape ?? [];
    inputs.bias ??= zeros([weight[0] ?? 0]);
    if (params.padding === 'valid') params.padding = 0;
    if (params.padding === 'same') {
      const [dh = 1, dw = dh] = [params.dilation ?? 1].flat().map(Number);
      const [high, wide] = [dh * ((weight[2] ?? 1) - 1), dw * ((weight[3] ?? 1) - 1)];
      params.padding = [Math.floor(high / 2), Math.ceil(high / 2), Math.floor(wide / 2), Math.ceil(wide / 2)];
    }
  },
  convTranspose2d: (params, inputs) => {
    inputs.bias ??= zeros([(inputs.weight?.shape[1] ?? 0) * Number(params.groups ?? 1)]);
  },
  pad: (params) => {
    const [left = 0, right = 0, top = 0, bottom = 0] = [params.pad].flat().map(Number);
    params.padding = [top, bottom, left, right];
    delete params.pad;
    if (params.value === null) delete params.value;
  },
  interpolate: (params) => {
    for (const name of ['scaleFactor', 'alignCorners', 'antialias']) if (params[name] === null) delete params[name];
  },
  layerNorm: (params) => {
    params.normalizedAxes = Array.isArray(params.normalizedShape) ? params.normalizedShape.length : undefined;
    delete params.normalizedShape;
  },
  batchNorm: (params, inputs) => {
    const channels: Shape = [inputs.x?.shape[1] ?? 0];
    const filled = (value: number): Tensor => ({ shape: channels, data: zeros(channels).data.fill(value) });
    const moved = { runningMean: params.runningMean, runningVar: params.runningVar };
    delete params.runningMean;
    delete params.runningVar;
    inputs.weight ??= filled(1);
    inputs.bias ??= filled(0);
    inputs.runningMean = Array.isArray(moved.runningMean) ? tensor(channels, moved.runningMean.map(numberOf)) : filled(0);
    inputs.runningVar = Array.isArray(moved.runningVar) ? tensor(channels, moved.runningVar.map(numberOf)) : filled(1);
  },
};

/** Cases that are not of one op: what differs. */
const others: Readonly<Record<string, (json: Json) => string[]>> = {
  chain: (json) => {
    const { steps } = isObject(json.params) ? json.params : {};
    if (!Array.isArray(steps) || !isObject(json.inputs) || !isObject(json.grads)) return ['expected steps, inputs and grads'];
    const { y, grads } = runChain(steps.map(String), mapValues(json.inputs, tensorOf), tensorOf(json.dy), (op, params, inputs) =>
      adapters[op]?.(params, inputs),
    );
    // Behind statistics of the batch the gradient of a bias is rounding noise: it is held to the largest gradient of the chain.
    const scale = Math.max(...Object.values(json.grads).map((value) => largest(tensorOf(value))));
    const differing = Object.entries(json.grads).map(([name, value]) => {
      const got = grads[name];
      return got ? compare(`gradient of ${name}`, got, tensorOf(value), gradientHolds, scale) : `gradient of ${name} is missing`;
    });
    return [compare('y', y, tensorOf(json.y), forwardHolds), ...differing].filter((text) => text !== '');
  },
  mse_loss: (json) => lossDifferences(mseLoss, json),
  l1_loss: (json) => lossDifferences(l1Loss, json),
  binary_cross_entropy: (json) => lossDifferences(binaryCrossEntropy, json),
  binary_cross_entropy_with_logits: (json) => lossDifferences(binaryCrossEntropyWithLogits, json),
  sgd: (json) => stepDifferences(json, sgd),
  sgd_momentum: (json) => stepDifferences(json, sgd),
  adam: (json) => stepDifferences(json, adam),
};

/** Runs one case; never throws. */
export function check(json: unknown): Verdict {
  const torchName = isObject(json) && typeof json.op === 'string' ? json.op : '?';
  const name = camel(torchName);
  const op = Object.hasOwn(ops, name) ? ops[name] : undefined;
  if (!isObject(json) || torchName === '?') return { op: '?', verdict: 'failed', why: 'expected a case with an op' };
  const other = Object.hasOwn(others, torchName) ? others[torchName] : undefined;
  if (!op && !other) return { op: torchName, verdict: 'skipped', why: 'there is no such op yet' };
  try {
    const why = (op ? differences(op, json) : (other?.(json) ?? [])).join('; ');
    return { op: torchName, verdict: why ? 'failed' : 'passed', why };
  } catch (error) {
    return { op: torchName, verdict: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
}

function lossDifferences(loss: Loss, json: Json): string[] {
  const inputs = mapValues(isObject(json.inputs) ? json.inputs : {}, tensorOf);
  const { x, target } = inputs;
  if (!x || !target) return ['expected inputs x and target'];
  const grads: Readonly<Record<string, Tensor>> = { ...lossGradients(loss, x, target, 'mean', tensorOf(json.dy)) };
  const differing = Object.entries(isObject(json.grads) ? json.grads : {}).map(([name, value]) => {
    const got = grads[name];
    return got ? compare(`gradient of ${name}`, got, tensorOf(value), gradientHolds) : `gradient of ${name} is missing`;
  });
  return [compare('y', lossOf(loss, x, target), tensorOf(json.y), forwardHolds), ...differing].filter((text) => text !== '');
}

/** An optimiser with settings in torch's words, step by step. */
function stepDifferences<State>(
  json: Json,
  step: (weights: Tensor, gradient: Tensor, state: State | null, settings: { readonly lr: number }) => Stepped<State>,
): string[] {
  const row = (values: unknown): Tensor => {
    const list = Array.isArray(values) ? values.map(numberOf) : [];
    return tensor([list.length], list);
  };
  if (!isObject(json.params) || !Array.isArray(json.gradients) || !Array.isArray(json.after_each_step))
    return ['expected params, gradients and weights after each step'];
  const expected = json.after_each_step;
  const settings = { lr: 0, ...json.params };
  let weights = row(json.start);
  let state: State | null = null;
  return json.gradients
    .map((gradient, i) => {
      const after: Stepped<State> = step(weights, row(gradient), state, settings);
      weights = after.weights;
      state = after.state;
      return compare(`step ${i + 1}`, weights, row(expected[i]), forwardHolds);
    })
    .filter((text) => text !== '');
}

/** A case of one op in our words. */
export interface Case {
  readonly op: AnyOp;
  readonly params: Params<Schema>;
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly y: Tensor;
  readonly dy: Tensor | null;
  /** By the input's name. */
  readonly grads: Readonly<Record<string, Tensor>>;
}

/** Null for cases of more than one op, and of what is no op. */
export function caseOf(json: unknown): Case | null {
  const op = isObject(json) && typeof json.op === 'string' ? ops[camel(json.op)] : undefined;
  if (!isObject(json) || !op) return null;
  const grads = isObject(json.grads)
    ? Object.entries(json.grads).map(([key, g]): [string, Tensor] => [camel(key), tensorOf(g)])
    : [];
  const dy = json.dy === undefined ? null : tensorOf(json.dy);
  return { op, ...read(op, json), y: tensorOf(json.y), dy, grads: Object.fromEntries(grads) };
}

function read(op: AnyOp, json: Json): { params: Params<Schema>; inputs: Record<string, Tensor> } {
  const raw: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(isObject(json.params) ? json.params : {})) raw[camel(key)] = value;
  const inputs: Record<string, Tensor> = {};
  for (const [key, value] of Object.entries(isObject(json.inputs) ? json.inputs : {})) inputs[camel(key)] = tensorOf(value);
  adapters[op.name]?.(raw, inputs);
  return { params: parse(op.params, raw, op.name), inputs };
}

function differences(op: AnyOp, json: Json): string[] {
  const { params, inputs } = read(op, json);
  const y = zeros(
    op.infer(
      mapValues(inputs, ({ shape }) => shape),
      params,
    ),
  );
  for (const _ of op.forward(inputs, params, y));
  const found = [compare('y', y, tensorOf(json.y), forwardHolds)];
  if (json.dy !== undefined && isObject(json.grads)) found.push(...gradients(op, params, inputs, tensorOf(json.dy), json.grads));
  if (json.indices !== undefined)
    found.push(compare('indices', indicesOf(op, inputs, params), tensorOf(json.indices), Object.is));
  if (op.name === 'batchNorm') found.push(...statistics(inputs, params, json));
  return found.filter((text) => text !== '');
}

function gradients(op: AnyOp, params: Params<Schema>, inputs: Record<string, Tensor>, dy: Tensor, expected: Json): string[] {
  const grads = Object.fromEntries(op.differentiable.map((name) => [name, zeros(inputs[name]?.shape ?? [])]));
  op.backward(inputs, params, dy, grads);
  return Object.entries(expected).map(([key, value]) => {
    const got = grads[camel(key)];
    return got ? compare(`gradient of ${key}`, got, tensorOf(value), gradientHolds) : `gradient of ${key} is missing`;
  });
}

function indicesOf(op: AnyOp, inputs: Record<string, Tensor>, params: Params<Schema>): Tensor {
  if (op.name === 'adaptiveMaxPool2d' && inputs.x) {
    return adaptiveMaxPool2dIndices(inputs.x, parse(adaptiveMaxPool2d.params, params, op.name).outputSize);
  }
  if (op.name !== 'maxPool2d' || !inputs.x) throw new RangeError(`${op.name} has no indices`);
  return maxPool2dIndices(inputs.x, params);
}

function statistics(inputs: Record<string, Tensor>, params: Params<Schema>, json: Json): string[] {
  const { x, runningMean, runningVar } = inputs;
  if (!x || !runningMean || !runningVar) return ['an input is missing'];
  const after = runningStatistics(
    { x, runningMean, runningVar },
    { training: params.training === true, momentum: Number(params.momentum) },
  );
  return (['mean', 'variance'] as const).map((kind) => {
    const values = json[kind === 'mean' ? 'running_mean_after' : 'running_var_after'];
    return Array.isArray(values)
      ? compare(`running ${kind}`, after[kind], tensor([values.length], values.map(numberOf)), forwardHolds)
      : '';
  });
}

type Holds = (got: number, expected: number, scale: number) => boolean;

/** Absolute or relative 1e-9. */
const forwardHolds: Holds = (got, expected) =>
  Object.is(got, expected) || got === expected || Math.abs(got - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
/** Relative 1e-9; what cancelled almost to nothing is held to 1e-11 of the largest gradient, since files round to 12 digits. */
const gradientHolds: Holds = (got, expected, scale) =>
  Object.is(got, expected) || got === expected || Math.abs(got - expected) <= 1e-9 * Math.abs(expected) + 1e-11 * scale;

const largest = ({ data }: Tensor): number =>
  Array.from(data).reduce((most, v) => (Number.isFinite(v) ? Math.max(most, Math.abs(v)) : most), 0);

/** What differs, or nothing. */
function compare(what: string, got: Tensor, expected: Tensor, holds: Holds, scale = largest(expected)): string {
  if (got.shape.join() !== expected.shape.join()) {
    return `${what}: expected shape [${expected.shape.join(', ')}], received [${got.shape.join(', ')}]`;
  }
  const at = got.data.findIndex((v, i) => !holds(v, expected.data[i] ?? Number.NaN, scale));
  return at < 0 ? '' : `${what}[${at}]: expected ${expected.data[at]}, received ${got.data[at]}`;
}

function tensorOf(json: unknown): Tensor {
  if (!isObject(json) || !Array.isArray(json.shape) || !Array.isArray(json.data))
    throw new RangeError('expected { shape, data }');
  const shape = json.shape.map(numberOf);
  if (sizeOf(shape) !== json.data.length) throw new RangeError(`expected ${sizeOf(shape)} values, received ${json.data.length}`);
  return tensor(shape, json.data.map(numberOf));
}

/** JSON has no NaN and no Infinity: they come as strings. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  throw new RangeError(`expected a number, received ${JSON.stringify(value)}`);
}

const camel = (name: string): string => name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const mapValues = <V, W>(from: Readonly<Record<string, V>>, to: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(from).map(([key, value]) => [key, to(value)]));
