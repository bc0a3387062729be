import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { Message, Spinner } from '../../ui/parts';
import { t } from '../../ui/strings';
import { told } from '../../ui/told/told';
import type { Room } from '../room';
import { inExtension } from './names';
import { pictureAt } from './pictureAt';
import { useExtension } from './useExtension';

/** A picture by its address. */
export function Address({ room }: { room: Room }) {
  const extension = useExtension();
  const problem = useSignal<string | null>(null);
  const busy = useSignal(false);
  const id = useId();
  const open = async (event: SubmitEvent) => {
    event.preventDefault();
    const url = webAddress(room.typed.peek());
    // The browser asks only in the first call of a click, so this comes before anything that waits.
    const asked = url && extension ? extension.askForSite(url) : Promise.resolve(false);
    problem.value = null;
    if (!url) {
      problem.value = t('addressBad', room.typed.peek().slice(0, 80));
      return;
    }
    busy.value = true;
    try {
      await room.open(await pictureAt(url, extension, await asked));
      room.typed.value = '';
    } catch (error) {
      // May begin with the name of a host, which keeps its small letter.
      problem.value = told(error instanceof Error ? error.message : String(error));
    }
    busy.value = false;
  };
  return (
    <form class="way" onSubmit={(event) => void open(event)} noValidate>
      <label for={id}>{t('addressLabel')}</label>
      <div class="row">
        <input
          id={id}
          class="field grow"
          type="url"
          dir="ltr"
          inputMode="url"
          autocomplete="off"
          spellcheck={false}
          placeholder="https://"
          value={room.typed.value}
          aria-invalid={problem.value !== null || undefined}
          aria-describedby={`${id}-help`}
          onInput={(event) => {
            room.typed.value = event.currentTarget.value;
          }}
        />
        <button type="submit" class="btn solid" aria-disabled={(inExtension && !extension) || busy.value || undefined}>
          {t('openIt')}
        </button>
      </div>
      <p class="dim small" id={`${id}-help`}>
        {inExtension ? t('addressHelp') : t('addressHelpPage')}
      </p>
      {busy.value && (
        <span class="row dim">
          <Spinner label={t('addressReading')} />
          {t('addressReading')}
        </span>
      )}
      {problem.value && <Message kind="bad" text={problem.value} />}
    </form>
  );
}

/** What was typed as an address; one without a scheme is a web address. Null when it is none. */
function webAddress(typed: string): string | null {
  const text = typed.trim();
  const full = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  if (text === '' || /\s/.test(text) || !URL.canParse(full)) return null;
  return /^(?:https?:|data:image\/)/i.test(full) ? new URL(full).href : null;
}
