import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../ui/icons';
import { Button, classes, Spinner } from '../../ui/parts';
import { t } from '../../ui/strings';
import type { AskModel, Judged, PageModel } from './model';
import { Prose } from './Prose';
import type { Stage } from './stage';

export interface AskProps {
  readonly stage: Stage;
  readonly page: PageModel;
  readonly ask: AskModel;
  /** It was answered; `right` is null for who skipped it. */
  onAnswered(right: boolean | null): void;
}

/** Predict first, then see: the answer is computed on the reader's picture. */
export function Ask({ stage, page, ask, onAnswered }: AskProps) {
  const picked = useSignal<string | null>(null);
  const judged = useSignal<Judged | null>(null);
  const busy = useSignal(false);
  const missing = useSignal(false);
  const name = useId();
  const x = stage.bench.xShape.value;
  const answers = x ? ask.answers({ shapes: [x] }) : [];
  const verdict = judged.value;
  const form = useRef<HTMLFormElement>(null);
  const anew = useRef<HTMLButtonElement>(null);
  const told = useRef(false);
  // What had the focus is gone or can be pressed no more: it goes on where the reader does.
  useLayoutEffect(() => {
    const [was, is] = [told.current, verdict !== null];
    told.current = is;
    if (was === is || document.activeElement !== document.body) return;
    const next = is ? anew.current : form.current?.querySelector('input');
    next?.focus({ preventScroll: true });
  }, [verdict]);

  const reveal = async (skipped: boolean) => {
    if (picked.peek() === null && !skipped) {
      missing.value = true;
      return;
    }
    if (skipped) picked.value = null;
    missing.value = false;
    busy.value = true;
    const taken = await revealed(stage, page, ask);
    busy.value = false;
    judged.value = ask.judge(taken);
    onAnswered(skipped ? null : judged.value.right === picked.peek());
  };
  const again = () => {
    judged.value = null;
    picked.value = null;
  };
  return (
    <form
      ref={form}
      class="lesson-ask"
      onSubmit={(event) => {
        event.preventDefault();
        if (!verdict) void reveal(false);
      }}
    >
      <fieldset aria-busy={busy.value}>
        <legend>
          <span class="lesson-kind">{t('lessonPredict')}</span>
          <span dir={page.dir}>
            <Prose text={ask.text} />
          </span>
        </legend>
        {answers.map(({ id, label }) => {
          const [right, mine] = [verdict?.right === id, picked.value === id];
          return (
            <label key={id} class={classes('lesson-answer', verdict !== null && right && 'right')}>
              <input
                type="radio"
                name={name}
                value={id}
                checked={mine}
                disabled={verdict !== null || busy.value}
                onChange={() => {
                  picked.value = id;
                  missing.value = false;
                }}
              />
              <span dir="auto">{label}</span>
              {verdict && (right || mine) && (
                <span class="verdict">
                  {right && <Icon name="check" />}
                  {right && (verdict.found === null ? t('lessonRight') : t('lessonHere', verdict.found))}
                  {mine && !right && t('lessonYours')}
                </span>
              )}
            </label>
          );
        })}
      </fieldset>
      {verdict ? (
        <>
          <p class="lesson-say" role="status" dir={page.dir}>
            <Prose text={feedback(ask, verdict, picked.value, answers)} />
          </p>
          <div class="row">
            <Button look="line" icon="reset" buttonRef={anew} onClick={again}>
              {t('lessonAgain')}
            </Button>
          </div>
        </>
      ) : (
        <div class="row wrap">
          <button type="submit" class="btn solid" aria-disabled={busy.value || undefined}>
            {t('lessonReveal')}
          </button>
          <Button onClick={() => void reveal(true)}>{t('lessonSkip')}</Button>
          {busy.value ? (
            <Spinner label={t('lessonReveal')} />
          ) : (
            <span class="dim" role="status">
              {missing.value ? t('lessonPick') : ask.reveal && t('lessonMoves')}
            </span>
          )}
        </div>
      )}
    </form>
  );
}

function feedback(ask: AskModel, { right }: Judged, picked: string | null, answers: ReturnType<AskModel['answers']>): string {
  if (picked === null) return t('lessonRevealed');
  if (picked === right) return ask.yes;
  return answers.find(({ id }) => id === picked)?.wrong ?? t('lessonAnother');
}

/** Puts the figure into the state that was asked about, and waits until it is measured. */
async function revealed(stage: Stage, page: PageModel, { reveal }: AskModel) {
  if (!reveal) return stage.measured(stage.bench.scene.peek());
  const figure = page.figures.find(({ id }) => id === reveal.state) ?? page.figures[0];
  const scene = reveal.scene();
  const measured = stage.measured(scene);
  if (figure) stage.show(figure, page.backTo, scene);
  return measured;
}
