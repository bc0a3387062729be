// Plans of windows that slide: maxima, minima, sums and norms, rows first, by assembly/windows.ts.

import type { Shape } from '../../../core/tensor';
import { extent, type Slide } from '../../../core/window';
import type { Call, Job, Place, Plan, Run } from '../plan';

/** What windows make of their values. */
export type Joining = 'Max' | 'Min' | 'Sum' | 'Norm';

/** What the sum of a window is multiplied by: a factor of its row, and a ratio of its column, 1 from `from` to `to`. */
export interface Scales {
  readonly rows: Float32Array;
  readonly columns: Float32Array;
  readonly from: number;
  readonly to: number;
}

export interface Sliding {
  readonly joining: Joining;
  /** Names of the tensors. */
  readonly from: string;
  readonly into: string;
  readonly x: Shape;
  readonly y: Shape;
  readonly height: Slide;
  readonly width: Slide;
  readonly scales?: Scales;
}

/** A window of this many rows is joined by van Herk; measured, below it direct reading is as fast. */
const manyRows = 7;
/** Input values of a job: about a millisecond of work. */
const jobValues = 1 << 17;
/** Rows above and below a strip that are read twice may be this part of it. */
const haloShare = 8;

export function slidingPlan(sliding: Sliding): Plan {
  const { height, width } = sliding;
  if (isPairs(sliding)) {
    return {
      how: 'two rows at a time, because windows of 2 × 2 that touch need no row twice',
      build: (place) => [pairJobs(sliding, place)],
    };
  }
  const blocks = byBlocks(sliding);
  const down = blocks
    ? `van Herk down the columns, because a window of ${height.kernel} is ${manyRows} strides or more`
    : `${height.kernel} ${height.kernel === 1 ? 'row' : 'rows'} joined directly`;
  const along = width.kernel > 4 ? `, then joins of 1, 4, 16 … neighbours for ${width.kernel} columns` : '';
  return {
    how: `${down}${along}`,
    scratch: scratchOf(sliding),
    build: (place) => [jobsOf(sliding, place)],
  };
}

/** Whether windows of 2 × 2 touch and lie on the picture. */
function isPairs({ height, width, y, scales }: Sliding): boolean {
  const [, , oh = 0, ow = 0] = y;
  const whole = ({ kernel, stride, dilation, before, length }: Slide, outputs: number): boolean =>
    kernel === 2 && stride === 2 && dilation === 1 && before === 0 && 2 * outputs <= length;
  const even = !scales || (scales.from === 0 && scales.to === ow && scales.rows.every((factor) => factor === scales.rows[0]));
  return whole(height, oh) && whole(width, ow) && even;
}

function pairJobs({ joining, from, into, x: shape, y: result, scales }: Sliding, place: Place): Job[] {
  const [n = 0, c = 1, h = 1, w = 1] = shape;
  const [, , oh = 1, ow = 1] = result;
  const [x, y] = [place.at(from), place.at(into)];
  const rows = evenly(oh, jobValues / (2 * w));
  const parts: Part[] = [];
  for (let plane = 0; plane < n * c; plane++) {
    for (let i = 0; i < oh; i += rows) {
      const count = Math.min(rows, oh - i);
      const at = y + 4 * ow * (plane * oh + i);
      parts.push({
        call: [`pool${joining}Pairs`, x + 4 * w * (plane * h + 2 * i), at, count, w, ow, scales?.rows[0] ?? 1],
        runs: [{ at, count: count * ow, plane }],
        values: 2 * count * w,
      });
    }
  }
  return grouped(parts, 0);
}

const byBlocks = ({ height: { kernel, stride, dilation } }: Sliding): boolean =>
  kernel >= manyRows * (stride / greatest(stride, dilation));

/** Sums start anew after so many rows: short chains of additions, and not many of them. */
const chainOf = (kernel: number): number => (kernel < 16 ? kernel : Math.ceil(Math.sqrt(kernel)));

function rowBytesOf({ width, y }: Sliding): number {
  const read = ((y[3] ?? 1) - 1) * width.stride + extent(width.kernel, width.dilation);
  return aligned(4 * (Math.max(read, width.before + width.length) + 16));
}

function scratchOf(sliding: Sliding): number {
  const { kernel, length } = { kernel: sliding.height.kernel, length: sliding.width.length };
  const line = aligned(4 * length + 16);
  const chain = chainOf(kernel);
  const kept = byBlocks(sliding) ? line * (kernel + Math.ceil(kernel / chain) + 2) : 0;
  return 4 * rowBytesOf(sliding) + aligned(4 * kernel + 16) + kept + 64;
}

