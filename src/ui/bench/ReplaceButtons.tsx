import { Button, IconButton } from '../parts';
import { t } from '../strings';
import type { OnPage } from './onPage';

/** Puts the result on the page, again where it has changed since, and takes it away. */
export function ReplaceButtons({ onPage, class: extra }: { onPage: OnPage; class?: string }) {
  const [replaced, upToDate] = [onPage.replaced.value, onPage.upToDate.value];
  const undoes = replaced && upToDate;
  return (
    <>
      <Button
        look="solid"
        class={extra}
        icon={undoes ? 'undo' : 'replace'}
        disabled={!onPage.place.value || !(onPage.bench.finished.value || undoes)}
        onClick={() => void (undoes ? onPage.restore() : onPage.replace())}
      >
        {undoes ? t('undoReplace') : t('replaceOnPage')}
      </Button>
      {replaced && !upToDate && (
        <IconButton look="line" icon="undo" label={t('undoReplace')} onClick={() => void onPage.restore()} />
      )}
    </>
  );
}
