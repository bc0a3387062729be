import type { InputRange } from '../core/op';
import type { Tensor } from '../core/tensor';
import { Breath } from '../image/breath';
import type { Drawing } from '../image/draw';
import { ends, type Stats } from '../image/stats';
import { type Compared, type Difference, type DifferenceLook, differenceNode } from './api';
import { differenceOf, psnrOf, type Side, similarityOf } from './difference';
import type { Drawings } from './drawings';
import { Kept } from './kept';
import { Result } from './result';
import type { Workshop } from './workshop';

/** A node's values. Those of a picture that enters a signed scene are 0..1 still. */
export interface Source {
  readonly x: Tensor<Float32Array>;
  readonly signed: boolean;
  stats(breath: Breath): Promise<Stats>;
}

/** The difference of two nodes, as long as it is looked at. */
export class Comparison {
  private made: Result | null = null;
  private working = new AbortController();

  constructor(
    private readonly workshop: Workshop,
    private readonly drawings: Drawings,
  ) {}

  get result(): Result | null {
    return this.made;
  }
  /** What is at work stops, and what was made goes. */
  letGo(): void {
    this.working.abort();
    this.made?.values.letGo();
    this.made = null;
  }

  difference(
    sources: readonly [Source, Source],
    { channels }: Compared,
    range: InputRange,
    signed: boolean,
    look: DifferenceLook,
  ): Promise<Difference<Drawing> | null> {
    this.letGo();
    return this.whileWanted(async (breath) => {
      const [a, b] = [sideOf(sources[0], channels[0]), sideOf(sources[1], channels[1])];
      const { map, distance } = await differenceOf(a, b, signed, breath);
      const peak = await peakOf(sources, channels, range, breath);
      const values = new Kept(this.workshop.adopted(map), this.workshop.engines.release);
      const made = new Result(values, { range, reducedBy: 1, ms: 0, steps: [] }, this.workshop);
      try {
        const display = { mapping: signed ? 'symmetric' : 'abs', channel: 'all' } as const;
        const view = await this.drawings.view(differenceNode, made, { ...look, display }, breath);
        breath.signal?.throwIfAborted();
        this.made = made;
        return { view, mean: distance.mean, largest: distance.largest, psnr: psnrOf(distance, peak), peak };
      } finally {
        if (this.made !== made) values.letGo();
      }
    });
  }

  similarity(sources: readonly [Source, Source], { channels }: Compared, range: InputRange): Promise<number | null> {
    return this.whileWanted(async (breath) => {
      const peak = await peakOf(sources, channels, range, breath);
      return similarityOf(sideOf(sources[0], channels[0]), sideOf(sources[1], channels[1]), peak, breath);
    });
  }

  private async whileWanted<T>(work: (breath: Breath) => Promise<T>): Promise<T | null> {
    this.working.abort();
    this.working = new AbortController();
    const { signal } = this.working;
    try {
      return await work(new Breath(signal));
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }
}

const sideOf = ({ x, signed }: Source, channels: readonly number[]): Side => ({
  x,
  channels,
  scale: signed ? 2 : 1,
  offset: signed ? -1 : 0,
});

/** The span of values that distances are measured by. */
async function peakOf(
  sources: readonly [Source, Source],
  channels: Compared['channels'],
  range: InputRange,
  breath: Breath,
): Promise<number> {
  const floor = range === 'signed' ? -1 : 0;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [i, source] of sources.entries()) {
    const found = ends(await source.stats(breath), channels[i] ?? []);
    const into = (v: number) => (source.signed ? 2 * v - 1 : v);
    low = Math.min(low, into(found.low));
    high = Math.max(high, into(found.high));
  }
  return low >= floor && high <= 1 ? 1 - floor : high - low;
}
