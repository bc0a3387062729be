import { useSignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import type { Scene } from '../core/scene';
import type { Bench } from '../ui/bench/state';
import type { ExportDialogProps } from '../ui/export/ExportDialog';
import { Button } from '../ui/parts';
import { t } from '../ui/strings';
import { writeAddress } from './address';

/** Opens the export sheet, which is loaded when it is first asked for. */
export function ExportButton({ bench }: { bench: Bench }) {
  const sheet = useSignal<{ readonly Dialog: FunctionComponent<ExportDialogProps> } | null>(null);
  const open = useSignal(false);
  const show = async (): Promise<void> => {
    try {
      const { ExportDialog } = await import('../ui/export/ExportDialog');
      sheet.value ??= { Dialog: ExportDialog };
      open.value = true;
    } catch {
      bench.complain(t('exportFailed'), () => void show());
    }
  };
  const loaded = sheet.value;
  return (
    <>
      <Button look="solid" icon="save" aria-label={t('export')} aria-haspopup="dialog" onClick={() => void show()}>
        <span class="words">{t('export')}</span>
      </Button>
      {loaded && (
        <loaded.Dialog
          bench={bench}
          open={open.value}
          linkOf={linkOf}
          onClose={() => {
            open.value = false;
          }}
        />
      )}
    </>
  );
}

/** Without the picture, which lies on this machine only. */
const linkOf = (scene: Scene): string => `${location.href.replace(/#.*/, '')}${writeAddress(null, scene)}`;
