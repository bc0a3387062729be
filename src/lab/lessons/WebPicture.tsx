import { useSignal } from '@preact/signals';
import { Button, Message, Spinner } from '../../ui/parts';
import { t } from '../../ui/strings';
import { told } from '../../ui/told/told';
import { inExtension } from '../sources/names';
import { pictureAt } from '../sources/pictureAt';
import { useExtension } from '../sources/useExtension';
import type { WebPicture } from './composed';
import type { Stage } from './stage';

/** A picture that a page names on the web: nothing is fetched before the reader says so, and until then the reader's own is shown. */
export function WebPictureAsk({ stage, picture }: { stage: Stage; picture: WebPicture }) {
  const extension = useExtension();
  const problem = useSignal<string | null>(null);
  const busy = useSignal(false);
  const { url, alt, source } = picture;
  const host = new URL(url).hostname;
  const here = stage.fetched.value.has(url);
  const fetchIt = async () => {
    // The browser asks only in the first call of a click, so this comes before anything that waits.
    const asked = extension ? extension.askForSite(url) : Promise.resolve(false);
    problem.value = null;
    busy.value = true;
    try {
      stage.bring(url, await pictureAt(url, extension, await asked));
    } catch (error) {
      problem.value = told(error instanceof Error ? error.message : String(error));
    }
    busy.value = false;
  };
  return (
    <section class="lesson-web" aria-label={t('lessonPictureOf')}>
      {alt && <p dir="auto">{alt}</p>}
      {source && (
        <p class="dim small" dir="auto">
          {t('lessonPictureFrom', source)}
        </p>
      )}
      <p class="dim small">{here ? t('lessonPictureFetched', host) : t('lessonPictureWaits', host)}</p>
      <div class="row wrap">
        <Button
          look="line"
          icon="picture"
          disabled={busy.value || (inExtension && !extension)}
          onClick={() => (here ? stage.sendBack(url) : void fetchIt())}
        >
          {here ? t('lessonPictureBack') : t('lessonPictureFetch', host)}
        </Button>
        {busy.value && <Spinner label={t('addressReading')} />}
      </div>
      {problem.value && <Message kind="bad" text={problem.value} />}
    </section>
  );
}
