import { Icon } from '../../ui/icons';
import { Button } from '../../ui/parts';
import { t } from '../../ui/strings';
import { pickFile } from '../intake';
import type { Room } from '../room';

/** Files of this machine: chosen, or dropped anywhere on the page. */
export function FileSource({ room }: { room: Room }) {
  return (
    <div class="drop">
      <Icon name="picture" />
      <p>{t('dropHere')}</p>
      <Button look="solid" icon="open" onClick={() => pickFile(room)}>
        {t('chooseFiles')}
      </Button>
      <p class="dim small">{t('chooseFilesHelp')}</p>
    </div>
  );
}
