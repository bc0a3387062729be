import type { Signal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { ops } from '../../core/registry';
import { About } from '../bench/About';
import { OpList } from '../controls';
import { Icon } from '../icons';
import { useDismiss, useFloating } from '../parts';
import { t } from '../strings';

/** A button that opens the search for an operation; the one that is chosen is added. */
export function AddStep({ open, onAdd }: { open: Signal<boolean>; onAdd(op: string): void }) {
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const shown = open.value;
  const close = (): void => {
    open.value = false;
  };
  useDismiss(root, shown, close);
  useFloating(button, box, shown, true);
  return (
    <div class="add-step" ref={root}>
      <button
        ref={button}
        type="button"
        class="btn line"
        aria-haspopup="dialog"
        aria-expanded={shown}
        aria-controls={shown ? id : undefined}
        aria-keyshortcuts="/"
        aria-label={t('addStep')}
        title={t('addStep')}
        onClick={() => {
          open.value = !open.peek();
        }}
      >
        <Icon name="plus" />
        <span class="grow">{t('addStep')}</span>
        <kbd>/</kbd>
      </button>
      {shown && (
        <div class="menu op-palette" popover="manual" ref={box} id={id} role="dialog" aria-label={t('addStep')}>
          <OpList
            ops={Object.values(ops)}
            value={null}
            autoFocus
            about={(op) => <About op={op} />}
            onLeave={() => {
              close();
              button.current?.focus();
            }}
            onChange={(op) => {
              close();
              onAdd(op);
            }}
          />
        </div>
      )}
    </div>
  );
}
