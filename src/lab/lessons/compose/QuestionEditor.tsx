import { useId } from 'preact/hooks';
import { Button, IconButton } from '../../../ui/parts';
import { t } from '../../../ui/strings';
import { type LessonChoice, type LessonQuestion, limits } from '../composed';
import type { Composer } from './composer';

const empty: LessonChoice = { text: '', feedback: '' };

/** The question of a page: its answers, which one is right, and what is said to each. */
export function QuestionEditor({ composer, question }: { composer: Composer; question: LessonQuestion | null }) {
  const name = useId();
  if (!question) {
    return (
      <Button
        look="line"
        icon="help"
        onClick={() => composer.edit({ question: { text: '', choices: [empty, empty], right: 0 } })}
      >
        {t('lessonAddQuestion')}
      </Button>
    );
  }
  const { choices, right } = question;
  const put = (at: number, change: Partial<LessonChoice>) =>
    composer.editQuestion({ choices: choices.map((choice, i) => (i === at ? { ...choice, ...change } : choice)) });
  const remove = (at: number) =>
    composer.editQuestion({
      choices: choices.filter((_, i) => i !== at),
      right: Math.max(0, right > at || right === choices.length - 1 ? right - 1 : right),
    });
  return (
    <fieldset class="compose-question">
      <legend>{t('lessonQuestion')}</legend>
      <label class="compose-field">
        <span>{t('lessonQuestionText')}</span>
        <textarea
          class="field"
          dir="auto"
          rows={2}
          maxLength={limits.text}
          value={question.text}
          onInput={(event) => composer.editQuestion({ text: event.currentTarget.value })}
        />
      </label>
      {choices.map((choice, i) => (
        <div class="compose-choice" key={`${i + 1}`}>
          <input
            type="radio"
            name={name}
            checked={i === right}
            aria-label={t('lessonChoiceRight', i + 1)}
            title={t('lessonChoiceRight', i + 1)}
            onChange={() => composer.editQuestion({ right: i })}
          />
          <input
            class="field"
            type="text"
            dir="auto"
            maxLength={limits.choice}
            aria-label={t('lessonChoice', i + 1)}
            placeholder={t('lessonChoice', i + 1)}
            value={choice.text}
            onInput={(event) => put(i, { text: event.currentTarget.value })}
          />
          <input
            class="field"
            type="text"
            dir="auto"
            maxLength={limits.text}
            aria-label={t('lessonFeedback', i + 1)}
            placeholder={t('lessonFeedback', i + 1)}
            value={choice.feedback}
            onInput={(event) => put(i, { feedback: event.currentTarget.value })}
          />
          <IconButton
            icon="minus"
            tiny
            label={t('lessonRemoveChoice', i + 1)}
            disabled={choices.length <= 2}
            onClick={() => remove(i)}
          />
        </div>
      ))}
      <div class="row wrap">
        <Button
          icon="plus"
          disabled={choices.length >= limits.choices}
          onClick={() => composer.editQuestion({ choices: [...choices, empty] })}
        >
          {t('lessonAddChoice')}
        </Button>
        <Button icon="minus" onClick={() => composer.edit({ question: null })}>
          {t('lessonRemoveQuestion')}
        </Button>
      </div>
    </fieldset>
  );
}
