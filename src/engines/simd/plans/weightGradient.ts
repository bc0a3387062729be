// The gradient of the weights of a convolution: each is the sum of products of dy with the pixels under its tap.

import type { Call, Job, Place, Stage } from '../plan';
import { type Dense, offsetsOf, type Tiling, tapsOf } from './dense';

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
  const { chunk, tile, rows, rowsTogether, columns } = tiling;
  const [kh, kw] = [down.taps.length, across.taps.length];
  const { taps, parts: chunks } = tapsOf(dense, chunk);
  const [plane, planeOut] = [4 * down.length * across.length, 4 * down.outputs * across.outputs];
  const bandsOfImage = Math.ceil(down.outputs / rowsTogether);
  const bands = images * bandsOfImage;
  const products = (images * down.outputs * across.outputs * outputs * channels * kh * kw) / chunks.length;
  const sumsBytes = 8 * groups * outputs * taps.length;
  const most = Math.max(1, Math.min(bands, Math.floor(mostSums / sumsBytes)));
  const parts = Math.max(1, Math.min(most, Math.ceil(products / goodJob)));

  const sums = place.take(parts * sumsBytes);
  const indices = place.put(taps);
  const rowTable = place.put(rows.table);
  const offsets = place.put(offsetsOf(tiling, columns.taps));
  const lanes = place.put(
    Int32Array.from(columns.lanes.flatMap(({ columns: table, from, to, beyond }) => [place.put(table), from, to, beyond])),
  );

  const jobs: Job[] = [];
  for (let part = 0; part < parts; part++)
    for (let group = 0; group < groups; group++)
      for (const { first, count, channel, row: u } of chunks) {
        const to = sums + part * sumsBytes + 8 * (group * outputs * taps.length + first);
        const cs = Math.min(chunk.channels, channels - channel);
        const us = Math.min(chunk.taps, kh - u);
        const calls: Call[] = [];
        let fresh = 1;
        const lastBand = Math.floor(((part + 1) * bands) / parts);
        for (let band = Math.floor((part * bands) / parts); band < lastBand; band++) {
          const image = Math.floor(band / bandsOfImage);
          const row = (band % bandsOfImage) * rowsTogether;
          const together = Math.min(rowsTogether, down.outputs - row);
          const source = at.x + plane * ((image * groups + group) * channels + channel);
          const dy = at.dy + planeOut * (image * groups + group) * outputs + 4 * row * across.outputs;
          for (let column = 0; column < across.outputs; column += tile) {
            const wide = Math.min(tile, across.outputs - column);
            calls.push(
              [
                ...(['stageTile', source, plane, 4 * across.length, cs, rowTable + 4 * rows.first(row, u)] as const),
                ...[rows.slots(together, us), tiling.channelBytes, lanes, columns.lanes.length, tiling.laneBytes],
                ...[across.step, column, wide],
              ],
              [
                ...(['correlateTile', dy + 4 * column, planeOut, 4 * across.outputs, outputs] as const),
                ...[rows.perRow * tiling.slotBytes, together, wide, offsets, count, to, 8 * taps.length, fresh],
              ],
            );
            fresh = 0;
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
