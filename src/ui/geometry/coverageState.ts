import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { opOf } from '../../core/registry';
import { hasScheme } from '../../core/scheme';
import { type Coverage, coverageOf } from '../../core/sequential';
import type { Bench } from '../bench/state';
import type { Counted } from './countLayer';
import { inMiddle } from './counts';

/** What the current step reads of its input, and what every output is made of. */
export class CoverageState {
  readonly shownReads = signal(false);
  readonly shownFeeds = signal(false);

  /** Null where the current step has no windows, is off, or does not fit. */
  readonly coverage: ReadonlySignal<Coverage | null> = computed(() => {
    const { step, stepInput, fit, current } = this.bench;
    const [now, x] = [step.value, stepInput.value];
    if (!now || now.off || x?.length !== 4 || !hasScheme(opOf(now.op)) || !fit.value?.shapes[current.value]) return null;
    return coverageOf(now, x);
  });
  readonly reads: ReadonlySignal<Counted | null> = computed(() => {
    const found = this.coverage.value;
    return found && { down: found.height.reads, across: found.width.reads };
  });
  readonly feeds: ReadonlySignal<Counted | null> = computed(() => {
    const found = this.coverage.value;
    return found && { down: found.height.feeds, across: found.width.feeds };
  });
  /** The first view shows what the step reads, the second one what it makes. */
  readonly inView = computed(() => {
    const [{ input, output }, at] = [this.bench.nodes.value, this.bench.current.value];
    return { input: input === at - 1, output: output === at };
  });
  readonly readsDrawn = computed(() => (this.shownReads.value && this.inView.value.input ? this.reads.value : null));
  readonly feedsDrawn = computed(() => (this.shownFeeds.value && this.inView.value.output ? this.feeds.value : null));
  /** Outputs away from the border are made of different numbers of pixels. */
  readonly uneven = computed(() => {
    const found = this.coverage.value;
    if (!found) return null;
    const [down, across] = [inMiddle(found.height.feeds), inMiddle(found.width.feeds)];
    const counts = down.flatMap((a) => across.map((b) => a * b));
    const [least, largest] = [Math.min(...counts), Math.max(...counts)];
    return counts.length > 0 && least !== largest ? { least, largest } : null;
  });

  constructor(readonly bench: Bench) {}

  /** Shows what the step reads in the first view and what it makes in the second. */
  bringIntoView(): void {
    this.bench.compare({ from: this.bench.current.peek() - 1, to: null });
  }
}
