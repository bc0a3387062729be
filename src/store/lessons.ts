// How far somebody has come in the lessons, each under a name of its own in the drawer.

import { type LessonId, lessonIds } from '../core/lessons/lesson';

export interface LessonProgress {
  /** The question was answered, whatever the answer was. */
  readonly answered: boolean;
  /** The exercise was solved. */
  readonly solved: boolean;
}

const prefix = 'lesson:';
export const progressName = (id: LessonId): string => prefix + id;
/** Whether the progress of a lesson lies under a name. */
export const isProgress = (name: string): boolean => lessonIds.some((id) => progressName(id) === name);

/** The progress in a drawer. */
export function readProgress(kept: Readonly<Record<string, unknown>>): ReadonlyMap<LessonId, LessonProgress> {
  return new Map(
    lessonIds.flatMap((id): [LessonId, LessonProgress][] => {
      const found = kept[progressName(id)];
      if (typeof found !== 'object' || found === null) return [];
      const { answered, solved }: Readonly<Record<string, unknown>> = { ...found };
      return [[id, { answered: answered === true, solved: solved === true }]];
    }),
  );
}
