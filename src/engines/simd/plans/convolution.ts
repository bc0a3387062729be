// Convolution: one channel by itself, sums of planes, small transforms (Winograd), or lists of taps.

import { convolvedFrame } from '../../../core/convolved';
import { conv2d } from '../../../core/ops/conv2d';
import { type Asked, type Place, type Plan, planned } from '../plan';
import { type DenseAt, denseStages } from './dense';
import { depthwise } from './depthwise';
import { slidingAxis } from './frame';
import { inputGradient, inputGradientOf, mostPhases } from './inputGradient';
import { mixStages, mixTiling } from './mix';
import { planeSums } from './planeSums';
import { type Dense, type Placed, tilingOf } from './tiling';
import { weightGradient } from './weightGradient';
import { winogradLoses, winogradStages, winogradTiling } from './winograd';

type Convolution = Asked<'x' | 'weight' | 'bias', (typeof conv2d)['params']>;

export const convolution = planned(
  conv2d,
  (asked) => {
    const frame = frameOf(asked);
    const refusal = notFinite(asked);
    if (refusal) return refusal;
    if (frame.perGroup === 1 && !shared(frame, asked.params.groups)) {
      const alone = depthwise(asked);
      if (typeof alone !== 'string') return alone;
    }
    const { kh, kw, slides } = frame;
    const planes = kh * kw === 1 && slides.every(({ stride, before, after }) => stride === 1 && before + after === 0);
    return planes ? mixed(asked) : windows(asked);
  },
  gradients,
);

const frameOf = ({ inputs: { x, weight, bias }, params }: Convolution) =>
  convolvedFrame({ x: x.shape, weight: weight.shape, bias: bias.shape }, params);

/** Outputs of one channel that share what they read of it, four at a time; a larger kernel is better taken apart, output by output. */
const shared = ({ o, kh, kw }: ReturnType<typeof frameOf>, groups: number): boolean => o / groups >= 4 && kh * kw <= 25;

/** Around the picture are zeros, whose product with a weight must be 0. */
const notFinite = ({ inputs: { weight } }: Convolution): string | undefined =>
  weight.data?.every(Number.isFinite) === false ? 'a weight is not finite' : undefined;

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

function denseOf(asked: Convolution): Dense {
  const { groups, flip, paddingMode } = asked.params;
  const { n, o, kh, kw, perGroup, slides, height, width } = frameOf(asked);
  return {
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
}

const counted = (phases: number): string => (phases === 1 ? 'one piece' : `${phases} phases of the stride`);

function windows(asked: Convolution): Plan {
  const dense = denseOf(asked);
  const { channels, outputs, down, across } = dense;
  const plain = asked.exact ? 'the sums are to be plain' : winogradLoses(dense);
  if (plain === undefined) {
    const tiling = winogradTiling(dense);
    return {
      how: `Winograd F(4 × 4, 3 × 3), because ${channels} channels and ${outputs} outputs pay for its transforms`,
      scratch: tiling.scratch,
      build: (place) => winogradStages(place, dense, tiling, addresses(place)),
    };
  }
  const tiling = tilingOf(dense);
  return {
    how: `a list of ${channels * down.taps.length * across.taps.length} taps for every output, because ${plain}`,
    scratch: tiling.scratch,
    build: (place) => denseStages(place, dense, tiling, addresses(place)),
  };
}

/** dx is a convolution of dy, dweight sums of products of dy with x, dbias sums of dy. */
function gradients(asked: Convolution): Plan | string {
  const refusal = notFinite(asked);
  if (refusal) return refusal;
  const dense = denseOf(asked);
  const { slides, n, o } = frameOf(asked);
  const input = inputGradientOf(dense, ...slides, asked.params.paddingMode === 'zeros', asked.exact);
  if (input.parts.length > mostPhases)
    return `a stride of ${slides[1].stride} × ${slides[0].stride} makes the gradient of ${input.parts.length} convolutions, more than ${mostPhases}`;
  const tiling = tilingOf(dense);
  const [first] = input.parts;
  return {
    how: `dy by the turned kernel, in ${counted(input.parts.length)}${first?.winograd ? ', by Winograd' : ''}; the kernel by sums of products, joined in float64`,
    scratch: Math.max(input.scratch, tiling.scratch),
    build: (place) => {
      const dy = place.at('dy');
      const pixels = dense.down.outputs * dense.across.outputs;
      return [
        ...inputGradient(place, input, dense, { dy, weight: place.at('weight'), dx: place.at('dx') }),
        ...weightGradient(place, dense, tiling, { x: place.at('x'), dy, dweight: place.at('dweight') }),
        ...planeSums(place, { at: dy, images: n, planes: o, length: pixels, to: place.at('dbias') }),
      ];
    },
  };
}
