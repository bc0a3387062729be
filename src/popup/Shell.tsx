import { Icon } from '../ui/icons';
import { Button, IconButton, Message, Spinner } from '../ui/parts';
import { t } from '../ui/strings';

/** The popup before its program is there: its head, and the wait for pictures. */
export function Shell({ failed }: { failed: boolean }) {
  return (
    <main class="pop" aria-busy={!failed}>
      <header class="top">
        <Icon name="logo" />
        <h1>{t('picturesOnPage')}</h1>
        <span class="grow" />
        <Button look="line" icon="pick" inert>
          <span class="words">{t('pickOnPage')}</span>
        </Button>
        <Button icon="grid" disabled>
          <span class="words">{t('batchAll')}</span>
        </Button>
        <Button icon="lab" inert>
          <span class="words">{t('lab')}</span>
        </Button>
        <IconButton icon="keys" label={t('keyboardKey')} inert />
        <IconButton icon="gear" label={t('optionsOpen')} inert />
      </header>
      <div class="strip none">{!failed && <span class="dim">{t('lookingForPictures')}</span>}</div>
      <section class="stage">
        {failed ? (
          <Message kind="bad" text={t('programMissing')} />
        ) : (
          <div class="port">
            <div class="empty">
              <Spinner label={t('lookingForPictures')} />
            </div>
          </div>
        )}
      </section>
      <section class="tools-side" />
      <footer class="foot" />
    </main>
  );
}
