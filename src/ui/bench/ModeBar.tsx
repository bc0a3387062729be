import { useComputed, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { Icon } from '../icons';
import { Button, IconButton, Segmented, Select } from '../parts';
import { number, t } from '../strings';
import { type Pace, paces } from '../view/blink';
import { onDemand } from '../view/onDemand';
import { nameOf } from '../view/sight';
import type { Bench } from './state';
import { useWidth } from './useWidth';

const DifferenceLine = onDemand(async () => (await import('../view/Difference')).DifferenceLine);

export interface ModeBarProps {
  readonly bench: Bench;
  /** Small: what can be an icon is one. */
  readonly compact?: boolean;
  /** At the end of the line; `instead`: in place of the zoom. */
  readonly children?: ComponentChildren;
  readonly instead?: boolean;
}

/** How the two views are compared, and how close one looks. */
export function ModeBar({ bench, compact, children, instead }: ModeBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const width = useWidth(bar);
  const narrow = useMemo(() => width > 0 && width < 42 * rem(), [width]);
  const { loupe } = bench.pointing;
  return (
    <div class="modes" ref={bar}>
      <div class="mode-row">
        <Segmented
          label={t('compare')}
          iconsOnly={compact || narrow}
          options={[
            { value: 'side', label: t('sideBySide'), icon: 'side' },
            { value: 'split', label: t('split'), icon: 'split' },
            { value: 'blink', label: t('blink'), icon: 'blink' },
            { value: 'difference', label: t('difference'), icon: 'diff' },
          ]}
          value={bench.mode.value}
          onChange={(mode) => {
            bench.mode.value = mode;
          }}
        />
        {!instead && (
          <>
            <span class="grow" />
            <IconButton
              icon="loupe"
              label={t('loupe')}
              pressed={loupe.value}
              onClick={() => {
                loupe.value = !loupe.peek();
              }}
            />
            <Zoom bench={bench} compact={compact} />
          </>
        )}
        {children}
      </div>
      {bench.mode.value === 'blink' && <BlinkLine bench={bench} />}
      {bench.mode.value === 'difference' && (
        <div class="mode-line">
          <DifferenceLine bench={bench} />
        </div>
      )}
    </div>
  );
}

/** Widths are judged in rem, so that larger text and a smaller window are one case. */
const rem = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** Percent of the first picture's pixels: stepped by doublings, or typed. */
function Zoom({ bench, compact }: { bench: Bench; compact?: boolean }) {
  const { pointing } = bench;
  const draft = useSignal<string | null>(null);
  const percent = useComputed(() => words(pointing.scale.value * 100)).value;
  const settle = () => {
    const typed = Number(draft.value?.replace(/[\s%\u202f]/g, '').replace(',', '.'));
    if (draft.value !== null && Number.isFinite(typed) && typed > 0) pointing.zoomTo(typed / 100);
    draft.value = null;
  };
  return (
    <span class="zoom row">
      <span class="stepper">
        <button type="button" aria-label={t('zoomOut')} title={t('zoomOut')} onClick={() => pointing.zoomStep(-1)}>
          <Icon name="minus" />
        </button>
        <input
          type="text"
          inputMode="numeric"
          autocomplete="off"
          dir="ltr"
          spellcheck={false}
          aria-label={t('zoom')}
          title={t('zoomHelp')}
          value={draft.value ?? percent}
          onFocus={(event) => event.currentTarget.select()}
          onInput={(event) => {
            draft.value = event.currentTarget.value;
          }}
          onBlur={settle}
          onKeyDown={(event) => {
            if (event.key === 'Enter') settle();
            else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') pointing.zoomStep(event.key === 'ArrowUp' ? 1 : -1);
            else if (event.key === 'Escape' && draft.value !== null) {
              event.stopPropagation();
              draft.value = null;
            } else return;
            event.preventDefault();
          }}
        />
        <button type="button" aria-label={t('zoomIn')} title={t('zoomIn')} onClick={() => pointing.zoomStep(1)}>
          <Icon name="plus" />
        </button>
      </span>
      {compact ? (
        <IconButton icon="fit" label={t('fitWhole')} title={t('fitHelp')} onClick={() => pointing.fit()} />
      ) : (
        <Button onClick={() => pointing.fit()} title={t('fitHelp')}>
          {t('fitWhole')}
        </Button>
      )}
    </span>
  );
}

const words = (percent: number): string =>
  percent > 0 ? t('percent', number(percent < 100 ? Number(percent.toPrecision(2)) : Math.round(percent))) : '';

/** Which of both is shown, and how fast they take turns. */
function BlinkLine({ bench }: { bench: Bench }) {
  const { shown, pace, paused } = bench.blink;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const titles: Readonly<Record<Pace, string>> = { slow: t('paceSlow'), medium: t('paceMedium'), fast: t('paceFast') };
  const isPace = (value: string): value is Pace => Object.hasOwn(paces, value);
  return (
    <div class="mode-line">
      <Button look="line" icon="blink" onClick={() => bench.blink.byHand()}>
        {t('showOther')}
      </Button>
      {!still && (
        <>
          <Button
            look="line"
            aria-pressed={paused.value}
            onClick={() => {
              paused.value = !paused.peek();
            }}
          >
            {paused.value ? t('goOn') : t('pause')}
          </Button>
          <Select
            small
            label={t('pace')}
            title={t('pace')}
            options={Object.entries(titles).map(([value, label]) => ({ value, label }))}
            value={pace.value}
            onChange={(value) => {
              if (isPace(value)) pace.value = value;
            }}
          />
        </>
      )}
      <span class="now" aria-live="off">
        <span class={shown.value === 'input' ? 'tag x' : 'tag y'}>{shown.value === 'input' ? 'x' : 'y'}</span>{' '}
        {nameOf(bench, shown.value)}
      </span>
    </div>
  );
}
