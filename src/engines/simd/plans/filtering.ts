// Calls of `filterRows`: kernels that slide over one channel each, from a ring of staged rows.

import { gathered } from '../gathered';
import type { Job, Place, Run } from '../plan';
import { chainsOf, type Filtering, frameOf, type Kernel, packed, ringOf, tileOf } from './ring';

/** Multiplications of a job, about half a millisecond. */
const jobSize = 4e6;

/** The jobs that filter every channel of `x` at an address into `y`. */
export function filterJobs(f: Filtering, place: Place, xAt: number, yAt: number): Job[] {
  const { n, c, results, height, width, oh, ow } = f;
  if (n === 0) return [];
  const { step } = chainsOf(height);
  const tile = tileOf(f);
  const weightsAt = putAll(f, place, f.kernels);
  const plainAt = f.plain && f.kernels.some(({ pairs }) => pairs > 1) ? putAll(f, place, f.plain) : [];
  const biasAt = place.put(Float32Array.from(f.bias));
  const frames = new Map<string, number>();
  const frameFor = (pairs: number, together: number, columns: number): number => {
    const key = `${pairs} ${together} ${columns}`;
    const known = frames.get(key) ?? frameOf(f, place, pairs, together, columns);
    frames.set(key, known);
    return known;
  };
  const parts = [];
  for (let image = 0; image < n * c; image++) {
    for (let o = 0; o < results; ) {
      const first = (image % c) * results + o;
      const kernel = f.kernels[first % f.kernels.length]!;
      const together = kernel.pairs > 0 || f.kernels.length === 1 ? 1 : plainRun(f.kernels, first, results - o);
      const plane = image * results + o;
      const price = priceOf(f, kernel.pairs) * together;
      for (let j = 0; j < ow; j += tile) {
        const columns = Math.min(tile, ow - j);
        const rows = rowsTogether(f, price * columns, kernel.pairs, Math.ceil(oh / step));
        for (let chain = 0; chain < Math.min(step, oh); chain++) {
          for (let i = chain; i < oh; i += step * rows) {
            const count = Math.min(rows, Math.ceil((oh - i) / step));
            const at = yAt + 4 * ((plane * oh + i) * ow + j);
            const where = [xAt + 4 * image * height.length * width.length, i * height.stride - height.before];
            const what = [...where, j * width.stride - width.before, count, at];
            const k = first % f.kernels.length;
            const checked = kernel.pairs > 1 && f.plain !== undefined;
            const weights = checked ? [weightsAt[k]!, plainAt[k]!] : [weightsAt[k]!];
            const plans = checked
              ? [frameFor(kernel.pairs, 1, columns), frameFor(0, 1, columns)]
              : [frameFor(kernel.pairs, together, columns)];
            const writes: Run[] = [];
            if (step === 1 && columns === ow)
              for (let m = 0; m < together; m++) writes.push({ at: at + 4 * m * oh * ow, count: count * ow, plane: plane + m });
            parts.push({
              price: price * count * columns,
              calls: [
                [
                  checked ? 'filterRowsChecked' : 'filterRows',
                  ...plans,
                  ...what,
                  ...weights,
                  biasAt + 4 * (first % f.bias.length),
                ] as const,
              ],
              writes,
            });
          }
        }
      }
      o += together;
    }
  }
  return gathered(parts, jobSize);
}

/** How many kernels from `first` on are not separated. */
function plainRun(kernels: readonly Kernel[], first: number, most: number): number {
  let count = 1;
  while (count < most && kernels[first + count]?.pairs === 0) count += 1;
  return count;
}

/** Multiplications of one value of the result, with what staging costs beside them. */
function priceOf({ height, width }: Filtering, pairs: number): number {
  return 4 + (pairs > 0 ? pairs * (width.kernel * Math.max(1, height.stride / 2) + height.kernel) : width.kernel * height.kernel);
}

/**
 * Rows of a call, in fours: a job's worth, or more where the first rows of the ring are costly, since every call filters those anew; all calls have
 * about as many.
 */
function rowsTogether({ height }: Filtering, rowPrice: number, pairs: number, outputs: number): number {
  const job = jobSize / rowPrice;
  const wanted = pairs > 0 ? Math.max(job, 3 * height.kernel, Math.min(6 * height.kernel, 3 * job)) : job;
  return 4 * Math.ceil(outputs / Math.max(1, Math.round(outputs / Math.max(1, wanted))) / 4);
}

/** Addresses of the weights of every kernel; those of neighbours lie side by side, as one call may read several. */
export function putAll(f: Filtering, place: Place, kernels: readonly Kernel[]): number[] {
  const once = f.results === 1;
  const known = new Map<Kernel, number>();
  const starts: number[] = [];
  const lists: number[][] = [];
  let at = 0;
  for (const kernel of kernels) {
    const start = once ? known.get(kernel) : undefined;
    starts.push(start ?? at);
    if (start !== undefined) continue;
    known.set(kernel, at);
    const list = packed(kernel, f, ringOf(f, kernel.pairs, tileOf(f)));
    lists.push(list);
    at += list.length;
  }
  const base = place.put(Float32Array.from(lists.flat()));
  return starts.map((start) => base + 4 * start);
}
