import type { ComponentChildren } from 'preact';
import { t } from '../strings';
import { Dialog } from './Dialog';

export interface KeysDialogProps {
  open: boolean;
  onClose(): void;
  /** Keys, and what they do. */
  rows: readonly (readonly [keys: string, what: string])[];
  /** Below them. */
  children?: ComponentChildren;
}

/** A sheet that lists keys. */
export function KeysDialog({ open, onClose, rows, children }: KeysDialogProps) {
  return (
    <Dialog open={open} title={t('keyboard')} onClose={onClose}>
      <dl class="keys">
        {rows.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      {children}
    </Dialog>
  );
}
