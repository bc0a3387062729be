// Convolution: one channel by itself, sums of planes, small transforms (Winograd), or lists of taps.

import { convolvedFrame } from '../../../core/convolved';
import { conv2d } from '../../../core/ops/conv2d';
import { type Asked, type Place, type Plan, planned } from '../plan';
import { type Dense, type DenseAt, denseStages, type Placed, tilingOf } from './dense';
import { depthwise } from './depthwise';
import { slidingAxis } from './frame';
import { mixStages, mixTiling } from './mix';
import { winogradPays, winogradStages, winogradTiling } from './winograd';

type Convolution = Asked<'x' | 'weight' | 'bias', (typeof conv2d)['params']>;

export const convolution = planned(conv2d, (asked) => {
  const frame = frameOf(asked);
  // Around the picture are zeros, whose product with a weight must be 0.
  if (asked.inputs.weight.data?.every(Number.isFinite) === false) return 'a weight is not finite';
  if (frame.perGroup === 1) {
    const alone = depthwise(asked);
    if (typeof alone !== 'string') return alone;
  }
  const { kh, kw, slides } = frame;
  const planes = kh * kw === 1 && slides.every(({ stride, before, after }) => stride === 1 && before + after === 0);
  return planes ? mixed(asked) : windows(asked);
});

const frameOf = ({ inputs: { x, weight, bias }, params }: Convolution) =>
  convolvedFrame({ x: x.shape, weight: weight.shape, bias: bias.shape }, params);

const addresses = (place: Place): DenseAt => ({
  x: place.at('x'),
  y: place.at('y'),
  weight: place.at('weight'),
  bias: place.at('bias'),
});

function mixed(asked: Convolution): Plan {
  const { groups } = asked.params;
  const { n, o, h, w, perGroup } = frameOf(asked);
  const mix = { outer: n * groups, inputs: perGroup, outputs: o / groups, inner: h * w, groups };
  const tiling = mixTiling(mix);
  return {
    how: `sums of ${perGroup} planes, because a 1 × 1 kernel looks at one pixel`,
    scratch: tiling.scratch,
    build: (place) => mixStages(place, mix, tiling, addresses(place)),
  };
}

/** All positions in order. */
const along = (length: number): Placed => ({ length, first: 0, step: 1 });

function windows(asked: Convolution): Plan {
  const { groups, flip, paddingMode } = asked.params;
  const { n, o, kh, kw, perGroup, slides, height, width } = frameOf(asked);
  const dense: Dense = {
    images: n,
    groups,
    channels: perGroup,
    outputs: o / groups,
    down: slidingAxis(slides[0], paddingMode),
    across: slidingAxis(slides[1], paddingMode),
    kernel: {
      perGroup: (o / groups) * perGroup * kh * kw,
      perOutput: perGroup * kh * kw,
      perChannel: kh * kw,
      at: (u, v) => (flip ? kh * kw - 1 - (u * kw + v) : u * kw + v),
    },
    result: { down: along(height.output), across: along(width.output) },
  };
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
    how: `a list of ${perGroup * kh * kw} taps for every output, four outputs at a time`,
    scratch: tiling.scratch,
    build: (place) => denseStages(place, dense, tiling, addresses(place)),
  };
}
