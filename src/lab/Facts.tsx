import { parse } from '../core/parse';
import { starterScene } from '../core/quick';
import { opOf } from '../core/registry';
import type { Step } from '../core/scene';
import type { Shape } from '../core/tensor';
import { shapesOf } from '../core/weights';
import { About } from '../ui/bench/About';
import { Later } from '../ui/bench/Later';
import { StepPanel } from '../ui/bench/StepPanel';
import type { Bench } from '../ui/bench/state';
import { IconButton, Switch } from '../ui/parts';
import { number, opTitle, t } from '../ui/strings';
import { amount } from '../ui/amount';

/** The current step: what it is, its controls, its size, what it costs, and its name in other libraries. */
export function Facts({ bench }: { bench: Bench }) {
  const step = bench.step.value;
  if (!step) return null;
  const title = opTitle(opOf(step.op));
  const reset = () => {
    const starter = starterScene(step.op);
    const [first] = starter.steps;
    if (first)
      bench.setScene({
        ...bench.scene.peek(),
        input: starter.input,
        steps: bench.scene.peek().steps.map((s) => (s === step ? first : s)),
      });
  };
  return (
    <>
      <div class="bar-h">
        <h2 class="grow">{title}</h2>
        <IconButton icon="reset" tiny label={t('resetStep')} onClick={reset} />
      </div>
      <section>
        <Later>
          <About op={step.op} />
        </Later>
      </section>
      <section>
        <StepPanel bench={bench} both />
      </section>
      <section>
        <h2>{t('costHeading')}</h2>
        <Costs
          step={step}
          x={bench.stepInput.value}
          ms={bench.finished.value ? (bench.output.value?.ms ?? null) : null}
          engine={bench.output.value?.engine ?? ''}
        />
        <Switch checked={bench.exact.value} title={t('exactHelp')} onChange={(exact) => bench.setExact(exact)}>
          {t('exact')}
        </Switch>
      </section>
      <section>
        <h2>{t('sameLayer')}</h2>
        <Elsewhere step={step} />
      </section>
    </>
  );
}

function Costs({ step, x, ms, engine }: { step: Step; x: Shape | null; ms: number | null; engine: string }) {
  const cost = x && costOf(step, x);
  return (
    <dl class="costs">
      {cost && (
        <>
          <dt>{t('macs')}</dt>
          <dd class="num">{amount(cost.macs)}</dd>
          <dt>{t('weightsCount')}</dt>
          <dd class="num">{amount(cost.parameters)}</dd>
        </>
      )}
      <dt>{t('time')}</dt>
      <dd class="num">{ms === null ? '–' : t('timeBy', number(Math.max(1, Math.round(ms))), engine)}</dd>
    </dl>
  );
}

function costOf(step: Step, x: Shape) {
  const op = opOf(step.op);
  const params = parse(op.params, step.params, op.name);
  try {
    return op.cost(shapesOf(op, step, params, x), params);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function Elsewhere({ step }: { step: Step }) {
  const op = opOf(step.op);
  const params = parse(op.params, step.params, op.name);
  return (
    <dl class="elsewhere">
      <dt>PyTorch</dt>
      <dd>
        <code>{op.torch(params)}</code>
      </dd>
      <dt>ONNX</dt>
      <dd>
        <code>{op.onnx(params)}</code>
      </dd>
    </dl>
  );
}
