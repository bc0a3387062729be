import { computed, type ReadonlySignal } from '@preact/signals';
import { opOf } from '../../core/registry';
import type { Node, View, Wanted } from '../../worker/api';
import type { Size } from '../bench/place';
import type { Bench } from '../bench/state';
import { opTitle, t } from '../strings';

export type Side = 'input' | 'output';

/** What one view shows: its drawing, its true size, and how to ask for more of it. */
export interface Sight {
  readonly shown: ReadonlySignal<View | null>;
  readonly size: ReadonlySignal<Size | null>;
  /** The size that is said: null while nobody knows it, though there is room for one. */
  readonly told: ReadonlySignal<Size | null>;
  /** There are exact values behind the drawing. */
  readonly full: ReadonlySignal<boolean>;
  wanted(): Wanted;
}

/** The two views of a bench. */
export function sightsOf(bench: Bench): Readonly<Record<Side, Sight>> {
  const told = computed(() => bench.outputSize.value ?? sizeToCome(bench));
  return {
    input: {
      shown: bench.input,
      size: bench.inputSize,
      told: bench.inputSize,
      full: computed(() => bench.nodes.value.input < 0 || bench.finished.value),
      wanted: bench.wantedInput,
    },
    output: {
      shown: bench.output,
      size: computed(() => told.value ?? bench.inputSize.value),
      told,
      full: bench.finished,
      wanted: bench.wantedOutput,
    },
  };
}

/** What the first result will measure, so that nothing below it moves when it comes. */
function sizeToCome({ fit, nodes }: Bench): Size | null {
  const [height, width] = fit.value?.shapes[nodes.value.output]?.slice(-2) ?? [];
  return height === undefined || width === undefined ? null : { width, height };
}

/** `1 Convolution`, as choices of steps name it. */
export function stepChoice(bench: Bench, node: Node): string {
  const step = bench.scene.value.steps[node];
  return step ? t('stepChoice', node + 1, opTitle(opOf(step.op))) : t('viewInput');
}

/** The name of a view: `Input`, `Output`, or of another node `Step 2, Max-pool`. */
export function nameOf(bench: Bench, side: Side): string {
  const node = bench.nodes.value[side];
  if (node < 0) return t('viewInput');
  if (side === 'output' && bench.to.value === null) return t('viewOutput');
  const step = bench.scene.value.steps[node];
  return step ? t('stepNamed', node + 1, opTitle(opOf(step.op))) : t('viewOutput');
}

/** Which of a view's channels are drawn: `channel 3 of 16`, `Green`, `RGB`. */
export function channelWords({ shape, mapping }: View, channel: 'all' | number): string {
  const count = shape[1] ?? 1;
  if (channel !== 'all' && channel < count) return t('channelIs', channel + 1, count);
  if (count === 3) return t(mapping === 'symmetric' ? 'channelMean' : 'channelRgb');
  return t('channelIs', 1, count);
}

/** Indices of the channels whose values are drawn; one number stands for them where the diverging map shows their mean. */
export function drawnChannels({ shape }: View, channel: 'all' | number): readonly number[] {
  const count = shape[1] ?? 1;
  if (channel === 'all') return count === 3 ? [0, 1, 2] : [0];
  return [channel < count ? channel : 0];
}
