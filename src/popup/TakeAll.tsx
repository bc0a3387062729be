import { Bar, Button } from '../ui/parts';
import { t } from '../ui/strings';
import type { Tray } from './tray';

/** All pictures of the page to the Lab at once; while they are read, how far that is and the way to stop. */
export function TakeAll({ tray }: { tray: Tray }) {
  const taking = tray.taking.value;
  const few = tray.found.value.length < 2;
  if (taking) {
    return (
      <span class="taking">
        <Button look="line" icon="close" onClick={() => tray.stopTaking()}>
          {t('batchTaking', taking.done, taking.of)}
        </Button>
        <Bar done={taking.done / taking.of} label={t('batchTakingLabel')} />
      </span>
    );
  }
  return (
    <Button icon="grid" title={t('batchAllHelp')} disabled={few || tray.looking.value} onClick={() => void tray.takeAll()}>
      <span class="words">{t('batchAll')}</span>
    </Button>
  );
}
