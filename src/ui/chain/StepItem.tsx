import { opOf } from '../../core/registry';
import type { Step } from '../../core/scene';
import type { StepProfile } from '../../core/sequential';
import { amount } from '../amount';
import { Icon } from '../icons';
import { classes, IconButton, Menu } from '../parts';
import { opTitle, t } from '../strings';
import type { ChainActions } from './actions';
import { rangeWords, readsWords, shapeWords, timeWords } from './facts';
import type { Small } from './small';
import { Thumb } from './Thumb';
import type { Lifted } from './useReorder';

export interface StepItemProps {
  readonly step: Step;
  readonly at: number;
  readonly count: number;
  readonly actions: ChainActions;
  /** Its controls are shown. */
  readonly selected: boolean;
  /** Of a step that fits. */
  readonly profile: StepProfile | null;
  readonly small: Small | null;
  /** It does not fit, or stands behind one that does not. */
  readonly trouble: 'bad' | 'later' | null;
  readonly busy: boolean;
  readonly lifted: Lifted | null;
  /** The first view shows what it makes. */
  readonly isFrom: boolean;
  grab(event: PointerEvent, from: number): void;
}

/** A step of the chain: what it makes in small, its name and its numbers; and what can be done with it. */
export function StepItem(props: StepItemProps) {
  const { step, at, count, actions, selected, small, trouble, busy, lifted, isFrom } = props;
  const { bench } = actions;
  const title = opTitle(opOf(step.op));
  const id = `step-facts-${at}`;
  const time = small?.fresh && small.report.ran?.ms != null && !step.off ? timeWords(small.report.ran.ms) : null;
  const held = lifted?.from === at;
  return (
    <li
      class={classes(
        'chain-step',
        step.off && 'is-off',
        trouble === 'bad' && 'is-bad',
        trouble === 'later' && 'is-later',
        held && 'held',
      )}
      data-step={at}
      style={held ? { translate: lifted.across ? `${lifted.by}px 0` : `0 ${lifted.by}px` } : undefined}
    >
      <button
        type="button"
        class="step"
        tabIndex={selected ? 0 : -1}
        aria-current={selected ? 'step' : undefined}
        aria-label={`${at + 1} ${title}${step.off ? `, ${t('stepOff')}` : ''}`}
        aria-describedby={id}
        onPointerDown={(event) => props.grab(event, at)}
        onClick={() => bench.select(at)}
        title={title}
      >
        <span class="pic">
          <Thumb drawing={small?.report.thumbnail ?? null} />
          {busy && small?.fresh !== true && !step.off && <i class="working" />}
        </span>
        <span class="no">{at + 1}</span>
        <span class="txt">
          <span class="nm">
            <span class="name">{title}</span>
            {isFrom && <span class="tag x">x</span>}
            {time && <span class="time num">{time}</span>}
          </span>
          <span id={id} class="facts num">
            <StepNumbers {...props} />
          </span>
        </span>
      </button>
      <span class="step-tools">
        <Menu
          class="icon tiny"
          label={t('stepMore', at + 1, title)}
          skipped={!selected}
          items={[
            {
              label: t(step.off ? 'switchOn' : 'switchOff'),
              icon: step.off ? 'blink' : 'off',
              onClick: () => actions.toggle(at),
            },
            { label: t('duplicate'), icon: 'copy', onClick: () => actions.duplicate(at) },
            { label: t('moveUp'), icon: 'up', disabled: at === 0, onClick: () => actions.move(at, at - 1) },
            { label: t('moveDown'), icon: 'down', disabled: at === count - 1, onClick: () => actions.move(at, at + 1) },
            {
              label: t(isFrom ? 'compareFromInput' : 'compareFromHere'),
              icon: 'side',
              onClick: () => bench.compare({ from: isFrom ? -1 : at }),
            },
            { label: t('removeStep'), icon: 'close', onClick: () => actions.remove(at) },
          ]}
        >
          <Icon name="more" />
        </Menu>
        {step.off && (
          <IconButton icon="off" tiny tabIndex={selected ? 0 : -1} label={t('switchOn')} onClick={() => actions.toggle(at)} />
        )}
      </span>
    </li>
  );
}

/** Shape, receptive field, values, and the work behind them. */
function StepNumbers({ step, profile, small, trouble }: StepItemProps) {
  if (step.off) return <span class="whole">{t('stepOff')}</span>;
  if (trouble === 'bad') return <span class="whole">{t('stepUnfit')}</span>;
  if (!profile) return null;
  const report = small?.fresh ? small.report : null;
  return (
    <>
      <span class="k">{t('shape')}</span>
      <span>{shapeWords(profile.shape)}</span>
      <span class="k" title={t('receptiveField')}>
        {t('reads')}
      </span>
      <span title={t('receptiveField')}>{readsWords(profile)}</span>
      <span class="k">{t('values')}</span>
      <span>{report ? rangeWords(report.min, report.max) : '–'}</span>
      <span class="k">{t('macs')}</span>
      <span title={report?.ran?.how}>
        {report?.ran ? t('joined', amount(profile.macs), report.ran.engine) : amount(profile.macs)}
      </span>
    </>
  );
}
