// Gradients of a chain: how much each input, weight and pixel moves one number behind it.

import { gradientsFor, type Layer, type Pass } from './layers';
import { type Shape, sizeOf, type Tensor, zeros } from './tensor';

/** The number whose gradient is asked for, at the output of layer `step` (the last one where it is left out). */
export type Origin = { readonly step?: number } & (
  | {
      /** One value, by its flat index. */
      readonly of: 'value';
      readonly at: number;
    }
  | {
      /** The mean of a channel, over rows, columns and batch. */
      readonly of: 'mean';
      readonly channel: number;
    }
  | {
      /** Anything else, a loss for one: given the output, the gradient with respect to it. */
      readonly of: 'loss';
      gradient(y: Tensor): Tensor;
    }
);

export interface Gradients {
  /** By layer, then by input name: `x` is the layer's own input. Layers behind the origin have none. */
  readonly steps: readonly Readonly<Record<string, Tensor<Float64Array>>>[];
  /** With respect to the picture; of the origin itself where there is no layer. */
  readonly x: Tensor;
}

/**
 * Goes back through a pass that kept its outputs. A layer that has no derivative lets nothing through: its gradient is 0.
 * @throws RangeError where the origin does not exist, or outputs were not kept.
 */
export function backward(pass: Pass, origin: Origin): Gradients {
  const step = origin.step ?? pass.layers.length - 1;
  if (!Number.isInteger(step) || step < -1 || step >= pass.layers.length || (step < 0 && pass.layers.length > 0)) {
    throw new RangeError(`backward step: expected 0 to ${pass.layers.length - 1}, received ${step}`);
  }
  let dy = seed(origin, inputOf(pass, step + 1));
  const steps: Record<string, Tensor<Float64Array>>[] = [];
  for (let i = step; i >= 0; i--) {
    const layer = pass.layers[i]!;
    const grads = through(layer, inputOf(pass, i), dy);
    steps[i] = grads;
    dy = grads.x!;
  }
  return { steps, x: dy };
}

/** Gradients of one layer's inputs, `x` among them. */
export function through(layer: Layer, x: Tensor, dy: Tensor): Record<string, Tensor<Float64Array>> {
  const inputs = { ...layer.weights, x };
  const grads = gradientsFor(layer, inputs);
  layer.op.backward(inputs, layer.params, dy, grads);
  grads.x ??= zeros(x.shape);
  return grads;
}

/** What goes into layer `i`; the output of the last one for the count of layers. */
function inputOf({ x, outputs }: Pass, i: number): Tensor {
  const before = i === 0 ? x : outputs[i - 1];
  if (!before) throw new RangeError(`backward: expected a pass that kept every output, but that of step ${i} is gone`);
  return before;
}

/** dL/dy where the way back starts. @throws RangeError where the origin does not exist. */
export function seed(origin: Origin, y: Tensor): Tensor {
  switch (origin.of) {
    case 'value': {
      const dy = zeros(y.shape);
      if (!Number.isInteger(origin.at) || origin.at < 0 || origin.at >= dy.data.length) {
        throw new RangeError(`backward value: expected an index from 0 to ${dy.data.length - 1}, received ${origin.at}`);
      }
      dy.data[origin.at] = 1;
      return dy;
    }
    case 'mean':
      return meanOfChannel(y.shape, origin.channel);
    case 'loss': {
      const dy = origin.gradient(y);
      if (dy.shape.join() !== y.shape.join()) {
        throw new RangeError(`backward loss: expected a gradient [${y.shape.join(', ')}], received [${dy.shape.join(', ')}]`);
      }
      return dy;
    }
  }
}

function meanOfChannel(shape: Shape, channel: number): Tensor {
  const [, channels = 0] = shape;
  if (!Number.isInteger(channel) || channel < 0 || channel >= channels) {
    throw new RangeError(`backward channel: expected 0 to ${channels - 1}, received ${channel}`);
  }
  const dy = zeros(shape);
  const plane = sizeOf(shape.slice(2));
  const share = channels / dy.data.length;
  for (let at = channel * plane; at < dy.data.length; at += channels * plane) dy.data.fill(share, at, at + plane);
  return dy;
}
