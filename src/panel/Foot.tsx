import type { Signal } from '@preact/signals';
import { SaveMenu } from '../ui/bench/SaveMenu';
import { download, fileName } from '../ui/bench/save';
import { reasonOf } from '../ui/bench/words';
import { Button } from '../ui/parts';
import { number, t } from '../ui/strings';
import type { Seat } from './seat';

/** What can be done with the result. */
export function Foot({ seat, inspecting }: { seat: Seat; inspecting: Signal<boolean> }) {
  const { bench } = seat;
  const ready = bench.finished.value;
  const replaced = seat.replaced.value;
  const view = bench.output.value;
  const save = async () => {
    try {
      const name = fileName(bench.picture.peek()?.name ?? '', bench.scene.peek());
      download(await bench.png(), name);
      seat.said.value = t('saved', name);
    } catch (error) {
      bench.complain(reasonOf(error), save);
    }
  };
  return (
    <footer class="foot">
      <Button
        look="solid"
        icon={replaced ? 'undo' : 'replace'}
        disabled={!seat.canReplace.value || !(ready || replaced)}
        onClick={() => void seat.toggleReplaced()}
      >
        {replaced ? t('undoReplace') : t('replaceOnPage')}
      </Button>
      <Button icon="save" disabled={!ready} onClick={() => void save()}>
        {t('savePng')}
      </Button>
      <Button
        icon="sum"
        aria-pressed={inspecting.value}
        onClick={() => {
          inspecting.value = !inspecting.peek();
        }}
      >
        {t('inspect')}
      </Button>
      <SaveMenu
        bench={bench}
        onSaid={(words) => {
          seat.said.value = words;
        }}
        onLab={() => void seat.openLab()}
      />
      <Button icon="lab" onClick={() => void seat.openLab()}>
        {t('openInLab')}
      </Button>
      <span class="dim end small num" role="status">
        {seat.said.value || (ready && view && t('timeBy', number(Math.max(1, Math.round(view.ms))), view.engine))}
      </span>
    </footer>
  );
}
