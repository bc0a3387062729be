import { Provenance } from '../ui/bench/Provenance';
import { Icon } from '../ui/icons';
import { Button, IconButton, Menu } from '../ui/parts';
import { formatSize, t } from '../ui/strings';
import { allLessons, lessonAddress } from './address';
import { ExportButton } from './ExportButton';
import { openOptions } from './options';
import type { Room } from './room';
import { samples } from './samples';
import { toggleTheme } from './theme';

/** The line at the top: which picture, where its pixels came from, and what can be done with the result. */
export function Head({ room, onKeys }: { room: Room; onKeys(): void }) {
  const { bench } = room;
  const picture = bench.picture.value;
  const size = bench.inputSize.value;
  const from = picture?.provenance.from;
  return (
    <header class="top">
      <Icon name="logo" />
      <h1>{t('labName')}</h1>
      {picture && size && (
        <>
          <Menu
            class="line picture-button"
            items={[
              {
                label: t('openOther'),
                icon: 'open',
                onClick: () => {
                  room.choosing.value = 'gallery';
                },
              },
              {
                label: t('cutTitle'),
                icon: 'crop',
                onClick: () => {
                  room.cutting.value = true;
                },
              },
              ...(from
                ? [{ label: t('backTo', from.name), icon: 'undo' as const, onClick: () => void room.reopen(from.id) }]
                : []),
              ...samples.map((sample) => ({ label: sample.file, onClick: () => void room.openSample(sample) })),
            ]}
          >
            <Icon name="open" />
            <span class="name">{picture.name}</span>
            <span class="dim num">{formatSize(size.width, size.height)}</span>
          </Menu>
          {room.batch.value && !room.grid.value && (
            <Button
              look="line"
              icon="grid"
              aria-label={t('batchBack')}
              onClick={() => {
                room.grid.value = true;
              }}
            >
              <span class="words">{t('batchBack')}</span>
            </Button>
          )}
          <span class="dim wide small">
            <Provenance bench={bench} full />
          </span>
        </>
      )}
      <div class="head-tools">
        {picture && (
          <>
            <IconButton
              icon="undo"
              label={t('undo')}
              title={t('undoKey')}
              disabled={!bench.undos.canUndo.value}
              onClick={() => bench.undo()}
            />
            <IconButton
              icon="redo"
              label={t('redo')}
              title={t('redoKey')}
              disabled={!bench.undos.canRedo.value}
              onClick={() => bench.redo()}
            />
          </>
        )}
        {picture && size && <ExportButton bench={bench} />}
        <a class="btn" href={lessonAddress(allLessons)} title={t('lessons')}>
          <Icon name="book" />
          <span class="words">{t('lessons')}</span>
        </a>
        <IconButton icon="keys" label={t('keyboardKey')} onClick={onKeys} />
        {openOptions && <IconButton icon="gear" label={t('optionsOpen')} onClick={openOptions} />}
        <IconButton icon="half" label={t('theme')} onClick={toggleTheme} />
      </div>
    </header>
  );
}
