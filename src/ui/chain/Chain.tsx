import type { Signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { useSlow } from '../bench/useSlow';
import { classes } from '../parts';
import { t } from '../strings';
import { AddStep } from './AddStep';
import type { ChainActions } from './actions';
import './chain.css';
import './adding.css';
import './narrow.css';
import { profiles, rangeWords, ranOf, shapeWords, totalsOf } from './facts';
import type { OwnChains } from './own';
import { Presets } from './Presets';
import { StepItem } from './StepItem';
import { type Small, SmallViews } from './small';
import { Thumb } from './Thumb';
import { scrollerOf, useReorder } from './useReorder';

export interface ChainProps {
  readonly actions: ChainActions;
  /** The search for another step is open. */
  readonly adding: Signal<boolean>;
  readonly own?: OwnChains | null;
}

/** The steps of the scene as a path from the input down: selected, added, moved, switched off, taken out; with what each makes and costs. */
export function Chain({ actions, adding, own = null }: ChainProps) {
  const { bench } = actions;
  const views = useMemo(() => new SmallViews(bench), [bench]);
  useEffect(() => views.stop, [views]);
  const list = useRef<HTMLOListElement>(null);
  const wantsFocus = useRef(false);
  const { lifted, grab } = useReorder(list, (from, to) => then(() => actions.move(from, to)));
  const slow = useSlow(bench.busy.value !== null, 150);

  const scene = bench.scene.value;
  const { steps } = scene;
  const current = bench.current.value;
  const shown = views.shown.value;
  const problemAt = bench.fit.value?.problem?.step ?? null;
  const x = bench.xShape.value;
  const all = useMemo(() => profiles(scene, x, problemAt), [scene, x, problemAt]);
  const from = bench.nodes.value.input;

  /** Does something to the chain; the focus goes to the step that is selected then. */
  const then = (act: () => void): void => {
    wantsFocus.current = true;
    act();
  };
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    const step = list.current?.querySelector<HTMLElement>(`[data-step="${bench.current.peek()}"] .step`);
    (step ?? document.querySelector<HTMLElement>('.add-step button'))?.focus();
  });
  useEffect(() => reveal(list.current, current), [current, steps.length]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof Element) || !event.target.matches('.step') || event.ctrlKey || event.metaKey) return;
    const turned = getComputedStyle(event.target).direction === 'rtl';
    const by = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: turned ? 1 : -1, ArrowRight: turned ? -1 : 1 }[event.key];
    const select = (to: number) => then(() => bench.select(Math.min(steps.length - 1, Math.max(0, to))));
    if (by !== undefined) event.altKey ? then(() => actions.move(current, current + by)) : select(current + by);
    else if (event.altKey) return;
    else if (event.key === 'Home') select(0);
    else if (event.key === 'End') select(steps.length - 1);
    else if (event.key === 'Delete' || event.key === 'Backspace') then(() => actions.remove(current));
    else if (event.key === 'd') then(() => actions.duplicate(current));
    else if (event.key === 'o') then(() => actions.toggle(current));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  /** The step under a press, but for its menu. */
  const stepAt = ({ target }: Event): number | null => {
    const step = target instanceof Element && !target.closest('.step-tools') ? target.closest<HTMLElement>('[data-step]') : null;
    return step ? Number(step.dataset.step) : null;
  };
  const total = totalsOf(all, ranOf(scene, shown));
  return (
    <nav class="chain-column" aria-label={t('chain')}>
      <div class="bar-h">
        <h2 class="grow">{t('chain')}</h2>
        <Presets scene={scene} own={own} onTake={(taken, name) => then(() => actions.take(taken, name))} />
      </div>
      <div class="chain-path">
        <InputNode small={shown.get(-1) ?? null} isFrom={from < 0} shape={x ? shapeWords(x) : ''} />
        <ol
          class={classes('steps', lifted !== null && 'dragging')}
          ref={list}
          aria-label={t('steps')}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => {
            const at = stepAt(event);
            if (at !== null) grab(event, at);
          }}
          onClick={(event) => {
            const at = stepAt(event);
            if (at !== null) then(() => bench.select(at));
          }}
        >
          {steps.map((step, at) => (
            <StepItem
              key={at}
              step={step}
              at={at}
              actions={actions}
              selected={at === current}
              profile={all[at] ?? null}
              small={shown.get(at) ?? null}
              trouble={problemAt === null || at < problemAt ? null : at === problemAt ? 'bad' : 'later'}
              busy={slow}
              lifted={lifted}
              isFrom={from === at}
            />
          ))}
          {lifted && (
            <li
              class="drop-line"
              aria-hidden="true"
              style={lifted.across ? { insetInlineStart: `${lifted.line}px` } : { insetBlockStart: `${lifted.line}px` }}
            />
          )}
        </ol>
        {steps.length === 0 && <p class="dim small chain-none">{t('chainNoSteps')}</p>}
        <AddStep open={adding} onAdd={(op) => then(() => actions.add(op))} />
      </div>
      <dl class="total num" aria-label={t('wholeChain')}>
        <dt>{t('receptiveField')}</dt>
        <dd>{total.reads}</dd>
        <dt>{t('weightsCount')}</dt>
        <dd>{total.weights}</dd>
        <dt>{t('macs')}</dt>
        <dd>{total.macs}</dd>
        <dt>{t('time')}</dt>
        <dd>{total.time ?? '–'}</dd>
      </dl>
      <span class="sr" role="status">
        {actions.said.value}
      </span>
    </nav>
  );
}

/** Scrolls the chain so far that a step is in sight; the page itself stays where it is. */
function reveal(list: HTMLElement | null, at: number): void {
  const step = list?.querySelector(`[data-step="${at}"]`);
  const scroller = list && scrollerOf(list);
  if (!step || !scroller || scroller === document.scrollingElement) return;
  const [inside, box] = [step.getBoundingClientRect(), scroller.getBoundingClientRect()];
  const by = (from: number, to: number, low: number, high: number) => (from < low ? from - low : to > high ? to - high : 0);
  scroller.scrollBy(by(inside.left, inside.right, box.left, box.right), by(inside.top, inside.bottom, box.top, box.bottom));
}

/** The picture as it enters the chain. */
function InputNode({ small, shape, isFrom }: { small: Small | null; shape: string; isFrom: boolean }) {
  return (
    <div class="chain-input">
      <span class="pic">
        <Thumb drawing={small?.report.thumbnail ?? null} />
      </span>
      <span class="txt">
        <span class="nm">
          <span class="name">{t('viewInput')}</span>
          {isFrom && <span class="tag x">x</span>}
        </span>
        <span class="facts num">
          <span class="k">{t('shape')}</span>
          <span>
            <bdi>{shape}</bdi>
          </span>
          {small && (
            <>
              <span class="k">{t('values')}</span>
              <span>{rangeWords(small.report.min, small.report.max)}</span>
            </>
          )}
        </span>
      </span>
    </div>
  );
}
