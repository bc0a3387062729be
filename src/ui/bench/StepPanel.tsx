import { useMemo } from 'preact/hooks';
import type { Scene, Step } from '../../core/scene';
import { trace } from '../../core/sequential';
import type { Shape } from '../../core/tensor';
import { InputRangeControl, SizeLine, StepControls } from '../controls';
import { t } from '../strings';
import { StepFacts } from './StepFacts';
import { StoredLine } from './StoredLine';
import type { Bench } from './state';
import { shortValue } from './words';

/** The controls of the current step, how its output gets its size, and the range in which pixels enter it. */
export function StepPanel({ bench, both = false }: { bench: Bench; both?: boolean }) {
  const step = bench.step.value;
  const scene = bench.scene.value;
  const x = bench.xShape.value;
  const at = bench.current.value;
  const fits = useMemo(() => x && fitting(scene, x, at), [scene, x, at]);
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
      <StepControls
        step={step}
        xShape={bench.stepInput.value}
        problem={shown}
        fits={fits ?? undefined}
        onChange={(next) => bench.setStep(next)}
        onStroke={(stroke) => bench.undos.stroke(stroke)}
      />
      <StoredLine scene={scene} x={x} at={at} />
      <div class="step-foot">
        <SizeLine scene={scene} xShape={x} stepIndex={at} both={both} />
        <InputRangeControl
          value={bench.scene.value.input}
          onChange={(input) => bench.setScene({ ...bench.scene.peek(), input })}
        />
      </div>
      <StepFacts bench={bench} />
    </div>
  );
}

/** Whether the scene fits a picture of that shape with another step in one place. */
const fitting =
  (scene: Scene, x: Shape, at: number) =>
  (step: Step): boolean => {
    try {
      trace({ ...scene, steps: scene.steps.map((old, i) => (i === at ? step : old)) }, x);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  };
