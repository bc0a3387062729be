import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Icon } from '../../ui/icons';
import { Button } from '../../ui/parts';
import { t } from '../../ui/strings';
import type { ExerciseModel } from './model';
import { Prose } from './Prose';
import type { Stage } from './stage';

/** Something to bring the figure to; the tool looks whether it is there. */
export function Exercise({ stage, exercise, onSolved }: { stage: Stage; exercise: ExerciseModel; onSolved(): void }) {
  const said = useSignal<{ readonly text: string; readonly done: boolean } | null>(null);
  const taken = stage.taken.value;
  // What was said of another state is true no more.
  useEffect(() => {
    if (taken === null && said.peek()?.done === false) said.value = null;
  }, [taken]);
  const check = () => {
    const now = stage.taken.peek();
    if (!now) return;
    const lacks = exercise.check(now);
    said.value = { text: lacks ?? exercise.done, done: lacks === null };
    if (lacks === null) onSolved();
  };
  return (
    <section class="lesson-exercise" aria-label={t('lessonExercise')}>
      <h2 class="lesson-kind">{t('lessonExercise')}</h2>
      <p>
        <Prose text={exercise.text} />
      </p>
      <div class="row">
        <Button look="solid" disabled={taken === null} onClick={check}>
          {t('lessonCheck')}
        </Button>
      </div>
      <div role="status">
        {said.value && (
          <p class="lesson-say">
            {said.value.done && <Icon name="check" />}
            <Prose text={said.value.text} />
          </p>
        )}
      </div>
    </section>
  );
}
