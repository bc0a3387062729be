import { useMemo, useRef } from 'preact/hooks';
import { DisplayControls } from '../controls';
import { Bar, Button, IconButton, Segmented } from '../parts';
import { number, plural, t } from '../strings';
import type { Bench, Busy } from './state';
import { useSlow } from './useSlow';
import { useWidth } from './useWidth';

/** Below the pictures: how they are compared, how values are shown, and how far a long computation is. */
export function CompareBar({ bench, iconsOnly }: { bench: Bench; iconsOnly?: boolean }) {
  const bar = useRef<HTMLDivElement>(null);
  const width = useWidth(bar);
  const narrow = useMemo(() => width > 0 && width < 36 * rem(), [width]);
  const busy = bench.busy.value;
  const slow = useSlow(busy !== null, 150);
  const view = bench.output.value;
  const partial =
    bench.opened.value && !busy && (!view || view.reducedBy > 1) && !bench.fit.value?.problem && !bench.failure.value;
  return (
    <>
      <div class="busy-line">{busy && slow && <Bar done={busy.done} label={t('fullResult')} />}</div>
      <div class="views" ref={bar}>
        <Segmented
          label={t('compare')}
          iconsOnly={iconsOnly || narrow}
          options={[
            { value: 'side', label: t('sideBySide'), icon: 'side' },
            { value: 'split', label: t('split'), icon: 'split' },
          ]}
          value={bench.mode.value}
          onChange={(mode) => {
            bench.mode.value = mode;
          }}
        />
        <Magnify bench={bench} />
        {busy && slow ? (
          <>
            <span class="grow num">{progressWords(busy)}</span>
            <Button look="line" onClick={() => bench.cancel()}>
              {t('cancel')}
            </Button>
          </>
        ) : (
          <>
            <span class="grow">
              {partial && (
                <Button look="line" onClick={() => bench.run()}>
                  {t('fullResult')}
                </Button>
              )}
            </span>
            <DisplayControls
              display={bench.display.value}
              onChange={(display) => bench.setDisplay(display)}
              channels={view?.shape[1] ?? 1}
              inForce={view?.mapping ?? null}
            />
          </>
        )}
      </div>
    </>
  );
}

/** Widths are judged in rem, so that larger text and a smaller window are one case. */
const rem = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** How much of the pictures is shown. */
function Magnify({ bench }: { bench: Bench }) {
  const { pointing } = bench;
  const { zoom } = pointing.part.value;
  return (
    <span class="zoom row">
      <IconButton
        icon="loupe"
        label={t('loupe')}
        pressed={zoom > 1}
        onClick={() => (zoom > 1 ? pointing.fit() : pointing.zoom(4))}
      />
      {zoom > 1 && (
        <span class="stepper">
          <button type="button" aria-label={t('zoomOut')} onClick={() => pointing.zoom(1 / 2)}>
            −
          </button>
          <output class="num" aria-label={t('zoom')}>
            {t('times', number(Number(zoom.toPrecision(2))))}
          </output>
          <button type="button" aria-label={t('zoomIn')} onClick={() => pointing.zoom(2)}>
            +
          </button>
        </span>
      )}
    </span>
  );
}

function progressWords({ done, since }: Busy): string {
  const percent = Math.floor(done * 100);
  const spent = (performance.now() - since) / 1000;
  if (done < 0.05 || spent < 0.5) return t('fullResultAt', percent);
  return plural('fullResultLeft', Math.max(1, Math.round((spent * (1 - done)) / done)), percent);
}
