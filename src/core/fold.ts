// A batch norm that is not training is a scale and a shift for every channel: a convolution before it can hold both.

import { sizeOf, type Tensor, tensor } from './tensor';

export interface Convolution {
  /** [outputs, channels of a group, height, width] */
  readonly weight: Tensor;
  /** [outputs] */
  readonly bias: Tensor;
}
/** The inputs of a batch norm, each with one number for every output of the convolution. */
export interface Norm {
  readonly weight: Tensor;
  readonly bias: Tensor;
  readonly runningMean: Tensor;
  readonly runningVar: Tensor;
}

/** Weight and bias of the one convolution that does what both layers do: `w·γ/σ` and `(b − μ)·γ/σ + β`. @throws RangeError when lengths differ. */
export function foldBatchNorm(conv: Convolution, norm: Norm, eps = 1e-5): Convolution {
  const [outputs = 0] = conv.weight.shape;
  for (const [name, { shape }] of Object.entries({ 'bias of the convolution': conv.bias, ...norm })) {
    if (shape.length !== 1 || shape[0] !== outputs)
      throw new RangeError(`foldBatchNorm: expected ${name} of shape [${outputs}], received [${shape.join(', ')}]`);
  }
  const factors = Array.from(norm.weight.data, (gamma, o) => gamma / Math.sqrt(norm.runningVar.data[o]! + eps));
  const each = sizeOf(conv.weight.shape.slice(1));
  return {
    weight: tensor(
      conv.weight.shape,
      Array.from(conv.weight.data, (w, i) => w * factors[Math.floor(i / each)]!),
    ),
    bias: tensor(
      [outputs],
      factors.map((factor, o) => (conv.bias.data[o]! - norm.runningMean.data[o]!) * factor + norm.bias.data[o]!),
    ),
  };
}
