// The gradients of a transposed convolution: dx is the convolution of dy that it turns round, and its weights have the gradient of that one's.

import type { convTranspose2d } from '../../../core/ops/convTranspose2d';
import { stampSlide, transposedFrame } from '../../../core/transposed';
import type { Asked, Plan } from '../plan';
import { denseStages } from './dense';
import { slidingAxis } from './frame';
import { planeSums } from './planeSums';
import { type Dense, tilingOf } from './tiling';
import { weightGradient } from './weightGradient';
import { winogradLoses, winogradStages, winogradTiling } from './winograd';

type Transposed = Asked<'x' | 'weight' | 'bias' | 'dy', (typeof convTranspose2d)['params']>;

/** The convolution of dy: its channels are the outputs, its outputs the channels of x. */
function denseOf({ params, inputs: { x, weight, bias } }: Transposed): Dense {
  const frame = transposedFrame({ x: x.shape, weight: weight.shape, bias: bias.shape }, params);
  const { n, h, w, oh, ow, kh, kw, perGroup, perOutput } = frame;
  return {
    ...{ images: n, groups: params.groups, channels: perOutput, outputs: perGroup },
    down: slidingAxis(stampSlide(params, 0, kh, oh), 'zeros'),
    across: slidingAxis(stampSlide(params, 1, kw, ow), 'zeros'),
    kernel: {
      perGroup: perGroup * perOutput * kh * kw,
      perOutput: perOutput * kh * kw,
      perChannel: kh * kw,
      at: (u, v) => u * kw + v,
    },
    result: { down: { length: h, first: 0, step: 1 }, across: { length: w, first: 0, step: 1 } },
  };
}

export function transposedGradients(asked: Transposed): Plan | string {
  // Around dy are zeros, whose product with a weight must be 0.
  if (asked.inputs.weight.data?.every(Number.isFinite) === false) return 'a weight is not finite';
  const dense = denseOf(asked);
  const { images, groups, channels } = dense;
  const plain = asked.exact ? 'the sums are to be plain' : winogradLoses(dense);
  const [tiling, winograd] = [tilingOf(dense), plain === undefined ? winogradTiling(dense) : undefined];
  return {
    how: `a convolution of dy${winograd ? ', by Winograd' : ''}; the kernel by sums of products, joined in float64`,
    scratch: Math.max(tiling.scratch, winograd?.scratch ?? 0),
    build: (place) => {
      const dy = place.at('dy');
      const at = { x: dy, y: place.at('dx'), weight: place.at('weight'), bias: null };
      const pixels = dense.down.length * dense.across.length;
      return [
        ...(winograd ? winogradStages(place, dense, winograd, at) : denseStages(place, dense, tiling, at)),
        ...weightGradient(place, dense, tiling, { x: dy, dy: place.at('x'), dweight: place.at('dweight') }),
        ...planeSums(place, { at: dy, images, planes: groups * channels, length: pixels, to: place.at('dbias') }),
      ];
    },
  };
}
