// The gradient of the weights of a convolution: each is the sum of products of dy with the pixels under its tap.

import type { Call, Job, Place, Stage } from '../plan';
import { type Band, type Chunk, type Dense, staging, type Tiling, tapsOf } from './tiling';

/** Products of a job, those that a value takes which is read, and bytes for the sums of all parts of the picture. */
const goodJob = 8e6;
const reading = 8;
const mostSums = 32 << 20;

export interface GradientAt {
  readonly x: number;
  readonly dy: number;
  readonly dweight: number;
}

/** Parts of the picture are summed by themselves, then joined in float64. */
export function weightGradient(place: Place, dense: Dense, tiling: Tiling, at: GradientAt): Stage[] {
  const { images, groups, channels, outputs, down, across, kernel } = dense;
  const { chunk, tile, rowsTogether } = tiling;
  const [kh, kw] = [down.taps.length, across.taps.length];
  const { taps, parts: chunks } = tapsOf(dense, chunk);
  const planeOut = 4 * down.outputs * across.outputs;
  const tiles = Math.ceil(across.outputs / tile);
  const piecesOfImage = Math.ceil(down.outputs / rowsTogether) * tiles;
  const pieces = images * piecesOfImage;
  const pixels = images * down.outputs * across.outputs;
  const work = pixels * ((outputs * channels * kh * kw) / chunks.length + reading * (outputs + chunk.channels));
  const sumsBytes = 8 * groups * outputs * taps.length;
  const most = Math.max(1, Math.min(pieces, Math.floor(mostSums / sumsBytes)));
  const parts = Math.max(1, Math.min(most, Math.ceil(work / goodJob)));

  const sums = place.take(parts * sumsBytes);
  const indices = place.put(taps);
  const { offsets, stage } = staging(place, dense, tiling, at.x);

  /** A piece of the picture by a chunk of the taps of one group, added to sums that begin at 0 where they are `fresh`. */
  const callsOf = (piece: number, group: number, part: Chunk, to: number, fresh: boolean): Call[] => {
    const planes = Math.floor(piece / piecesOfImage) * groups + group;
    const row = Math.floor((piece % piecesOfImage) / tiles) * rowsTogether;
    const column = (piece % tiles) * tile;
    const band: Band = {
      ...{ planes, row, column },
      rows: Math.min(rowsTogether, down.outputs - row),
      columns: Math.min(tile, across.outputs - column),
    };
    const dy = at.dy + planeOut * planes * outputs + 4 * (row * across.outputs + column);
    return [
      stage(part, band),
      [
        ...(['correlateTile', dy, planeOut, 4 * across.outputs, outputs, tiling.rows.perRow * tiling.slotBytes] as const),
        ...[band.rows, band.columns, offsets, part.count, to, 8 * taps.length, fresh ? 1 : 0],
      ],
    ];
  };

  const jobs: Job[] = [];
  for (let part = 0; part < parts; part++)
    for (let group = 0; group < groups; group++)
      for (const chunkOfTaps of chunks) {
        const to = sums + part * sumsBytes + 8 * (group * outputs * taps.length + chunkOfTaps.first);
        const first = Math.floor((part * pieces) / parts);
        const end = Math.floor(((part + 1) * pieces) / parts);
        jobs.push({
          get calls() {
            const calls: Call[] = [];
            for (let k = first; k < end; k++) calls.push(...callsOf(k, group, chunkOfTaps, to, k === first));
            return calls;
          },
        });
      }
  const joins: Job[] = [];
  for (let output = 0; output < groups * outputs; output++) {
    const from = sums + 8 * output * taps.length;
    const to = at.dweight + 4 * (Math.floor(output / outputs) * kernel.perGroup + (output % outputs) * kernel.perOutput);
    joins.push({
      calls: [['joinSums', from, sumsBytes, pieces === 0 ? 0 : parts, 1, taps.length, indices, to, kernel.perOutput]],
    });
  }
  return [jobs, joins];
}
