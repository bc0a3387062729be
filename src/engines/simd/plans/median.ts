// Medians: by a network of exchanges where windows are small, else by halving the range of values.

import { medianPool2d } from '../../../core/ops/medianPool2d';
import type { Params } from '../../../core/schema';
import { type Shape, sizeOf } from '../../../core/tensor';
import { type PaddingMode, poolSlides, type Slide, slideTaps } from '../../../core/window';
import { type Call, type Job, type Place, type Plan, planned } from '../plan';
import { type Sharing, sharedFields, sharedPhase, sharedScratch, sharedSteps } from './medianShared';
import { addedAtPlaces } from './scattering';

type Ranking = Params<(typeof medianPool2d)['params']>;

/** Values of a window: up to here networks have fewer steps; beyond the last number sorting in the formula is no slower. */
const [mostInNetwork, mostShared, mostAtAll] = [81, 1024, 4096];
/** Nanoseconds of a job, of one that stages whole rows for a part of their outputs, of one exchange for one output, and of one tap that is counted 32 times. */
const [jobTime, partTime, exchangeTime, tapTime] = [1e6, 8e6, 0.3, 12];
/** Nanoseconds of an exchange that two windows share, for one output; of a pixel of a window that is compared with its median. */
const [sharedTime, searchTime] = [0.1, 0.4];
/** Nanoseconds of a pixel that is staged. */
const stageTime = 0.5;

interface Ranked {
  readonly x: Shape;
  readonly y: Shape;
  readonly height: Slide;
  readonly width: Slide;
  readonly mode: PaddingMode;
  /** Exchanges of places, where windows are small and whole. */
  readonly network: readonly (readonly [number, number])[] | undefined;
  /** The window, where what neighbours share is made once. */
  readonly sharing: Sharing | undefined;
}

function rankedOf(x: Shape, y: Shape, p: Ranking): Ranked {
  const [height, width] = poolSlides([x[2] ?? 1, x[3] ?? 1], p);
  const count = height.kernel * width.kernel;
  const whole = ({ length, before, after, stride, kernel }: Slide, outputs: number): boolean =>
    (outputs - 1) * stride + kernel <= length + before + after;
  const fits = whole(height, y[2] ?? 1) && whole(width, y[3] ?? 1);
  const shares = fits && count <= mostShared && slides({ width });
  const small = fits && !shares && count <= mostInNetwork;
  return {
    ...{ x, y, height, width, mode: p.paddingMode },
    network: small ? medianNetwork(count) : undefined,
    sharing: shares ? { height: height.kernel, width: width.kernel } : undefined,
  };
}

/** Batcher's odd-even merge sort of n places, without the exchanges that the lower middle place does not depend on. */
export function medianNetwork(n: number): readonly (readonly [number, number])[] {
  const sort: [number, number][] = [];
  for (let p = 1; p < n; p *= 2) {
    for (let k = p; k >= 1; k /= 2) {
      for (let j = k % p; j + k < n; j += 2 * k) {
        for (let i = 0; i < Math.min(k, n - j - k); i++) {
          if (Math.floor((i + j) / (2 * p)) === Math.floor((i + j + k) / (2 * p))) sort.push([i + j, i + j + k]);
        }
      }
    }
  }
  const needed = new Set([(n - 1) >> 1]);
  return sort
    .reverse()
    .filter(([a, b]) => {
      if (!needed.has(a) && !needed.has(b)) return false;
      needed.add(a).add(b);
      return true;
    })
    .reverse();
}

/** Whether neighbouring windows share all but one column. */
const slides = ({ width }: Pick<Ranked, 'width'>): boolean => width.kernel > 1 && width.stride === 1;
/** Whether windows of 3 × 3 do. */
const isNine = ({ sharing }: Ranked): boolean => sharing?.height === 3 && sharing.width === 3;

/** The same by routines that take windows one by one. */
const apart = (ranked: Ranked): Ranked => ({ ...ranked, sharing: undefined });

const phaseBytes = ({ width: { length, before, after, stride } }: Ranked): number =>
  64 * Math.ceil((Math.ceil((length + before + after) / stride) + 32) / 16);

