// Statistics of a result, found by the jobs that finish its values, while these are in the cache.

import { type Shape, sizeOf } from '../../core/tensor';
import type { Call, Job, Run, Stage } from './plan';

/** Of the finite values of one channel. */
export interface ChannelSums {
  /** NaN where no value is finite. */
  readonly min: number;
  readonly max: number;
  /** Sum of |v|, and of |v| over the negative values. */
  readonly magnitude: number;
  readonly negative: number;
}

/** What the routine `statistics` writes: the four numbers in float64. */
export const statBytes = 32;

/** Fewer values than this to a call, on average, are slower than a pass of their own. */
const shortest = 1024;

interface Measuring {
  /** How often the four numbers are written. */
  readonly count: number;
  /** The stages that write them too, from an address on. */
  stages(at: number): readonly Stage[];
  /** The numbers of every channel, from what was written. */
  joined(values: Float64Array): ChannelSums[];
}

/** Null where jobs do not say which values of y, [N, C, H, W], they finish, or finish them in small pieces. */
export function measuring(
  stages: readonly Stage[],
  { at, shape }: { readonly at: number; readonly shape: Shape },
): Measuring | null {
  const [, channels = 1, height = 1, width = 1] = shape;
  const last = stages.at(-1);
  if (shape.length !== 4 || !last || typeof last === 'function') return null;
  const all = [at, at + 4 * sizeOf(shape)] as const;
  // Maps at the end finish what stages before them wrote.
  const finishing = coverage([last], all) ? [last] : stages;
  if (finishing === stages && !coverage(stages, all)) return null;
  const runs = new Map<Job, readonly Run[]>();
  const planes: number[] = [];
  for (const stage of finishing) {
    if (typeof stage === 'function') continue;
    for (const job of stage) {
      const first = joinedRuns(job.writes ?? []).filter(({ plane }) => plane < channels);
      runs.set(job, first);
      for (const { plane } of first) planes.push(plane);
    }
  }
  if (planes.length * shortest > Math.max(channels * height * width, channels * shortest)) return null;
  return {
    count: planes.length,
    stages(to) {
      let next = to;
      const measured = (job: Job): Job => {
        const first = runs.get(job);
        if (!first) return job;
        const into = next;
        next += statBytes * first.length;
        const call = (run: Run, k: number): Call => ['statistics', run.at, run.count, into + statBytes * k];
        return {
          get calls() {
            return [...job.calls, ...first.map(call)];
          },
        };
      };
      return stages.map((stage) => (typeof stage === 'function' ? stage : stage.map(measured)));
    },
    joined(values) {
      const perChannel = Array.from({ length: channels }, (): number[] => []);
      for (const [i, plane] of planes.entries()) perChannel[plane]!.push(...values.subarray(4 * i, 4 * i + 4));
      return perChannel.map(joinedOf);
    },
  };
}

/** Whether the jobs of these stages write every value of a result once, and nothing else. */
function coverage(stages: readonly Stage[], [from, to]: readonly [number, number]): boolean {
  let bytes = 0;
  for (const stage of stages) {
    if (typeof stage === 'function') continue;
    for (const { writes = [] } of stage) {
      for (const { at, count } of writes) {
        if (at < from || at + 4 * count > to) return false;
        bytes += 4 * count;
      }
    }
  }
  return bytes === to - from;
}

/** Neighbours in one plane as one run. */
export function joinedRuns(runs: readonly Run[]): readonly Run[] {
  if (runs.length < 2) return runs;
  const joined: Run[] = [];
  for (const run of [...runs].sort((a, b) => a.at - b.at)) {
    const last = joined.at(-1);
    if (last && last.plane === run.plane && last.at + 4 * last.count === run.at)
      joined[joined.length - 1] = { ...last, count: last.count + run.count };
    else joined.push(run);
  }
  return joined;
}

/** The numbers of parts as those of the whole. */
export function joinedOf(parts: ArrayLike<number>): ChannelSums {
  const sums = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, magnitude: 0, negative: 0 };
  for (let i = 0; i < parts.length; i += 4) {
    sums.min = Math.min(sums.min, parts[i]!);
    sums.max = Math.max(sums.max, parts[i + 1]!);
    sums.magnitude += parts[i + 2]!;
    sums.negative += parts[i + 3]!;
  }
  return sums.max < sums.min ? { ...sums, min: Number.NaN, max: Number.NaN } : sums;
}
