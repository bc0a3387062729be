import type { Handle } from '../../core/lessons/lesson';
import { opOf } from '../../core/registry';
import type { Step } from '../../core/scene';
import type { Bench } from '../../ui/bench/state';
import { StepControl } from '../../ui/controls';

/** The settings that a lesson lets its reader change. */
export function Handles({ bench, handles }: { bench: Bench; handles: readonly Handle[] }) {
  const { steps } = bench.scene.value;
  return (
    <div class="step-controls">
      <div class="params">
        {handles.map(({ step: at, name, slider }) => {
          const step = steps[at];
          if (!step || !has(step, name)) return null;
          return (
            <StepControl
              key={`${at} ${name}`}
              name={name}
              slider={slider}
              step={step}
              xShape={bench.shapeAt(at - 1)}
              problem={problemAt(bench, at)}
              onChange={(next) => put(bench, at, next)}
              onStroke={(stroke) => bench.undos.stroke(stroke)}
            />
          );
        })}
      </div>
    </div>
  );
}

const has = ({ op }: Step, name: string): boolean => name in opOf(op).params || name in opOf(op).weights;

function put(bench: Bench, at: number, step: Step): void {
  const scene = bench.scene.peek();
  bench.setScene({ ...scene, steps: scene.steps.map((old, i) => (i === at ? step : old)) }, bench.current.peek());
}

function problemAt({ fit }: Bench, at: number) {
  const problem = fit.value?.problem;
  return problem?.step === at ? { message: problem.text, ...(problem.fix && { param: problem.fix.param }) } : null;
}
