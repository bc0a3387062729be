// How far a gradient gets through many layers: chains of one convolution and one activation, again and again.

import { through } from './backward';
import { heNormal, normal, xavierNormal } from './init';
import { forwardSteps, type Layer } from './layers';
import { conv2d, leakyRelu, relu, sigmoid } from './ops';
import { parse } from './parse';
import { type AnyOp, opOf } from './registry';
import { type Shape, type Tensor, zeros } from './tensor';

/** How weights start: as suits a function that saturates (Glorot), a ReLU (He), or as DCGAN has them, a bell curve of 0.02. */
export type Start = 'xavier' | 'he' | 'small';
export interface Activated {
  readonly op: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** How its weights start where everyone takes what suits it. */
  readonly suits: Start;
}
/** A function that saturates against two that do not. */
export const compared: readonly Activated[] = [
  { op: sigmoid.name, params: {}, suits: 'xavier' },
  { op: relu.name, params: {}, suits: 'he' },
  { op: leakyRelu.name, params: { negativeSlope: 0.2 }, suits: 'he' },
];

export interface Depth {
  readonly activation: Pick<Activated, 'op' | 'params'>;
  readonly start: Start;
  readonly layers: number;
  readonly channels: number;
  readonly seed: number;
}
/** Norms √Σg² of gradients, from the layer next to the picture to the last one. */
export interface DepthNorms {
  /** Of every layer's weights: what it learns from. */
  readonly weights: readonly number[];
  /** Of what goes into every layer's convolution. */
  readonly inputs: readonly number[];
}

/**
 * Gradients of the mean of the last layer's values. Weights of layer k are drawn with seed + k: all activations get the same ones, but for their
 * scale. Yields how much is done, 0 to 1.
 */
export function* depthNorms(x: Tensor, { activation, start, layers, channels, seed }: Depth): Generator<number, DepthNorms> {
  const op = opOf(activation.op);
  const params = parse(op.params, activation.params, op.name);
  const chain = Array.from({ length: layers }, (_, k) => [
    convolution([channels, k === 0 ? (x.shape[1] ?? 1) : channels, 3, 3], start, seed + k),
    { op, params, weights: {} },
  ]).flat();
  const going = forwardSteps(chain, x, { keep: true });
  let step = going.next();
  for (; !step.done; step = going.next()) yield step.value / 3;
  const pass = step.value;
  yield 1 / 3;
  let dy: Tensor = { shape: pass.y.shape, data: new Float64Array(pass.y.data.length).fill(1 / pass.y.data.length) };
  const norms = { weights: new Array<number>(layers), inputs: new Array<number>(layers) };
  for (let i = chain.length - 1; i >= 0; i--) {
    const grads = through(chain[i]!, pass.outputs[i - 1] ?? x, dy);
    dy = grads.x ?? dy;
    if (i % 2 === 0) {
      norms.weights[i / 2] = norm(grads.weight);
      norms.inputs[i / 2] = norm(grads.x);
    }
    yield 1 - (2 * i) / (3 * chain.length);
  }
  return norms;
}

function norm(gradient: Tensor | undefined): number {
  let sum = 0;
  for (const g of gradient?.data ?? []) sum += g * g;
  return Math.sqrt(sum);
}

const convolution = (shape: Shape, start: Start, seed: number): Layer => ({
  op: opOf(conv2d.name),
  params: parse(conv2d.params, { padding: 1 }, conv2d.name),
  weights: { weight: drawn(shape, start, seed), bias: zeros([shape[0] ?? 0]) },
});

function drawn(shape: Shape, start: Start, seed: number): Tensor<Float64Array> {
  switch (start) {
    case 'xavier':
      return xavierNormal(shape, seed);
    case 'he':
      return heNormal(shape, seed);
    case 'small':
      return normal(shape, seed, 0, 0.02);
  }
}

/** The shape of a norm's fall: by what factor it changes from one layer to the one before it, on average. NaN where a gradient is 0. */
export function fallOf(norms: readonly number[]): number {
  const [first = Number.NaN, last = Number.NaN] = [norms[0], norms.at(-1)];
  return norms.length < 2 || last === 0 || first === 0 ? Number.NaN : (first / last) ** (1 / (norms.length - 1));
}

/** An activation that a chain of this kind can be made of: it takes every value alone and has no weights of its own. */
export const stacks = (op: AnyOp): boolean => op.kinks !== undefined && Object.keys(op.weights).length === 0;
