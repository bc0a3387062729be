// Activations: one pass, or none at all where they are fused into the step before.

import type { Op } from '../../../core/op';
import { binaryStep } from '../../../core/ops/binaryStep';
import { celu } from '../../../core/ops/celu';
import { elu } from '../../../core/ops/elu';
import { gelu } from '../../../core/ops/gelu';
import { hardshrink } from '../../../core/ops/hardshrink';
import { hardsigmoid } from '../../../core/ops/hardsigmoid';
import { hardswish } from '../../../core/ops/hardswish';
import { hardtanh } from '../../../core/ops/hardtanh';
import { leakyRelu } from '../../../core/ops/leakyRelu';
import { logsigmoid } from '../../../core/ops/logsigmoid';
import { mish } from '../../../core/ops/mish';
import { relu } from '../../../core/ops/relu';
import { relu6 } from '../../../core/ops/relu6';
import { selu } from '../../../core/ops/selu';
import { sigmoid } from '../../../core/ops/sigmoid';
import { silu } from '../../../core/ops/silu';
import { softplus } from '../../../core/ops/softplus';
import { softshrink } from '../../../core/ops/softshrink';
import { softsign } from '../../../core/ops/softsign';
import { tanh } from '../../../core/ops/tanh';
import { tanhshrink } from '../../../core/ops/tanhshrink';
import { threshold } from '../../../core/ops/threshold';
import type { Params, Schema } from '../../../core/schema';
import type { Shape } from '../../../core/tensor';
import { type Asked, type Call, type Place, type Plan, type Planned, planned } from '../plan';
import { runs } from '../runs';
import { atLeast, atMost, last } from './singles';

const how = 'one pass over the values, four at a time';

/** A plan of calls that map one run, and nothing between runs. */
export function mapping(y: Shape, pointwise: NonNullable<Plan['pointwise']>, why = how): Plan {
  const build = (place: Place) => [runs(place.at('x'), place.at('y'), y, pointwise(place))];
  return { how: why, pointwise, build };
}

/** A routine and the numbers that it takes. */
type Chosen = readonly [routine: string, ...numbers: number[]];

/** One routine over all values, with the same numbers for each; the other over `x` and `dy`. */
const map = <S extends Schema>(
  op: Op<'x', S, 'x'>,
  forward: (params: Params<S>) => Chosen,
  backward: (params: Params<S>) => Chosen,
): Planned =>
  planned(
    op,
    ({ params, outputs }: Asked<'x', S>) => {
      const [routine, ...numbers] = forward(params);
      return mapping(outputs.y ?? [], () => (x, y, { count }) => [[routine, x, y, count, ...numbers]]);
    },
    ({ params, outputs }) => slopes(outputs.dx ?? [], backward(params)),
  );

/** A derivative times the gradient. */
export const slopes = (shape: Shape, [routine, ...numbers]: Chosen): Plan => ({
  how: 'the derivative times the gradient, in one pass',
  build(place) {
    const [x, dy, dx] = [place.at('x'), place.at('dy'), place.at('dx')];
    return [runs(x, dx, shape, (from, to, { count }): Call[] => [[routine, from, dy + (from - x), to, count, ...numbers]])];
  },
});

/** The largest x whose softplus is computed; larger ones pass. */
const softUpTo = ({ beta, threshold }: { readonly beta: number; readonly threshold: number }): number =>
  last(threshold / beta, (x) => !(x * beta > threshold));

/** From a threshold of 18 on, float32 does not tell the curve from the line beyond it. */
const soft = (p: { readonly beta: number; readonly threshold: number }): Chosen =>
  p.threshold >= 18 ? ['mapSoftplus', -p.beta, 1 / p.beta] : ['mapSoftplusUpTo', -p.beta, 1 / p.beta, softUpTo(p)];

const inTwo = (value: number): [high: number, low: number] => [Math.fround(value), Math.fround(value - Math.fround(value))];

export const maps: readonly Planned[] = [
  map(
    relu,
    () => ['mapRelu'],
    () => ['slopeThreshold', 0],
  ),
  map(
    leakyRelu,
    (p) => ['mapLeakyRelu', p.negativeSlope],
    (p) => ['slopeLeakyRelu', p.negativeSlope],
  ),
  map(
    relu6,
    () => ['mapClamp', 0, 6],
    () => ['slopeClamp', 0, 6],
  ),
  map(
    hardtanh,
    (p) => ['mapClamp', p.minVal, p.maxVal],
    (p) => ['slopeClamp', atMost(p.minVal), atLeast(p.maxVal)],
  ),
  map(
    threshold,
    (p) => ['mapThreshold', atMost(p.threshold), p.value],
    (p) => ['slopeThreshold', atMost(p.threshold)],
  ),
  map(
    binaryStep,
    (p) => ['mapBinaryStep', p.values],
    () => ['slopeNone'],
  ),
  map(
    hardshrink,
    (p) => ['mapHardshrink', atMost(p.lambd)],
    (p) => ['slopeShrink', atMost(p.lambd)],
  ),
  map(
    softshrink,
    (p) => ['mapSoftshrink', atMost(p.lambd), ...inTwo(p.lambd)],
    (p) => ['slopeShrink', atMost(p.lambd)],
  ),
  map(
    hardsigmoid,
    () => ['mapHardsigmoid'],
    () => ['slopeHardsigmoid'],
  ),
  map(
    hardswish,
    () => ['mapHardswish'],
    () => ['slopeHardswish'],
  ),
  map(
    elu,
    (p) => ['mapElu', p.alpha],
    (p) => ['slopeElu', p.alpha],
  ),
  map(
    celu,
    (p) => ['mapCelu', p.alpha],
    (p) => ['slopeCelu', p.alpha],
  ),
  map(
    selu,
    () => ['mapSelu'],
    () => ['slopeSelu'],
  ),
  map(
    sigmoid,
    () => ['mapSigmoid'],
    () => ['slopeSigmoid'],
  ),
  map(
    logsigmoid,
    () => ['mapLogsigmoid'],
    () => ['slopeLogsigmoid'],
  ),
  map(
    silu,
    () => ['mapSilu'],
    () => ['slopeSilu'],
  ),
  map(
    mish,
    () => ['mapMish'],
    () => ['slopeMish'],
  ),
  map(
    softplus,
    (p) => soft(p),
    (p) => ['slopeSoftplus', p.beta, softUpTo(p)],
  ),
  map(
    softsign,
    () => ['mapSoftsign'],
    () => ['slopeSoftsign'],
  ),
  map(
    tanh,
    () => ['mapTanh'],
    () => ['slopeTanh'],
  ),
  map(
    tanhshrink,
    () => ['mapTanhshrink'],
    () => ['slopeTanhshrink'],
  ),
  map(
    gelu,
    (p) => [p.approximate === 'none' ? 'mapGelu' : 'mapGeluTanh'],
    (p) => [p.approximate === 'none' ? 'slopeGelu' : 'slopeGeluTanh'],
  ),
];
