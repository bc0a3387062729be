import type { Step } from '../../core/scene';
import type { Tensor } from '../../core/tensor';
import type { Node } from '../api';
import type { Inquiry } from '.';

export interface HistogramAsked {
  readonly nodes: readonly Node[];
  readonly bins: number;
  /** Ends of the bins; from the smallest value of all nodes to the largest where it is absent. */
  readonly range?: readonly [from: number, to: number];
  /** What another step would make of the input of a step that is on: counted last, over the same bins. */
  readonly instead?: { readonly node: Node; readonly step: Step };
  /** All channels in one, or so many from one on, each by itself. */
  readonly channels: 'together' | { readonly from: number; readonly count: number };
}
/** Values in bins of one width. Bin i holds those from `from + i · width` on; the last one holds its upper end too. */
export interface Counted {
  readonly edges: { readonly from: number; readonly width: number };
  readonly counts: Uint32Array;
  /** Finite values, in the bins or outside. */
  readonly count: number;
  /** Values that are no finite numbers. */
  readonly strange: number;
  readonly zeros: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Divided by the count. */
  readonly variance: number;
}
/** By node (and what stands instead of one), then by channel as it was asked. */
export type HistogramAnswer = readonly (readonly Counted[])[];

const PIECE = 1 << 17;

/** Histograms of nodes over the same bins. @throws RangeError for channels that a node does not have. */
export const histogram: Inquiry<'histogram'> = async (
  { nodes, bins, range, channels, instead },
  { during, workshop, breath, report },
) => {
  let [from, to] = range ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  if (!range)
    for (const node of nodes) {
      const { min, max } = await during(node, (x) => workshop.stats(x, breath));
      from = Math.min(from, min);
      to = Math.max(to, max);
    }
  if (!(to > from)) [from, to] = Number.isFinite(from) ? [from - 0.5, from + 0.5] : [0, 1];
  const parts = nodes.length + (instead ? 1 : 0);
  const answer: Counted[][] = [];
  const count = async (x: Tensor<Float32Array>): Promise<Counted[]> => {
    const [n = 1, c = 1, h = 1, w = 1] = x.shape;
    const chosen = channels === 'together' ? { from: 0, count: 1 } : channels;
    const size = channels === 'together' ? n * c * h * w : h * w;
    if (channels !== 'together' && (channels.from < 0 || channels.from + channels.count > c))
      throw new RangeError(`Channels from 1 to ${c} are expected, received ${channels.from + channels.count}.`);
    const found: Counted[] = [];
    for (let i = 0; i < chosen.count; i++) {
      const tally = new Tally(from, to, bins);
      const first = (chosen.from + i) * size;
      for (const pass of [1, 2] as const)
        for (let start = first; start < first + size; start += PIECE) {
          tally.add(x.data, start, Math.min(start + PIECE, first + size), pass);
          if (breath.due()) {
            report((answer.length + (i + (pass - 1) / 2) / chosen.count) / parts);
            await breath.rest();
          }
        }
      found.push(tally.counted());
    }
    return found;
  };
  for (const node of nodes) answer.push(await during(node, count));
  if (instead) {
    const { node, step } = instead;
    const other = await during(node - 1, async (x) => {
      const { y } = await workshop.engines.runStep(step, x, { signal: breath.signal, keep: true });
      try {
        return await count(y);
      } finally {
        workshop.engines.release(y);
      }
    });
    answer.push(other);
  }
  return answer;
};

/** Two passes: the mean first, then squares of differences from it. */
class Tally {
  private readonly counts: Uint32Array<ArrayBuffer>;
  private count = 0;
  private strange = 0;
  private zeros = 0;
  private min = Number.POSITIVE_INFINITY;
  private max = Number.NEGATIVE_INFINITY;
  private sum = 0;
  private squares = 0;

  constructor(
    private readonly from: number,
    private readonly to: number,
    private readonly bins: number,
  ) {
    this.counts = new Uint32Array(bins);
  }

  add(data: Float32Array, from: number, to: number, pass: 1 | 2): void {
    if (pass === 1) this.gather(data, from, to);
    else this.spread(data, from, to, this.sum / this.count);
  }
  private gather(data: Float32Array, start: number, end: number): void {
    const { from, to, bins, counts } = this;
    const scale = bins / (to - from);
    let { count, strange, zeros, min, max, sum } = this;
    for (let i = start; i < end; i++) {
      const v = data[i]!;
      if (v - v !== 0) {
        strange += 1;
        continue;
      }
      count += 1;
      sum += v;
      if (v === 0) zeros += 1;
      if (v < min) min = v;
      if (v > max) max = v;
      if (v < from || v > to) continue;
      counts[Math.min(bins - 1, Math.floor((v - from) * scale))]! += 1;
    }
    Object.assign(this, { count, strange, zeros, min, max, sum });
  }
  private spread(data: Float32Array, start: number, end: number, mean: number): void {
    let { squares } = this;
    for (let i = start; i < end; i++) {
      const v = data[i]!;
      if (v - v === 0) squares += (v - mean) ** 2;
    }
    this.squares = squares;
  }
  counted(): Counted {
    const { from, to, bins, counts, count, strange, zeros, min, max, sum, squares } = this;
    const none = count === 0;
    return {
      edges: { from, width: (to - from) / bins },
      counts,
      count,
      strange,
      zeros,
      min: none ? 0 : min,
      max: none ? 0 : max,
      mean: none ? 0 : sum / count,
      variance: none ? 0 : squares / count,
    };
  }
}
