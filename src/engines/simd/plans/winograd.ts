// Convolution 3 × 3 at stride 1 by Winograd's F(4 × 4, 3 × 3).

import type { Call, Job, Place, Run, Stage } from '../plan';
import type { DenseAt } from './dense';
import { type Axis, sourceOf } from './frame';
import type { Dense } from './tiling';

/** Result pixels of a group of four tiles, and what it reads. */
const groupWidth = 16;
const groupHeight = 4;
/**
 * A strip of two groups stays in the first cache. Weights are read again for every strip: six groups share them where they are more than stays in
 * the second cache beside rows.
 */
const [narrow, wide] = [2, 6];
const weightsKept = 256 << 10;
/** Second cache for rows of groups. */
const rowsKept = 192 << 10;
/** Products of a job; and of one at most, where a strip of tiles does not have more. */
const [goodJob, largestJob] = [5e6, 4e7];
/** Its sums take 2.25 times fewer products than the plain ones at 16 channels and outputs, where the transforms still cost as much as they save below. */
const fewest = 12;
/** And below this the transform of the kernels. */
const fewestPixels = 256;

/** Why the plain sums are taken instead; undefined where this is faster. */
export function winogradLoses({ channels, outputs, down, across }: Dense): string | undefined {
  const [kh, kw] = [down.taps.length, across.taps.length];
  if (kh !== 3 || kw !== 3) return `Winograd is for kernels of 3 × 3, not ${kw} × ${kh}`;
  const near = (axis: Axis): boolean => axis.step === 1 && axis.taps[1]!.shift - axis.taps[0]!.shift === 1;
  if (!near(down) || !near(across)) return 'Winograd is for windows without strides and gaps';
  if (channels < fewest || outputs < fewest)
    return `${counted(channels, 'channel')} and ${counted(outputs, 'output')} are too few for Winograd, which takes ${fewest} of each`;
  const computed = Math.ceil(down.outputs / groupHeight) * groupHeight * Math.ceil(across.outputs / groupWidth) * groupWidth;
  const pixels = down.outputs * across.outputs;
  if (pixels < fewestPixels || computed > 2 * pixels)
    return `${across.outputs} × ${down.outputs} pixels are too few for Winograd`;
  return undefined;
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

const up = (n: number, to: number): number => Math.ceil(n / to) * to;
/** An odd number of cache lines, so that positions do not fall into the same set of the cache. */
const oddLines = (bytes: number): number => up(bytes, 64) + ((up(bytes, 64) / 64) % 2 === 0 ? 64 : 0);

export interface Winograd {
  readonly groupsAcross: number;
  readonly tileRows: number;
  /** Groups that are transformed together. */
  readonly strip: number;
  /** Groups whose rows are in scratch memory together; bytes from row to row of them. */
  readonly together: number;
  readonly inRow: number;
  readonly outRow: number;
  readonly positionBytes: number;
  readonly scratch: number;
}

export function winogradTiling({ channels, outputs, down, across }: Dense): Winograd {
  const groupsAcross = Math.ceil(across.outputs / groupWidth);
  const tileRows = Math.ceil(down.outputs / groupHeight);
  // Whole blocks of the smallest kind of block that the outputs need: 8 tiles, 24, 16 or 32.
  const grain = [2, 8, 4, 6][outputs % 4]!;
  const weights = 4 * 36 * channels * outputs;
  const strip = up(weights <= weightsKept ? narrow : wide, grain);
  const positionBytes = oddLines(16 * strip * Math.max(channels, outputs));
  const perGroup = 4 * groupWidth * (6 * channels + groupHeight * outputs);
  // Some rows of tiles, or an even part of one.
  const most = Math.max(1, Math.floor(rowsKept / perGroup));
  const whole = Math.min(tileRows, Math.floor(most / groupsAcross)) * groupsAcross;
  const part = Math.ceil(groupsAcross / Math.ceil(groupsAcross / most));
  const together = up(whole || part, strip);
  // Behind each row of tiles is what its last group reads beyond its own pixels.
  const inRow = oddLines(4 * groupWidth * together + 16 * (Math.ceil(together / groupsAcross) + 2));
  const outRow = oddLines(4 * groupWidth * together);
  return {
    ...{ groupsAcross, tileRows, strip, together, inRow, outRow, positionBytes },
    // Products overwrite pixels of the position before; then half of a transform, and rows.
    scratch: 37 * positionBytes + 576 + 6 * channels * inRow + groupHeight * outputs * outRow,
  };
}

export function winogradStages(place: Place, dense: Dense, tiling: Winograd, at: DenseAt): Stage[] {
  const { images, groups, channels, outputs, down, across, kernel } = dense;
  const { groupsAcross, tileRows, strip, inRow, outRow, positionBytes } = tiling;
  const weights = transformed(place, dense, at.weight);
  const zeros = place.put(new Float32Array(groups * outputs + 4));
  const bias = at.bias ?? zeros;
  const rows = place.put(tableOf(down, tileRows * groupHeight + 2));
  const columns = place.put(tableOf(across, groupsAcross * groupWidth + 4));
  const offsets = place.put(Int32Array.from({ length: channels }, (_, c) => 16 * strip * c));
  const lane = place.put(laneOf(across, columns));
  const [height, width] = [down.outputs, across.outputs];
  const [plane, planeOut] = [4 * down.length * across.length, 4 * height * width];
  const perGroup = 4 * 36 * channels * outputs;
  const together = Math.max(1, Math.min(tileRows, Math.round(goodJob / (groupsAcross * perGroup))));
  const jobs: Job[] = [];
  for (let image = 0; image < images; image++)
    for (let group = 0; group < groups; group++)
      for (let row = 0; row < tileRows; row += together) {
        const start = row * groupsAcross;
        const end = Math.min(row + together, tileRows) * groupsAcross;
        const source = at.x + plane * (image * groups + group) * channels;
        const target = at.y + planeOut * (image * groups + group) * outputs;
        const callOf = (first: number, count: number): Call => [
          ...(['winograd', source, plane, 4 * across.length, channels, rows, columns, lane, groupsAcross, first, count] as const),
          ...[tiling.together, strip, inRow, outRow, positionBytes, target, planeOut, outputs, height, width, offsets],
          ...[weights.at + 4 * 36 * group * channels * outputs, bias + 4 * group * outputs, zeros],
          ...[at.weight + 4 * group * kernel.perGroup, kernel.perOutput, kernel.perChannel, weights.taps],
        ];
        // Whole rows of tiles, unless one is too much work.
        const long = (end - start) * perGroup > largestJob;
        const step = long ? strip * Math.max(1, Math.floor(largestJob / (strip * perGroup))) : end - start;
        for (let from = start; from < end; from += step) {
          const to = Math.min(from + step, end);
          const top = row * groupHeight;
          const left = (from - start) * groupWidth;
          const tall = Math.min(height, top + together * groupHeight) - top;
          const wide = to === end ? width - left : (to - from) * groupWidth;
          const area = long ? { top, left, tall, wide } : { top, left: 0, tall, wide: width };
          jobs.push({
            calls: [callOf(from, to - from)],
            // Only a following map asks for them, and they can be many.
            get writes() {
              return runsOf(target, (image * groups + group) * outputs, outputs, [height, width], area);
            },
          });
        }
      }
  return [weights.jobs, jobs];
}

/** An area of all outputs: whole rows as one run, parts of rows one by one. */
function runsOf(
  y: number,
  plane: number,
  outputs: number,
  [height, width]: readonly [number, number],
  { top, left, tall, wide }: { readonly top: number; readonly left: number; readonly tall: number; readonly wide: number },
): Run[] {
  const [rows, count] = wide === width ? [1, tall * width] : [tall, wide];
  return Array.from({ length: outputs * rows }, (_, k): Run => {
    const [o, r] = [Math.floor(k / rows), k % rows];
    return { at: y + 4 * ((o * height + top + r) * width + left), count, plane: plane + o };
  });
}

/** Source positions for each position that some tile reads; zeros beyond the last window. */
function tableOf(axis: Axis, length: number): Int32Array {
  const shift = axis.taps[0]!.shift;
  const used = axis.outputs + 2;
  return Int32Array.from({ length }, (_, k) => (k < used ? sourceOf(axis, k + shift) : -1));
}

/** What `stageTile` reads of the columns: their table; which of them lie side by side in the picture; how many more than its pixels a row reads. */
function laneOf({ taps, length, outputs }: Axis, columns: number): Int32Array {
  const shift = taps[0]!.shift;
  return Int32Array.of(columns, Math.max(0, -shift), Math.min(outputs + 2, length - shift), 4);
}

/** Jobs that transform the kernels, block by block: [group][position][block of outputs][channel][output]. */
function transformed(place: Place, { groups, channels, outputs, down, across, kernel }: Dense, weight: number) {
  const indices = Int32Array.from({ length: 9 }, (_, k) =>
    kernel.at(down.taps[Math.floor(k / 3)]!.index, across.taps[k % 3]!.index),
  );
  const taps = place.put(indices);
  const position = 4 * channels * outputs;
  const at = place.take(36 * groups * position);
  const jobs: Job[] = [];
  for (let group = 0; group < groups; group++)
    for (let o = 0; o < outputs; o += 4) {
      const from = weight + 4 * (group * kernel.perGroup + o * kernel.perOutput);
      const to = at + 36 * group * position + 4 * o * channels;
      const block = Math.min(4, outputs - o);
      jobs.push({
        calls: [['winogradWeights', from, kernel.perOutput, kernel.perChannel, channels, block, taps, to, position]],
      });
    }
  return { at, taps, jobs };
}
