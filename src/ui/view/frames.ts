import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Area } from '../../worker/api';
import { type Laid, laid, type Size } from '../bench/place';
import { tickStep } from '../bench/ruler';
import type { Bench } from '../bench/state';
import { type Side, type Sight, sightsOf } from './sight';

/** One view on the page: what it shows, and where in its port the picture lies. */
export interface Frame {
  readonly side: Side;
  readonly sight: Sight;
  /** The area of the page, in CSS px. */
  readonly port: Signal<Size>;
  /** Null before the page is laid out. */
  readonly laid: ReadonlySignal<Laid | null>;
  /** CSS px per pixel of what is shown, in both directions. */
  readonly cell: ReadonlySignal<Size>;
}
export interface Frames extends Readonly<Record<Side, Frame>> {
  /** Own pixels between two ticks of both rulers. */
  readonly tick: ReadonlySignal<number>;
}

/** Where an area of what is shown lies, in CSS px from the corner of its port; null before the page is laid out. */
export function boxIn({ laid, cell }: Frame, { left, top, width, height }: Area) {
  const at = laid.value;
  if (!at) return null;
  const { width: w, height: h } = cell.value;
  return { left: `${at.left + left * w}px`, top: `${at.top + top * h}px`, width: `${width * w}px`, height: `${height * h}px` };
}

/** Where both views lie: each fits its own port; on top of each other the second takes the shape of the first. */
export function framesOf(bench: Bench): Frames {
  const sights = sightsOf(bench);
  const frame = (side: Side): Frame => {
    const sight = sights[side];
    const port = signal<Size>({ width: 0, height: 0 });
    const place = computed(() => {
      const size = bench.mode.value === 'side' ? sight.size.value : bench.inputSize.value;
      return size && port.value.width > 0 && port.value.height > 0
        ? laid(bench.pointing.part.value, { port: port.value, size })
        : null;
    });
    const cell = computed(() => {
      const [at, size] = [place.value, sight.size.value];
      return at && size ? { width: at.width / size.width, height: at.height / size.height } : { width: 0, height: 0 };
    });
    return { side, sight, port, laid: place, cell };
  };
  const [input, output] = [frame('input'), frame('output')];
  const tick = computed(() => tickStep([input.cell.value.width, bench.mode.value === 'side' ? output.cell.value.width : 0]));
  return { input, output, tick };
}
