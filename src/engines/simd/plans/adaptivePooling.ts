// Pools that end in a size that is given: adaptive ones and global ones.

import { adaptiveAvgPool2d } from '../../../core/ops/adaptiveAvgPool2d';
import { adaptiveMaxPool2d } from '../../../core/ops/adaptiveMaxPool2d';
import { globalAvgPool2d } from '../../../core/ops/globalAvgPool2d';
import { globalMaxPool2d } from '../../../core/ops/globalMaxPool2d';
import type { Shape } from '../../../core/tensor';
import { type Call, type Plan, planned } from '../plan';
import { runs } from '../runs';
import { adaptiveRanges, inverse, lengthsOf, rangePlan, readersOf } from './ranges';
import { winnersPlan } from './winners';

const axesOf = (x: Shape, y: Shape) => ({
  rows: adaptiveRanges(x[2] ?? 1, y[2] ?? 1),
  columns: adaptiveRanges(x[3] ?? 1, y[3] ?? 1),
});

const inFloat64 = 'rows and then columns of each window, summed in float64';

function means(x: Shape, y: Shape): Plan {
  const { rows, columns } = axesOf(x, y);
  const axis = (ranges: typeof rows) => ({ ...ranges, after: inverse(lengthsOf(ranges)) });
  return rangePlan({ routine: 'rangeSums', x, y, rows: axis(rows), columns: axis(columns) }, inFloat64, 'x', 'y');
}

/** The gradient of means: each pixel sums what the windows that read it pass on. */
function meansBack(x: Shape, y: Shape): Plan {
  const { rows, columns } = axesOf(x, y);
  const axis = (ranges: typeof rows, length = 1) => ({ ...readersOf(ranges, length), before: inverse(lengthsOf(ranges)) });
  const ranging = { routine: 'rangeSums', x: y, y: x, rows: axis(rows, x[2]), columns: axis(columns, x[3]) } as const;
  return rangePlan(ranging, 'every pixel sums the shares of the windows that read it, in float64', 'dy', 'dx');
}

/** One number of each plane: parts of planes first, then their sums or maxima. */
function whole(routine: 'planeSum' | 'planeMax', x: Shape, finish: (parts: number[], count: number) => number): Plan {
  const [n = 0, c = 1, h = 1, w = 1] = x;
  const part = 1 << 18;
  const parts = Math.ceil((h * w) / part);
  return {
    how: routine === 'planeSum' ? 'each plane summed in float64' : 'the largest of each plane, eight values at a time',
    build: (place) => {
      const [from, into, results] = [place.at('x'), place.at('y'), place.take(8 * n * c * parts)];
      const jobs: { calls: Call[] }[] = [];
      for (let p = 0; p < n * c; p++) {
        for (let k = 0; k < parts; k++) {
          const call: Call = [
            routine,
            from + 4 * (p * h * w + k * part),
            Math.min(part, h * w - k * part),
            results + 8 * (p * parts + k),
          ];
          const last = jobs.at(-1);
          if (last && last.calls.length * h * w < part) last.calls.push(call);
          else jobs.push({ calls: [call] });
        }
      }
      const join = () => {
        const sums = place.doubles(results, n * c * parts);
        const peaks = place.floats(results, 2 * n * c * parts);
        const y = place.floats(into, n * c);
        for (let p = 0; p < n * c; p++) {
          const of = Array.from({ length: parts }, (_, k) => p * parts + k);
          y[p] = finish(
            of.map((k) => (routine === 'planeSum' ? sums[k]! : peaks[2 * k]!)),
            h * w,
          );
        }
      };
      return [jobs, join];
    },
  };
}

/** A plane of the same number: the gradient of a mean. */
const spread = (x: Shape): Plan => ({
  how: 'each plane filled with its share',
  build: (place) => {
    const [dy, dx] = [place.at('dy'), place.at('dx')];
    const shares = place.floats(dy, (x[0] ?? 0) * (x[1] ?? 1));
    const count = (x[2] ?? 1) * (x[3] ?? 1);
    return [runs(dx, dx, x, (_, at, { count: values, plane }) => [['fillWith', at, values, (shares[plane] ?? 0) / count]])];
  },
});

const inRows = 'rows and then columns of each window';

export const adaptivePooling = [
  planned(
    adaptiveAvgPool2d,
    ({ inputs: { x }, outputs: { y = [] } }) => means(x.shape, y),
    ({ inputs: { x, dy } }) => meansBack(x.shape, dy.shape),
  ),
  planned(
    adaptiveMaxPool2d,
    ({ inputs: { x }, outputs: { y = [] } }) =>
      rangePlan({ routine: 'rangeMax', x: x.shape, y, ...axesOf(x.shape, y) }, inRows, 'x', 'y'),
    ({ inputs: { x, dy } }) => winnersPlan({ how: 'max', x: x.shape, y: dy.shape, ...axesOf(x.shape, dy.shape) }),
  ),
  planned(
    globalAvgPool2d,
    ({ inputs: { x } }) => whole('planeSum', x.shape, (sums, count) => sums.reduce((a, b) => a + b, 0) / count),
    ({ inputs: { x } }) => spread(x.shape),
  ),
  planned(
    globalMaxPool2d,
    ({ inputs: { x } }) => whole('planeMax', x.shape, (peaks) => peaks.reduce((a, b) => Math.max(a, b))),
    ({ inputs: { x, dy } }) => winnersPlan({ how: 'max', x: x.shape, y: dy.shape, ...axesOf(x.shape, dy.shape) }),
  ),
];
