import { useState } from 'preact/hooks';
import { parse } from '../core/parse';
import { opOf, ops } from '../core/registry';
import type { Step } from '../core/scene';
import { trace } from '../core/sequential';
import type { Shape } from '../core/tensor';
import { shapesOf } from '../core/weights';
import { amount } from '../ui/amount';
import { About } from '../ui/bench/About';
import { Later } from '../ui/bench/Later';
import { StepPanel } from '../ui/bench/StepPanel';
import type { Bench } from '../ui/bench/state';
import { shortValue } from '../ui/bench/words';
import type { ChainActions } from '../ui/chain/actions';
import { timeWords } from '../ui/chain/facts';
import { stepItems } from '../ui/chain/stepItems';
import { OpPicker } from '../ui/controls';
import { Icon } from '../ui/icons';
import { IconButton, Menu, Message, Switch } from '../ui/parts';
import { opTitle, t } from '../ui/strings';
import { told } from '../ui/told/told';
import { torchWords } from '../ui/torchWords';

/** The current step: what it is, its controls, its size, what it costs, and its name in other libraries. */
export function Facts({ actions }: { actions: ChainActions }) {
  const { bench } = actions;
  const [notes, setNotes] = useState(false);
  const step = bench.step.value;
  if (!step) return <p class="dim no-step">{t('chainNoSteps')}</p>;
  const op = opOf(step.op);
  const title = opTitle(op);
  const at = bench.current.value;
  return (
    <>
      <div class="bar-h">
        <h2 class="grow">
          <span class="num">{at + 1}</span>
          <OpPicker
            ops={Object.values(ops)}
            variant="menu"
            value={step.op}
            label={t('changeOperation', at + 1, title)}
            onChange={(name) => bench.setOp(name)}
          />
        </h2>
        <IconButton icon="reset" tiny label={t('resetStep')} onClick={() => bench.resetStep()} />
        <span class="in-rail">
          <Menu class="icon tiny" label={t('stepMore', at + 1, title)} items={stepItems(actions, at)}>
            <Icon name="more" />
          </Menu>
        </span>
        {op.traps && (
          <IconButton icon="help" tiny label={t('whatIs', title)} aria-expanded={notes} onClick={() => setNotes(!notes)} />
        )}
      </div>
      {step.off && (
        <div class="off-note">
          <Message kind="note" text={t('stepOff')} action={{ label: t('switchOn'), onClick: () => actions.toggle(at) }} />
        </div>
      )}
      <Misfit bench={bench} />
      <section>
        <Later>
          <About op={step.op} />
        </Later>
        {notes && (
          <>
            <h3>{t('traps')}</h3>
            <ul class="traps">
              {op.traps?.map((trap) => (
                <li key={trap}>{trap}</li>
              ))}
            </ul>
          </>
        )}
      </section>
      <section>
        <StepPanel bench={bench} both />
      </section>
      <section>
        <h2>{t('costHeading')}</h2>
        <Costs bench={bench} step={step} x={bench.stepInput.value} />
        <Switch checked={bench.exact.value} title={t('exactHelp')} onChange={(exact) => bench.setExact(exact)}>
          {t('exact')}
        </Switch>
      </section>
      <section>
        <h2>{t('sameLayer')}</h2>
        <Elsewhere bench={bench} step={step} />
      </section>
    </>
  );
}

/** Why the chain does not fit; of another step, the way to it. */
function Misfit({ bench }: { bench: Bench }) {
  const problem = bench.fit.value?.problem;
  if (!problem) return null;
  const { fix, step, text } = problem;
  const own = step === bench.current.value;
  const op = bench.scene.value.steps[step]?.op;
  const sentence = own || op === undefined ? text : t('stepSays', step + 1, opTitle(opOf(op)), text);
  const use = fix && { label: t('useValue', shortValue(fix.value)), onClick: () => bench.takeFix() };
  return (
    <div class="misfit">
      <Message
        kind="bad"
        text={fix ? t('fixHint', sentence, fix.title, shortValue(fix.value)) : sentence}
        action={use ?? (own ? undefined : { label: t('showStep'), onClick: () => bench.select(step) })}
      />
    </div>
  );
}

/** Multiplications, weights, time and engine of one step; after the run, why that engine. */
function Costs({ bench, step, x }: { bench: Bench; step: Step; x: Shape | null }) {
  const cost = x && !step.off && costOf(step, x);
  const report = bench.finished.value ? bench.reports.value.get(bench.current.value) : undefined;
  const ran = step.off ? null : report?.ran;
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
      <dd class="num">{ran?.ms == null ? '–' : timeWords(ran.ms)}</dd>
      {ran && (
        <>
          <dt>{t('engine')}</dt>
          <dd>{ran.engine}</dd>
          <dd class="how">{told(ran.how)}</dd>
        </>
      )}
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

function Elsewhere({ bench, step }: { bench: Bench; step: Step }) {
  const op = opOf(step.op);
  const params = parse(op.params, step.params, op.name);
  const inChain = !step.off && torchOf(bench);
  return (
    <dl class="elsewhere">
      <dt>PyTorch</dt>
      <dd>
        <code dir="ltr">{inChain || op.torch(params)}</code>
      </dd>
      <dt>ONNX</dt>
      <dd>
        <code dir="ltr">{op.onnx(params)}</code>
      </dd>
    </dl>
  );
}

/** The current step as it stands in the chain; null where that does not fit, and without a picture. */
function torchOf({ scene: { value: scene }, xShape: { value: x }, current: { value: at } }: Bench): string | null {
  try {
    const words = x && torchWords(scene.steps, at, [x, ...trace(scene, x)]);
    return words && `${words.results.length > 1 ? `${words.results.join(', ')} = ` : ''}${words.call}`;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
