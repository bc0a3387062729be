// Lp-pools: norms by windows that slide where float32 holds the powers, else in float64.

import { lpPool2d } from '../../../core/ops/lpPool2d';
import type { Pair, Params } from '../../../core/schema';
import { type Shape, sizeOf } from '../../../core/tensor';
import { clippedLengths, poolSlides, type Slide } from '../../../core/window';
import { type Call, type Job, type Place, type Plan, planned, type Stage } from '../plan';
import { type Ranging, rangeJobs, rangePlan, rangeScratch, rangeTable, readersOf, slideRanges } from './ranges';
import { type Scales, slidingPlan } from './windows';

type Norming = Params<(typeof lpPool2d)['params']>;

const slidesOf = (x: Shape, { kernelSize, stride, ceilMode }: Norming): readonly [Slide, Slide] =>
  poolSlides([x[2] ?? 1, x[3] ?? 1], { kernelSize, stride, ceilMode, padding: [0, 0] as Pair });

/** What sums are multiplied by, along one axis: the full window over the part of it on the picture. */
const fullness = (slide: Slide): Float64Array => Float64Array.from(clippedLengths(slide), (length) => slide.kernel / length);

/** Whole powers are multiplied anew for every window, where a pixel is in no more of them than this, above one another. */
const mostReadings = 4;
const isWhole = (power: number): boolean => Number.isInteger(power) && power <= 64;

function forward(x: Shape, y: Shape, p: Norming): Plan {
  const [height, width] = slidesOf(x, p);
  if (p.normType === 1 || p.normType === 2) {
    const joining = p.normType === 1 ? 'Sum' : 'Norm';
    const columns = fullness(width);
    const from = columns.findIndex((ratio) => ratio !== 1);
    const scales: Scales = {
      rows: Float32Array.from(fullness(height)),
      columns: Float32Array.from(columns, (ratio) => ratio ** (1 / p.normType)),
      ...{ from: 0, to: from < 0 ? columns.length : from },
    };
    return slidingPlan({ joining, from: 'x', into: 'y', x, y, height, width, scales });
  }
  const ranging = inwards(x, y, height, width);
  if (isWhole(p.normType) && height.kernel <= mostReadings * height.stride) {
    const how = `powers by multiplying, their sums and roots in float64, because float32 has no room for the power ${p.normType}`;
    return rangePlan({ ...ranging, routine: 'rangeNorms', power: p.normType }, how, 'x', 'y');
  }
  return {
    how: `powers, their sums and roots in float64, because float32 has no room for the power ${p.normType}`,
    scratch: rangeScratch(ranging),
    build: (place) => {
      const table = rangeTable(ranging, place);
      return byPlanes(x, y, place, (planes, { powers, sums }) => [
        chunked(place.at('x'), powers, planes, sizeOf(x.slice(2)), (from, to, n) => ['powers', from, to, n, p.normType]),
        rangeJobs(ranging, table, powers, sums, planes.count),
        chunked(place.at('y'), sums, planes, sizeOf(y.slice(2)), (into, from, n) => ['roots', from, into, n, p.normType]),
      ]);
    },
  };
}

function backward(x: Shape, y: Shape, p: Norming): Plan {
  const [height, width] = slidesOf(x, p);
  const sum = inwards(x, y, height, width);
  const back: Ranging = {
    ...{ routine: 'rangeSumsWide', x: y, y: x },
    rows: { ...readersOf(slideRanges(height), height.length), before: fullness(height) },
    columns: { ...readersOf(slideRanges(width), width.length), before: fullness(width) },
  };
  return {
    how: 'powers and their sums in float64; then every pixel sums what the windows that read it pass on',
    scratch: Math.max(rangeScratch(sum), rangeScratch(back)),
    build: (place) => {
      const [table, tableBack] = [rangeTable(sum, place), rangeTable(back, place)];
      return byPlanes(x, y, place, (planes, { powers, sums }) => {
        const [pixels, outputs] = [sizeOf(x.slice(2)), sizeOf(y.slice(2))];
        const [from, dx, dy] = [place.at('x'), place.at('dx'), place.at('dy')];
        const into = dx - from;
        return [
          chunked(from, powers, planes, pixels, (at, to, n) => ['powers', at, to, n, p.normType]),
          rangeJobs(sum, table, powers, sums, planes.count),
          chunked(dy, sums, planes, outputs, (at, of, n) => ['rootSlopes', of, at, n, p.normType]),
          rangeJobs(back, tableBack, sums, powers, planes.count),
          chunked(from, powers, planes, pixels, (at, passed, n) => ['powerSlopes', at, passed, at + into, n, p.normType]),
        ];
      });
    },
  };
}

const inwards = (x: Shape, y: Shape, height: Slide, width: Slide): Ranging => ({
  ...{ routine: 'rangeSumsWide', x, y },
  rows: { ...slideRanges(height), after: fullness(height) },
  columns: { ...slideRanges(width), after: fullness(width) },
});

interface Planes {
  readonly first: number;
  readonly count: number;
}

/** Bytes of float64 planes between two steps. */
const mostBytes = 1 << 26;

/** Stages for some planes after another, which share memory for powers and for sums. */
function byPlanes(
  x: Shape,
  y: Shape,
  place: Place,
  stages: (planes: Planes, at: { readonly powers: number; readonly sums: number }) => readonly Stage[],
): Stage[] {
  const [all, pixels, outputs] = [(x[0] ?? 0) * (x[1] ?? 1), sizeOf(x.slice(2)), sizeOf(y.slice(2))];
  const together = Math.min(all, Math.max(1, Math.floor(mostBytes / (8 * (pixels + outputs)))));
  if (all === 0) return [];
  const at = { powers: place.take(8 * pixels * together), sums: place.take(8 * outputs * together) };
  const list: Stage[] = [];
  for (let first = 0; first < all; first += together) list.push(...stages({ first, count: Math.min(together, all - first) }, at));
  return list;
}

const chunk = 1 << 14;

/** Jobs over all values of some planes: of a float32 tensor, and of the float64 values between steps. */
function chunked(
  single: number,
  wide: number,
  { first, count }: Planes,
  plane: number,
  call: (single: number, wide: number, n: number) => Call,
): Job[] {
  const jobs: Job[] = [];
  for (let at = 0; at < count * plane; at += chunk) {
    const n = Math.min(chunk, count * plane - at);
    jobs.push({ calls: [call(single + 4 * (first * plane + at), wide + 8 * at, n)] });
  }
  return jobs;
}

export const lpPooling = [
  planned(
    lpPool2d,
    ({ params, inputs: { x }, outputs: { y = [] } }) => forward(x.shape, y, params),
    ({ params, inputs: { x, dy } }) => backward(x.shape, dy.shape, params),
  ),
];
