import { KeysDialog } from '../ui/parts';
import { t } from '../ui/strings';

/** The keys of the options page. */
export function OptionKeys({ open, onClose }: { open: boolean; onClose(): void }) {
  const rows = [
    ['↑ ↓', t('keysMoveEntry')],
    ['Home End', t('keysMoveEnds')],
    ['?', t('keysSheet')],
  ] as const;
  return <KeysDialog open={open} onClose={onClose} rows={rows} />;
}
