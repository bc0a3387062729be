import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { opOf } from '../../core/registry';
import { hasScheme } from '../../core/scheme';
import { type Coverage, coverageIn } from '../../core/sequential';
import type { Bench } from '../bench/state';
import type { Counted } from './countLayer';
import { inMiddle } from './counts';

/** What the current step reads of its input, and what every output is made of. */
export class CoverageState {
  readonly shownReads = signal(false);
  readonly shownFeeds = signal(false);

  /** Null where the current step has no windows, is off, or does not fit. */
  readonly coverage: ReadonlySignal<Coverage | null> = computed(() => {
    const { scene, fit, current, xShape } = this.bench;
    const [{ steps }, at, first] = [scene.value, current.value, xShape.value];
    const step = steps[at];
    if (!step || step.off || !first || !hasScheme(opOf(step.op))) return null;
    const nodes = [first, ...(fit.value?.shapes ?? [])];
    return nodes[at]?.length === 4 && nodes[at + 1] ? coverageIn(steps, at, nodes) : null;
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
