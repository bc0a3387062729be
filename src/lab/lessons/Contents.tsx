import { useEffect, useRef } from 'preact/hooks';
import { lessonIds } from '../../core/lessons/lesson';
import { Icon } from '../../ui/icons';
import { Button, Message } from '../../ui/parts';
import { t } from '../../ui/strings';
import { lessonAddress } from '../address';
import { lessonTitle } from './built';
import type { Progress } from './progress';

/** All lessons, with how far one has come. `problem`: why another one is not shown. */
export function Contents({ progress, problem }: { progress: Progress; problem: string | null }) {
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
      {problem && <Message kind="bad" text={problem} />}
      <p class="lesson-text">{t('lessonsWhat')}</p>
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
