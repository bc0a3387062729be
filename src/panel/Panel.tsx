import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { About } from '../ui/bench/About';
import { Compare } from '../ui/bench/Compare';
import { CompareBar } from '../ui/bench/CompareBar';
import { KeySheet, useKeys } from '../ui/bench/keys';
import { Later } from '../ui/bench/Later';
import { Notices } from '../ui/bench/Notices';
import { Readout } from '../ui/bench/Readout';
import { ScreenPixels } from '../ui/bench/ScreenPixels';
import { StepPanel } from '../ui/bench/StepPanel';
import { StepStrip } from '../ui/chain/StepStrip';
import { HintLine } from '../ui/hints/HintLine';
import { Icon } from '../ui/icons';
import { Button, Message, Spinner } from '../ui/parts';
import { t } from '../ui/strings';
import { Foot } from './Foot';
import { Head } from './Head';
import { How } from './How';
import type { Seat } from './seat';
import { dragKeys, useDrag } from './useDrag';

const hints = [
  { id: 'panelMove', text: t('hintPanelMove') },
  { id: 'panelSplit', text: t('hintPanelSplit') },
];

/** The panel on a page: one picture, one operation, the result beside it. */
export function Panel({ seat }: { seat: Seat }) {
  const { bench } = seat;
  const root = useRef<HTMLDivElement>(null);
  const sheet = useSignal(false);
  const about = useSignal(false);
  const keys = useMemo(
    () => ({
      Escape: seat.close,
      '?': () => {
        sheet.value = true;
      },
    }),
    [seat, sheet],
  );
  useKeys(bench, keys);
  useEffect(() => root.current?.focus({ preventScroll: true }), []);
  const resize = useDrag(seat.resize);
  const op = bench.op.value;
  const problem = seat.problem.value;
  return (
    <main>
      <div class="panel" role="dialog" aria-label="ConvScope" tabIndex={-1} ref={root}>
        <h1 class="sr">ConvScope</h1>
        <Head
          seat={seat}
          about={about.value}
          onAbout={() => {
            about.value = !about.peek();
          }}
        />
        {about.value && op !== null && (
          <section class="about-area">
            <About op={op} />
          </section>
        )}
        {problem ? (
          <section class="none">
            <Message
              kind="bad"
              text={problem}
              action={{ label: t('openLab'), icon: 'lab', onClick: () => void seat.openLab() }}
            />
          </section>
        ) : (
          <section class="stage" aria-label={t('compare')}>
            {bench.opened.value ? (
              <>
                <Compare bench={bench} />
                <Readout bench={bench} />
                <CompareBar bench={bench} modes />
              </>
            ) : (
              <Waiting seat={seat} />
            )}
          </section>
        )}
        <Notices bench={bench} id="problem">
          <ScreenPixels bench={bench} />
        </Notices>
        {seat.settled.value && (
          <Later>
            {!problem && <HintLine keeper={seat.keeper} hints={hints} />}
            {!problem && <StepStrip bench={bench} />}
            {!problem && bench.opened.value && <How bench={bench} />}
            {op !== null && !problem && (
              <section class="body" aria-label={t('controls')}>
                <StepPanel bench={bench} />
              </section>
            )}
            {!problem && <Foot seat={seat} />}
            <Fitted root={root} seat={seat} />
          </Later>
        )}
        <button type="button" class="corner" aria-label={t('resizePanel')} onKeyDown={dragKeys(seat.resize)} {...resize}>
          <Icon name="resize" />
        </button>
      </div>
      <KeySheet
        open={sheet.value}
        onClose={() => {
          sheet.value = false;
        }}
        extra={[['Esc', t('close')]]}
      />
    </main>
  );
}

function Waiting({ seat }: { seat: Seat }) {
  const { failure } = seat.bench;
  if (failure.value || seat.bench.ask.value) return <div class="empty" />;
  return (
    <div class="empty waiting">
      <Spinner label={t('decoding', seat.session.value?.picture?.name ?? '')} />
      <Button onClick={seat.close}>{t('cancel')}</Button>
    </div>
  );
}

/** Keeps the frame on the page as high as the panel, once all of the panel is there: a frame that moves takes controls from under the pointer. */
function Fitted({ root, seat }: { root: { readonly current: HTMLElement | null }; seat: Seat }) {
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    const observer = new ResizeObserver(() => seat.fit(Math.ceil(element.getBoundingClientRect().height)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [root, seat]);
  return null;
}
