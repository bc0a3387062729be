// Dense and grouped convolution by tap lists: tiles of columns of bands of rows are staged in scratch memory and read by all outputs.

import type { Call, Job, Place, Run, Stage } from '../plan';
import { type Axis, type LaneTap, lanesOf, type Rows, rowsOf } from './frame';
import { packing } from './packing';

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
/** Addresses; weights as they are, and no bias where it is 0. */
export interface DenseAt {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
  readonly bias: number | null;
}

/** Products of one sum before it is added to the rest: float32 sums of more lose digits, and their pixels would not stay in the cache. */
const mostTaps = 512;
/** Bytes of a first cache that a window over a tile may fill, and of a second cache for a band. */
const firstCache = 24 << 10;
const secondCache = 192 << 10;
/** Products of a job, at least where there are as many, and at most. */
const goodJob = 6e6;
const largestJob = 4e7;

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
  const rowsTogether = Math.max(1, Math.min(down.outputs, 16, fitting, Math.ceil(goodJob / work)));
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
const grainOf = (outputs: number): number => [8, 32, 16, 12][outputs % 4]!;

/** The jobs of a convolution, after those that pack its weights. */
export function denseStages(place: Place, dense: Dense, tiling: Tiling, at: DenseAt): Stage[] {
  const { images, groups, channels, outputs, down, across, result } = dense;
  const { chunk, tile, rows, rowsTogether, columns } = tiling;
  const [kh, kw] = [down.taps.length, across.taps.length];
  const weights = packed(place, dense, tiling, at.weight);
  const bias = at.bias ?? place.put(new Float32Array(groups * outputs));
  const rowTable = place.put(rows.table);
  const lanes = place.put(
    Int32Array.from(columns.lanes.flatMap(({ columns: table, from, to, beyond }) => [place.put(table), from, to, beyond])),
  );
  const offsets = place.put(offsetsOf(tiling, columns.taps));
  const plane = 4 * down.length * across.length;
  const [height, width] = [result.down.length, result.across.length];
  const perRow = channels * outputs * kh * kw;
  // One row of a very wide picture or of very many products is cut into tiles by themselves, and then into outputs.
  const tiles = Math.ceil(across.outputs / tile);
  const tilesPerJob = Math.max(1, Math.min(tiles, Math.floor(largestJob / Math.max(1, rowsTogether * tile * perRow))));
  const split = tilesPerJob === 1 && rowsTogether * tile * perRow > largestJob;
  const outputsPerJob = split
    ? Math.max(4, 4 * Math.floor(largestJob / (rowsTogether * tile * channels * kh * kw) / 4))
    : outputs;

  const calls = (image: number, group: number, first: number, row: number, column: number): Call[] => {
    const count = Math.min(rowsTogether, down.outputs - row);
    const wide = Math.min(tile, across.outputs - column);
    const here = Math.min(outputsPerJob, outputs - first);
    const open = tiling.open || wide < grainOf(outputs);
    const source = at.x + plane * (image * groups + group) * channels;
    const target =
      at.y +
      4 *
        (((image * groups + group) * outputs + first) * height * width +
          (result.down.first + row * result.down.step) * width +
          result.across.first +
          column * result.across.step);
    const list: Call[] = [];
    const [planeOut, rowOut] = [4 * height * width, 4 * width * result.down.step];
    let packedAt = weights.at + 4 * group * perRow;
    let fresh = true;
    for (let c = 0; c < channels; c += chunk.channels) {
      const cs = Math.min(chunk.channels, channels - c);
      for (let u = 0; u < Math.max(1, kh); u += Math.max(1, chunk.taps)) {
        const us = Math.min(chunk.taps, kh - u);
        const tapCount = cs * us * kw;
        const slots = rows.slots(count, us);
        if (tapCount > 0)
          list.push([
            ...(['stageTile', source + c * plane, plane, 4 * across.length, cs] as const),
            ...[rowTable + 4 * rows.first(row, u), slots, tiling.channelBytes],
            ...[lanes, columns.lanes.length, tiling.laneBytes, across.step, column, wide],
          ]);
        const rowStep = rows.perRow * tiling.slotBytes;
        const [planeTo, rowTo] = open ? [tiling.sums.plane, tiling.sums.row] : [planeOut, rowOut];
        list.push([
          ...(['convolveTile', open ? 3 : 1, 0, rowStep, tiling.flat ? 1 : count, offsets, tapCount] as const),
          ...[packedAt + 4 * first * tapCount, fresh ? bias + 4 * (group * outputs + first) : 0],
          ...[open ? tiling.sums.at : target, planeTo, rowTo, here],
          tiling.flat ? ((count - 1) * rowStep) / 4 + wide : wide,
        ]);
        packedAt += 4 * outputs * tapCount;
        fresh = false;
      }
    }
    if (open)
      list.push([
        ...(['unstageTile', tiling.sums.at, tiling.sums.plane, tiling.sums.row, target] as const),
        ...[planeOut, rowOut, here, count, wide, result.across.step],
      ]);
    return list;
  };

  const jobs: Job[] = [];
  for (let image = 0; image < images; image++)
    for (let group = 0; group < groups; group++)
      for (let row = 0; row < down.outputs; row += rowsTogether)
        for (let column = 0; column < across.outputs; column += tile * tilesPerJob)
          for (let first = 0; first < outputs; first += outputsPerJob) {
            const end = Math.min(across.outputs, column + tile * tilesPerJob);
            const list: Call[] = [];
            for (let k = column; k < end; k += tile) list.push(...calls(image, group, first, row, k));
            const planes = { from: (image * groups + group) * outputs + first, count: Math.min(outputsPerJob, outputs - first) };
            const band = { row, rows: Math.min(rowsTogether, down.outputs - row), column, columns: end - column };
            jobs.push({
              calls: list,
              // Only a following map asks for them, and they can be many.
              get writes() {
                return runsOf(at.y, planes, band, height, width);
              },
            });
          }
  return [weights.jobs, jobs];
}

