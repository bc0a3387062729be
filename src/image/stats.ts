import type { Tensor, Values } from '../core/tensor';
import type { Breath } from './breath';

/** Of the finite values of one channel; `min` and `max` are NaN where there is none. */
export interface ChannelStats {
  readonly min: number;
  readonly max: number;
  /** Sum of |v|, and of |v| over the negative values. */
  readonly magnitude: number;
  readonly negative: number;
}
export interface Stats {
  readonly channels: readonly ChannelStats[];
  readonly min: number;
  readonly max: number;
}

const PIECE = 1 << 20;

/** One pass over the first item of the batch of [N, C, H, W]. NaN and infinities are left out. */
export async function statsOf({ shape, data }: Tensor, breath: Breath): Promise<Stats> {
  const plane = (shape[2] ?? 1) * (shape[3] ?? 1);
  const channels: ChannelStats[] = [];
  for (let c = 0; c < (shape[1] ?? 1); c++) {
    const sums: Sums = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, magnitude: 0, negative: 0 };
    for (let from = c * plane; from < (c + 1) * plane; from += PIECE) {
      add(data, from, Math.min(from + PIECE, (c + 1) * plane), sums);
      if (breath.due()) await breath.rest();
    }
    channels.push(sums.max < sums.min ? { ...sums, min: Number.NaN, max: Number.NaN } : sums);
  }
  const { low, high } = ends({ channels, min: 0, max: 0 }, [...channels.keys()]);
  return { channels, min: low, max: high };
}

type Sums = { -readonly [K in keyof ChannelStats]: ChannelStats[K] };

/** A loop of its own: engines compile it better than one inside an async function. */
function add(data: Values, from: number, to: number, sums: Sums): void {
  let { min, max, magnitude, negative } = sums;
  for (let i = from; i < to; i++) {
    const v = data[i]!;
    if (v - v !== 0) continue;
    min = Math.min(min, v);
    max = Math.max(max, v);
    magnitude += Math.abs(v);
    negative -= Math.min(0, v);
  }
  Object.assign(sums, { min, max, magnitude, negative });
}

/** Smallest and largest finite value of some channels; 0 and 0 where there is none. */
export function ends(stats: Stats, channels: readonly number[]): { readonly low: number; readonly high: number } {
  const shown = channels.map((c) => stats.channels[c]!).filter((s) => !Number.isNaN(s.min));
  if (shown.length === 0) return { low: 0, high: 0 };
  return { low: Math.min(...shown.map((s) => s.min)), high: Math.max(...shown.map((s) => s.max)) };
}

const SAMPLES = 65536;
const OUTLYING = 1.5;
const TYPICAL = 0.995;

/**
 * The end of a scale of |v|: the largest, unless it is more than 1.5 times the 99.5th percentile (of up to 65536 evenly spaced values), so that
 * a few outliers, such as the false edges along zero padding, do not wash out the rest.
 */
export function typicalLimit(tensor: Tensor, stats: Stats, channels: readonly number[]): number {
  const { low, high } = ends(stats, channels);
  const largest = Math.max(Math.abs(low), Math.abs(high));
  // Where many values lie far out, the percentile does too: so it is for most pictures, and a few of their values show it.
  if (exceeds(tensor, channels, TYPICAL, largest / OUTLYING)) return largest;
  const typical = percentile(tensor, channels, TYPICAL);
  return typical > 0 && largest > OUTLYING * typical ? typical : largest;
}

/** The planes of some channels, every how many values are looked at, and how many these are at most. */
function sampling({ shape }: Tensor, channels: readonly number[]) {
  const plane = (shape[2] ?? 1) * (shape[3] ?? 1);
  const step = Math.max(1, Math.floor((plane * channels.length) / SAMPLES)) | 1;
  return { plane, step, most: channels.length * Math.ceil(plane / step) };
}

/** Whether that percentile lies above a limit: counted, and no further than the answer takes. */
export function exceeds(tensor: Tensor, channels: readonly number[], share: number, limit: number): boolean {
  const { plane, step, most } = sampling(tensor, channels);
  const count = (above: number, enough: number): number => {
    let found = 0;
    for (const c of channels) found += countAbove(tensor.data, c * plane, (c + 1) * plane, step, above, enough - found);
    return found;
  };
  // With fewer finite values, fewer of them lie from the rank on.
  const fromRank = (size: number): number => size - Math.min(size - 1, Math.floor(share * size));
  const found = count(limit, fromRank(most));
  return found >= fromRank(most) || (found > 0 && found >= fromRank(count(-1, most)));
}

/** How many of every `step`-th value are finite with a larger |v|, up to `most`. A loop of its own, as `add`. */
function countAbove(data: Values, from: number, to: number, step: number, limit: number, most: number): number {
  let found = 0;
  for (let i = from; i < to && found < most; i += step) {
    const v = Math.abs(data[i]!);
    if (v > limit && v - v === 0) found += 1;
  }
  return found;
}

/** The |v| below which that share of the finite values of some channels lies, by up to 65536 that are evenly spaced; 0 where there is none. */
function percentile(tensor: Tensor, channels: readonly number[], share: number): number {
  const { data } = tensor;
  const { plane, step, most } = sampling(tensor, channels);
  const sample = new Float32Array(most);
  let size = 0;
  for (const c of channels) size = gather(data, c * plane, (c + 1) * plane, step, sample, size);
  return size > 0 ? ranked(sample.subarray(0, size), Math.min(size - 1, Math.floor(share * size))) : 0;
}

/** Adds the finite |v| of every `step`-th value to `sample`, which holds `size`; answers how many it holds then. */
function gather(data: Values, from: number, to: number, step: number, sample: Float32Array, size: number): number {
  for (let i = from; i < to; i += step) {
    const v = Math.abs(data[i]!);
    if (v - v === 0) sample[size++] = v;
  }
  return size;
}

const digits = [21, 10, 0] as const;

/** Counts the digits at `shift` of those bits whose `known` part is `found`. A loop of its own, as `add`. */
function count(bits: Uint32Array, known: number, found: number, shift: number, counts: Uint32Array): void {
  for (let i = 0; i < bits.length; i++) {
    const b = bits[i]!;
    if ((b & known) >>> 0 === found) counts[(b >>> shift) & 2047]!++;
  }
}

/** What would stand at `rank` if values of 0 and more were sorted: their bits sort alike, and eleven at a time are counted. */
function ranked(values: Float32Array, rank: number): number {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const counts = new Uint32Array(2048);
  let found = 0;
  let known = 0;
  for (const shift of digits) {
    counts.fill(0);
    count(bits, known, found, shift, counts);
    let digit = 0;
    for (; rank >= counts[digit]!; digit++) rank -= counts[digit]!;
    found = (found | (digit << shift)) >>> 0;
    known = (known | (2047 << shift)) >>> 0;
  }
  return new Float32Array(Uint32Array.of(found).buffer)[0]!;
}
