import { InputRangeControl, StepControls } from '../controls';
import { t } from '../strings';
import type { Bench } from './state';
import { shortValue } from './words';

/** The controls of the current step and the range in which pixels enter it. */
export function StepPanel({ bench }: { bench: Bench }) {
  const step = bench.step.value;
  if (!step) return null;
  const problem = bench.fit.value?.problem;
  const fix = problem?.fix;
  const shown =
    problem && problem.step === bench.current.value
      ? {
          message: problem.text,
          ...(fix && {
            param: fix.param,
            fix: { param: fix.param, value: fix.value, label: t('useValue', shortValue(fix.value)) },
          }),
        }
      : null;
  return (
    <>
      <StepControls step={step} xShape={bench.stepInput.value} problem={shown} onChange={(next) => bench.setStep(next)} />
      <InputRangeControl value={bench.scene.value.input} onChange={(input) => bench.setScene({ ...bench.scene.peek(), input })} />
    </>
  );
}
