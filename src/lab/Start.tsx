import type { ComponentChildren } from 'preact';
import { Question } from '../ui/bench/Notices';
import { Icon } from '../ui/icons';
import { Button, Message } from '../ui/parts';
import { formatSize, t } from '../ui/strings';
import { pickFile } from './intake';
import type { Room } from './room';
import { samples, sampleUrl } from './samples';

/** Before there is a picture: ways to get one; `children` are what was worked on before. */
export function Start({ room, children }: { room: Room; children?: ComponentChildren }) {
  const { bench } = room;
  const failure = bench.failure.value;
  const ask = bench.ask.value;
  const opening = bench.opening.value;
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
      </div>
      {children}
      <h2>{t('samples')}</h2>
      <ul class="samples">
        {samples.map((sample) => (
          <li key={sample.id}>
            <button
              type="button"
              aria-label={t('openSample', `${sample.file} ${formatSize(sample.width, sample.height)}`)}
              onClick={() => void room.openSample(sample)}
            >
              <img src={sampleUrl(sample)} alt="" width={sample.width} height={sample.height} />
              <span>{sample.file}</span> <span class="dim num">{formatSize(sample.width, sample.height)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
