import { batch, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Drawer } from '../../store/drawer';
import { KeySheet, useKeys } from '../../ui/bench/keys';
import { t } from '../../ui/strings';
import { allLessons, lessonAddress, ownLesson } from '../address';
import { dragged, takeIn } from '../intake';
import type { Room } from '../room';
import { Built } from './Built';
import { isLesson, lessonTitle } from './built';
import { Composed } from './Composed';
import { Contents } from './Contents';
import { unpackLesson } from './carry';
import type { ComposedLesson } from './composed';
import './lessons.css';
import './page.css';
import './list.css';
import './print/print.css';
import { lessonProblem } from './problem';
import { Progress } from './progress';
import { Stage } from './stage';
import { Top } from './Top';

/** Lessons in the place of the workbench. */
export function Lessons({ room, drawer }: { room: Room; drawer: Drawer }) {
  const stage = useMemo(() => new Stage(room), [room]);
  const progress = useMemo(() => new Progress(drawer), [drawer]);
  const sheet = useSignal(false);
  const keys = useMemo(
    () => ({
      '?': () => {
        sheet.value = true;
      },
    }),
    [sheet],
  );
  useKeys(stage.bench, keys);
  useEffect(() => takeIn(room), [room]);
  useEffect(
    () => () => {
      stage.close();
      progress.close();
    },
    [stage, progress],
  );
  const asked = room.lesson.value;
  const data = asked?.data ?? null;
  const problem = useSignal<string | null>(null);
  /** The packed lesson that was read last. */
  const read = useSignal<string | null>(null);
  useEffect(() => {
    problem.value = null;
    if (data === null) return;
    const enter = (lesson: ComposedLesson | null, failure: string | null) =>
      batch(() => {
        room.composed.value = lesson;
        problem.value = failure;
        read.value = data;
      });
    unpackLesson(data).then(
      (lesson) => enter(lesson, null),
      (error: unknown) => enter(null, lessonProblem(error)),
    );
  }, [data]);
  const id = asked?.id ?? (data === null ? allLessons : ownLesson);
  const composed = room.composed.value;
  const reading = data !== null && read.value !== data;
  const listed = !reading && !(id === ownLesson && composed) && !isLesson(id);
  useEffect(() => {
    if (listed) stage.picture.value = { kind: 'reader' };
  }, [stage, listed]);
  return (
    <div class="lessons">
      {reading ? (
        <main class="lesson" aria-busy="true" />
      ) : id === ownLesson && composed ? (
        <Composed room={room} stage={stage} lesson={composed} data={data} />
      ) : isLesson(id) ? (
        <Built room={room} stage={stage} progress={progress} id={id} passage={asked?.passage ?? null} />
      ) : (
        <>
          <Top
            room={room}
            stage={stage}
            current={allLessons}
            crumbs={[
              { id: allLessons, title: t('lessons'), href: lessonAddress(allLessons) },
              { id: progress.next(), title: lessonTitle(progress.next()), href: lessonAddress(progress.next()) },
            ]}
            labHref={room.labHref}
            stateHref={null}
          />
          <Contents
            room={room}
            progress={progress}
            problem={problem.value ?? (id === allLessons || data !== null ? null : t('lessonUnknown'))}
          />
        </>
      )}
      {dragged.value && <div class="drop-veil">{t('dropToOpen')}</div>}
      <KeySheet
        open={sheet.value}
        onClose={() => {
          sheet.value = false;
        }}
      />
    </div>
  );
}
