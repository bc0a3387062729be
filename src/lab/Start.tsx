import type { ComponentChildren } from 'preact';
import { Question } from '../ui/bench/Notices';
import { Icon } from '../ui/icons';
import { Button, Message } from '../ui/parts';
import { t } from '../ui/strings';
import { allLessons, lessonAddress } from './address';
import { pickFile } from './intake';
import type { Room } from './room';
import { Gallery } from './sources/Gallery';
import { sources } from './sources/names';

/** Before there is a picture: ways to get one; `children` are what was worked on before. */
export function Start({ room, children }: { room: Room; children?: ComponentChildren }) {
  const { bench } = room;
  const failure = bench.failure.value;
  const ask = bench.ask.value;
  const opening = bench.opening.value;
  const others = sources.filter(({ name }) => !['gallery', 'recent', 'file'].includes(name));
  return (
    <section class="start">
      <div class="notices">
        {room.reason.value && <Message kind="note" text={room.reason.value} />}
        {failure && (
          <Message
            kind="bad"
            text={failure.text}
            action={failure.retry ? { label: t('retry'), icon: 'reset', onClick: failure.retry } : undefined}
          />
        )}
        {ask && <Question ask={ask} />}
      </div>
      <div class="drop">
        <Icon name="picture" />
        <p>{opening ? t('decoding', opening) : t('dropHere')}</p>
        <Button look="solid" icon="open" onClick={() => pickFile(room)}>
          {t('openPicture')}
        </Button>
        <div class="ways">
          {others.map(({ name, icon, title }) => (
            <Button
              key={name}
              look="line"
              icon={icon}
              aria-haspopup="dialog"
              onClick={() => {
                room.choosing.value = name;
              }}
            >
              {t(title)}
            </Button>
          ))}
        </div>
      </div>
      <p class="to-lessons">
        <a class="btn line" href={lessonAddress(allLessons)}>
          <Icon name="book" />
          {t('lessons')}
        </a>
        <span class="dim">{t('lessonsWhat')}</span>
      </p>
      {children}
      <h2>{t('samples')}</h2>
      <Gallery room={room} />
    </section>
  );
}
