import { livenessOf, type Shifted } from '../../core/liveness';
import { parse } from '../../core/parse';
import { opOf } from '../../core/registry';
import { weightsOf } from '../../core/sequential';
import { type Tensor, tensor } from '../../core/tensor';
import type { Node } from '../api';
import type { Inquiry } from '.';

export interface LivenessAsked {
  /** A step of a pointwise op. */
  readonly node: Node;
  /** In the place of the step's own op and parameters: the same with a leak. */
  readonly instead?: { readonly op: string; readonly params: Readonly<Record<string, unknown>> };
  /** Added to every value before the step. */
  readonly shift: number;
  readonly threshold: number;
  /** What the mask shows: one channel, or all together. */
  readonly channel: number | 'all';
  /** Cells of the mask at most along its longer side. */
  readonly cells: number;
}
export interface LivenessAnswer {
  /** In each channel: values that were looked at, those that become 0, and those that let no gradient through. */
  readonly channels: readonly { readonly count: number; readonly zeros: number; readonly dead: number }[];
  /** Every so manieth row and column was looked at. */
  readonly every: number;
  /** Of each cell: how many of its values are dead, 0 to 255. */
  readonly mask: { readonly width: number; readonly height: number; readonly dead: Uint8Array };
}

/** More values than this are looked at in part. */
const MOST = 3_000_000;

/** How much of a step's input it turns into 0, and where no gradient passes. @throws RangeError for a step that is off or not pointwise. */
export const liveness: Inquiry<'liveness'> = (asked, { scene, during, breath, report }) => {
  const step = scene.steps[asked.node];
  if (!step || step.off) throw new RangeError(`A step that is on is expected, received ${asked.node + 1}.`);
  const used = asked.instead ?? step;
  const op = opOf(used.op);
  if (!op.kinks) throw new RangeError(`A step that takes every value alone is expected, received ${op.title}.`);
  const params = parse(op.params, used.params, op.name);
  return during(asked.node - 1, async (x) => {
    const [, channels = 1, height = 1, width = 1] = x.shape;
    const every = Math.max(1, Math.ceil(Math.sqrt((channels * height * width) / MOST)));
    const [rows, columns] = [Math.ceil(height / every), Math.ceil(width / every)];
    const side = Math.max(1, Math.ceil(Math.max(rows, columns) / asked.cells));
    const size = { width: Math.ceil(columns / side), height: Math.ceil(rows / side) };
    const [counts, dead] = [new Uint32Array(size.width * size.height), new Uint32Array(size.width * size.height)];
    const weights = asked.instead ? {} : weightsOf(op, step, params, x.shape);
    const found: LivenessAnswer['channels'][number][] = [];
    const row = new Float64Array(columns);
    const marked = new Uint8Array(columns);
    for (let channel = 0; channel < channels; channel++) {
      const shifted: Shifted = {
        op,
        params,
        weights: ofChannel(weights, channel),
        shift: asked.shift,
        threshold: asked.threshold,
      };
      const shown = asked.channel === 'all' || asked.channel === channel;
      const sum = { count: 0, zeros: 0, dead: 0 };
      for (let i = 0; i < rows; i++) {
        const start = (channel * height + i * every) * width;
        for (let j = 0; j < columns; j++) row[j] = x.data[start + j * every]!;
        const { zeros, dead: stopped } = livenessOf(row, shifted, marked);
        sum.count += columns;
        sum.zeros += zeros;
        sum.dead += stopped;
        if (shown)
          for (let j = 0; j < columns; j++) {
            const cell = Math.floor(i / side) * size.width + Math.floor(j / side);
            counts[cell]! += 1;
            dead[cell]! += marked[j]!;
          }
        if (breath.due()) {
          report((channel + i / rows) / channels);
          await breath.rest();
        }
      }
      found.push(sum);
    }
    const mask = { ...size, dead: Uint8Array.from(counts, (n, i) => Math.round((255 * dead[i]!) / Math.max(1, n))) };
    return { channels: found, every, mask };
  });
};

/** Of weights with a number for each channel, that of one. */
function ofChannel(weights: Readonly<Record<string, Tensor>>, channel: number): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(weights).map(([name, { data }]) => [name, tensor([1], [data[channel % data.length]!])]),
  );
}
