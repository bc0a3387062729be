import { useSignal } from '@preact/signals';
import { t } from '../strings';
import { PictureView } from './PictureView';
import { Provenance } from './Provenance';
import type { Size } from './place';
import { magnification, tickStep } from './ruler';
import { SplitBar } from './SplitBar';
import type { Bench } from './state';
import { Why } from './Why';

/** Input and output, side by side or on top of each other with a handle between. Both show the same part and the same place. */
export function Compare({ bench }: { bench: Bench }) {
  const { pointing } = bench;
  const widths = useSignal<readonly [number, number]>([0, 0]);
  const size = bench.inputSize.value;
  if (!size) return null;
  const out = bench.outputSize.value ?? sizeToCome(bench) ?? size;
  const split = bench.mode.value === 'split';
  const part = pointing.part.value;
  const place = pointing.place.value;
  const view = bench.output.value;
  const problem = bench.fit.value?.problem ?? null;
  const [inWidth, outWidth] = widths.value;
  const tick = tickStep([(inWidth * part.zoom) / size.width, split ? 0 : (outWidth * part.zoom) / out.width]);
  const scale = magnification(size.width, out.width);
  const note = problem ? null : view && view.reducedBy > 1 ? t('previewAt', view.reducedBy) : scale && t('shownAtScale', scale);
  const shared = {
    part,
    place,
    tick,
    onPlace: (next: typeof place) => {
      pointing.place.value = next;
    },
    onDrag: (to: number, dx: number, dy: number) => {
      if (part.zoom > 1) pointing.pan(-dx, -dy);
      else if (split) bench.split.value = Math.min(1, Math.max(0, to));
    },
    onZoom: (factor: number, at: { u: number; v: number }) => pointing.zoom(factor, at),
  };
  const stale = problem ? t('lastThatFitted') : bench.failure.value?.of === 'run' ? t('lastResult') : null;
  return (
    <div
      class={`compare ${bench.mode.value}`}
      data-shape={size.width >= size.height ? 'wide' : 'tall'}
      style={{ '--at': `${bench.split.value * 100}%` }}
    >
      <PictureView
        {...shared}
        side="input"
        shown={bench.input}
        size={size}
        ratio={size.width / size.height}
        note={<Provenance bench={bench} />}
        onWidth={(width) => {
          widths.value = [width, widths.peek()[1]];
        }}
        onStep={(dx, dy) => pointing.step(dx, dy, size)}
      />
      <PictureView
        {...shared}
        side="output"
        shown={bench.output}
        size={out}
        ratio={split ? size.width / size.height : out.width / out.height}
        busy={bench.busy.value !== null}
        veil={stale}
        note={
          <>
            {note}
            {view && <Why bench={bench} />}
          </>
        }
        onWidth={(width) => {
          widths.value = [widths.peek()[0], width];
        }}
        onStep={(dx, dy) => pointing.step(dx, dy, out)}
      >
        {split && (
          <SplitBar
            at={bench.split.value}
            onChange={(at) => {
              bench.split.value = at;
            }}
          />
        )}
      </PictureView>
    </div>
  );
}

/** What the first result will measure, so that nothing below it moves when it comes. */
function sizeToCome({ fit }: Bench): Size | null {
  const [height, width] = fit.value?.shapes.at(-1)?.slice(-2) ?? [];
  return height === undefined || width === undefined ? null : { width, height };
}
