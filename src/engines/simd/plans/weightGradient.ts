// The gradient of the weights of a convolution: each is the sum of products of dy with the pixels under its tap.

import type { Call, Job, Place, Stage } from '../plan';
import { type Band, type Dense, staging, type Tiling, tapsOf } from './tiling';

/** Products of a job, and bytes for the sums of all parts of the picture. */
const goodJob = 8e6;
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
  const bandsOfImage = Math.ceil(down.outputs / rowsTogether);
  const bands = images * bandsOfImage;
  const products = (images * down.outputs * across.outputs * outputs * channels * kh * kw) / chunks.length;
  const sumsBytes = 8 * groups * outputs * taps.length;
  const most = Math.max(1, Math.min(bands, Math.floor(mostSums / sumsBytes)));
  const parts = Math.max(1, Math.min(most, Math.ceil(products / goodJob)));

  const sums = place.take(parts * sumsBytes);
  const indices = place.put(taps);
  const { offsets, stage } = staging(place, dense, tiling, at.x);

  const jobs: Job[] = [];
  for (let part = 0; part < parts; part++)
    for (let group = 0; group < groups; group++)
      for (const chunkOfTaps of chunks) {
        const to = sums + part * sumsBytes + 8 * (group * outputs * taps.length + chunkOfTaps.first);
        const calls: Call[] = [];
        const lastBand = Math.floor(((part + 1) * bands) / parts);
        for (let k = Math.floor((part * bands) / parts); k < lastBand; k++) {
          const planes = Math.floor(k / bandsOfImage) * groups + group;
          const row = (k % bandsOfImage) * rowsTogether;
          for (let column = 0; column < across.outputs; column += tile) {
            const band: Band = {
              ...{ planes, row, column },
              rows: Math.min(rowsTogether, down.outputs - row),
              columns: Math.min(tile, across.outputs - column),
            };
            const dy = at.dy + planeOut * planes * outputs + 4 * (row * across.outputs + column);
            const fresh = calls.length === 0 ? 1 : 0;
            calls.push(stage(chunkOfTaps, band), [
              ...(['correlateTile', dy, planeOut, 4 * across.outputs, outputs, tiling.rows.perRow * tiling.slotBytes] as const),
              ...[band.rows, band.columns, offsets, chunkOfTaps.count, to, 8 * taps.length, fresh],
            ]);
          }
        }
        jobs.push({ calls });
      }
  const joins: Job[] = [];
  for (let output = 0; output < groups * outputs; output++) {
    const from = sums + 8 * output * taps.length;
    const to = at.dweight + 4 * (Math.floor(output / outputs) * kernel.perGroup + (output % outputs) * kernel.perOutput);
    joins.push({
      calls: [['joinSums', from, sumsBytes, bands === 0 ? 0 : parts, 1, taps.length, indices, to, kernel.perOutput]],
    });
  }
  return [jobs, joins];
}
