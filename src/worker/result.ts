import type { Fact, InputRange } from '../core/op';
import type { Breath } from '../image/breath';
import { type Paint, paintFor } from '../image/display';
import type { Stats } from '../image/stats';
import type { Look, RanStep } from './api';
import type { Kept } from './kept';
import type { Workshop } from './workshop';

/** How a result came to be. */
export interface Making {
  /** The range in which the scene's input lives. */
  readonly range: InputRange;
  readonly reducedBy: number;
  /** Of all steps up to this one. */
  readonly ms: number;
  readonly steps: readonly RanStep[];
}

/** What a step made of a picture: the values, and what is found out about them when somebody asks. */
export class Result {
  facts: readonly Fact[] = [];
  private statistics: Stats | null = null;
  private readonly paints = new Map<string, Paint>();

  constructor(
    readonly values: Kept,
    readonly making: Making,
    private readonly workshop: Workshop,
  ) {}

  get shape(): readonly number[] {
    return this.values.tensor.shape;
  }
  get bytes(): number {
    return this.values.tensor.data.byteLength;
  }

  async stats(breath: Breath): Promise<Stats> {
    this.statistics ??= await this.values.during((x) => this.workshop.stats(x, breath));
    return this.statistics;
  }

  /** Decided once for each display: the ends of a scale take a look at many values. */
  async paint({ display }: Look, breath: Breath): Promise<Paint> {
    const key = `${display.mapping} ${display.channel}`;
    const known = this.paints.get(key);
    if (known) return known;
    const stats = await this.stats(breath);
    const paint = await this.values.during(async (x) => paintFor(x, stats, display, this.making.range));
    this.paints.set(key, paint);
    return paint;
  }
}
