// How a dense convolution is cut: parts of the taps, tiles of columns, bands of rows, and where their pixels lie in scratch memory.

import type { Call, Place } from '../plan';
import { type Axis, type LaneTap, lanesOf, type Rows, rowsOf } from './frame';

/** Every number of a convolution. Strides of weights and images are in values. */
export interface Dense {
  readonly images: number;
  readonly groups: number;
  /** Channels and outputs of one group. */
  readonly channels: number;
  readonly outputs: number;
  readonly down: Axis;
  readonly across: Axis;
  readonly kernel: Kernel;
  /** The result: a picture of these sides, of which row `down.first + i · down.step` is output row i. */
  readonly result: { readonly down: Placed; readonly across: Placed };
}
export interface Placed {
  readonly length: number;
  readonly first: number;
  readonly step: number;
}
/** Where the weight of a tap lies. */
export interface Kernel {
  readonly perGroup: number;
  readonly perOutput: number;
  readonly perChannel: number;
  /** By the index of the tap down and across. */
  at(u: number, v: number): number;
}
/** Products of one sum before it is added to the rest: float32 sums of more lose digits, and their pixels would not stay in the cache. */
const mostTaps = 512;
/** Bytes of a first cache that a window over a tile may fill, and of a second cache for a band. */
const firstCache = 24 << 10;
const secondCache = 192 << 10;
/** Products of a job, where there are as many. */
const goodJob = 6e6;

export interface Tiling {
  /** Taps of the kernel that are summed together: channels and rows of the kernel. */
  readonly chunk: { readonly channels: number; readonly taps: number };
  readonly tile: number;
  readonly rows: Rows;
  readonly rowsTogether: number;
  readonly columns: ReturnType<typeof lanesOf>;
  readonly laneBytes: number;
  readonly slotBytes: number;
  readonly channelBytes: number;
  /** A band is one long row: rows of the result lie as far apart as those that are staged. */
  readonly flat: boolean;
  /** All sums are collected in scratch memory and then stored; those of a tile narrower than a block are in any case. */
  readonly open: boolean;
  readonly sums: { readonly at: number; readonly plane: number; readonly row: number };
  readonly scratch: number;
}

const up = (n: number, to: number): number => Math.ceil(n / to) * to;

/** How a convolution is cut. */
export function tilingOf({ channels, outputs, down, across, result }: Dense): Tiling {
  const [kh, kw] = [down.taps.length, across.taps.length];
  const whole = kh * kw <= mostTaps;
  const parts = whole ? Math.ceil((channels * Math.max(1, kh * kw)) / mostTaps) : channels;
  const chunkTaps = whole ? kh : Math.ceil(kh / Math.ceil((kh * kw) / mostTaps));
  const chunk = { channels: Math.ceil(channels / parts), taps: chunkTaps };
  const columns = lanesOf(across);
  const laneCount = columns.lanes.length;
  const beyond = Math.max(0, ...columns.lanes.map((lane) => lane.beyond));
  const rowsInWindow = Math.max(1, chunk.channels * chunk.taps * laneCount);
  const wide = Math.max(48, Math.floor((firstCache / 4 / rowsInWindow - beyond) / 8) * 8);
  const tiles = Math.ceil(across.outputs / wide);
  const tile = Math.min(across.outputs, up(Math.ceil(across.outputs / tiles), 8));
  // An odd number of cache lines, so that rows do not fall into the same set of the cache.
  const laneBytes = (up(tile + beyond + 4, 16) / 16) * 64 + ((up(tile + beyond + 4, 16) / 16) % 2 === 0 ? 64 : 0);
  const slotBytes = laneBytes * laneCount;
  const bytesPerRow = chunk.channels * slotBytes;
  const work = across.outputs * channels * outputs * Math.max(1, kh * kw);
  const fitting = Math.floor(secondCache / Math.max(1, bytesPerRow)) - chunk.taps + 1;
  // Parts of a tall kernel that leaves rows out would stage those, too, for several rows together.
  const gaps = chunk.taps < kh && down.taps[1]!.shift - down.taps[0]!.shift > 1;
  const rowsTogether = gaps ? 1 : Math.max(1, Math.min(down.outputs, 16, fitting, Math.ceil(goodJob / work)));
  const rows = rowsOf(down, rowsTogether, chunk.taps === kh);
  const slots = rows.slots(rowsTogether, chunk.taps);
  const channelBytes = slots * slotBytes;
  const chunked = chunk.channels < channels || chunk.taps < kh;
  const flat = tile === across.outputs && tile < 24 && laneCount === 1 && rows.perRow === 1 && rowsTogether > 1;
  const apart = result.across.step > 1 || result.down.step > 1;
  const open = flat || chunked || apart;
  const narrowest = across.outputs % tile || tile;
  const row = flat ? slotBytes : 4 * up(tile, 48 * 2);
  const plane = up(rowsTogether * row + 256, 64) + 64;
  const at = chunk.channels * channelBytes + 256;
  return {
    ...{ chunk, tile, rows, rowsTogether, columns, laneBytes, slotBytes, channelBytes, flat, open },
    sums: { at, plane, row },
    scratch: at + (open || narrowest < grainOf(outputs) ? outputs * plane : 0) + 512,
  };
}

