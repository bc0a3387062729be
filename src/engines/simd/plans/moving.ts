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
import { type Picks, picked } from './picks';
import { strips } from './strips';

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
          writes: writes.flatMap((run) =>
            Array.from({ length: r * r }, (_, k) => {
              const q = run.plane * r * r + k;
              return { at: to + 4 * (q * plane + (run.at / 4 - run.plane * plane)), count: run.count, plane: q };
            }),
          ),
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

/** Whole channels copied: `first` is the channel of x that the first one of y comes from. */
const copied = (y: Shape, first: number, channels: number): Plan => ({
  how: 'whole channels copied',
  build(place) {
    const [, c, h, w] = imageAxes('pickChannels', y);
    const [x, at] = [place.at('x'), place.at('y')];
    return [
      strips(at, y, ({ plane, from, to }) => {
        const source = Math.floor(plane / c) * channels + first + (plane % c);
        return [['copyValues', x + 4 * (source * h + from) * w, at + 4 * (plane * h + from) * w, (to - from) * w]];
      }),
    ];
  },
});

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
  planned(pad, ({ params, inputs: { x }, outputs }) => {
    const [, , height, width] = imageAxes('pad', x.shape);
    const reaches = pad.reach?.({ x: x.shape }, params);
    if (!reaches) return 'its places are not known';
    const [rows, columns] = [placesOf(reaches.height), placesOf(reaches.width)];
    return picked({ rows, columns, height, width, border: params.value, how: padded }, outputs.y ?? []);
  }),
  planned(stridedSlice, ({ params, inputs: { x }, outputs }) => {
    const [, , height, width] = imageAxes('stridedSlice', x.shape);
    const reaches = stridedSlice.reach?.({ x: x.shape }, params);
    if (!reaches) return 'its places are not known';
    const [rows, columns] = [placesOf(reaches.height), placesOf(reaches.width)];
    return picked({ rows, columns, height, width, how: sliced }, outputs.y ?? []);
  }),
  planned(pixelShuffle, ({ params: { upscaleFactor: r, repeat }, inputs: { x }, outputs }) => {
    const y = outputs.y ?? [];
    const [, , height, width] = imageAxes('pixelShuffle', x.shape);
    if (!repeat) return interleaved(['x', 'y'], x.shape, y, r);
    const each = (length: number) => Int32Array.from({ length: length * r }, (_, i) => Math.floor(i / r));
    const how = () => `pixels repeated ${r} times by shuffles; every row is made once, and copied where it is repeated`;
    return picked({ rows: each(height), columns: each(width), height, width, how }, y);
  }),
  planned(pixelUnshuffle, ({ params, inputs: { x }, outputs }) =>
    dealt(['x', 'y'], x.shape, outputs.y ?? [], params.downscaleFactor),
  ),
  planned(pickChannels, ({ params, inputs: { x }, outputs }) => {
    const [, channels] = imageAxes('pickChannels', x.shape);
    return copied(outputs.y ?? [], params.first, channels);
  }),
];

const padded = (picks: Picks): string =>
  picks.kind === 'copy' ? 'rows copied' : 'rows copied, and their borders filled beside them';

const sliced = (picks: Picks): string =>
  picks.kind === 'every' && picks.step <= 4
    ? `every pixel number ${picks.step} picked by shuffles`
    : picks.kind === 'every'
      ? `every pixel number ${picks.step} picked, four at a time`
      : 'rows copied';
