// Plans that find where extremes were: gradients of pools that keep one value, and unpooling of a picture that is pooled on the spot.

import { type Shape, sizeOf } from '../../../core/tensor';
import { extent, type Slide, slideSize } from '../../../core/window';
import type { Call, Job, Place, Plan } from '../plan';
import { type Ranges, readersOf } from './ranges';
import { addedAtPlaces, keptAtPlaces } from './scattering';

/** Taps of windows along one axis that lie on the picture, `step` apart. */
export interface Reading extends Ranges {
  readonly step?: number;
  /** Windows that have all their taps, and how far it is from one to the next. */
  readonly whole?: readonly [from: number, to: number, stride: number];
}

export function slideReading(slide: Slide): Reading {
  const { length, kernel, stride, dilation, before } = slide;
  const starts = Int32Array.from({ length: slideSize(slide).output }, (_, i) => i * stride - before);
  const spans = extent(kernel, dilation);
  const ranges = {
    from: starts.map((at) => (at < 0 ? at + dilation * Math.ceil(-at / dilation) : at)),
    to: starts.map((at) => Math.min(at + spans, length)),
    step: dilation,
  };
  const fits = (i: number): boolean => starts[i]! >= 0 && starts[i]! + spans <= length;
  const first = starts.findIndex((_, i) => fits(i));
  if (first < 0) return ranges;
  let end = first;
  while (end < starts.length && fits(end)) end++;
  return { ...ranges, whole: [first, end, stride] };
}

export interface Winning {
  readonly how: 'max' | 'min';
  /** The shapes of the map and of its pooled map. */
  readonly x: Shape;
  readonly y: Shape;
  readonly rows: Reading;
  readonly columns: Reading;
  /** Puts values of this plane where winners were, instead of adding up the gradients `dy` of windows. */
  readonly pick?: { readonly given: string; readonly into: string };
}

/** Where the winner of every window is, as 32-bit numbers over its plane, which come into `y`; −1 where a window reads nothing. */
export function placesPlan(winning: Omit<Winning, 'pick'>): Plan {
  const tiles = tilesOf(winning);
  return {
    how: 'the winner of each window is searched in rows, which windows share',
    scratch: scratchOf(winning.rows, winning.x[2] ?? 1, tiles[0]?.outputs ?? 1),
    build: (place) => [placesJobs(place, winning, tiles, place.at('x'), place.at('y'))],
  };
}

/** Windows of a row whose winners are found together. */
interface Tile {
  readonly from: number;
  readonly outputs: number;
}

/** Comparisons of a job: of all that it does, and for the rows that it searches before its first windows. */
const [goodJob, searched] = [8e6, 8e6];
/** A job that uses winners at once finds those of the strips above and below it, too; beyond this it takes long. */
const largestJob = 16e6;
/** Work for a window beside its comparisons, as so many of them. */
const around = 4;

/** Those of some rows of windows, `outputs` in a row: of the rows that they read, then of what these have. */
function comparisons({ rows, columns }: Winning, windows: number, outputs: number): number {
  const read = windows * strideOf(rows) + highest(rows);
  return outputs * (read * readsOf(columns) + windows * (readsOf(rows) + around));
}
const strideOf = ({ from }: Reading): number => Math.max(1, (from.at(-1)! - from[0]!) / from.length);
/** Taps of the largest window along an axis. */
const readsOf = (axis: Reading): number => Math.ceil(highest(axis) / (axis.step ?? 1));

/** The whole row, or parts of it where windows are large. */
function tilesOf({ y, rows, columns }: Winning): Tile[] {
  const ow = y[3] ?? 1;
  const wanted = Math.max(16, searched / (highest(rows) * (1 + readsOf(columns))));
  const each = 4 * Math.ceil(ow / Math.max(1, Math.round(ow / wanted)) / 4);
  return Array.from({ length: Math.ceil(ow / each) }, (_, k) => ({ from: k * each, outputs: Math.min(each, ow - k * each) }));
}

