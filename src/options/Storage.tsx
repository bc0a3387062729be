import { useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import { openShelf, SHELF_BYTES } from '../image/shelf';
import { clearAreas } from '../platform/storage';
import type { Keeper } from '../ui/chains/keeper';
import { ClearButton, Message } from '../ui/parts';
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
        <ClearButton label={t('clearAll')} question={t('clearAsk')} onClear={() => void clear()} />
        <span class="dim" role="status">
          {said.value}
        </span>
      </p>
      {problem.value && <Message kind="bad" text={problem.value} action={{ label: t('retry'), onClick: () => void clear() }} />}
    </section>
  );
}
