import { useLayoutEffect, useMemo } from 'preact/hooks';
import { type LessonId, lessonIds } from '../../core/lessons/lesson';
import { Icon } from '../../ui/icons';
import { t } from '../../ui/strings';
import { allLessons, lessonAddress, writeAddress } from '../address';
import type { Room } from '../room';
import { builtPage, lessonTitle } from './built';
import { Page } from './Page';
import type { Progress } from './progress';
import type { Stage } from './stage';
import { Top } from './Top';

export interface BuiltProps {
  readonly room: Room;
  readonly stage: Stage;
  readonly progress: Progress;
  readonly id: LessonId;
  readonly passage: string | null;
}

/** A lesson that comes with ConvScope, between the one before and the one after. */
export function Built({ room, stage, progress, id, passage }: BuiltProps) {
  const page = useMemo(() => builtPage(id), [id]);
  const asked = room.lesson.value?.state ?? null;
  useLayoutEffect(() => {
    const figure = page.figures.find((other) => other.id === asked) ?? page.figures[0];
    stage.picture.value = { kind: 'reader' };
    if (figure) stage.show(figure, page.backTo, room.lessonScene.peek() ?? undefined);
  }, [stage, page, asked]);
  const at = lessonIds.indexOf(id);
  const [before, after] = [lessonIds[at - 1], lessonIds[at + 1]];
  const picture = () => stage.bench.picture.peek()?.id ?? null;
  const scene = stage.bench.scene.value;
  return (
    <>
      <Top
        room={room}
        stage={stage}
        current={id}
        crumbs={[
          { id: allLessons, title: t('lessons'), href: lessonAddress(allLessons) },
          ...lessonIds.map((other) => ({
            id: other,
            title: lessonTitle(other),
            href: lessonAddress(other),
            done: progress.isDone(other),
          })),
        ]}
        labHref={() => writeAddress(picture(), scene)}
        stateHref={() => lessonAddress(id, { state: stage.figure.peek()?.id ?? '', scene, picture: picture() })}
      />
      <Page
        key={id}
        stage={stage}
        page={page}
        passage={passage}
        onAnswered={() => progress.note(id, { answered: true })}
        onSolved={() => progress.note(id, { solved: true })}
      />
      <nav class="lesson-nav" aria-label={t('lessonOf', at + 1, lessonIds.length)}>
        {before && (
          <a class="btn line" href={lessonAddress(before)} rel="prev" aria-label={t('lessonPrevious', lessonTitle(before))}>
            {lessonTitle(before)}
          </a>
        )}
        <a class="btn solid" href={lessonAddress(after ?? allLessons)} rel="next">
          {after ? t('lessonNext', lessonTitle(after)) : t('lessons')}
        </a>
        <span class="dim num">
          {t('lessonOf', at + 1, lessonIds.length)}
          {progress.isDone(id) && (
            <>
              {' '}
              <Icon name="check" /> {t('lessonIsDone')}
            </>
          )}
        </span>
      </nav>
    </>
  );
}
