// Ops whose results are values of x at other places: padding, slices, shuffles, picked channels, nothing at all.

import { identity } from '../../../core/ops/identity';
import { pad } from '../../../core/ops/pad';
import { pickChannels } from '../../../core/ops/pickChannels';
import { pixelShuffle } from '../../../core/ops/pixelShuffle';
import { pixelUnshuffle } from '../../../core/ops/pixelUnshuffle';
import { stridedSlice } from '../../../core/ops/stridedSlice';
import type { Reach } from '../../../core/reach';
import { imageAxes, type Shape } from '../../../core/tensor';
import { type Plan, planned } from '../plan';
import { runs } from '../runs';
import { picksAsTaps, transposed } from './axisTaps';
import { type Picks, picked } from './picks';
import { strips } from './strips';
import { twoPasses } from './twoPasses';

/** Where every position of an axis reads, if it reads one place; −1 is the border. */
function placesOf(reach: Reach): Int32Array {
  const reads = reach.reads();
  const places = new Int32Array(reads.outputs);
  reads.each((output, input) => {
    places[output] = input;
  });
  return places;
}

/** Planes of x, `plane` values each, dealt to r times r smaller planes of y: `x` and `y` name the tensors. */
function dealt(
  [x, y]: readonly [string, string],
  [, , h, w]: readonly number[],
  [n, c, oh, ow]: readonly number[],
  r: number,
): Plan {
  const [height, width, plane] = [h!, w!, oh! * ow!];
  const sizes = [n!, c! / (r * r), oh!, ow!];
  return {
    how: `rows dealt ${r} ways by shuffles, each pixel read and written once`,
    build(place) {
      const [from, to] = [place.at(x), place.at(y)];
      const jobs = strips(
        0,
        sizes,
        (strip) => [
          [
            'unshufflePlane',
            from + 4 * strip.plane * height * width,
            to + 4 * strip.plane * r * r * plane,
            strip.from,
            strip.to,
            width,
            ow!,
            plane,
            r,
          ],
        ],
        { rowValues: ow! * r * r },
      );
      // A job finishes as many runs as it fills planes.
      return [
        jobs.map(({ calls, writes = [] }) => ({
          calls,
          // Only a following map asks for them, and they can be many.
          get writes() {
            return writes.flatMap((run) =>
              Array.from({ length: r * r }, (_, k) => {
                const q = run.plane * r * r + k;
                return { at: to + 4 * (q * plane + (run.at / 4 - run.plane * plane)), count: run.count, plane: q };
              }),
            );
          },
        })),
      ];
    },
  };
}

/** r times r planes of x interleaved to a larger one of y. */
function interleaved([x, y]: readonly [string, string], [, , h, w]: readonly number[], shape: Shape, r: number): Plan {
  const [height, width] = [h!, w!];
  return {
    how: `${r * r} planes interleaved by shuffles, each pixel read and written once`,
    build(place) {
      const [from, to] = [place.at(x), place.at(y)];
      const size = height * width;
      return [
        strips(
          to,
          shape,
          (strip) => [
            [
              'shufflePlanes',
              from + 4 * strip.plane * r * r * size,
              to + 4 * strip.plane * r * r * size,
              strip.from / r,
              strip.to / r,
              width,
              size,
              r,
            ],
          ],
          { group: r },
        ),
      ];
    },
  };
}

/** Channels of one tensor to those of another, [N, C, H, W] both: `source` is the channel that one comes from, if it comes from any. */
const channels = (
  from: string,
  to: string,
  taken: Shape,
  made: Shape,
  source: (channel: number) => number | undefined,
): Plan => ({
  how: 'whole channels copied',
  build(place) {
    const [[, many], [, c, h, w]] = [imageAxes('pickChannels', taken), imageAxes('pickChannels', made)];
    const [x, y] = [place.at(from), place.at(to)];
    return [
      strips(y, made, ({ plane, from: first, to: end }) => {
        const [at, count] = [y + 4 * (plane * h + first) * w, (end - first) * w];
        const channel = source(plane % c);
        if (channel === undefined) return [['fillValues', at, count, 0]];
        return [['copyValues', x + 4 * ((Math.floor(plane / c) * many + channel) * h + first) * w, at, count]];
      }),
    ];
  },
});

/** The gradient of picked rows and columns: every pixel sums what was picked from it. */
const gathered = (rows: Int32Array, columns: Int32Array, [, , h, w]: readonly number[], x: Shape): Plan =>
  twoPasses(transposed(picksAsTaps(rows, h!)), transposed(picksAsTaps(columns, w!)), { from: 'dy', to: 'dx' }, x);

