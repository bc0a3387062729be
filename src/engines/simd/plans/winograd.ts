// Convolution 3 × 3 at stride 1 by Winograd's F(4 × 4, 3 × 3).

import type { Call, Job, Place, Run, Stage } from '../plan';
import type { DenseAt } from './dense';
import { type Axis, sourceOf } from './frame';
import type { Dense } from './tiling';

/** Result pixels of a group of four tiles, and what it reads. */
const groupWidth = 16;
const groupHeight = 4;
/** Second cache for transformed pixels and products. */
const cache = 400 << 10;
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
  readonly pitch: number;
  readonly inBytes: number;
  readonly outBytes: number;
  readonly scratch: number;
}

export function winogradTiling({ channels, outputs, down, across }: Dense): Winograd {
  const groupsAcross = Math.ceil(across.outputs / groupWidth);
  const tileRows = Math.ceil(down.outputs / groupHeight);
  // Whole blocks of the smallest kind of block that the outputs need: 8 tiles, 24, 16 or 32.
  const grain = [2, 8, 4, 6][outputs % 4]!;
  const fitting = cache / (36 * 4 * 4 * (channels + outputs));
  const most = Math.min(24, Math.max(6, Math.floor(fitting)));
  const total = groupsAcross * tileRows;
  const strip = Math.min(up(total, grain), up(most, grain));
  const pitch = 16 * strip;
  const [inBytes, outBytes] = [oddLines(channels * pitch), oddLines(outputs * pitch)];
  return { groupsAcross, tileRows, strip, pitch, inBytes, outBytes, scratch: 36 * (inBytes + outBytes) + 2048 };
}

export function winogradStages(place: Place, dense: Dense, tiling: Winograd, at: DenseAt): Stage[] {
  const { images, groups, channels, outputs, down, across, kernel } = dense;
  const { groupsAcross, tileRows, strip, pitch, inBytes, outBytes } = tiling;
  const weights = transformed(place, dense, at.weight);
  const zeros = place.put(new Float32Array(groups * outputs + 4));
  const bias = at.bias ?? zeros;
  const rows = place.put(tableOf(down, tileRows * groupHeight + 2));
  const columnTable = tableOf(across, groupsAcross * groupWidth + 4);
  const columns = place.put(columnTable);
  const offsets = place.put(Int32Array.from({ length: channels }, (_, c) => c * pitch));
  const clear = clearGroups(across, groupsAcross);
  const [height, width] = [down.outputs, across.outputs];
  const [plane, planeOut] = [4 * down.length * across.length, 4 * height * width];
  const work = 36 * (inBytes + outBytes);
  const perGroup = 4 * 36 * channels * outputs;
  const together = Math.max(1, Math.min(tileRows, Math.round(goodJob / (groupsAcross * perGroup))));
  const jobs: Job[] = [];
  for (let image = 0; image < images; image++)
    for (let group = 0; group < groups; group++)
      for (let row = 0; row < tileRows; row += together) {
        const start = row * groupsAcross;
        const end = Math.min(row + together, tileRows) * groupsAcross;
        const size = Math.ceil((end - start) / Math.ceil((end - start) / strip));
        const source = at.x + plane * (image * groups + group) * channels;
        const target = at.y + planeOut * (image * groups + group) * outputs;
        const callsOf = (first: number): Call[] => {
          const count = Math.min(size, end - first);
          return [
            [
              ...(['winogradIn', source, plane, 4 * across.length, channels, rows, columns, groupsAcross] as const),
              ...[clear.from, clear.to, first, count, inBytes, pitch, work],
            ],
            [
              ...(['winogradMultiply', channels, outputs, 4 * count, inBytes, pitch, offsets] as const),
              ...[weights.at + 4 * 36 * group * channels * outputs, zeros, 36 * inBytes, outBytes],
            ],
            [
              ...(['winogradOut', target, planeOut, outputs, height, width, bias + 4 * group * outputs, groupsAcross] as const),
              ...[first, count, 36 * inBytes, outBytes, pitch, work, source, plane, 4 * across.length, channels, rows, columns],
              ...[at.weight + 4 * group * kernel.perGroup, kernel.perOutput, kernel.perChannel, weights.taps],
            ],
          ];
        };
        // Whole rows of tiles, unless one is too much work.
        const long = (end - start) * perGroup > largestJob;
        const step = long ? size * Math.max(1, Math.floor(largestJob / (size * perGroup))) : end - start;
        for (let from = start; from < end; from += step) {
          const to = Math.min(from + step, end);
          const calls: Call[] = [];
          for (let first = from; first < to; first += size) calls.push(...callsOf(first));
          const top = row * groupHeight;
          const left = (from - start) * groupWidth;
          const tall = Math.min(height, top + together * groupHeight) - top;
          const wide = to === end ? width - left : (to - from) * groupWidth;
          const area = long ? { top, left, tall, wide } : { top, left: 0, tall, wide: width };
          jobs.push({
            calls,
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

/** Groups whose 18 columns all lie in the picture. The two after them are read, too, but not used. */
function clearGroups({ taps, length }: Axis, groupsAcross: number): { readonly from: number; readonly to: number } {
  const shift = taps[0]!.shift;
  const from = Math.max(0, Math.ceil(-shift / groupWidth));
  const to = Math.min(groupsAcross, Math.floor((length - shift - 18) / groupWidth) + 1);
  return { from, to };
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
