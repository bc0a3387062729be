import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { opOf } from '../../core/registry';
import { numbersOf, updated, weightValue } from '../../core/training';
import { Line } from '../controls/Line';
import { readNumbers, written } from '../controls/typed';
import { Button, Segmented, Select, Switch } from '../parts';
import { ChartView } from '../plots/ChartView';
import { number, paramTitle, t } from '../strings';
import { stepChoice } from '../view/sight';
import { amountChart, hasLog, wantsLog } from './curve';
import type { Found, GradientState } from './state';
import { exact } from './words';

/** The slider goes by powers of ten, in quarters. */
const [least, most] = [-6, 2];
const rates = { min: 10 ** least, max: 1e6, whole: false, slider: [10 ** least, 10 ** most] as const };
const many = [10, 20, 50, 100];

/** How weights follow their gradient, and what the number did meanwhile. */
export function Update({ state, found }: { state: GradientState; found: Found }) {
  const times = useSignal(20);
  const nodes = state.trainable.value;
  const { optimiser, lr } = state.rule.value;
  const ended = state.ended.value;
  const busy = state.training.value;
  if (nodes.length === 0) return <p class="dim">{t('gradientNoWeights')}</p>;
  const one = state.trained.value;
  return (
    <div class="gradient-update">
      <div class="gradient-rule">
        <Segmented
          label={t('gradientOptimiser')}
          value={optimiser}
          options={[
            { value: 'sgd', label: 'SGD' },
            { value: 'momentum', label: t('gradientMomentum') },
            { value: 'adam', label: 'Adam' },
          ]}
          onChange={(to) => {
            state.rule.value = { ...state.rule.peek(), optimiser: to };
          }}
        />
        <Rate state={state} />
        <Select
          small
          label={t('gradientWhose')}
          value={one !== null && nodes.includes(one) ? String(one) : 'all'}
          options={[
            { value: 'all', label: t('gradientAllSteps') },
            ...nodes.map((node) => ({ value: String(node), label: stepChoice(state.bench, node) })),
          ]}
          onChange={(to) => {
            state.trained.value = to === 'all' ? null : Number(to);
          }}
        />
      </div>
      <p class="num gradient-sum">{sample(state, found, lr)}</p>
      <span class="gradient-rule">
        <Button look="solid" disabled={busy} onClick={() => void state.train(1)}>
          {t('gradientApply')}
        </Button>
        <Button look="line" disabled={busy} onClick={() => void state.train(times.value)}>
          {t('gradientAgain', number(times.value))}
        </Button>
        <Select
          small
          label={t('gradientTimes')}
          value={String(times.value)}
          options={many.map((n) => ({ value: String(n), label: number(n) }))}
          onChange={(to) => {
            times.value = Number(to);
          }}
        />
        {busy && (
          <Button look="plain" onClick={() => state.stop()}>
            {t('cancel')}
          </Button>
        )}
        <span class="dim" role="status">
          {ended?.diverged && t('gradientDiverged')}
          {!ended?.diverged && ended && ended.held > 0 && t('gradientHeld', number(ended.held))}
        </span>
      </span>
      {state.amounts.value.length > 1 && <AmountCurve state={state} />}
    </div>
  );
}

/** The learning rate: the slider by magnitude, the field exactly. */
function Rate({ state }: { state: GradientState }) {
  const { lr } = state.rule.value;
  const set = (to: number) => {
    state.rule.value = { ...state.rule.peek(), lr: to };
  };
  const title = t('gradientRate');
  const power = Math.log10(lr);
  // The second digit that counts.
  const reach = { ...rates, step: Number((10 ** (Math.floor(power) - 1)).toPrecision(1)) };
  return (
    <span class="gradient-rate">
      <span class="dim">{title}</span>
      <input
        type="range"
        min={least}
        max={most}
        step={0.25}
        value={power}
        aria-label={title}
        aria-valuetext={number(lr)}
        style={{ '--p': `${(100 * (Math.min(most, Math.max(least, power)) - least)) / (most - least)}%` }}
        onInput={(event) => set(Number((10 ** Number(event.currentTarget.value)).toPrecision(2)))}
      />
      <Line
        plain
        title={title}
        now={lr}
        text={written(lr)}
        reach={reach}
        read={(text) => readNumbers(text, reach, [1])}
        write={(values) => values.map(written).join(' ')}
        onNow={set}
        onTyped={([to = lr]) => set(to)}
      />
    </span>
  );
}

/** One update in numbers: of the number whose gradient is largest. */
function sample(state: GradientState, { gradients }: Found, lr: number): string {
  const one = state.trained.value;
  const nodes = state.trainable.value;
  const steps = gradients.steps.filter(({ node }) => (one !== null && nodes.includes(one) ? node === one : true));
  const all = steps.flatMap(({ node, weights }) => weights.map((weight) => ({ node, ...weight })));
  const [best] = all
    .map((weight) => {
      const at = weight.gradient.reduce((most, v, i) => (Math.abs(v) > Math.abs(weight.gradient[most] ?? 0) ? i : most), 0);
      return { ...weight, at, slope: weight.gradient[at] ?? 0 };
    })
    .sort((a, b) => Math.abs(b.slope) - Math.abs(a.slope));
  const step = best && state.bench.scene.value.steps[best.node];
  if (!best || !step) return '';
  const op = opOf(step.op);
  const before = numbersOf(weightValue(op, step, best.name))[best.at] ?? 0;
  const gradient = { shape: [best.gradient.length], data: best.gradient };
  const next = updated(step, { [best.name]: gradient }, state.memories(best.node), state.rule.value);
  const after = numbersOf(weightValue(op, next.step, best.name))[best.at] ?? 0;
  const title = paramTitle(op, best.name);
  return t('gradientSample', title, number(best.at + 1), exact(before), exact(after), exact(best.slope), number(lr));
}

function AmountCurve({ state }: { state: GradientState }) {
  const amounts = state.amounts.value;
  /** Null: as the amounts want it. */
  const chosen = useSignal<boolean | null>(null);
  const log = hasLog(amounts) && (chosen.value ?? wantsLog(amounts));
  const chart = useMemo(() => amountChart(amounts, log), [amounts, log]);
  return (
    <>
      {hasLog(amounts) && (
        <Switch
          checked={log}
          onChange={(on) => {
            chosen.value = on;
          }}
        >
          {t('plotLogSwitch')}
        </Switch>
      )}
      <ChartView chart={chart} />
    </>
  );
}
