import { useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import { openShelf, SHELF_BYTES } from '../image/shelf';
import { clearAreas } from '../platform/storage';
import type { Keeper } from '../ui/chains/keeper';
import { Button, Dialog, Message } from '../ui/parts';
import { formatBytes, plural, t } from '../ui/strings';

interface Usage {
  readonly pictures: number;
  readonly bytes: number;
  /** What the browser says that everything of the extension takes, rounded by it; null when it does not say. */
  readonly all: number | null;
}

const shelf = openShelf();

async function readUsage(): Promise<Usage> {
  const { count, bytes } = await shelf.usage();
  const { usage } = await navigator.storage.estimate().catch((): StorageEstimate => ({}));
  return { pictures: count, bytes, all: usage ?? null };
}

/** What is kept in this browser, and the way to be rid of all of it. */
export function Storage({ keeper }: { keeper: Keeper }) {
  const usage = useSignal<Usage | null>(null);
  const asking = useSignal(false);
  const said = useSignal('');
  const problem = useSignal('');
  const chains = keeper.saved.value.length;
  const recent = keeper.recent.value.length;
  const read = useCallback(async () => {
    usage.value = await readUsage();
  }, [usage]);
  useEffect(() => {
    void read();
    const again = () => document.visibilityState === 'visible' && void read();
    document.addEventListener('visibilitychange', again);
    return () => document.removeEventListener('visibilitychange', again);
  }, [read]);
  const clear = async () => {
    asking.value = false;
    problem.value = '';
    try {
      await shelf.clear();
      await clearAreas();
      localStorage.clear();
      keeper.removed.value = null;
      said.value = t('cleared');
    } catch (error) {
      problem.value = t('notCleared', error instanceof Error ? error.message : String(error));
    }
    await read();
  };
  const now = usage.value;
  return (
    <section aria-labelledby="kept-heading">
      <h2 id="kept-heading">{t('keptHeading')}</h2>
      <p class="dim">{t('keptHelp', formatBytes(SHELF_BYTES))}</p>
      <dl class="fields">
        <dt>{t('keptPictures')}</dt>
        <dd class="num" dir="auto">
          {now && plural('keptPicturesAre', now.pictures, formatBytes(now.bytes))}
        </dd>
        <dt>{t('chainsSaved')}</dt>
        <dd class="num" dir="auto">
          {chains}
        </dd>
        <dt>{t('chainsRecent')}</dt>
        <dd class="num" dir="auto">
          {recent}
        </dd>
        {now?.all != null && (
          <>
            <dt>{t('keptAll')}</dt>
            <dd class="num" dir="auto">
              {formatBytes(now.all)}
            </dd>
          </>
        )}
      </dl>
      <p class="row wrap">
        <Button
          look="line"
          onClick={() => {
            asking.value = true;
          }}
        >
          {t('clearAll')}
        </Button>
        <span class="dim" role="status">
          {said.value}
        </span>
      </p>
      {problem.value && <Message kind="bad" text={problem.value} action={{ label: t('retry'), onClick: () => void clear() }} />}
      <Dialog
        open={asking.value}
        title={t('clearAll')}
        onClose={() => {
          asking.value = false;
        }}
      >
        <p>{t('clearAsk')}</p>
        <p class="row wrap">
          <Button look="solid" onClick={() => void clear()}>
            {t('clearAll')}
          </Button>
          <Button
            look="line"
            onClick={() => {
              asking.value = false;
            }}
          >
            {t('keepAll')}
          </Button>
        </p>
      </Dialog>
    </section>
  );
}