function scratchOf(ranked: Ranked, outputs: number): number {
  const { height, width, network, sharing } = ranked;
  if (sharing) return Math.max(sharedScratch(sharing, outputs), isNine(ranked) ? scratchOf(apart(ranked), outputs) : 0);
  const count = height.kernel * width.kernel;
  return (network ? 64 * count : 192) + 4 * count + 64 + height.kernel * width.stride * phaseBytes(ranked);
}

/** Outputs of a row that are made together. */
interface Tile {
  readonly first: number;
  readonly outputs: number;
}
const wholeRow = ({ y }: Ranked): Tile => ({ first: 0, outputs: y[3] ?? 1 });

/** Nanoseconds of an output: its part of the rows that are staged, and its median. */
function timeOf(ranked: Ranked): number {
  const { height, width, y } = ranked;
  const staged = Math.min(height.kernel, height.stride) * (width.length + width.before + width.after);
  return (stageTime * staged) / (y[3] ?? 1) + medianTime(ranked);
}
const medianTime = ({ height, width, network, sharing }: Ranked): number =>
  sharing
    ? sharedTime * sharedSteps(sharing)
    : network
      ? exchangeTime * (network.length + height.kernel * width.kernel)
      : tapTime * height.kernel * width.kernel;

/** The whole row, or parts of it where one takes long. */
function tilesOf(ranked: Ranked): Tile[] {
  const { outputs: all } = wholeRow(ranked);
  const outputs = Math.max(16, Math.ceil(all / Math.ceil((timeOf(ranked) * all) / partTime) / 16) * 16);
  return Array.from({ length: Math.ceil(all / outputs) }, (_, k) => ({
    first: k * outputs,
    outputs: Math.min(outputs, all - k * outputs),
  }));
}

const mostOutputs = (ranked: Ranked): number => tilesOf(ranked)[0]?.outputs ?? 1;

/** The order that assembly/medianRing.ts reads, for every tile; with what assembly/medianShared.ts reads behind it, where windows share. */
function tablesOf(ranked: Ranked, tiles: readonly Tile[], place: Place): number[] {
  const { height, width, y, mode, network, sharing } = ranked;
  const positions = (slide: Slide): Int32Array => slideTaps({ ...slide, kernel: 1, stride: 1, dilation: 1, ceil: false }, mode);
  const [rows, columns] = [positions(height), positions(width)];
  const pairs = network ? place.put(Int32Array.from(network.flat(), (at) => 64 * at)) : 0;
  const [rowsAt, columnsAt] = [place.put(rows), place.put(columns)];
  return tiles.map(({ first, outputs }) => {
    const left = first * width.stride;
    const wide = Math.min(columns.length - left, (outputs - 1) * width.stride + width.kernel);
    return place.put(
      Int32Array.of(
        ...[width.length, outputs, height.kernel, width.kernel, height.stride, sharing ? 2 : width.stride],
        ...[rowsAt, columnsAt + 4 * left, rows.length, wide, sharing ? sharedPhase(sharing, outputs) : phaseBytes(ranked)],
        ...[pairs, network?.length ?? 0, 64 * ((height.kernel * width.kernel - 1) >> 1), y[3] ?? 1, width.before - left],
        ...(sharing ? sharedFields(sharing, outputs, place) : []),
        isNine(ranked) ? (tablesOf(apart(ranked), [{ first, outputs }], place)[0] ?? 0) : 0,
      ),
    );
  });
}

