import { type Shape, sizeOf } from '../../../core/tensor';
import type { Call, Job, Run } from '../plan';

/** Rows [from, to) of one plane of a result. */
export interface Strip {
  readonly plane: number;
  readonly from: number;
  readonly to: number;
}

/** Values that a job touches: 256 KiB. */
const jobValues = 1 << 16;

/**
 * Jobs of about `jobValues` values: strips of the rows of y [N, C, H, W], or several planes that are small. `rowValues` are touched for each row;
 * strips begin at multiples of `group` rows.
 */
export function strips(
  y: number,
  shape: Shape,
  calls: (strip: Strip) => readonly Call[],
  { rowValues = shape[3] ?? 1, group = 1 } = {},
): Job[] {
  const [, , height = 1, width = 1] = shape;
  const planes = sizeOf(shape) / (height * width);
  const rows = Math.max(1, Math.ceil(jobValues / rowValues / group)) * group;
  const together = Math.max(1, Math.floor(rows / height));
  const jobs: Job[] = [];
  for (let first = 0; first < planes; first += together) {
    const last = Math.min(first + together, planes);
    for (let from = 0; from < height; from += rows) {
      const to = Math.min(from + rows, height);
      const job: { calls: Call[]; writes: Run[] } = { calls: [], writes: [] };
      for (let plane = first; plane < last; plane++) {
        job.calls.push(...calls({ plane, from, to }));
        job.writes.push({ at: y + 4 * (plane * height + from) * width, count: (to - from) * width, plane });
      }
      jobs.push(job);
    }
  }
  return jobs;
}
