import { useId } from 'preact/hooks';
import { t } from '../../../ui/strings';
import { samples } from '../../samples';
import { limits, secureAddress } from '../composed';
import type { Composer } from './composer';
import { type DraftPage, type TypedPicture, type Use, uses } from './draft';
import { TextField } from './TextField';

/** Which picture the reader of a page gets. */
export function PictureChoice({ composer, page }: { composer: Composer; page: DraftPage }) {
  const name = useId();
  const labels: { readonly [K in Use]: string } = {
    shown: shownName(page),
    reader: t('lessonPictureReader'),
    web: t('lessonPictureWeb'),
  };
  return (
    <fieldset class="compose-picture">
      <legend>{t('lessonPictureOf')}</legend>
      <div class="compose-controls">
        {uses.map(
          (use) =>
            labels[use] && (
              <label key={use}>
                <input type="radio" name={name} checked={page.use === use} onChange={() => composer.edit({ use })} />
                <span dir="auto">{labels[use]}</span>
              </label>
            ),
        )}
      </div>
      {page.use === 'web' && <OnTheWeb composer={composer} typed={page.typed} />}
    </fieldset>
  );
}

/** The name of the picture that was open when the page was taken; empty where there is none to hand on. */
function shownName({ picture, pictureName }: DraftPage): string {
  if (picture.kind === 'own') return picture.name;
  return samples.find(({ id }) => picture.kind === 'sample' && id === picture.id)?.file ?? pictureName ?? '';
}

function OnTheWeb({ composer, typed }: { composer: Composer; typed: TypedPicture }) {
  const id = useId();
  const bad = typed.url !== '' && secureAddress(typed.url.trim()) === null;
  const put = (change: Partial<TypedPicture>) => composer.edit({ typed: { ...typed, ...change } });
  return (
    <>
      <TextField
        label={t('addressLabel')}
        value={typed.url}
        most={limits.address}
        address={{ bad, describedBy: `${id}-help` }}
        onText={(url) => put({ url })}
      />
      <p class="dim small" id={`${id}-help`}>
        {bad ? t('lessonPictureWebBad') : t('lessonPictureWebHelp')}
      </p>
      <TextField label={t('lessonPictureAlt')} most={limits.choice} value={typed.alt} onText={(alt) => put({ alt })} />
      <TextField
        label={t('lessonPictureSource')}
        most={limits.choice}
        value={typed.source}
        onText={(source) => put({ source })}
      />
    </>
  );
}
