import { useComputed } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Bench } from '../bench/state';
import { SizeLine } from '../controls/SizeLine';
import { Button, Message, Select } from '../parts';
import { formatSize, number, t } from '../strings';
import { Grids } from './Grids';
import './inspect.css';
import type { Inspection } from '../../core/inspection';
import { Key } from './Key';
import { Player } from './Player';
import { Slope } from './Slope';
import { pointedSaid } from './said';
import { Inspector } from './state';
import { Windows } from './Windows';

/** How one value of the current step's output comes about, on the open picture. */
export function InspectorView({ bench }: { bench: Bench }) {
  const inspector = useMemo(() => new Inspector(bench), [bench]);
  useEffect(() => () => inspector.stop(), [inspector]);
  const found = inspector.rested.value;
  const subject = inspector.subject.value;
  const problem = bench.fit.value?.problem;
  const trouble = inspector.trouble.value;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !inspector.pinned.peek()) return;
    event.preventDefault();
    inspector.pin(false);
  };
  const looks = useComputed(() => (inspector.filmed.value ? 'inspect filmed' : 'inspect'));
  return (
    <section class={looks} aria-label={t('inspect')} onKeyDown={onKeyDown}>
      <h2 class="sr">{t('inspect')}</h2>
      {!subject && <p class="dim">{t(bench.step.value?.off ? 'inspectOff' : problem ? 'inspectMisfit' : 'inspectNone')}</p>}
      {trouble && <Message kind="bad" text={trouble} />}
      {subject && <Head inspector={inspector} found={found} />}
      {subject && found && <Body inspector={inspector} found={found} node={subject.node} />}
      <Windows inspector={inspector} />
    </section>
  );
}

/** Which value it is, and which channels are shown. */
function Head({ inspector, found }: { inspector: Inspector; found: Inspection | null }) {
  const [at, subject] = [inspector.place.value, inspector.subject.value];
  const pinned = inspector.pinned.value;
  if (!at || !subject) return null;
  const [, channels = 1, rows = 1, columns = 1] = subject.shape;
  const read = found?.told.channels ?? [];
  const numbered = (channel: number) => ({ value: String(channel), label: number(channel + 1) });
  return (
    <div class="inspect-head">
      <span class="num">{t('inspectPlace', number(at.row), number(at.column), formatSize(columns, rows))}</span>
      {channels > 1 && (
        <Labelled text={t('inspectOutputChannel')}>
          <Select
            small
            label={t('inspectOutputChannel')}
            options={Array.from({ length: channels }, (_, channel) => numbered(channel))}
            value={String(inspector.channel.value)}
            onChange={(value) => {
              inspector.channel.value = Number(value);
            }}
          />
        </Labelled>
      )}
      {found && read.length > 1 && (
        <Labelled text={t('inspectInputChannel')}>
          <Select
            small
            label={t('inspectInputChannel')}
            options={read.map(numbered)}
            value={String(found.channel)}
            onChange={(value) => {
              inspector.inputChannel.value = Number(value);
            }}
          />
        </Labelled>
      )}
      {!inspector.shown.value && (
        <Button class="tiny" onClick={() => inspector.bench.compare({ to: null })}>
          {t('inspectShow')}
        </Button>
      )}
      <span class="end">
        <Button icon="pin" class="tiny" aria-pressed={pinned} title={t('inspectPinHelp')} onClick={() => inspector.pin(!pinned)}>
          {t(pinned ? 'inspectPinned' : 'inspectPin')}
        </Button>
      </span>
    </div>
  );
}

function Labelled({ text, children }: { text: string; children: preact.ComponentChildren }) {
  return (
    <span class="labelled">
      <span class="dim" aria-hidden="true">
        {text}
      </span>
      {children}
    </span>
  );
}

function Body({ inspector, found, node }: { inspector: Inspector; found: Inspection; node: number }) {
  const pointed = inspector.pointed.value;
  const [scene, xShape] = [inspector.bench.scene.value, inspector.bench.xShape.value];
  // It does not change with the place.
  const size = useMemo(() => <SizeLine scene={scene} xShape={xShape} stepIndex={node} both silent />, [scene, xShape, node]);
  return (
    <>
      <Grids inspector={inspector} found={found} node={node} />
      <Player inspector={inspector} />
      <div class="inspect-below">
        <p class="inspect-said">
          {pointed && pointedSaid(found, pointed)} {pointed && <Slope found={found} pointed={pointed} />}
        </p>
        <Key found={found} />
      </div>
      <div class="inspect-size">
        <h3>{t('inspectSize', formatSize(found.shapes.y[3] ?? 1, found.shapes.y[2] ?? 1))}</h3>
        {size}
      </div>
    </>
  );
}
