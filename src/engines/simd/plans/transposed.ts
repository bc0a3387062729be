// Transposed convolution: for every phase of the stride a list of taps.

import { convTranspose2d } from '../../../core/ops/convTranspose2d';
import { type Transposing, transposedFrame } from '../../../core/transposed';
import { gathered } from '../gathered';
import { type Asked, type Place, type Plan, planned } from '../plan';
import { transposedGradients } from './transposedGradient';

type Frame = ReturnType<typeof transposedFrame>;

/** Which taps of the kernel reach an output of a phase, and how many pixels from its own each reads. */
interface Tap {
  readonly tap: number;
  readonly shift: number;
}

/** All taps of one axis by phase: output s · t + phase reads pixel t + shift. */
function phasesOf(p: Transposing, axis: 0 | 1, kernel: number): Tap[][] {
  const [stride, dilation, padding] = [p.stride[axis], p.dilation[axis], p.padding[axis]];
  const phases = Array.from({ length: stride }, (): Tap[] => []);
  for (let tap = 0; tap < kernel; tap++) {
    const at = tap * dilation - padding;
    const phase = ((at % stride) + stride) % stride;
    phases[phase]!.push({ tap, shift: (phase - at) / stride });
  }
  return phases;
}

/** The first pixel that outputs of pixel 0 read, and how many more than one. */
function spread(phases: readonly Tap[][]): { readonly first: number; readonly more: number } {
  const shifts = phases.flatMap((taps) => taps.map(({ shift }) => shift));
  const first = shifts.reduce((a, b) => Math.min(a, b), shifts[0] ?? 0);
  return { first, more: shifts.reduce((a, b) => Math.max(a, b), first) - first };
}

/** Staged rows of a tile stay in the second cache; and how many multiplications a job does. */
const stagedBytes = 1 << 17;
const jobSize = 4e6;
/** A block of sums reads up to this many values behind a row. */
const block = 32;
const narrowest = 48;
const line = 64;
/** An odd number of cache lines: rows that lie a power of two apart would share cache sets. */
const oddLines = (bytes: number): number => Math.ceil(bytes / line) * line + (Math.ceil(bytes / line) % 2 === 0 ? line : 0);

/** Cuts the result into tiles of `rows` × `columns` pixels of the input, with the memory of their staged rows. */
function tilingOf({ perGroup, oh, ow, kh, kw, perOutput }: Frame, p: Transposing) {
  const [down, across] = [phasesOf(p, 0, kh), phasesOf(p, 1, kw)];
  const [tall, wide] = [spread(down), spread(across)];
  const cells = { rows: Math.ceil(oh / p.stride[0]), columns: Math.ceil(ow / p.stride[1]) };
  const fitting = Math.floor(stagedBytes / (4 * perGroup * (1 + tall.more))) - wide.more - block;
  const columns = cells.columns <= 1.5 * fitting ? cells.columns : Math.min(cells.columns, Math.max(narrowest, fitting));
  const lineBytes = oddLines(4 * (columns + wide.more + block));
  const most = Math.floor(stagedBytes / (perGroup * lineBytes)) - tall.more;
  const wanted = Math.ceil(jobSize / (columns * kh * kw * perGroup * perOutput));
  const rows = Math.max(1, Math.min(cells.rows, Math.max(most, tall.more), wanted));
  const channelBytes = lineBytes * (rows + tall.more);
  const sumBytes = oddLines(4 * (columns + block));
  const lists = across.filter((taps) => taps.length > 0).length;
  const staged = perGroup * channelBytes;
  return {
    ...{ down, across, tall, wide, cells, columns, rows, lineBytes, channelBytes, staged, sumBytes },
    scratch: staged + 4 * lists * sumBytes + line,
  };
}
type Tiling = ReturnType<typeof tilingOf>;

function transposed({ params, inputs }: Asked<'x' | 'weight' | 'bias', (typeof convTranspose2d)['params']>): Plan | string {
  const shapes = { x: inputs.x.shape, weight: inputs.weight.shape, bias: inputs.bias.shape };
  const frame = transposedFrame(shapes, params);
  const { kh, kw, perGroup } = frame;
  const weights = inputs.weight.data;
  if (!weights) return 'its weights are not known yet';
  // Around the picture are zeros, whose product with a weight must be 0.
  if (!weights.every(Number.isFinite)) return 'a weight is not finite';
  const tiling = tilingOf(frame, params);
  const phases = params.stride[0] * params.stride[1];
  return {
    how:
      phases === 1
        ? `a list of ${perGroup * kh * kw} taps, because with stride 1 every output sees the whole kernel`
        : `${phases} lists of taps, because outputs in the same place of a ${params.stride.join(' × ')} block see the same part of the kernel`,
    scratch: tiling.scratch,
    build: (place) => [jobsOf(frame, params, tiling, weights, place)],
  };
}