/** Rows that are `dilation` apart make a picture of their own, with windows of neighbours: the outputs `first`, `first + every`, … read it. */
interface Comb {
  readonly first: number;
  readonly every: number;
  readonly outputs: number;
  readonly stride: number;
  readonly start: number;
  /** Its rows of the input, from row `row` on. */
  readonly rows: number;
  readonly row: number;
}

function combsOf({ length, stride, dilation, before }: Slide, outputs: number): Comb[] {
  const every = dilation / greatest(stride, dilation);
  return Array.from({ length: Math.min(every, outputs) }, (_, first) => {
    const at = first * stride - before;
    const row = ((at % dilation) + dilation) % dilation;
    return {
      ...{ first, every, row, start: (at - row) / dilation, stride: (stride * every) / dilation },
      outputs: Math.ceil((outputs - first) / every),
      rows: Math.max(0, Math.ceil((length - row) / dilation)),
    };
  });
}

function jobsOf(sliding: Sliding, place: Place): Job[] {
  const { joining, height, width } = sliding;
  const [n = 0, c = 1, h = 1, w = 1] = sliding.x;
  const [, , oh = 1, ow = 1] = sliding.y;
  const [x, y] = [place.at(sliding.from), place.at(sliding.into)];
  const combs = combsOf(height, oh);
  const geometry = geometryOf(sliding, combs[0]?.stride ?? 1, place);
  const routine = `pool${joining}${byBlocks(sliding) ? 'Blocks' : 'Direct'}`;
  const parts: Part[] = [];
  for (let plane = 0; plane < n * c; plane++) {
    for (const comb of combs) {
      const halo = Math.max(0, height.kernel - comb.stride);
      const wanted = Math.ceil(Math.max(jobValues / w, haloShare * halo) / comb.stride);
      const each = evenly(comb.outputs, wanted);
      const at = x + 4 * w * (plane * h + comb.row);
      const into = y + 4 * ow * (plane * oh + comb.first);
      for (let from = 0; from < comb.outputs; from += each) {
        const to = Math.min(from + each, comb.outputs);
        parts.push({
          call: [routine, at, comb.rows, comb.start, into, from, to, geometry],
          runs: runsOf(into + 4 * ow * comb.every * from, to - from, ow, comb.every, plane),
          values: (to - from) * comb.stride * w,
        });
      }
    }
  }
  return grouped(parts, width.length);
}

/** Rows of the result that lie behind one another are one run. */
function runsOf(at: number, rows: number, ow: number, every: number, plane: number): Run[] {
  if (every === 1) return [{ at, count: rows * ow, plane }];
  return Array.from({ length: rows }, (_, i) => ({ at: at + 4 * ow * every * i, count: ow, plane }));
}

/** A call, what it finishes, and how many values it reads. */
interface Part {
  readonly call: Call;
  readonly runs: readonly Run[];
  readonly values: number;
}

/** Small parts share a job. */
function grouped(parts: readonly Part[], row: number): Job[] {
  const jobs: { calls: Call[]; writes: Run[] }[] = [];
  let room = 0;
  for (const { call, runs, values } of parts) {
    const last = jobs.at(-1);
    if (last && values + row <= room) {
      last.calls.push(call);
      last.writes.push(...runs);
    } else {
      jobs.push({ calls: [call], writes: [...runs] });
      room = jobValues;
    }
    room -= values + row;
  }
  return jobs;
}

/** The order that assembly/windows.ts reads. */
function geometryOf(sliding: Sliding, stride: number, place: Place): number {
  const { height, width, scales } = sliding;
  const [, , oh = 1, ow = 1] = sliding.y;
  const { kernel, dilation } = height;
  const every = dilation / greatest(height.stride, dilation);
  const rows = place.put(scales?.rows ?? new Float32Array(oh).fill(1));
  const uneven = scales !== undefined && (scales.from > 0 || scales.to < ow);
  const columns = uneven ? place.put(scales.columns) : 0;
  return place.put(
    Int32Array.of(
      ...[4 * width.length * dilation, 4 * ow * every, kernel, stride],
      ...[width.length, width.kernel, width.stride, width.dilation, width.before, ow],
      ...[rowBytesOf(sliding), rows, columns, scales?.from ?? 0, scales?.to ?? ow],
      chainOf(kernel),
    ),
  );
}

/** Near `wanted`, so that all parts of `count` are about as large. */
const evenly = (count: number, wanted: number): number => Math.ceil(count / Math.max(1, Math.round(count / Math.max(1, wanted))));
const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64;
const greatest = (a: number, b: number): number => (b === 0 ? a : greatest(b, a % b));
