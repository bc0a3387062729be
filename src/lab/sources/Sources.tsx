import type { ComponentType } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { Icon } from '../../ui/icons';
import { Dialog, Message } from '../../ui/parts';
import { t } from '../../ui/strings';
import type { History } from '../recent/history';
import { Recent } from '../recent/Recent';
import type { Room } from '../room';
import { Address } from './Address';
import { Camera } from './Camera';
import { FileSource } from './FileSource';
import { Gallery } from './Gallery';
import { type SourceName, sources } from './names';
import { Paste } from './Paste';
import { Tabs } from './Tabs';
import './sources.css';

interface SourceProps {
  room: Room;
  history: History;
}

const panels: Readonly<Record<SourceName, ComponentType<SourceProps>>> = {
  gallery: Gallery,
  recent: ({ history }) => (
    <>
      <p class="dim">{t('recentHelp')}</p>
      <Recent history={history} />
    </>
  ),
  file: FileSource,
  paste: Paste,
  address: Address,
  camera: Camera,
  tabs: Tabs,
};

/** The sheet of sources: a list of them, and the one that is chosen. */
export function Sources({ room, history }: SourceProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const chosen = room.choosing.value ?? 'gallery';
  const Panel = panels[chosen];
  const failure = room.bench.failure.value;
  const opening = room.bench.opening.value;
  const choose = (name: SourceName) => {
    room.choosing.value = name;
    list.current?.querySelector<HTMLElement>(`[data-source=${name}]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = sources.findIndex(({ name }) => name === chosen);
    const to = { ArrowUp: at - 1, ArrowLeft: at - 1, ArrowDown: at + 1, ArrowRight: at + 1, Home: 0, End: -1 }[event.key];
    const next = to === undefined ? undefined : sources.at(to % sources.length);
    if (!next) return;
    event.preventDefault();
    choose(next.name);
  };
  return (
    <Dialog
      open={room.choosing.value !== null}
      title={t('openPicture')}
      onClose={() => {
        room.choosing.value = null;
      }}
    >
      <div class="sources">
        <div class="kinds" role="tablist" aria-label={t('sourcesOf')} ref={list} tabIndex={-1} onKeyDown={onKeyDown}>
          {sources.map(({ name, icon, title }) => (
            <button
              key={name}
              type="button"
              class="btn"
              role="tab"
              id={`${id}-${name}`}
              data-source={name}
              aria-selected={name === chosen}
              aria-controls={`${id}-panel`}
              tabIndex={name === chosen ? 0 : -1}
              onClick={() => choose(name)}
            >
              <Icon name={icon} />
              {t(title)}
            </button>
          ))}
        </div>
        <div class="source" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`}>
          {failure?.of === 'other' && (
            <Message
              kind="bad"
              text={failure.text}
              action={failure.retry ? { label: t('retry'), icon: 'reset', onClick: failure.retry } : undefined}
            />
          )}
          {opening && <Message kind="note" text={t('decoding', opening)} />}
          <Panel room={room} history={history} />
        </div>
      </div>
    </Dialog>
  );
}
