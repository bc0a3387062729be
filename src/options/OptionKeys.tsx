import { Dialog } from '../ui/parts';
import { t } from '../ui/strings';

/** The keys of the options page. */
export function OptionKeys({ open, onClose }: { open: boolean; onClose(): void }) {
  const rows = [
    ['↑ ↓', t('keysMoveEntry')],
    ['Home End', t('keysMoveEnds')],
    ['?', t('keysSheet')],
  ] as const;
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
    </Dialog>
  );
}