function placesJobs(place: Place, winning: Winning, tiles: readonly Tile[], from: number, into: number): Job[] {
  const { how, x, y } = winning;
  const [n = 0, c = 1, h = 1, w = 1] = x;
  const [, , oh = 1, ow = 1] = y;
  const jobs: Job[] = [];
  const tables = tablesOf(place, winning, tiles);
  for (let plane = 0; plane < n * c; plane++) {
    for (const [k, tile] of tiles.entries()) {
      const more = comparisons(winning, 2, tile.outputs) - comparisons(winning, 1, tile.outputs);
      const each = Math.ceil(goodJob / more);
      const [start, to] = [from + 4 * plane * h * w, into + 4 * (plane * oh * ow + tile.from)];
      for (let first = 0; first < oh; first += each)
        jobs.push({ calls: [[routineOf(how), start, 0, to, first, Math.min(first + each, oh), 0, 0, placed, tables[k]!]] });
    }
  }
  return jobs;
}

const routineOf = (how: Winning['how']): string => (how === 'max' ? 'winnersLargest' : 'winnersSmallest');
/** What the routine does with a winner, as it numbers that. */
const [picked, addedWide, added, placed] = [0, 1, 2, 3];

const ringOf = (rows: Reading, h: number): number => Math.min(h, highest(rows));
function scratchOf(rows: Reading, h: number, ow: number): number {
  const [ring, line] = [ringOf(rows, h), Math.ceil((4 * ow + 16) / 64) * 64];
  return line * (2 + 2 * ring) + 4 * ring + 64;
}
/** The table that the routine reads, for every tile. */
function tablesOf(place: Place, { x, y, rows, columns }: Winning, tiles: readonly Tile[]): number[] {
  const [, , h = 1, w = 1] = x;
  const [first = -1, end = -1, stride = 1] = columns.whole ?? [];
  const down = [place.put(rows.from), place.put(rows.to)];
  const across = [place.put(columns.from), place.put(columns.to)];
  return tiles.map(({ from, outputs }) => {
    const within = (at: number): number => Math.min(Math.max(at - from, 0), outputs);
    return place.put(
      Int32Array.of(
        ...[w, outputs, ...down, ...across.map((at) => at + 4 * from), rows.step ?? 1, columns.step ?? 1, ringOf(rows, h)],
        ...[first < end ? within(first) : -1, within(end), stride, y[3] ?? 1],
      ),
    );
  });
}

/** Values of a strip, at least and at most. */
const [fewest, most] = [1 << 16, 1 << 21];

export function winnersPlan(winning: Winning): Plan {
  if (isPairs(winning)) {
    return {
      how: 'the winners of windows of 2 × 2 that touch, four windows at once',
      build: (place) => [pairJobs(winning, place)],
    };
  }
  const { rows, columns, x, y } = winning;
  const [, , h = 1, w = 1] = x;
  const apart = !overlaps(rows) && !overlaps(columns);
  const strips = apart ? apartStrips(rows, h, w) : overlappingStrips(rows, h, w);
  const tallest = strips.reduce((most, { first, end }) => Math.max(most, end - first), 0);
  return !apart && comparisons(winning, tallest, y[3] ?? 1) > largestJob ? inTwoSteps(winning) : inStrips(winning, strips, apart);
}

/** Winners are found and used at once. */
function inStrips(winning: Winning, strips: readonly Strip[], apart: boolean): Plan {
  const { how, x, y, rows, pick } = winning;
  const [n = 0, c = 1, h = 1, w = 1] = x;
  const [, , oh = 1, ow = 1] = y;
  const tallest = strips.reduce((a, { low, high }) => Math.max(a, high - low), 0);
  const mode = pick ? picked : apart ? added : addedWide;
  return {
    how: `the winner of each window is searched in rows, which windows share${mode === addedWide ? ', and gradients are added in float64' : ''}`,
    scratch: scratchOf(rows, h, ow) + (mode === addedWide ? 8 * (tallest * w + 4) : 0),
    build(place) {
      const [table] = tablesOf(place, winning, [{ from: 0, outputs: ow }]);
      const [from, given, into] = [place.at('x'), place.at(pick?.given ?? 'dy'), place.at(pick?.into ?? 'dx')];
      const step = 4 * (pick ? h * w : oh * ow);
      const jobs: Job[] = [];
      for (let plane = 0; plane < n * c; plane++) {
        const start = 4 * plane * h * w;
        for (const { first, end, low, high } of strips) {
          jobs.push({
            calls: [[routineOf(how), from + start, given + plane * step, into + start, first, end, low, high, mode, table!]],
            writes: [{ at: into + start + 4 * low * w, count: (high - low) * w, plane }],
          });
        }
      }
      return [jobs];
    },
  };
}

