import { ReplaceButtons } from '../ui/bench/ReplaceButtons';
import { SaveMenu } from '../ui/bench/SaveMenu';
import { savePng } from '../ui/bench/save';
import { Button } from '../ui/parts';
import { number, t } from '../ui/strings';
import type { Seat } from './seat';

/** What can be done with the result. */
export function Foot({ seat }: { seat: Seat }) {
  const { bench } = seat;
  const ready = bench.finished.value;
  const view = bench.output.value;
  const said = seat.said.value;
  const say = (words: string): void => {
    seat.said.value = words;
  };
  return (
    <footer class="foot">
      <ReplaceButtons onPage={seat.onPage} />
      <Button icon="save" disabled={!ready} onClick={() => void savePng(bench, say)}>
        {t('savePng')}
      </Button>
      <SaveMenu bench={bench} onSaid={say} onLab={() => void seat.openLab()} />
      <Button icon="lab" onClick={() => void seat.openLab()}>
        {t('openInLab')}
      </Button>
      <span class={said ? 'dim end small' : 'dim end small num time'} role="status">
        {said || (ready && view && t('timeBy', number(Math.max(1, Math.round(view.ms))), view.engine))}
      </span>
    </footer>
  );
}