/** Pixels of the widest block that the outputs need. */
export const grainOf = (outputs: number): number => [8, 32, 16, 12][outputs % 4]!;

/** Byte offsets of the taps of a chunk, [channel][down][across]. A smaller last chunk reads the beginning of it. */
function offsetsOf({ chunk, rows, slotBytes, laneBytes, channelBytes }: Tiling, taps: readonly LaneTap[]): Int32Array {
  const list = new Int32Array(chunk.channels * chunk.taps * taps.length);
  let k = 0;
  for (let c = 0; c < chunk.channels; c++)
    for (let u = 0; u < chunk.taps; u++)
      for (const { lane, pixel } of taps)
        list[k++] = c * channelBytes + u * rows.perTap * slotBytes + lane * laneBytes + 4 * pixel;
  return list;
}

/** A part of the taps that is summed together: which of them in the order of use, from which channel and kernel row on. */
export interface Chunk {
  readonly first: number;
  readonly count: number;
  readonly channel: number;
  readonly row: number;
}

/** The index of the weight of every tap of an output, in the order of use. */
export function tapsOf(
  { channels, down, across, kernel }: Dense,
  chunk: Tiling['chunk'],
): { readonly taps: Int32Array; readonly parts: readonly Chunk[] } {
  const taps = new Int32Array(channels * down.taps.length * across.taps.length);
  const parts: Chunk[] = [];
  let k = 0;
  for (let c0 = 0; c0 < channels; c0 += chunk.channels)
    for (let u0 = 0; u0 < down.taps.length; u0 += chunk.taps) {
      const first = k;
      for (let c = c0; c < Math.min(c0 + chunk.channels, channels); c++)
        for (const { index: u } of down.taps.slice(u0, u0 + chunk.taps))
          for (const { index: v } of across.taps) taps[k++] = c * kernel.perChannel + kernel.at(u, v);
      parts.push({ first, count: k - first, channel: c0, row: u0 });
    }
  // Where no tap reaches the result there is one part all the same, which leaves the bias.
  return { taps, parts: taps.length > 0 ? parts : [{ first: 0, count: 0, channel: 0, row: 0 }] };
}

/** Puts the tables of a tiling in place; the offsets of taps, and calls that stage a tile for a chunk of them. */
export function staging(place: Place, { channels, down, across }: Dense, tiling: Tiling, x: number) {
  const { chunk, rows, columns } = tiling;
  const rowTable = place.put(rows.table);
  const lanes = place.put(
    Int32Array.from(columns.lanes.flatMap(({ columns: table, from, to, beyond }) => [place.put(table), from, to, beyond])),
  );
  const plane = 4 * down.length * across.length;
  return {
    offsets: place.put(offsetsOf(tiling, columns.taps)),
    /** `planes` counts groups of all images. */
    stage({ channel, row: u }: Chunk, { planes, row, rows: count, column, columns: wide }: Band): Call {
      const slots = rows.slots(count, Math.min(chunk.taps, down.taps.length - u));
      return [
        ...(['stageTile', x + plane * (planes * channels + channel), plane, 4 * across.length] as const),
        ...[Math.min(chunk.channels, channels - channel), rowTable + 4 * rows.first(row, u), slots, tiling.channelBytes],
        ...[lanes, columns.lanes.length, tiling.laneBytes, across.step, column, wide],
      ];
    },
  };
}

/** A tile of the result, of one group of one image. */
export interface Band {
  readonly planes: number;
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly columns: number;
}
