import { useId } from 'preact/hooks';
import type { Handle } from '../../../core/lessons/lesson';
import { opOf } from '../../../core/registry';
import { Button } from '../../../ui/parts';
import { opTitle, paramTitle, t } from '../../../ui/strings';
import { limits } from '../composed';
import type { Composer } from './composer';
import type { DraftPage } from './draft';
import { PictureChoice } from './PictureChoice';
import { QuestionEditor } from './QuestionEditor';
import { TextField } from './TextField';

/** Words, controls and question of the selected page. */
export function PageEditor({ composer }: { composer: Composer }) {
  const id = useId();
  const page = composer.pages.value[composer.current.value];
  if (!page) return null;
  return (
    <div class="compose-page">
      <div class="row wrap">
        <TextField
          label={t('lessonPageTitle')}
          most={limits.title}
          value={page.title}
          onText={(title) => composer.edit({ title })}
        />
        <Button look="line" icon="reset" title={t('lessonRetakeHelp')} onClick={() => composer.retake()}>
          {t('lessonRetake')}
        </Button>
      </div>
      <label class="compose-field">
        <span>{t('lessonText')}</span>
        <textarea
          class="field"
          dir="auto"
          rows={4}
          maxLength={limits.text}
          aria-describedby={`${id}-help`}
          value={page.text}
          onInput={(event) => composer.edit({ text: event.currentTarget.value })}
        />
      </label>
      <p class="dim small" id={`${id}-help`}>
        {t('lessonTextHelp')}
      </p>
      <PictureChoice composer={composer} page={page} />
      <ShownControls composer={composer} page={page} />
      <QuestionEditor composer={composer} question={page.question} />
    </div>
  );
}

/** Which settings the reader sees; all others are hidden. */
function ShownControls({ composer, page }: { composer: Composer; page: DraftPage }) {
  const all = page.scene.steps.flatMap(({ op: name }, step) => {
    const op = opOf(name);
    const stored = (weight: string) => op.weights[weight]?.kind === 'stored';
    return [...Object.keys(op.params), ...Object.keys(op.weights).filter((weight) => !stored(weight))].map((setting) => ({
      handle: { step, name: setting },
      title: `${step + 1} ${opTitle(op)}: ${paramTitle(op, setting)}`,
    }));
  });
  if (all.length === 0) return null;
  const has = ({ step, name }: Handle) => page.handles.some((other) => other.step === step && other.name === name);
  const full = page.handles.length >= limits.handles;
  return (
    <fieldset class="compose-controls">
      <legend>{t('lessonControls')}</legend>
      {all.map(({ handle, title }) => (
        <label key={title}>
          <input
            type="checkbox"
            checked={has(handle)}
            disabled={full && !has(handle)}
            onChange={(event) =>
              composer.edit({
                handles: event.currentTarget.checked
                  ? [...page.handles, handle]
                  : page.handles.filter((other) => other.step !== handle.step || other.name !== handle.name),
              })
            }
          />
          {title}
        </label>
      ))}
    </fieldset>
  );
}