/** Where a job of a whole picture writes: bands as one run, parts of rows one by one. */
function runsOf(
  y: number,
  planes: { from: number; count: number },
  band: { row: number; rows: number; column: number; columns: number },
  height: number,
  width: number,
): Run[] {
  const list: Run[] = [];
  for (let plane = planes.from; plane < planes.from + planes.count; plane++) {
    const start = y + 4 * ((plane * height + band.row) * width + band.column);
    if (band.columns === width) list.push({ at: start, count: band.rows * width, plane });
    else for (let r = 0; r < band.rows; r++) list.push({ at: start + 4 * r * width, count: band.columns, plane });
  }
  return list;
}

/** Byte offsets of the taps of a chunk, [channel][down][across]. A smaller last chunk reads the beginning of it. */
export function offsetsOf({ chunk, rows, slotBytes, laneBytes, channelBytes }: Tiling, taps: readonly LaneTap[]): Int32Array {
  const list = new Int32Array(chunk.channels * chunk.taps * taps.length);
  let k = 0;
  for (let c = 0; c < chunk.channels; c++)
    for (let u = 0; u < chunk.taps; u++)
      for (const { lane, pixel } of taps)
        list[k++] = c * channelBytes + u * rows.perTap * slotBytes + lane * laneBytes + 4 * pixel;
  return list;
}

/** The weights in chunks: [group][chunk][block of outputs][tap][output]. */
function packed(place: Place, { groups, channels, outputs, down, across, kernel }: Dense, { chunk }: Tiling, at: number) {
  const taps = new Int32Array(channels * down.taps.length * across.taps.length);
  const parts: { readonly first: number; readonly count: number }[] = [];
  let k = 0;
  for (let c0 = 0; c0 < channels; c0 += chunk.channels)
    for (let u0 = 0; u0 < down.taps.length; u0 += chunk.taps) {
      const first = k;
      for (let c = c0; c < Math.min(c0 + chunk.channels, channels); c++)
        for (const { index: u } of down.taps.slice(u0, u0 + chunk.taps))
          for (const { index: v } of across.taps) taps[k++] = c * kernel.perChannel + kernel.at(u, v);
      parts.push({ first, count: k - first });
    }
  return packing(place, { at, groups, outputs, perGroup: kernel.perGroup, perOutput: kernel.perOutput, taps, parts });
}
