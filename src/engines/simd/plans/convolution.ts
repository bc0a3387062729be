// Convolution: one channel by itself, small transforms (Winograd), or lists of taps.

import { convolvedFrame } from '../../../core/convolved';
import { conv2d } from '../../../core/ops/conv2d';
import type { Slide } from '../../../core/window';
import { type Asked, type Place, type Plan, planned } from '../plan';
import { type Dense, type DenseAt, denseStages, type Placed, tilingOf } from './dense';
import { depthwise } from './depthwise';
import { slidingAxis } from './frame';
import { winogradPays, winogradStages, winogradTiling } from './winograd';

type Convolution = Asked<'x' | 'weight' | 'bias', (typeof conv2d)['params']>;

export const convolution = planned(conv2d, (asked) => {
  const frame = frameOf(asked);
  if (frame.perGroup === 1) {
    const alone = depthwise(asked);
    if (typeof alone !== 'string') return alone;
  }
  return direct(asked);
});

export const frameOf = ({ inputs: { x, weight, bias }, params }: Convolution) =>
  convolvedFrame({ x: x.shape, weight: weight.shape, bias: bias.shape }, params);

const flatSlides = (pixels: number): readonly [Slide, Slide] => {
  const one: Slide = { length: 1, kernel: 1, stride: 1, dilation: 1, before: 0, after: 0 };
  return [one, { ...one, length: pixels }];
};
const along = (length: number): Placed => ({ length, first: 0, step: 1 });

function direct(asked: Convolution): Plan {
  const { groups, flip, paddingMode } = asked.params;
  const { n, o, h, w, kh, kw, perGroup, slides, height, width } = frameOf(asked);
  const single = kh * kw === 1 && slides.every(({ stride, before, after }) => stride === 1 && before + after === 0);
  // A 1 × 1 kernel sees a picture as one row of pixels.
  const [down, across] = single ? flatSlides(h * w) : slides;
  const dense: Dense = {
    images: n,
    groups,
    channels: perGroup,
    outputs: o / groups,
    down: slidingAxis(down, paddingMode),
    across: slidingAxis(across, paddingMode),
    kernel: {
      perGroup: (o / groups) * perGroup * kh * kw,
      perOutput: perGroup * kh * kw,
      perChannel: kh * kw,
      at: (u, v) => (flip ? kh * kw - 1 - (u * kw + v) : u * kw + v),
    },
    result: single ? { down: along(1), across: along(h * w) } : { down: along(height.output), across: along(width.output) },
  };
  const addresses = (place: Place): DenseAt => ({
    x: place.at('x'),
    y: place.at('y'),
    weight: place.at('weight'),
    bias: place.at('bias'),
  });
  if (!asked.exact && winogradPays(dense)) {
    const tiling = winogradTiling(dense);
    return {
      how: `Winograd F(4 × 4, 3 × 3), because ${perGroup} channels and ${o / groups} outputs pay for its transforms`,
      scratch: tiling.scratch,
      build: (place) => winogradStages(place, dense, tiling, addresses(place)),
    };
  }
  const tiling = tilingOf(dense);
  return {
    how: `lists of ${perGroup * kh * kw} taps`,
    scratch: tiling.scratch,
    build: (place) => denseStages(place, dense, tiling, addresses(place)),
  };
}
