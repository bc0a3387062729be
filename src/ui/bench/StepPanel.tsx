import { InputRangeControl, SizeLine, StepControls } from '../controls';
import { t } from '../strings';
import { StepFacts } from './StepFacts';
import type { Bench } from './state';
import { shortValue } from './words';

/** The controls of the current step, how its output gets its size, and the range in which pixels enter it. */
export function StepPanel({ bench, both = false }: { bench: Bench; both?: boolean }) {
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
    <div class="step-panel">
      <StepControls step={step} xShape={bench.stepInput.value} problem={shown} onChange={(next) => bench.setStep(next)} />
      <div class="step-foot">
        <SizeLine scene={bench.scene.value} xShape={bench.xShape.value} stepIndex={bench.current.value} both={both} />
        <InputRangeControl
          value={bench.scene.value.input}
          onChange={(input) => bench.setScene({ ...bench.scene.peek(), input })}
        />
      </div>
      <StepFacts bench={bench} />
    </div>
  );
}
