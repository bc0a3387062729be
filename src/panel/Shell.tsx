import { opList } from 'virtual:op-list';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Session } from '../messages/protocol';
import { contentOf } from '../platform/remotes';
import { Icon } from '../ui/icons';
import { IconButton, Message, Spinner } from '../ui/parts';
import { opTitle, t } from '../ui/strings';
import * as asked from './asked';

/** The panel before its program is there: the operation, the wait for the picture, and a way out. */
export function Shell({ failed }: { failed: boolean }) {
  const root = useRef<HTMLDivElement>(null);
  const [session, setSession] = useState<Session | null>(null);
  useEffect(() => {
    root.current?.focus({ preventScroll: true });
    // The program says what becomes of a session that is gone.
    asked.session.then(setSession, () => undefined);
  }, []);
  const close = () => {
    if (session)
      contentOf(session.tabId, 0)
        .closePanel()
        .catch(() => undefined);
  };
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && close();
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [session]);
  const name = session?.scene.steps.at(-1)?.op;
  const op = opList.find((one) => one.name === name);
  return (
    <main>
      <div class="panel" role="dialog" aria-label="ConvScope" aria-busy={!failed} tabIndex={-1} ref={root}>
        <header class="head">
          <span class="handle">
            <Icon name="logo" />
          </span>
          <span class="btn op">{op && opTitle(op)}</span>
          <span class="summary" />
          <IconButton icon="close" label={t('closeEsc')} onClick={close} />
        </header>
        <section class="stage">
          {failed ? (
            <Message kind="bad" text={t('programMissing')} />
          ) : (
            <div class="empty waiting">
              <Spinner label={t('decoding', session?.picture?.name ?? '')} />
            </div>
          )}
        </section>
      </div>
    </main>
  );
}