/** Every position of an axis, r times. */
const repeated = (length: number, r: number) => Int32Array.from({ length: length * r }, (_, i) => Math.floor(i / r));

const copy = (x: number, y: number, { count }: { readonly count: number }) =>
  x === y ? [] : ([['copyValues', x, y, count]] as const);

export const moving = [
  planned(
    identity,
    ({ outputs }) => ({
      how: 'a copy, or nothing where it comes after another step',
      pointwise: () => copy,
      build: (place) => [runs(place.at('x'), place.at('y'), outputs.y ?? [], copy)],
    }),
    ({ inputs: { x } }) => ({
      how: 'a copy',
      build: (place) => [runs(place.at('dy'), place.at('dx'), x.shape, copy)],
    }),
  ),
  planned(
    pad,
    ({ params, inputs: { x }, outputs }) => {
      const [, , height, width] = imageAxes('pad', x.shape);
      return picked({ ...padPlaces(x.shape, params), height, width, border: params.value, how: padded }, outputs.y ?? []);
    },
    ({ params, inputs: { x } }) => {
      const { rows, columns } = padPlaces(x.shape, params);
      return gathered(rows, columns, x.shape, x.shape);
    },
  ),
  planned(
    stridedSlice,
    ({ params, inputs: { x }, outputs }) => {
      const [, , height, width] = imageAxes('stridedSlice', x.shape);
      return picked({ ...slicePlaces(x.shape, params), height, width, how: sliced }, outputs.y ?? []);
    },
    ({ params, inputs: { x } }) => {
      const { rows, columns } = slicePlaces(x.shape, params);
      return gathered(rows, columns, x.shape, x.shape);
    },
  ),
  planned(
    pixelShuffle,
    ({ params: { upscaleFactor: r, repeat }, inputs: { x }, outputs }) => {
      const y = outputs.y ?? [];
      const [, , height, width] = imageAxes('pixelShuffle', x.shape);
      if (!repeat) return interleaved(['x', 'y'], x.shape, y, r);
      const how = () => `pixels repeated ${r} times by shuffles; every row is made once, and copied where it is repeated`;
      return picked({ rows: repeated(height, r), columns: repeated(width, r), height, width, how }, y);
    },
    ({ params: { upscaleFactor: r, repeat }, inputs: { x, dy } }) => {
      const [, , height, width] = imageAxes('pixelShuffle', x.shape);
      return repeat
        ? gathered(repeated(height, r), repeated(width, r), x.shape, x.shape)
        : dealt(['dy', 'dx'], dy.shape, x.shape, r);
    },
    {
      axes({ params: { upscaleFactor: r, repeat }, inputs: { x } }) {
        const [, , height, width] = imageAxes('pixelShuffle', x.shape);
        if (!repeat) return null;
        return { down: picksAsTaps(repeated(height, r), height), across: picksAsTaps(repeated(width, r), width) };
      },
    },
  ),
  planned(
    pixelUnshuffle,
    ({ params, inputs: { x }, outputs }) => dealt(['x', 'y'], x.shape, outputs.y ?? [], params.downscaleFactor),
    ({ params: { downscaleFactor: r }, inputs: { x, dy } }) => {
      const [, , height, width] = imageAxes('pixelUnshuffle', x.shape);
      if (height % r !== 0 || width % r !== 0) return 'pixels that were cropped have no place in its planes';
      return interleaved(['dy', 'dx'], dy.shape, x.shape, r);
    },
  ),
  planned(
    pickChannels,
    ({ params: { first }, inputs: { x }, outputs: { y = [] } }) => channels('x', 'y', x.shape, y, (c) => first + c),
    ({ params: { first, count }, inputs: { x, dy } }) =>
      channels('dy', 'dx', dy.shape, x.shape, (c) => (c >= first && c < first + count ? c - first : undefined)),
  ),
];

const padPlaces = (x: Shape, params: Parameters<typeof pad.infer>[1]) => {
  const { height, width } = pad.reach!({ x }, params);
  return { rows: placesOf(height), columns: placesOf(width) };
};
const slicePlaces = (x: Shape, params: Parameters<typeof stridedSlice.infer>[1]) => {
  const { height, width } = stridedSlice.reach!({ x }, params);
  return { rows: placesOf(height), columns: placesOf(width) };
};

const padded = (picks: Picks): string =>
  picks.kind === 'copy' ? 'rows copied' : 'rows copied, and their borders filled beside them';

const sliced = (picks: Picks): string =>
  picks.kind === 'every' && picks.step <= 4
    ? `every pixel number ${picks.step} picked by shuffles`
    : picks.kind === 'every'
      ? `every pixel number ${picks.step} picked, four at a time`
      : 'rows copied';