/** The winners of large windows are found first, each once, by jobs that are as small as one likes. */
function inTwoSteps(winning: Winning): Plan {
  const { x, y, rows, pick } = winning;
  const tiles = tilesOf(winning);
  return {
    how: `the winner of each window is searched in rows, which windows share; ${pick ? 'then they are kept' : 'then gradients are added in float64'}`,
    scratch: scratchOf(rows, x[2] ?? 1, tiles[0]?.outputs ?? 1),
    build(place) {
      const places = place.take(4 * sizeOf(y));
      const [values, to] = [place.at(pick?.given ?? 'dy'), place.at(pick?.into ?? 'dx')];
      const scattering = { x, y, places, values, to };
      return [
        placesJobs(place, winning, tiles, place.at('x'), places),
        ...(pick ? keptAtPlaces(scattering) : addedAtPlaces(place, scattering)),
      ];
    },
  };
}

/** Whether windows of 2 × 2 touch and lie on the picture, of which they leave out one row and one column at most. */
function isPairs({ how, x, rows, columns, pick }: Winning): boolean {
  const touch = ({ from, to, step = 1 }: Reading, length: number): boolean =>
    step === 1 && length - 2 * from.length <= 1 && from.every((at, i) => at === 2 * i && to[i] === 2 * i + 2);
  return touch(rows, x[2] ?? 1) && touch(columns, x[3] ?? 1) && (how === 'max' || !pick);
}

function pairJobs({ how, x: shape, y, pick }: Winning, place: Place): Job[] {
  const [n = 0, c = 1, h = 1, w = 1] = shape;
  const [, , oh = 1, ow = 1] = y;
  const [x, given, into] = [place.at('x'), place.at(pick?.given ?? 'dy'), place.at(pick?.into ?? 'dx')];
  const routine = pick ? 'pairsLargestPicked' : how === 'max' ? 'pairsLargest' : 'pairsSmallest';
  const each = Math.max(1, Math.ceil(fewest / (2 * w)));
  const jobs: Job[] = [];
  for (let plane = 0; plane < n * c; plane++) {
    for (let i = 0; i < oh; i += each) {
      const end = Math.min(i + each, oh);
      const at = 4 * w * (plane * h + 2 * i);
      const from = given + (pick ? at : 4 * ow * (plane * oh + i));
      const calls: Call[] = [[routine, x + at, from, into + at, end - i, w, ow]];
      // The last row of an odd height is under no window.
      const low = end === oh && h > 2 * oh ? h : 2 * end;
      if (low > 2 * end) calls.push(['fillWith', into + 4 * w * (plane * h + 2 * end), w, 0]);
      jobs.push({ calls, writes: [{ at: into + at, count: (low - 2 * i) * w, plane }] });
    }
  }
  return jobs;
}

/** Rows of the map, and the windows that may have a winner there. */
interface Strip {
  readonly first: number;
  readonly end: number;
  readonly low: number;
  readonly high: number;
}

function overlappingStrips(rows: Reading, h: number, w: number): Strip[] {
  const readers = readersOf(rows, h);
  const wanted = Math.max(fewest / w, Math.min(4 * highest(rows), most / w), 1);
  const each = Math.ceil(h / Math.max(1, Math.round(h / wanted)));
  const strips: Strip[] = [];
  for (let low = 0; low < h; low += each) {
    const high = Math.min(low + each, h);
    strips.push({ low, high, first: readers.from[low]!, end: readers.to[high - 1]! });
  }
  return strips;
}

/** Strips that end where windows end. */
function apartStrips({ from }: Reading, h: number, w: number): Strip[] {
  const strips: Strip[] = [];
  let [first, low] = [0, 0];
  for (let i = 1; i <= from.length; i++) {
    const high = i === from.length ? h : from[i]!;
    if (i < from.length && (high - low) * w < fewest) continue;
    strips.push({ first, end: i, low, high });
    [first, low] = [i, high];
  }
  return strips;
}

const highest = ({ from, to }: Reading): number => from.reduce((a, at, i) => Math.max(a, to[i]! - at), 1);
const overlaps = ({ from, to }: Reading): boolean => from.some((at, i) => i > 0 && at < to[i - 1]!);
