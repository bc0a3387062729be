// Ops that draw a random number for every place: the same numbers as the reference, to the last bit.

import { additiveNoise } from '../../../core/ops/additiveNoise';
import { dropout } from '../../../core/ops/dropout';
import { rrelu } from '../../../core/ops/rrelu';
import { anglesOf, keysOf } from '../../../core/random';
import type { Call, Place, Plan, Planned } from '../plan';
import { planned } from '../plan';
import { runs } from '../runs';
import { mapping, slopes } from './maps';

const drawn = 'one pass that draws the numbers of four places at a time';
/** Bytes of two numbers for each of the 256 places that assembly/bits.ts draws together. */
const scratch = 2 * 4 * 256;

/** A pass over y that knows the index of its first value. */
function byPlace(shape: readonly number[], call: (x: number, y: number, count: number, index: number) => Call): Plan {
  const pointwise: Plan['pointwise'] = (place) => {
    const start = place.at('y');
    return (x, y, { count }) => [call(x, y, count, (y - start) / 4)];
  };
  return { ...mapping(shape, pointwise, drawn), scratch };
}

/** From `from` to `to`, over arrays that all have one shape. */
function gradient(
  shape: readonly number[],
  from: string,
  call: (at: { readonly given: number; readonly dx: number; readonly place: Place }, count: number, index: number) => Call,
): Plan {
  return {
    how: drawn,
    scratch,
    build(place) {
      const [given, dx] = [place.at(from), place.at('dx')];
      return [runs(given, dx, shape, (at, to, { count }) => [call({ given: at, dx: to, place }, count, (to - dx) / 4)])];
    },
  };
}

interface Chance {
  readonly p: number;
  readonly training: boolean;
  readonly seed: number;
}

/** What `dropSome` takes after the index. A number below p has whole bits below p · 2⁵³, rounded up. */
function dropping({ p, training, seed }: Chance): number[] {
  const limit = Math.ceil((training ? p : 0) * 2 ** 53);
  const high = Math.floor(limit / 2 ** 26);
  return [...keysOf(seed), high, limit - high * 2 ** 26, training && p < 1 ? 1 / (1 - p) : 1];
}

interface Slopes {
  readonly lower: number;
  readonly upper: number;
  readonly training: boolean;
  readonly seed: number;
}
/** The one slope of all values, or undefined where every value draws its own. */
const oneSlope = ({ lower, upper, training }: Slopes): number | undefined =>
  training && lower < upper ? undefined : (lower + upper) / 2;
/** Slopes that differ by less want numbers for which float32 has no room. */
const leastRange = 1e-20;
/** Where no slope is negative, nor far below the largest, float32 is enough: it has 27 bits of the number that is drawn. */
const widest = 16;
function sloping({ lower, upper, seed }: Slopes, x: number, g: number, y: number, count: number, index: number): Call {
  const [first, second] = keysOf(seed);
  if (lower > 0 && upper - lower <= widest * lower && upper - lower > leastRange)
    return ['slopePositive', x, g, y, count, index, first, lower, upper - lower];
  return ['slopeSome', x, g, y, count, index, first, second, lower, upper - lower];
}

/** Noise of at most this mean and deviation together is made in float32: its error is below 3e-6. */
const smallNoise = 2;

export const draws: readonly Planned[] = [
  planned(
    dropout,
    ({ params, outputs }) =>
      byPlace(outputs.y ?? [], (x, y, count, index) => ['dropSome', x, y, count, index, ...dropping(params)]),
    ({ params, outputs }) =>
      gradient(outputs.dx ?? [], 'dy', ({ given, dx }, count, index) => [
        'dropSome',
        given,
        dx,
        count,
        index,
        ...dropping(params),
      ]),
  ),
  planned(
    rrelu,
    ({ params, outputs }) => {
      const slope = oneSlope(params);
      const shape = outputs.y ?? [];
      if (slope !== undefined)
        return mapping(shape, () => (x, y, { count }) => [['mapLeakyRelu', x, y, count, slope]]);
      return byPlace(shape, (x, y, count, index) => sloping(params, x, x, y, count, index));
    },
    ({ params, outputs }) => {
      const slope = oneSlope(params);
      const shape = outputs.dx ?? [];
      if (slope !== undefined) return slopes(shape, ['slopeLeakyRelu', slope]);
      return gradient(shape, 'x', ({ given, dx, place }, count, index) => {
        const dy = place.at('dy') + 4 * index;
        return sloping(params, given, dy, dx, count, index);
      });
    },
  ),
  planned(
    additiveNoise,
    ({ params: { distribution, mean, std, seed }, outputs }) => {
      const shape = outputs.y ?? [];
      if (distribution === 'normal') {
        const [sizes, [angle, angleToo]] = [keysOf(seed), keysOf(anglesOf(seed))];
        if (Math.abs(mean) + std <= smallNoise) {
          const numbers = [...sizes, angle, mean, std];
          return byPlace(shape, (x, y, count, index) => ['addSmallNormal', x, y, count, index, ...numbers]);
        }
        return byPlace(shape, (x, y, count, index) => ['addNormal', x, y, count, index, ...sizes, angle, angleToo, mean, std]);
      }
      const range = std * Math.sqrt(3);
      return byPlace(shape, (x, y, count, index) => ['addUniform', x, y, count, index, ...keysOf(seed), mean, range]);
    },
    ({ outputs }) => gradient(outputs.dx ?? [], 'dy', ({ given, dx }, count) => ['copyValues', given, dx, count]),
  ),
];
