import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../strings';
import { IconButton } from './Button';

export interface DialogProps {
  open: boolean;
  title: string;
  onClose(): void;
  children: ComponentChildren;
}

/** A modal sheet: focus stays inside, Esc closes, focus returns to where it was. */
export function Dialog({ open, title, onClose, children }: DialogProps) {
  const sheet = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = sheet.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);
  return (
    <dialog
      class="sheet"
      ref={sheet}
      aria-labelledby={id}
      onClose={onClose}
      onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}
      onClick={(event) => event.target === sheet.current && onClose()}
    >
      {open && (
        <div class="sheet-in">
          <div class="row">
            <h2 class="grow" id={id}>
              {title}
            </h2>
            <IconButton icon="close" label={t('close')} onClick={onClose} />
          </div>
          {children}
        </div>
      )}
    </dialog>
  );
}
