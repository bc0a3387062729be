// Plans that find where extremes were: gradients of pools that keep one value, and unpooling of a picture that is pooled on the spot.

import type { Shape } from '../../../core/tensor';
import { extent, type Slide, slideSize } from '../../../core/window';
import type { Call, Job, Place, Plan } from '../plan';
import { type Ranges, readersOf } from './ranges';

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
export function placesPlan({ how, x, y, rows, columns }: Omit<Winning, 'pick'>): Plan {
  const [n = 0, c = 1, h = 1, w = 1] = x;
  const [, , oh = 1, ow = 1] = y;
  return {
    how: 'the winner of each window is searched in rows, which windows share',
    scratch: scratchOf(rows, h, ow),
    build(place) {
      const table = tableOf(place, rows, columns, w, ow, h);
      const [from, into] = [place.at('x'), place.at('y')];
      const each = Math.max(1, Math.ceil((fewest * oh) / (h * w)));
      const jobs: Job[] = [];
      for (let plane = 0; plane < n * c; plane++) {
        const [start, to] = [from + 4 * plane * h * w, into + 4 * plane * oh * ow];
        for (let first = 0; first < oh; first += each)
          jobs.push({ calls: [[routineOf(how), start, 0, to, first, Math.min(first + each, oh), 0, 0, placed, table]] });
      }
      return [jobs];
    },
  };
}

const routineOf = (how: Winning['how']): string => (how === 'max' ? 'winnersLargest' : 'winnersSmallest');
/** What the routine does with a winner, as it numbers that. */
const [picked, addedWide, added, placed] = [0, 1, 2, 3];

const ringOf = (rows: Reading, h: number): number => Math.min(h, highest(rows));
function scratchOf(rows: Reading, h: number, ow: number): number {
  const [ring, line] = [ringOf(rows, h), Math.ceil((4 * ow + 16) / 64) * 64];
  return line * (2 + 2 * ring) + 4 * ring + 64;
}
/** The table that the routine reads. */
const tableOf = (place: Place, rows: Reading, columns: Reading, w: number, ow: number, h: number): number =>
  place.put(
    Int32Array.of(
      ...[w, ow, place.put(rows.from), place.put(rows.to), place.put(columns.from), place.put(columns.to)],
      ...[rows.step ?? 1, columns.step ?? 1, ringOf(rows, h)],
      ...(columns.whole ?? [-1, -1, 1]),
    ),
  );

/** Values of a strip, at least and at most. */
const [fewest, most] = [1 << 16, 1 << 21];

export function winnersPlan(winning: Winning): Plan {
  if (isPairs(winning)) {
    return {
      how: 'the winners of windows of 2 × 2 that touch, four windows at once',
      build: (place) => [pairJobs(winning, place)],
    };
  }
  const { how, x, y, rows, columns, pick } = winning;
  const [n = 0, c = 1, h = 1, w = 1] = x;
  const [, , oh = 1, ow = 1] = y;
  const apart = !overlaps(rows) && !overlaps(columns);
  const strips = apart ? apartStrips(rows, h, w) : overlappingStrips(rows, h, w);
  const tallest = strips.reduce((a, { low, high }) => Math.max(a, high - low), 0);
  const mode = pick ? picked : apart ? added : addedWide;
  return {
    how: `the winner of each window is searched in rows, which windows share${mode === addedWide ? ', and gradients are added in float64' : ''}`,
    scratch: scratchOf(rows, h, ow) + (mode === addedWide ? 8 * (tallest * w + 4) : 0),
    build(place) {
      const table = tableOf(place, rows, columns, w, ow, h);
      const [from, given, into] = [place.at('x'), place.at(pick?.given ?? 'dy'), place.at(pick?.into ?? 'dx')];
      const step = 4 * (pick ? h * w : oh * ow);
      const jobs: Job[] = [];
      for (let plane = 0; plane < n * c; plane++) {
        const start = 4 * plane * h * w;
        for (const { first, end, low, high } of strips) {
          jobs.push({
            calls: [[routineOf(how), from + start, given + plane * step, into + start, first, end, low, high, mode, table]],
            writes: [{ at: into + start + 4 * low * w, count: (high - low) * w, plane }],
          });
        }
      }
      return [jobs];
    },
  };
}

/** Whether windows of 2 × 2 touch and lie on the picture. */
function isPairs({ how, rows, columns, pick }: Winning): boolean {
  const touch = ({ from, to, step = 1 }: Reading): boolean =>
    step === 1 && from.every((at, i) => at === 2 * i && to[i] === 2 * i + 2);
  return touch(rows) && touch(columns) && (how === 'max' || !pick);
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
