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
  const scene = stage.bench.scene.value;
  // What was said of another state is true no more.
  useEffect(() => {
    if (said.peek()?.done === false) said.value = null;
  }, [scene]);
  const check = async () => {
    const lacks = exercise.check(await stage.measured(stage.bench.scene.peek()));
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
        <Button look="solid" onClick={() => void check()}>
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
