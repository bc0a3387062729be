// First values of weights, as torch.nn.init has them; the same seed gives the same values.

import { normals, uniforms } from './random';
import { type Shape, sizeOf, type Tensor, zeros } from './tensor';

export { zeros } from './tensor';

/** How many values one output reads, or how many outputs one value reaches: which of them keeps its size. */
export type FanMode = 'fanIn' | 'fanOut';
export type Nonlinearity = 'linear' | 'sigmoid' | 'tanh' | 'relu' | 'leakyRelu' | 'selu';

interface He {
  readonly mode?: FanMode;
  /** What follows the layer. */
  readonly nonlinearity?: Nonlinearity;
  /** Slope of a leaky ReLU for negative values. */
  readonly negativeSlope?: number;
}

/** Bell curve around `mean`. */
export function normal(shape: Shape, seed: number, mean = 0, std = 1): Tensor<Float64Array> {
  const draw = normals(seed);
  return filled(shape, (i) => mean + std * draw(i));
}

/** All numbers from `from` up to `to` equally often. */
export function uniform(shape: Shape, seed: number, from = 0, to = 1): Tensor<Float64Array> {
  const draw = uniforms(seed);
  return filled(shape, (i) => from + (to - from) * draw(i));
}

/** Keeps the variance through layers with ReLU (He and others, 2015). @throws RangeError for fewer than two axes. */
export function heNormal(shape: Shape, seed: number, how: He = {}): Tensor<Float64Array> {
  return normal(shape, seed, 0, heDeviation(shape, how));
}

/** @throws RangeError for fewer than two axes. */
export function heUniform(shape: Shape, seed: number, how: He = {}): Tensor<Float64Array> {
  const bound = Math.sqrt(3) * heDeviation(shape, how);
  return uniform(shape, seed, -bound, bound);
}

/** Keeps the variance forwards and backwards through linear layers (Glorot and Bengio, 2010). @throws RangeError for fewer than two axes. */
export function xavierNormal(shape: Shape, seed: number, gain = 1): Tensor<Float64Array> {
  return normal(shape, seed, 0, xavierDeviation(shape, gain));
}

/** @throws RangeError for fewer than two axes. */
export function xavierUniform(shape: Shape, seed: number, gain = 1): Tensor<Float64Array> {
  const bound = Math.sqrt(3) * xavierDeviation(shape, gain);
  return uniform(shape, seed, -bound, bound);
}

/** What a layer's deviation is multiplied by, given what follows it. */
export function gainOf(nonlinearity: Nonlinearity, negativeSlope = 0.01): number {
  switch (nonlinearity) {
    case 'linear':
    case 'sigmoid':
      return 1;
    case 'tanh':
      return 5 / 3;
    case 'relu':
      return Math.SQRT2;
    case 'leakyRelu':
      return Math.sqrt(2 / (1 + negativeSlope * negativeSlope));
    case 'selu':
      return 3 / 4;
  }
}

/** Values that one output of a weight [out, in, …] reads, and outputs that one value reaches. @throws RangeError for fewer than two axes. */
export function fans(shape: Shape): { readonly fanIn: number; readonly fanOut: number } {
  const [out, into] = shape;
  if (out === undefined || into === undefined)
    throw new RangeError(`init: expected a weight with at least two axes, received [${shape.join(', ')}]`);
  const field = sizeOf(shape.slice(2));
  return { fanIn: into * field, fanOut: out * field };
}

const heDeviation = (shape: Shape, { mode = 'fanIn', nonlinearity = 'relu', negativeSlope }: He): number =>
  gainOf(nonlinearity, negativeSlope) / Math.sqrt(fans(shape)[mode]);

function xavierDeviation(shape: Shape, gain: number): number {
  const { fanIn, fanOut } = fans(shape);
  return gain * Math.sqrt(2 / (fanIn + fanOut));
}

function filled(shape: Shape, value: (index: number) => number): Tensor<Float64Array> {
  const made = zeros(shape);
  for (let i = 0; i < made.data.length; i++) made.data[i] = value(i);
  return made;
}