function jobsOf(ranked: Ranked, place: Place, from: number, into: number): Job[] {
  const { x, y, network, sharing } = ranked;
  const [plane, result, oh = 1, ow = 1] = [sizeOf(x.slice(2)), sizeOf(y.slice(2)), y[2], y[3]];
  const each = timeOf(ranked);
  const together = Math.max(1, Math.floor(jobTime / (each * result)));
  const planes = (x[0] ?? 0) * (x[1] ?? 1);
  const tiles = tilesOf(ranked);
  const tables = tablesOf(ranked, tiles, place);
  const routine = sharing ? 'medianShared' : network ? 'medianNetwork' : 'medianHalving';
  const jobs: Job[] = [];
  for (let p = 0; p < planes; p += together) {
    const some = Array.from({ length: Math.min(together, planes - p) }, (_, k) => p + k);
    for (const [k, { first, outputs }] of tiles.entries()) {
      const rows = Math.min(oh, Math.max(1, Math.round(jobTime / (each * outputs))));
      for (let i = 0; i < oh; i += rows) {
        const to = Math.min(i + rows, oh);
        jobs.push({
          // Of large windows there are many, made when they are due.
          get calls() {
            return some.map((q): Call => [routine, from + 4 * q * plane, into + 4 * (q * result + first), i, to, tables[k]!]);
          },
          get writes() {
            return some.flatMap((q) =>
              outputs === ow
                ? [{ at: into + 4 * (q * oh + i) * ow, count: (to - i) * ow, plane: q }]
                : Array.from({ length: to - i }, (_, r) => ({
                    at: into + 4 * ((q * oh + i + r) * ow + first),
                    count: outputs,
                    plane: q,
                  })),
            );
          },
        });
      }
    }
  }
  return jobs;
}

const tooLarge = (count: number): string =>
  `a window of ${count} pixels is more than the ${mostAtAll} up to which counting beats sorting`;

function howOf(ranked: Ranked, count: number): string {
  const { sharing, network } = ranked;
  if (sharing)
    return `${sharedSteps(sharing)} exchanges for two windows at once, because neighbours share columns; of bytes where a picture has 8 bits`;
  if (network) return `a network of ${network.length} exchanges for the ${count} pixels of a window, sixteen windows at once`;
  const most = slides(ranked) ? mostShared : mostInNetwork;
  return `halving the range of values 32 times, because ${count <= most ? 'a window overhangs' : `${count} pixels are more than ${most}`}`;
}

function forward(x: Shape, y: Shape, p: Ranking): Plan | string {
  const count = p.kernelSize[0] * p.kernelSize[1];
  if (count > mostAtAll) return tooLarge(count);
  const ranked = rankedOf(x, y, p);
  return {
    how: howOf(ranked, count),
    scratch: scratchOf(ranked, mostOutputs(ranked)),
    build: (place) => [jobsOf(ranked, place, place.at('x'), place.at('y'))],
  };
}

function backward(x: Shape, y: Shape, p: Ranking): Plan | string {
  const count = p.kernelSize[0] * p.kernelSize[1];
  if (count > mostAtAll) return tooLarge(count);
  const ranked = rankedOf(x, y, p);
  return {
    how: 'medians first; the first pixel of a window that holds its median takes the gradient',
    scratch: scratchOf(ranked, mostOutputs(ranked)),
    build(place) {
      const [from, dy, dx, medians] = [place.at('x'), place.at('dy'), place.at('dx'), place.take(4 * sizeOf(y))];
      return [
        jobsOf(ranked, place, from, medians),
        placesOf(ranked, place, from, medians),
        ...addedAtPlaces(place, { x, y, places: medians, values: dy, to: dx }),
      ];
    },
  };
}

/** Where medians come from, in their place. */
function placesOf(ranked: Ranked, place: Place, from: number, medians: number): Job[] {
  const { x, y, height, width } = ranked;
  const [plane, result, oh = 1, ow = 1] = [sizeOf(x.slice(2)), sizeOf(y.slice(2)), y[2], y[3]];
  const [table] = tablesOf(apart(ranked), [wholeRow(ranked)], place);
  const rows = Math.max(1, Math.round(jobTime / (searchTime * height.kernel * width.kernel * ow)));
  const jobs: Job[] = [];
  for (let q = 0; q < (x[0] ?? 0) * (x[1] ?? 1); q++)
    for (let i = 0; i < oh; i += rows)
      jobs.push({ calls: [['medianPlaces', from + 4 * q * plane, medians + 4 * q * result, i, Math.min(i + rows, oh), table!]] });
  return jobs;
}

export const medianPooling = [
  planned(
    medianPool2d,
    ({ params, inputs: { x }, outputs: { y = [] } }) => forward(x.shape, y, params),
    ({ params, inputs: { x, dy } }) => backward(x.shape, dy.shape, params),
  ),
];
