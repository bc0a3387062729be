import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { CompareBar } from '../ui/bench/CompareBar';
import { KeySheet, useKeys } from '../ui/bench/keys';
import { Later } from '../ui/bench/Later';
import { Notices } from '../ui/bench/Notices';
import { Readout } from '../ui/bench/Readout';
import { ChainActions } from '../ui/chain/actions';
import { ownChains } from '../ui/chains/own';
import { HintLine } from '../ui/hints/HintLine';
import { Message } from '../ui/parts';
import { t } from '../ui/strings';
import { onDemand } from '../ui/view/onDemand';
import type { DrawerTab } from './Drawer';
import { Head } from './Head';
import { dragged, takeIn } from './intake';
import { Port } from './Port';
import type { History } from './recent/history';
import { Recent } from './recent/Recent';
import { composeTab, type Room } from './room';
import { Grid, Sheets } from './Sheets';
import { Start } from './Start';

const Chain = onDemand(() => import('./beside').then(({ Chain }) => Chain));
const Drawer = onDemand(() => import('./beside').then(({ Drawer }) => Drawer));
const Facts = onDemand(() => import('./beside').then(({ Facts }) => Facts));
const Compose = onDemand(() => import('./lessons/compose/Compose').then(({ Compose }) => Compose));
const FeatureMaps = onDemand(() => import('./beside').then(({ FeatureMaps }) => FeatureMaps));
const Geometry = onDemand(async () => (await import('../ui/geometry/Geometry')).Geometry);
const GradientView = onDemand(async () => (await import('../ui/gradient/GradientView')).GradientView);
const Inspector = onDemand(async () => (await import('../ui/inspect/Inspector')).InspectorView);
const Plots = onDemand(() => import('../ui/plots/Plots').then(({ Plots }) => Plots));

/** In the words of the language that was taken meanwhile. */
const hints = () => [
  { id: 'labFind', text: t('hintLabFind') },
  { id: 'labDrop', text: t('hintLabDrop') },
];

/** The Lab: the chain, pictures, plots, controls; or, before there is a picture, ways to get one. */
export function Lab({ room, history }: { room: Room; history: History }) {
  const { bench } = room;
  const sheet = useSignal(false);
  const adding = useSignal(false);
  const actions = useMemo(() => new ChainActions(bench), [bench]);
  const own = useMemo(() => ownChains(history.keeper, bench), [history, bench]);
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
    () => [
      { id: 'maps', title: t('featureMaps'), content: () => <FeatureMaps bench={bench} /> },
      { id: 'inspect', title: t('inspect'), roomy: true, content: () => <Inspector bench={bench} /> },
      { id: 'geometry', title: t('geometry'), roomy: true, content: () => <Geometry bench={bench} /> },
      { id: 'gradient', title: t('gradientTitle'), roomy: true, content: () => <GradientView bench={bench} /> },
      { id: 'plots', title: t('plots'), roomy: true, content: () => <Plots bench={bench} /> },
      {
        id: composeTab,
        title: t('lessonCompose'),
        roomy: true,
        content: () => <Compose room={room} drawer={history.keeper.drawer} />,
      },
    ],
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
              <Chain actions={actions} adding={adding} own={own} />
            </Later>
          </div>
          <section class="stage" aria-label={t('compare')}>
            <Notices bench={bench} id="problem" elsewhere>
              <HintLine keeper={history.keeper} hints={hints()} escapes />
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
              <Drawer tabs={tabs} chosen={room.tab} />
            </Later>
          </div>
          <aside class="ctl" aria-label={t('controls')}>
            <Later frames={3}>
              <Facts actions={actions} />
            </Later>
          </aside>
        </>
      ) : (
        <Start room={room}>
          <Recent history={history} />
        </Start>
      )}
      <Sheets room={room} history={history} />
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
