// What the popup's frame holds once its program is there.

import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { Compare } from '../ui/bench/Compare';
import { CompareBar } from '../ui/bench/CompareBar';
import { KeySheet, useKeys } from '../ui/bench/keys';
import { Later } from '../ui/bench/Later';
import { Notices } from '../ui/bench/Notices';
import { Readout } from '../ui/bench/Readout';
import { ReplaceButtons } from '../ui/bench/ReplaceButtons';
import { SaveMenu } from '../ui/bench/SaveMenu';
import { ScreenPixels } from '../ui/bench/ScreenPixels';
import { StepPanel } from '../ui/bench/StepPanel';
import { savePng } from '../ui/bench/save';
import { StepStrip } from '../ui/chain/StepStrip';
import { ChainPicker } from '../ui/chains/ChainPicker';
import { HintLine } from '../ui/hints/HintLine';
import { Button, IconButton, Message, Spinner } from '../ui/parts';
import { t } from '../ui/strings';
import { TakeAll } from './TakeAll';
import type { Tray } from './tray';

interface Props {
  readonly tray: Tray;
}

export function Actions({ tray }: Props) {
  const sheet = useSignal(false);
  const keys = useMemo(
    () => ({
      '?': () => {
        sheet.value = true;
      },
    }),
    [sheet],
  );
  useKeys(tray.bench, keys);
  return (
    <>
      <Button
        look="line"
        icon="pick"
        title={t('pickOnPage')}
        disabled={tray.problem.value !== null && tray.found.value.length === 0}
        onClick={() => void tray.pickOnPage()}
      >
        <span class="words">{t('pickOnPage')}</span>
      </Button>
      <TakeAll tray={tray} />
      <Button icon="lab" title={t('openLab')} onClick={() => void tray.openLab()}>
        <span class="words">{t('lab')}</span>
      </Button>
      <IconButton icon="keys" label={t('keyboardKey')} onClick={keys['?']} />
      <IconButton icon="gear" label={t('optionsOpen')} onClick={() => void tray.openOptions()} />
      <KeySheet
        open={sheet.value}
        onClose={() => {
          sheet.value = false;
        }}
      />
    </>
  );
}

export function Stage({ tray }: Props) {
  const { bench } = tray;
  const image = tray.current.value;
  return (
    <>
      <Notices bench={bench} id="problem">
        {!tray.problem.value && <HintLine keeper={tray.keeper} hints={hintsFor(tray)} />}
        {tray.problem.value && (
          <Message
            kind="bad"
            text={tray.problem.value}
            action={{ label: t('openLab'), icon: 'lab', onClick: () => void tray.openLab() }}
          />
        )}
        <ScreenPixels
          bench={bench}
          action={
            image && bench.picture.value?.provenance.blockedOrigin
              ? { label: t('allowSite'), icon: 'lock', onClick: () => void tray.allow(image) }
              : undefined
          }
        />
      </Notices>
      <div class="port">{bench.opened.value ? <Compare bench={bench} /> : <Waiting tray={tray} />}</div>
      <Readout bench={bench} />
      <CompareBar bench={bench} modes iconsOnly />
    </>
  );
}

/** That a lock asks for one site is worth saying where there is a lock. */
const hintsFor = ({ found }: Tray) => [
  ...(found.value.some(({ state }) => state === 'locked') ? [{ id: 'popupLocked', text: t('hintPopupLocked') }] : []),
  { id: 'popupMenu', text: t('hintPopupMenu') },
];

function Waiting({ tray }: Props) {
  const busy = tray.looking.value || tray.bench.opening.value !== null;
  return <div class="empty">{busy && <Spinner label={t('lookingForPictures')} />}</div>;
}

export function Chains({ tray }: Props) {
  return (
    <>
      <ChainPicker bench={tray.bench} keeper={tray.keeper} />
      <StepStrip bench={tray.bench} />
    </>
  );
}

export function Controls({ tray }: Props) {
  return (
    <>
      <hr class="rule" />
      <Later frames={2}>
        <StepPanel bench={tray.bench} />
      </Later>
    </>
  );
}

export function Foot({ tray }: Props) {
  const { bench } = tray;
  const ready = bench.finished.value;
  const say = (words: string): void => {
    tray.said.value = words;
  };
  return (
    <footer class="foot">
      <ReplaceButtons onPage={tray.onPage} class="grow" />
      <IconButton look="line" icon="save" label={t('savePng')} disabled={!ready} onClick={() => void savePng(bench, say)} />
      <SaveMenu bench={bench} onSaid={say} onLab={() => void tray.openLab()} />
      <IconButton look="line" icon="lab" label={t('openInLab')} onClick={() => void tray.openLab()} />
      <span class="sr" role="status">
        {tray.said.value}
      </span>
    </footer>
  );
}
