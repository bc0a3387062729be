import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Work } from '../export/quick';
import { Icon } from '../icons';
import { Button, Menu } from '../parts';
import { number, t } from '../strings';
import type { Bench } from './state';
import { useSlow } from './useSlow';
import { reasonOf } from './words';

export interface SaveMenuProps {
  readonly bench: Bench;
  /** Words for a status line. */
  onSaid(words: string): void;
  /** To the sheet with everything that can be exported. */
  onLab(): void;
}

type Quick = typeof import('../export/quick');

/** The result as other files than PNG, and on the clipboard. What it takes is loaded when it is asked for. */
export function SaveMenu({ bench, onSaid, onLab }: SaveMenuProps) {
  const done = useSignal<number | null>(null);
  const stop = useSignal(new AbortController());
  const slow = useSlow(done.value !== null, 400);
  useEffect(() => () => stop.peek().abort(), [stop]);
  const during = async (work: (quick: Quick, work: Work) => Promise<string | null>): Promise<void> => {
    stop.peek().abort();
    const abort = new AbortController();
    stop.value = abort;
    done.value = 0;
    const report = (now: number): void => {
      if (!abort.signal.aborted && done.peek() !== null) done.value = now;
    };
    try {
      const said = await work(await import('../export/quick'), { report, signal: abort.signal });
      if (!abort.signal.aborted) onSaid(said ?? t('exportCancelled'));
    } catch (error) {
      if (!abort.signal.aborted) bench.complain(reasonOf(error), () => void during(work));
    } finally {
      if (stop.peek() === abort) done.value = null;
    }
  };
  const file = (kind: 'png' | 'webp' | 'npy', label: string) => ({
    label,
    icon: 'save' as const,
    onClick: () => void during((quick, work) => quick.saveAs(bench, kind, work)),
  });
  if (!bench.finished.value) return null;
  return (
    <>
      <Menu
        class="line icon"
        label={t('exportAs')}
        items={[
          file('png', 'PNG'),
          file('webp', 'WebP'),
          file('npy', t('exportNpy')),
          {
            label: t('exportCopyPicture'),
            icon: 'copy',
            onClick: () => void during((quick, work) => quick.copyShown(bench, work)),
          },
          { label: t('exportMore'), icon: 'lab', onClick: onLab },
        ]}
      >
        <Icon name="down" />
      </Menu>
      {slow && done.value !== null && (
        <Button
          icon="close"
          onClick={() => {
            stop.peek().abort();
            done.value = null;
            onSaid(t('exportCancelled'));
          }}
        >
          {t('exportStop', number(Math.round(100 * done.value)))}
        </Button>
      )}
    </>
  );
}
