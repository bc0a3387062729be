// Sums of whole planes, which are the gradients of biases: long ones in parts, which are joined in float64.

import type { Job, Place, Stage } from '../plan';

/** Values of a job, and of the part of a plane that one call sums: a multiple of the values that it sums in float32. */
const jobValues = 1 << 19;

export interface Summed {
  /** Values of several pictures, [images, planes, length]. */
  readonly at: number;
  readonly images: number;
  readonly planes: number;
  readonly length: number;
  /** One sum for each plane, over all pictures. */
  readonly to: number;
}

export function planeSums(place: Place, { at, images, planes, length, to }: Summed): Stage[] {
  const together = Math.max(1, Math.floor(jobValues / Math.max(1, length)));
  const pieces = Math.max(1, Math.ceil(length / jobValues));
  const parts = Math.ceil(images / together) * pieces;
  const sums = place.take(8 * parts * planes);
  const order = place.put(Int32Array.from({ length: planes }, (_, k) => k));
  const jobs: Job[] = [];
  for (let part = 0; part < parts; part++) {
    const [image, from] = [Math.floor(part / pieces) * together, (part % pieces) * jobValues];
    const [rows, count] = [Math.min(together, images - image), Math.min(jobValues, length - from)];
    const perJob = Math.max(1, Math.floor(jobValues / Math.max(1, rows * count)));
    for (let first = 0; first < planes; first += perJob)
      jobs.push({
        calls: Array.from({ length: Math.min(perJob, planes - first) }, (_, i) => {
          const plane = first + i;
          const start = at + 4 * ((image * planes + plane) * length + from);
          return ['sumRows', start, 4 * planes * length, rows, count, sums + 8 * (part * planes + plane)] as const;
        }),
      });
  }
  return [jobs, [{ calls: [['joinSums', sums, 8 * planes, parts, 1, planes, order, to, 0]] }]];
}
