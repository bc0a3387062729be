import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Keeper } from '../ui/chains/keeper';
import { Icon } from '../ui/icons';
import { IconButton } from '../ui/parts';
import { t } from '../ui/strings';
import { Appearance } from './Appearance';
import { ChainsKept } from './ChainsKept';
import { MenuEntries } from './MenuEntries';
import { OptionKeys } from './OptionKeys';
import { Sites } from './Sites';
import { Storage } from './Storage';

/** The options: the context menu, what every page starts with, saved chains, allowed sites, and what is kept in this browser. */
export function Options({ keeper }: { keeper: Keeper }) {
  const sheet = useSignal(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLInputElement && event.target.type === 'text';
      if (event.key === '?' && !typing) sheet.value = true;
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [sheet]);
  return (
    <main class="options">
      <header class="top">
        <Icon name="logo" />
        <h1 class="grow">{t('optionsName')}</h1>
        <a class="btn" href="lab.html">
          <Icon name="lab" />
          {t('openLab')}
        </a>
        <IconButton
          icon="keys"
          label={t('keyboardKey')}
          onClick={() => {
            sheet.value = true;
          }}
        />
      </header>
      {keeper.loaded.value && (
        <>
          <MenuEntries keeper={keeper} />
          <Appearance keeper={keeper} />
          <ChainsKept keeper={keeper} />
          <Sites />
          <Storage keeper={keeper} />
        </>
      )}
      <OptionKeys
        open={sheet.value}
        onClose={() => {
          sheet.value = false;
        }}
      />
    </main>
  );
}
