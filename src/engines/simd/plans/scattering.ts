// Values of windows that go to a pixel of each: by the places that were found before.

import { type Shape, sizeOf } from '../../../core/tensor';
import type { Call, Job, Place, Stage } from '../plan';

/** Values of a job, and of the planes that are summed side by side. */
const [jobValues, summedTogether] = [1 << 19, 1 << 21];

interface Scattering {
  /** The shapes of the map that is written and of the windows. */
  readonly x: Shape;
  readonly y: Shape;
  /** The pixel of each window, as a whole number over its plane; −1 for none. */
  readonly places: number;
  readonly values: number;
  readonly to: number;
}

/** The sum of the values that go to each pixel, in float64. */
export function addedAtPlaces(place: Place, { x, y, places, values, to }: Scattering): Stage[] {
  const { plane, result, planes } = sizesOf(x, y);
  const together = Math.max(1, Math.min(planes, Math.floor(summedTogether / plane)));
  const sums = place.take(8 * together * plane);
  const stages: Stage[] = [];
  for (let first = 0; first < planes; first += together) {
    const some = Array.from({ length: Math.min(together, planes - first) }, (_, k) => k);
    const all = some.length * plane;
    stages.push(inParts(all, (from, n) => ['clearFloats', sums + 8 * from, 2 * n]));
    stages.push(
      ...oneByOne(some, result, (k, from, n) => {
        const at = 4 * ((first + k) * result + from);
        return ['addAtPlaces', places + at, values + at, n, sums + 8 * k * plane];
      }),
    );
    stages.push(inParts(all, (from, n) => ['roundSums', sums + 8 * from, to + 4 * (first * plane + from), n]));
  }
  return stages;
}

/** Pixels that some window goes to stay as they are in `values`, a map like the one that is written; others are 0. */
export function keptAtPlaces({ x, y, places, values, to }: Scattering): Stage[] {
  const { plane, result, planes } = sizesOf(x, y);
  const all = Array.from({ length: planes }, (_, k) => k);
  return [
    inParts(planes * plane, (from, n) => ['clearFloats', to + 4 * from, n]),
    ...oneByOne(all, result, (k, from, n) => {
      const [at, start] = [places + 4 * (k * result + from), 4 * k * plane];
      return ['keepAtPlaces', at, n, values + start, to + start];
    }),
  ];
}

const sizesOf = (x: Shape, y: Shape) => ({
  plane: sizeOf(x.slice(2)),
  result: sizeOf(y.slice(2)),
  planes: (x[0] ?? 0) * (x[1] ?? 1),
});

function inParts(values: number, call: (from: number, count: number) => Call): Job[] {
  return Array.from({ length: Math.ceil(values / jobValues) }, (_, k) => {
    const from = k * jobValues;
    return { calls: [call(from, Math.min(jobValues, values - from))] };
  });
}

/** Parts of each plane one after the other, since they may meet in a pixel; planes side by side. */
function oneByOne(
  planes: readonly number[],
  result: number,
  call: (plane: number, from: number, count: number) => Call,
): Stage[] {
  return Array.from({ length: Math.ceil(result / jobValues) }, (_, part) => {
    const from = part * jobValues;
    return planes.map((k) => ({ calls: [call(k, from, Math.min(jobValues, result - from))] }));
  });
}
