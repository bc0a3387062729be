import { useId, useRef, useState } from 'preact/hooks';
import { opOf } from '../../core/registry';
import type { RanStep } from '../../worker/api';
import { Icon } from '../icons';
import { useDismiss } from '../parts';
import { number, opTitle, t } from '../strings';
import { told } from '../told/told';
import type { Bench } from './state';

/** In the caption of the result: which engine made it, step by step, and why that one. */
export function Why({ bench }: { bench: Bench }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLSpanElement>(null);
  useDismiss(root, open, () => setOpen(false));
  const steps = bench.output.value?.steps ?? [];
  if (steps.length === 0) return null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    setOpen(false);
  };
  return (
    <span class="menu-root engine-root" ref={root}>
      <button
        type="button"
        class="btn icon tiny"
        aria-label={t('whyEngine')}
        title={t('whyEngine')}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        onKeyDown={onKeyDown}
      >
        <Icon name="info" />
      </button>
      {open && (
        <div class="menu engine-why" id={id}>
          <dl>
            {steps.map((step, i) => (
              <div key={i}>
                <dt>{headOf(step)}</dt>
                <dd>{t('engineHow', step.engine, told(step.how))}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </span>
  );
}

function headOf({ op, ms }: RanStep): string {
  const title = opTitle(opOf(op));
  if (ms === null) return t('stepWithBefore', title);
  return t('stepTook', title, ms < 10 ? number(Number(ms.toPrecision(2))) : number(Math.round(ms)));
}