function jobsOf(frame: Frame, p: Transposing, tiling: Tiling, weights: ArrayLike<number>, place: Place) {
  const { n, h, w, oh, ow, perGroup, perOutput, kh, kw } = frame;
  const { columns, rows, cells } = tiling;
  if (n === 0) return [];
  const [xAt, yAt, biasAt] = [place.at('x'), place.at('y'), place.at('bias')];
  const { table, weightsAt } = listsOf(frame, tiling, weights, place);
  // The fields of TransposedFrame in assembly/transposed.ts.
  const fields = [
    ...[h, w, perGroup, perOutput, oh, ow, p.stride[0], p.stride[1]],
    ...[tiling.tall.first, tiling.wide.first, tiling.tall.more, tiling.wide.more],
    ...[tiling.lineBytes, tiling.channelBytes, tiling.staged, tiling.sumBytes, table],
  ];
  const frameAt = place.put(Int32Array.from(fields));
  const parts = [];
  for (let image = 0; image < n * p.groups; image++) {
    const group = image % p.groups;
    const plane = image * perOutput;
    const [x, y] = [xAt + 4 * image * perGroup * h * w, yAt + 4 * plane * oh * ow];
    const constants = [y, weightsAt + 4 * group * perGroup * perOutput * kh * kw, biasAt + 4 * group * perOutput];
    for (let t = 0; t < cells.rows; t += rows) {
      const high = Math.min(rows, cells.rows - t);
      for (let s = 0; s < cells.columns; s += columns) {
        const wide = Math.min(columns, cells.columns - s);
        const [first, end] = [t * p.stride[0], Math.min(oh, (t + high) * p.stride[0])];
        const whole = wide === cells.columns;
        parts.push({
          price: wide * high * perGroup * perOutput * kh * kw + 2 * wide * p.stride[1] * (end - first) * perOutput,
          calls: [['transposeTile', frameAt, x, t, high, s, wide, ...constants] as const],
          writes: Array.from({ length: whole ? perOutput : 0 }, (_, k) => ({
            at: y + 4 * (k * oh + first) * ow,
            count: (end - first) * ow,
            plane: plane + k,
          })),
        });
      }
    }
  }
  return gathered(parts, jobSize);
}

/** The lists of every phase, their weights for every group, and the table that finds them. */
function listsOf({ c, perGroup, perOutput, kh, kw }: Frame, tiling: Tiling, weights: ArrayLike<number>, place: Place) {
  const { down, across, tall, wide, lineBytes, channelBytes } = tiling;
  const lists: number[] = [];
  const phases: number[] = [];
  const offsets: number[] = [];
  const packed = new Float32Array(c * perOutput * kh * kw);
  const perList = perGroup * perOutput * kh * kw;
  let start = 0;
  for (const rows of down) {
    phases.push(rows.length === 0 ? 0 : across.filter((taps) => taps.length > 0).length, lists.length);
    if (rows.length === 0) continue;
    for (const [phase, columns] of across.entries()) {
      if (columns.length === 0) continue;
      const taps = rows.flatMap((u) => columns.map((v) => ({ u, v })));
      lists.push(phase, perGroup * taps.length, offsets.length, start);
      for (let k = 0; k < perGroup; k++) {
        for (const { u, v } of taps)
          offsets.push(k * channelBytes + (u.shift - tall.first) * lineBytes + 4 * (v.shift - wide.first));
      }
      for (let group = 0; group * perGroup < c; group++) {
        let at = group * perList + start;
        for (let o = 0; o < perOutput; o += 4) {
          const outputs = Math.min(4, perOutput - o);
          for (let k = 0; k < perGroup; k++) {
            for (const { u, v } of taps) {
              const from = ((group * perGroup + k) * perOutput + o) * kh * kw + u.tap * kw + v.tap;
              for (let q = 0; q < outputs; q++) packed[at++] = weights[from + q * kh * kw]!;
            }
          }
        }
      }
      start += perGroup * taps.length * perOutput;
    }
  }
  const offsetsAt = place.put(Int32Array.from(offsets));
  const listsAt = place.put(Int32Array.from(lists, (v, i) => (i % 4 === 2 ? offsetsAt + 4 * v : v)));
  const table = place.put(Int32Array.from(phases, (v, i) => (i % 2 === 1 ? listsAt + 4 * v : v)));
  return { table, weightsAt: place.put(packed) };
}

export const transposedConvolutions = [planned(convTranspose2d, transposed, transposedGradients)];
