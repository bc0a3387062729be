import { useMemo, useRef } from 'preact/hooks';
import { opOf } from '../../core/registry';
import type { Bench } from '../bench/state';
import { Icon } from '../icons';
import { classes, IconButton, Menu } from '../parts';
import { opTitle, t } from '../strings';
import { ChainActions } from './actions';
import './strip.css';

/** The steps of a chain in one line, for pages that have no room for more: selected, switched off, removed. Nothing for a single step. */
export function StepStrip({ bench }: { bench: Bench }) {
  const actions = useMemo(() => new ChainActions(bench), [bench]);
  const list = useRef<HTMLOListElement>(null);
  const { steps } = bench.scene.value;
  const current = bench.current.value;
  const problemAt = bench.fit.value?.problem?.step ?? null;
  if (steps.length < 2) return null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || !event.target.matches('.strip-step')) return;
    const turned = getComputedStyle(event.target).direction === 'rtl' ? -1 : 1;
    const by = { ArrowLeft: -turned, ArrowRight: turned }[event.key];
    if (event.key === 'Delete') actions.remove(current);
    else if (by !== undefined) {
      bench.select(Math.min(steps.length - 1, Math.max(0, current + by)));
      list.current?.querySelectorAll<HTMLElement>('.strip-step')[bench.current.peek()]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const off = steps[current]?.off === true;
  return (
    <nav class="step-strip" aria-label={t('chain')}>
      <ol ref={list} onKeyDown={onKeyDown}>
        {steps.map((step, at) => {
          const title = opTitle(opOf(step.op));
          return (
            <li key={at}>
              {at > 0 && <Icon name="right" />}
              <button
                type="button"
                class={classes('strip-step', step.off && 'is-off', at === problemAt && 'is-bad')}
                tabIndex={at === current ? 0 : -1}
                aria-current={at === current ? 'step' : undefined}
                aria-label={`${at + 1} ${title}${step.off ? `, ${t('stepOff')}` : ''}`}
                onClick={() => bench.select(at)}
              >
                <span class="dim num">{at + 1}</span> <span class="name">{title}</span>
              </button>
            </li>
          );
        })}
      </ol>
      <IconButton
        icon={off ? 'blink' : 'off'}
        tiny
        label={t(off ? 'switchOn' : 'switchOff')}
        onClick={() => actions.toggle(current)}
      />
      <Menu
        class="icon tiny"
        label={t('stepMore', current + 1, actions.titleOf(current))}
        items={[
          { label: t('duplicate'), icon: 'copy', onClick: () => actions.duplicate(current) },
          { label: t('removeStep'), icon: 'close', onClick: () => actions.remove(current) },
        ]}
      >
        <Icon name="more" />
      </Menu>
      <span class="sr" role="status">
        {actions.said.value}
      </span>
    </nav>
  );
}
