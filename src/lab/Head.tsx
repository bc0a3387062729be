import { Provenance } from '../ui/bench/Provenance';
import { Icon } from '../ui/icons';
import { IconButton, Menu } from '../ui/parts';
import { formatSize, t } from '../ui/strings';
import { ExportButton } from './ExportButton';
import { pickFile } from './intake';
import type { Room } from './room';
import { samples } from './samples';
import { toggleTheme } from './theme';

/** The line at the top: which picture, where its pixels came from, and what can be done with the result. */
export function Head({ room, onKeys }: { room: Room; onKeys(): void }) {
  const { bench } = room;
  const picture = bench.picture.value;
  const size = bench.inputSize.value;
  return (
    <header class="top">
      <Icon name="logo" />
      <h1>{t('labName')}</h1>
      {picture && size && (
        <>
          <Menu
            class="line picture-button"
            items={[
              { label: t('openPicture'), icon: 'open', onClick: () => pickFile(room) },
              ...samples.map((sample) => ({ label: sample.file, onClick: () => void room.openSample(sample) })),
            ]}
          >
            <Icon name="open" />
            <span class="name">{picture.name}</span>
            <span class="dim num">{formatSize(size.width, size.height)}</span>
          </Menu>
          <span class="dim wide small">
            <Provenance bench={bench} />
          </span>
        </>
      )}
      <span class="grow" />
      {picture && size && <ExportButton bench={bench} />}
      <IconButton icon="keys" label={t('keyboardKey')} onClick={onKeys} />
      <IconButton icon="half" label={t('theme')} onClick={toggleTheme} />
    </header>
  );
}
