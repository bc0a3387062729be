import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { CompareBar } from '../ui/bench/CompareBar';
import { KeySheet, useKeys } from '../ui/bench/keys';
import { Later } from '../ui/bench/Later';
import { Notices } from '../ui/bench/Notices';
import { Readout } from '../ui/bench/Readout';
import { Chain } from '../ui/chain/Chain';
import { FeatureMaps } from '../ui/maps/FeatureMaps';
import { Message } from '../ui/parts';
import { t } from '../ui/strings';
import { Drawer, type DrawerTab } from './Drawer';
import { Facts } from './Facts';
import { Head } from './Head';
import { dragged, takeIn } from './intake';
import { Port } from './Port';
import type { Room } from './room';
import { Grid, Sheets } from './Sheets';
import { Start } from './Start';

/** The Lab: the chain, pictures, plots, controls; or, before there is a picture, ways to get one. */
export function Lab({ room }: { room: Room }) {
  const { bench } = room;
  const sheet = useSignal(false);
  const adding = useSignal(false);
  const keys = useMemo(
    () => ({
      '?': () => {
        sheet.value = true;
      },
      '/': () => {
        adding.value = bench.opened.peek() !== null;
      },
    }),
    [sheet, adding, bench],
  );
  const tabs = useMemo<readonly DrawerTab[]>(
    () => [{ id: 'maps', title: t('featureMaps'), content: () => <FeatureMaps bench={bench} /> }],
    [bench],
  );
  useKeys(bench, keys);
  useEffect(() => takeIn(room), [room]);
  const name = bench.picture.value?.name;
  useEffect(() => {
    document.title = name ? `${name} – ${t('labName')}` : t('labName');
  }, [name]);
  const reason = room.reason.value;
  const opened = bench.opened.value !== null;
  return (
    <main class={opened ? 'bench' : 'bench at-start'}>
      <Head room={room} onKeys={() => keys['?']()} />
      {opened ? (
        <>
          <div class="chain-side">
            <Later frames={2}>
              <Chain bench={bench} adding={adding} />
            </Later>
          </div>
          <section class="stage" aria-label={t('compare')}>
            <Notices bench={bench} id="problem" elsewhere>
              {reason && <Message kind="note" text={reason} />}
            </Notices>
            <Grid room={room} />
            <Port bench={bench} />
            <div class="under">
              <Readout bench={bench} />
              <Later>
                <CompareBar bench={bench} />
              </Later>
            </div>
          </section>
          <div class="drawer-side">
            <Later frames={4}>
              <Drawer tabs={tabs} />
            </Later>
          </div>
          <aside class="ctl" aria-label={t('controls')}>
            <Later frames={3}>
              <Facts bench={bench} />
            </Later>
          </aside>
        </>
      ) : (
        <Start room={room} />
      )}
      <Sheets room={room} />
      {dragged.value && <div class="drop-veil">{t('dropToOpen')}</div>}
      <KeySheet
        open={sheet.value}
        onClose={() => {
          sheet.value = false;
        }}
        extra={[
          ['Ctrl + V', t('keysPaste')],
          ['Alt + ↑ ↓', t('keysChainMove')],
          ['O  D  Del', t('keysChainOff')],
        ]}
      />
    </main>
  );
}
