// Pools whose windows slide.

import { avgPool2d } from '../../../core/ops/avgPool2d';
import { maxPool2d } from '../../../core/ops/maxPool2d';
import { minPool2d } from '../../../core/ops/minPool2d';
import type { Pooling } from '../../../core/pooling';
import type { Shape } from '../../../core/tensor';
import { clippedLengths, poolSlides, type Slide } from '../../../core/window';
import { type Plan, planned } from '../plan';
import { inverse, lengthsOf, rangePlan, readersOf, slideRanges } from './ranges';
import { type Scales, slidingPlan } from './windows';
import { placesPlan, slideReading, type Winning, winnersPlan } from './winners';

const axes = (x: Shape, p: Pooling) => {
  const [height, width] = poolSlides([x[2] ?? 1, x[3] ?? 1], p);
  return { height, width };
};

const peaks = (joining: 'Max' | 'Min', x: Shape, y: Shape, p: Pooling): Plan =>
  slidingPlan({ joining, from: 'x', into: 'y', x, y, ...axes(x, p) });

const peaksOf = (how: 'max' | 'min', x: Shape, y: Shape, p: Pooling): Winning => {
  const { height, width } = axes(x, p);
  return { how, x, y, rows: slideReading(height), columns: slideReading(width) };
};
const peaksBack = (how: 'max' | 'min', x: Shape, y: Shape, p: Pooling): Plan => winnersPlan(peaksOf(how, x, y, p));

interface Averaging extends Pooling {
  readonly countIncludePad: boolean;
  readonly divisorOverride: number | null;
}

/** What sums are divided by: rows by columns of each window that count, or one number. */
function divisors(height: Slide, width: Slide, p: Averaging): { readonly rows: Int32Array; readonly columns: Int32Array } {
  const lengths = p.countIncludePad ? clippedLengths : (slide: Slide) => Int32Array.from(lengthsOf(slideRanges(slide)));
  const [rows, columns] = [lengths(height), lengths(width)];
  if (p.divisorOverride === null) return { rows, columns };
  return { rows: rows.fill(p.divisorOverride), columns: columns.fill(1) };
}

/** Factors that divide by rows × columns: the columns of the windows in the middle at once, those at the ends by their ratio to them. */
function scalesOf(rows: Int32Array, columns: Int32Array): Scales {
  const usual = columns[columns.length >> 1] || 1;
  let [from, to] = [columns.length >> 1, columns.length >> 1];
  while (from > 0 && columns[from - 1] === usual) from--;
  while (to < columns.length && columns[to] === usual) to++;
  return {
    rows: Float32Array.from(rows, (count) => 1 / (count * usual)),
    columns: Float32Array.from(columns, (count) => usual / count),
    ...{ from, to },
  };
}

/** Whether windows of one divisor slide by 1: their gradient is such a window too, with the padding that is left of a full one. */
const slides = ({ stride }: Slide, counts: Int32Array): boolean => stride === 1 && counts.every((count) => count === counts[0]);

function returned({ length, kernel, before, after }: Slide): Slide {
  return {
    ...{ kernel, stride: 1, dilation: 1, before: kernel - 1 - before, after: kernel - 1 - after },
    length: length + before + after - kernel + 1,
  };
}

/** The gradient of averages: each pixel sums what the windows that read it pass on. */
function averagesBack(x: Shape, y: Shape, p: Averaging): Plan {
  const { height, width } = axes(x, p);
  const { rows, columns } = divisors(height, width, p);
  if (slides(height, rows) && slides(width, columns)) {
    const [back, across] = [returned(height), returned(width)];
    const scales = scalesOf(new Int32Array(height.length).fill(rows[0] ?? 1), new Int32Array(width.length).fill(columns[0] ?? 1));
    return slidingPlan({ joining: 'Sum', from: 'dy', into: 'dx', x: y, y: x, height: back, width: across, scales });
  }
  const axis = (slide: Slide, counts: Int32Array) => ({
    ...readersOf(slideRanges(slide), slide.length),
    before: inverse(counts),
  });
  return rangePlan(
    { routine: 'rangeSums', x: y, y: x, rows: axis(height, rows), columns: axis(width, columns) },
    'every pixel sums the shares of the windows that read it, in float64',
    ...(['dy', 'dx'] as const),
  );
}

export const pooling = [
  planned(
    maxPool2d,
    ({ params, inputs: { x }, outputs: { y = [] } }) => peaks('Max', x.shape, y, params),
    ({ params, inputs: { x, dy } }) => peaksBack('max', x.shape, dy.shape, params),
    { store: ({ params, inputs: { x }, outputs: { y = [] } }) => placesPlan(peaksOf('max', x.shape, y, params)) },
  ),
  planned(
    minPool2d,
    ({ params, inputs: { x }, outputs: { y = [] } }) => peaks('Min', x.shape, y, params),
    ({ params, inputs: { x, dy } }) => peaksBack('min', x.shape, dy.shape, params),
  ),
  planned(
    avgPool2d,
    ({ params, inputs: { x }, outputs: { y = [] } }) => {
      const { height, width } = axes(x.shape, params);
      const { rows, columns } = divisors(height, width, params);
      const scales = scalesOf(rows, columns);
      return slidingPlan({ joining: 'Sum', from: 'x', into: 'y', x: x.shape, y, height, width, scales });
    },
    ({ params, inputs: { x, dy } }) => averagesBack(x.shape, dy.shape, params),
  ),
];
