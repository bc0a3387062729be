// Weights in the order in which tap lists read them.

import type { Call, Job, Place } from '../plan';

/** Where the weights of outputs lie: each output has one for every tap. */
export interface Weights {
  readonly at: number;
  readonly groups: number;
  readonly outputs: number;
  /** Values from one group, and from one output, to the next. */
  readonly perGroup: number;
  readonly perOutput: number;
  /** The index of the weight of each tap; taps that are summed together are a part. */
  readonly taps: Int32Array;
  readonly parts: readonly { readonly first: number; readonly count: number }[];
}

/** Weights of a job. */
const together = 1 << 18;

/** Jobs that make [group][part][block of four outputs][tap][output] of the weights, and its address. */
export function packing(place: Place, { at, groups, outputs, perGroup, perOutput, taps, parts }: Weights) {
  const to = place.take(4 * groups * outputs * taps.length);
  const table = place.put(taps);
  const perJob = Math.max(4, 4 * Math.floor(together / Math.max(1, taps.length) / 4));
  const jobs: Job[] = [];
  for (let group = 0; group < groups; group++)
    for (let o = 0; o < outputs; o += perJob) {
      const count = Math.min(perJob, outputs - o);
      const from = at + 4 * (group * perGroup + o * perOutput);
      const calls = parts.map((part): Call => {
        const into = to + 4 * (group * outputs * taps.length + part.first * outputs + o * part.count);
        return ['packWeights', from, perOutput, table + 4 * part.first, part.count, count, into];
      });
      jobs.push({ calls });
    }
  return { at: to, jobs };
}
