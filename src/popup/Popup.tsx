import { opList } from 'virtual:op-list';
import { type Signal, useComputed } from '@preact/signals';
import { OpPicker } from '../ui/controls/OpPicker';
import { Icon } from '../ui/icons';
import { Button, IconButton, Message, Spinner } from '../ui/parts';
import { t } from '../ui/strings';
import type { Program } from './rest';

export interface PopupProps {
  /** Pictures, result and controls; null until they are loaded, and where they do not come (`failed`). */
  readonly program: Signal<Program | null>;
  readonly failed: Signal<boolean>;
  /** The op chosen before the program was there. */
  readonly choice: Signal<string | null>;
}

/** The popup. Its frame and the operations are there at once and stay; the program brings the pictures of the page, one of them with its result, and the controls. */
export function Popup({ program, failed, choice }: PopupProps) {
  const loaded = program.value;
  const below = loaded?.below;
  const op = useComputed(() => (program.value ? program.value.tray.bench.op.value : choice.value));
  const choose = (name: string): void => {
    const bench = program.peek()?.tray.bench;
    if (bench) bench.setOp(name);
    else choice.value = name;
  };
  return (
    <main class="pop" aria-busy={!below && !failed.value}>
      <header class="top">
        <Icon name="logo" />
        <h1>{t('picturesOnPage')}</h1>
        <span class="grow" />
        {loaded ? <loaded.Actions tray={loaded.tray} /> : <ActionsToCome />}
      </header>
      {loaded ? (
        <loaded.Strip tray={loaded.tray} />
      ) : (
        <div class="strip none">{!failed.value && <span class="dim">{t('lookingForPictures')}</span>}</div>
      )}
      <section class="stage" aria-label={t('compare')}>
        {below ? <below.Stage tray={loaded.tray} /> : <StageToCome failed={failed.value} />}
      </section>
      <section class="tools-side" aria-label={t('controls')}>
        {loaded ? (
          <loaded.Chains tray={loaded.tray} />
        ) : (
          <Button look="line" inert>
            {t('chains')}
            <Icon name="down" />
          </Button>
        )}
        <OpPicker key="ops" ops={opList} variant="list" value={op.value} onChange={choose} />
        {below && <below.Controls tray={loaded.tray} />}
      </section>
      {below ? <below.Foot tray={loaded.tray} /> : <footer class="foot" />}
    </main>
  );
}

function ActionsToCome() {
  return (
    <>
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
    </>
  );
}

function StageToCome({ failed }: { failed: boolean }) {
  if (failed) return <Message kind="bad" text={t('programMissing')} />;
  return (
    <div class="port">
      <div class="empty">
        <Spinner label={t('lookingForPictures')} />
      </div>
    </div>
  );
}
