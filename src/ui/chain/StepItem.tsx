import { opOf } from '../../core/registry';
import type { Step } from '../../core/scene';
import type { StepProfile } from '../../core/sequential';
import { amount } from '../amount';
import { Icon } from '../icons';
import { classes, IconButton, Menu } from '../parts';
import { opTitle, t } from '../strings';
import { told } from '../told/told';
import type { ChainActions } from './actions';
import { rangeWords, readsWords, shapeWords, timeWords } from './facts';
import type { Small } from './small';
import { stepItems } from './stepItems';
import { Thumb } from './Thumb';
import type { Lifted } from './useReorder';

export interface StepItemProps {
  readonly step: Step;
  readonly at: number;
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
}

/** A step of the chain: what it makes in small, its name and its numbers; and what can be done with it. */
export function StepItem(props: StepItemProps) {
  const { step, at, actions, selected, small, trouble, busy, lifted, isFrom } = props;
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
        aria-describedby={id}
        title={title}
      >
        <span class="pic">
          <Thumb drawing={small?.report.thumbnail ?? null} />
          {busy && small?.fresh !== true && !step.off && <i class="working" />}
        </span>
        <span class="no">{at + 1}</span> <span class="name">{title}</span>
        {step.off && <span class="sr">, {t('stepOff')}</span>}
      </button>
      <span class="time num">
        {isFrom && <span class="tag x">x</span>}
        {time}
      </span>
      <span id={id} class="facts num">
        <StepNumbers {...props} />
      </span>
      <span class="step-tools">
        <Menu class="icon tiny" label={t('stepMore', at + 1, title)} skipped={!selected} items={stepItems(actions, at)}>
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
      <span>
        <bdi>{shapeWords(profile.shape)}</bdi>
      </span>
      <span class="k" title={t('receptiveField')}>
        {t('reads')}
      </span>
      <span title={t('receptiveField')}>{readsWords(profile)}</span>
      <span class="k">{t('values')}</span>
      <span>{report ? rangeWords(report.min, report.max) : '–'}</span>
      <span class="k">{t('macs')}</span>
      <span title={report?.ran ? told(report.ran.how) : undefined}>
        {report?.ran ? t('joined', amount(profile.macs), report.ran.engine) : amount(profile.macs)}
      </span>
    </>
  );
}
