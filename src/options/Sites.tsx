import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { browser } from '../platform/browser';
import { Button } from '../ui/parts';
import { t } from '../ui/strings';

/** The sites whose pictures may be read, each with a way to take that back. */
export function Sites() {
  const origins = useSignal<readonly string[] | null>(null);
  const tabs = useSignal(false);
  const said = useSignal('');
  useEffect(() => {
    const read = async () => {
      const { origins: held = [], permissions = [] } = await browser.permissions.getAll();
      tabs.value = permissions.includes('tabs');
      origins.value = [...held].sort();
    };
    const again = () => void read();
    void read();
    browser.permissions.onAdded.addListener(again);
    browser.permissions.onRemoved.addListener(again);
    return () => {
      browser.permissions.onAdded.removeListener(again);
      browser.permissions.onRemoved.removeListener(again);
    };
  }, [origins, tabs]);
  const revokeTabs = async () => {
    const gone = await browser.permissions.remove({ permissions: ['tabs'] }).catch(() => false);
    said.value = t(gone ? 'siteRevoked' : 'siteNotRevoked', t('tabsAllowed'));
  };
  const revoke = async (origin: string) => {
    const gone = await browser.permissions.remove({ origins: [origin] }).catch(() => false);
    said.value = t(gone ? 'siteRevoked' : 'siteNotRevoked', nameOf(origin));
  };
  return (
    <section aria-labelledby="sites-heading">
      <h2 id="sites-heading">{t('sitesHeading')}</h2>
      <p class="dim">{t('sitesHelp')}</p>
      {origins.value?.length === 0 && <p>{t('sitesNone')}</p>}
      <ul class="entries">
        {origins.value?.map((origin) => (
          <li key={origin}>
            <span class="grow">{nameOf(origin)}</span>
            <Button look="line" aria-label={t('revokeSite', nameOf(origin))} onClick={() => void revoke(origin)}>
              {t('revoke')}
            </Button>
          </li>
        ))}
        {tabs.value && (
          <li>
            <span class="grow">{t('tabsAllowed')}</span>
            <Button look="line" aria-label={t('revokeSite', t('tabsAllowed'))} onClick={() => void revokeTabs()}>
              {t('revoke')}
            </Button>
          </li>
        )}
      </ul>
      <p class="dim" role="status">
        {said.value}
      </p>
    </section>
  );
}

/** `https://cdn.example/*` without the pattern's end. */
const nameOf = (origin: string): string => origin.replace(/\/\*$/, '');
