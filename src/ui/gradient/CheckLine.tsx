import { opOf } from '../../core/registry';
import type { Checked } from '../../worker/inquiries/gradientCheck';
import { useSlow } from '../bench/useSlow';
import { Select, Spinner } from '../parts';
import { number, paramTitle, t } from '../strings';
import type { Found, GradientState } from './state';
import { apart, exact, saysCheck, stepName } from './words';

const steps = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

/** One backward value against the quotient of differences, with the numbers of both. */
export function CheckLine({ state, found }: { state: GradientState; found: Found }) {
  const checked = state.checked.value;
  const check = state.check.value;
  const [plus, minus] = check ? apart(check.plus, check.minus) : ['', ''];
  const slow = useSlow(state.checking.value, 300);
  return (
    <section class="gradient-check" aria-label={t('gradientCheck')}>
      <span class="gradient-check-head">
        <b>{t('gradientCheck')}</b>
        <Select
          small
          label="h"
          title={t('gradientStepHelp')}
          value={String(state.h.value)}
          options={steps.map((h) => ({ value: String(h), label: `h = ${number(h)}` }))}
          onChange={(h) => {
            state.h.value = Number(h);
          }}
        />
        <span class="dim">{checked ? nameOf(found, checked) : t('gradientCheckNone')}</span>
        {slow && <Spinner label={t('gradientBusy')} />}
      </span>
      {checked && check && (
        <>
          <span class="gradient-sum num" dir="ltr">
            <span>
              <span class="dim">(</span>
              {plus} <span class="dim">−</span> {minus}
              <span class="dim">) / (2 · {number(state.h.value)}) =</span> {exact(check.quotient)}
            </span>
            <span>
              <span class="dim">{t('gradientByBackward')}</span> {exact(check.backward)}
            </span>
          </span>
          <span class={`gradient-verdict ${check.verdict}`} role="status">
            {saysCheck(check)}
          </span>
        </>
      )}
    </section>
  );
}

function nameOf(found: Found, checked: Checked): string {
  if (checked.of === 'x')
    return t('gradientCheckPixel', number(checked.column), number(checked.row), number(checked.channel + 1));
  const step = found.steps[checked.node];
  const title = step ? paramTitle(opOf(step.op), checked.name) : checked.name;
  return t('gradientCheckWeight', title, number(checked.at + 1), stepName(found, checked.node));
}
