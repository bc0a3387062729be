import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { lessonIds } from '../../core/lessons/lesson';
import { Icon } from '../../ui/icons';
import { Button, Message } from '../../ui/parts';
import { t } from '../../ui/strings';
import { lessonAddress, ownLesson } from '../address';
import { composeTab, type Room } from '../room';
import { lessonTitle } from './built';
import { readLessonFile } from './carry';
import { Prose } from './Prose';
import { pickLesson } from './pick';
import { lessonProblem } from './problem';
import type { Progress } from './progress';

/** All lessons, with how far one has come. `problem`: why another one is not shown. */
export function Contents({ room, progress, problem }: { room: Room; progress: Progress; problem: string | null }) {
  const refused = useSignal<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
    document.title = `${t('lessons')} – ${t('labName')}`;
  }, []);
  return (
    <main class="lesson">
      <h1 ref={heading} tabIndex={-1}>
        {t('lessons')}
      </h1>
      {refused.value && <Message kind="bad" text={refused.value} />}
      {problem && <Message kind="bad" text={problem} />}
      <div class="lesson-text">
        <p>{t('lessonsWhat')}</p>
      </div>
      <ol class="lesson-list">
        {lessonIds.map((id, i) => {
          const { answered, solved } = progress.of(id);
          return (
            <li key={id}>
              <a href={lessonAddress(id)}>
                <span class="num dim">{i + 1}</span>
                <span class="grow">{lessonTitle(id)}</span>
                <span class="dim">
                  {progress.isDone(id) ? (
                    <>
                      <Icon name="check" /> {t('lessonIsDone')}
                    </>
                  ) : (
                    (answered || solved) && t('lessonBegun')
                  )}
                </span>
              </a>
            </li>
          );
        })}
      </ol>
      <h2>{t('lessonsComposed')}</h2>
      <div class="lesson-text">
        <p>
          <Prose text={t('lessonsComposedHelp')} />
        </p>
      </div>
      <p class="row wrap">
        <Button
          look="line"
          icon="open"
          onClick={() =>
            pickLesson((file) => {
              refused.value = null;
              readLessonFile(file).then(
                (lesson) => {
                  room.composed.value = lesson;
                  location.hash = lessonAddress(ownLesson);
                },
                (error: unknown) => {
                  refused.value = lessonProblem(error);
                },
              );
            })
          }
        >
          {t('lessonOpenFile')}
        </Button>
        <a
          class="btn line"
          href={room.labHref()}
          onClick={() => {
            room.tab.value = composeTab;
          }}
        >
          <Icon name="lab" />
          {t('lessonCompose')}
        </a>
      </p>
      {progress.any() && (
        <p>
          <Button look="line" icon="reset" onClick={() => void progress.forget()}>
            {t('lessonsForget')}
          </Button>
        </p>
      )}
    </main>
  );
}
