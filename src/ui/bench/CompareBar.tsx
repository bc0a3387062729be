import { DisplayControls } from '../controls';
import { Bar, Button } from '../parts';
import { plural, t } from '../strings';
import { ModeBar } from './ModeBar';
import type { Busy } from './shown';
import type { Bench } from './state';
import { useSlow } from './useSlow';

/** Below the pictures: how far a long computation is, and how values are shown; with `modes`, before that how the pictures are compared. */
export function CompareBar({ bench, modes, iconsOnly }: { bench: Bench; modes?: boolean; iconsOnly?: boolean }) {
  const busy = bench.busy.value;
  const slow = useSlow(busy !== null, 150);
  const view = bench.output.value;
  const working = busy && slow;
  const controls = working ? (
    <>
      <span class="grow num">{progressWords(busy)}</span>
      <Button look="line" onClick={() => bench.cancel()}>
        {t('cancel')}
      </Button>
    </>
  ) : (
    <>
      {bench.partial.value && (
        <Button look="line" onClick={() => bench.run()}>
          {t('fullResult')}
        </Button>
      )}
      <DisplayControls
        display={bench.display.value}
        onChange={(display) => bench.setDisplay(display)}
        channels={1}
        inForce={view?.mapping ?? null}
        plain={iconsOnly}
      />
    </>
  );
  return (
    <>
      <div class="busy-line">{working && <Bar done={busy.done} label={t('fullResult')} />}</div>
      <div class="views">
        {modes ? (
          <ModeBar bench={bench} compact={iconsOnly} instead={working ?? false}>
            {controls}
          </ModeBar>
        ) : (
          controls
        )}
      </div>
    </>
  );
}

function progressWords({ done, since }: Busy): string {
  const percent = Math.floor(done * 100);
  const spent = (performance.now() - since) / 1000;
  if (done < 0.05 || spent < 0.5) return t('fullResultAt', percent);
  return plural('fullResultLeft', Math.max(1, Math.round((spent * (1 - done)) / done)), percent);
}
