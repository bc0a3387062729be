import { useEffect, useMemo } from 'preact/hooks';
import { t } from '../strings';
import { Caption } from '../view/Caption';
import { framesOf } from '../view/frames';
import { onDemand } from '../view/onDemand';
import { nameOf } from '../view/sight';
import { PictureView } from './PictureView';
import { magnification } from './ruler';
import { SplitBar } from './SplitBar';
import type { Bench } from './state';
import { Why } from './Why';

const DifferenceLayer = onDemand(async () => (await import('../view/Difference')).DifferenceLayer);

/** Two views of a chain, side by side or on top of each other: split by a handle, in turn, or their difference. Both show the same part and place. */
export function Compare({ bench }: { bench: Bench }) {
  const frames = useMemo(() => framesOf(bench), [bench]);
  const mode = bench.mode.value;
  const { paused, pace, shown } = bench.blink;
  const [still, ms] = [paused.value, pace.value];
  useEffect(() => (mode === 'blink' && !still ? bench.blink.run() : undefined), [bench, mode, still, ms]);
  const size = bench.inputSize.value;
  if (!size) return null;
  const out = frames.output.sight.size.value ?? size;
  const view = bench.output.value;
  const problem = bench.misfit.value;
  const scale = magnification(size.width, out.width);
  const note = problem
    ? null
    : view && view.reducedBy > 1 && !bench.coarse.value
      ? t('previewAt', view.reducedBy)
      : scale && <span class="scale">{t('shownAtScale', scale)}</span>;
  const stale = problem ? t('lastThatFitted') : bench.failure.value?.of === 'run' ? t('lastResult') : null;
  const beside = mode === 'side';
  return (
    <div
      class={beside ? 'compare side' : `compare over ${mode}`}
      data-shape={size.width >= size.height ? 'wide' : 'tall'}
      data-shown={mode === 'blink' ? shown.value : undefined}
      style={{ '--at': `${bench.split.value * 100}%` }}
    >
      <PictureView
        bench={bench}
        frame={frames.input}
        tick={frames.tick}
        name={nameOf(bench, 'input')}
        ratio={size.width / size.height}
        caption={<Caption bench={bench} side="input" sight={frames.input.sight} />}
      />
      <PictureView
        bench={bench}
        frame={frames.output}
        tick={frames.tick}
        name={nameOf(bench, 'output')}
        ratio={beside ? out.width / out.height : size.width / size.height}
        busy={bench.busy.value !== null}
        veil={stale}
        caption={
          <Caption bench={bench} side="output" sight={frames.output.sight}>
            {note}
            {view && <Why bench={bench} />}
          </Caption>
        }
      >
        {mode === 'difference' && <DifferenceLayer bench={bench} frame={frames.output} />}
        {mode === 'split' && (
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
