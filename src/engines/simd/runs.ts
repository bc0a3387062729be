import { type Shape, sizeOf } from '../../core/tensor';
import type { Call, Job } from './plan';

/** Values of a job: 256 KiB, so that they are in the second cache when a fused step reads them again. */
export const runLength = 1 << 16;

/** Jobs that map every value from `x` to `y`, run by run; a run lies in one plane. */
export function runs(
  x: number,
  y: number,
  shape: Shape,
  calls: (x: number, y: number, run: { readonly count: number; readonly plane: number }) => readonly Call[],
): Job[] {
  const plane = planeSize(shape);
  const planes = plane === 0 ? 0 : sizeOf(shape) / plane;
  // Small planes share a job, so that there are not more jobs than work.
  const together = Math.max(1, Math.floor(runLength / Math.max(1, plane)));
  const jobs: Job[] = [];
  for (let p = 0; p < planes; p += together) {
    const last = Math.min(p + together, planes);
    const parts = [];
    for (let q = p; q < last; q++) {
      for (let from = 0; from < plane; from += runLength) {
        const count = Math.min(runLength, plane - from);
        const offset = 4 * (q * plane + from);
        parts.push({ offset, run: { count, plane: q, at: y + offset } });
      }
    }
    const groups = together > 1 ? [parts] : parts.map((part) => [part]);
    for (const group of groups) {
      jobs.push({
        calls: group.flatMap(({ offset, run }) => calls(x + offset, y + offset, run)),
        writes: group.map(({ run }) => run),
      });
    }
  }
  return jobs;
}

/** Values of one plane of [N, C, H, W]; of any other shape, all values are one plane. */
export const planeSize = (shape: Shape): number => (shape.length === 4 ? (shape[2] ?? 1) * (shape[3] ?? 1) : sizeOf(shape));
