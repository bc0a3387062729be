import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Drawer } from '../../../store/drawer';
import { download } from '../../../ui/bench/save';
import { copyText } from '../../../ui/export/copy';
import { Button, Message } from '../../../ui/parts';
import { t } from '../../../ui/strings';
import { lessonAddress, ownLesson } from '../../address';
import type { Room } from '../../room';
import { lessonFile, packLesson, readLessonFile } from '../carry';
import { limits } from '../composed';
import { pickLesson } from '../pick';
import { lessonProblem } from '../problem';
import { Composer } from './composer';
import './compose.css';
import { embeds } from './draft';
import { withPictures } from './embed';
import { PageEditor } from './PageEditor';
import { PageList } from './PageList';

/** A longer address is cut off by some programs. */
const longLink = 8000;

/** Makes a lesson out of states of the workbench. */
export function Compose({ room, drawer }: { room: Room; drawer: Drawer }) {
  const composer = useMemo(() => composerOf(room, drawer), [room, drawer]);
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const pages = composer.pages.value;
  const empty = pages.length === 0;
  const away = composer.away.value;
  const own = pages.some(embeds);
  useEffect(() => setSaid(composer.said.value), [composer.said.value]);
  const attempt = (work: () => Promise<string>) => {
    setProblem(null);
    work().then(setSaid, (error: unknown) => setProblem(lessonProblem(error)));
  };
  const save = () =>
    attempt(async () => {
      const file = `${composer.title.peek().replace(/[^\p{L}\p{N}._-]+/gu, '-') || 'lesson'}.json`;
      download(lessonFile(await withPictures(composer, room)), file);
      return t('saved', file);
    });
  const link = () =>
    attempt(async () => {
      const packed = `#lesson-data=${await packLesson(composer.lesson())}`;
      const href = new URL(packed, location.href).href;
      await copyText(href);
      return [t('lessonLinkCopied'), own && t('lessonLinkNoPictures'), href.length > longLink && t('lessonLinkLong')]
        .filter(Boolean)
        .join(' ');
    });
  const open = () => pickLesson((file) => attempt(async () => composer.open(await readLessonFile(file)) ?? ''));
  const preview = () =>
    attempt(async () => {
      room.composed.value = await withPictures(composer, room);
      location.hash = lessonAddress(ownLesson);
      return '';
    });
  return (
    <div class="compose">
      <div class="compose-head row wrap">
        <label class="row grow">
          <span class="dim">{t('lessonTitle')}</span>
          <input
            class="field grow"
            type="text"
            dir="auto"
            maxLength={limits.title}
            value={composer.title.value}
            onInput={(event) => {
              composer.title.value = event.currentTarget.value;
            }}
          />
        </label>
        <Button look="line" icon="book" disabled={empty} onClick={preview}>
          {t('lessonPreview')}
        </Button>
        <Button look="solid" icon="save" disabled={empty} onClick={save}>
          {t('lessonSave')}
        </Button>
        <Button look="line" icon="share" disabled={empty} onClick={link}>
          {t('lessonShare')}
        </Button>
        <Button look="line" icon="plus" disabled={empty} onClick={() => composer.clear()}>
          {t('lessonNew')}
        </Button>
        <Button look="line" icon="open" onClick={open}>
          {t('lessonOpenFile')}
        </Button>
      </div>
      {problem && <Message kind="bad" text={problem} />}
      {away?.left === pages && (
        <Message kind="note" text={away.text} action={{ label: t('undo'), icon: 'undo', onClick: () => composer.undo() }} />
      )}
      <p class="dim small" role="status">
        {said || (empty ? t('lessonComposeHelp') : '')}
      </p>
      {own && <p class="dim small">{t('lessonOwnPictures')}</p>}
      <div class="compose-body">
        <PageList composer={composer} />
        {!empty && <PageEditor composer={composer} key={composer.current.value} />}
      </div>
    </div>
  );
}

const known = new WeakMap<Room, Composer>();
/** The one of a room: it outlives its view. */
function composerOf(room: Room, drawer: Drawer): Composer {
  const composer = known.get(room) ?? new Composer(room.bench, drawer);
  known.set(room, composer);
  return composer;
}
