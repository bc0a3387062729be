import { useId } from 'preact/hooks';
import type { WeightField, WeightValue } from '../../core/op';
import { parse, readField } from '../../core/parse';
import { type AnyOp, opOf } from '../../core/registry';
import type { Step } from '../../core/scene';
import type { Field, Schema } from '../../core/schema';
import type { Shape } from '../../core/tensor';
import { Message } from '../parts';
import { optionTitle, paramHelp, paramTitle, t } from '../strings';
import { KernelEditor } from './KernelEditor';
import type { Matrix } from './matrix';
import { NumberControl, PairControl, SidesControl } from './NumberControls';
import { PaddingMenu } from './PaddingMenu';
import { PerChannelControl } from './PerChannelControl';
import { BoolControl, ChoiceControl, MaybeControl } from './PlainControls';

/** What is wrong with a step, and the nearest change that mends it. */
export interface StepProblem {
  /** The parameter or weight to mark; none marks nothing. */
  readonly param?: string;
  readonly message: string;
  readonly fix?: StepFix;
}
export interface StepFix {
  readonly param: string;
  readonly value: unknown;
  /** Words of the button: `Use 37`. */
  readonly label: string;
}
export interface StepControlsProps {
  readonly step: Step;
  /** What the step reads, [N, C, H, W]; null while there is no picture. */
  readonly xShape: Shape | null;
  readonly problem?: StepProblem | null;
  onChange(step: Step): void;
  /** Draws the sentence and its button above the controls; without it the page shows them itself. */
  onFix?(fix: StepFix): void;
}

/** All controls of a step, made from its op's declaration: kernels first, then parameters, then numbers for channels. */
export function StepControls(props: StepControlsProps) {
  const { step, problem, onFix } = props;
  const id = useId();
  const op = opOf(step.op);
  const shared = { ...props, op, describedBy: problem && onFix ? `${id}-problem` : undefined };
  const weights = Object.entries(op.weights);
  const params = Object.entries(op.params);
  const fix = problem?.fix;
  return (
    <div class="step-controls" key={step.op}>
      {problem && onFix && (
        <Message
          kind="bad"
          id={`${id}-problem`}
          text={problem.message}
          action={fix && { label: fix.label, onClick: () => onFix(fix) }}
        />
      )}
      {weights.map(
        ([name, field]) => field.kind === 'kernel' && <WeightControl {...shared} key={name} name={name} field={field} />,
      )}
      <div class="params">
        {params.map(([name, field]) => (
          <ParamControl {...shared} key={name} name={name} field={field} />
        ))}
        {weights.map(
          ([name, field]) => field.kind === 'perChannel' && <WeightControl {...shared} key={name} name={name} field={field} />,
        )}
      </div>
      {weights.length + params.length === 0 && <p class="dim">{t('nothingToSet')}</p>}
    </div>
  );
}

interface SharedProps extends StepControlsProps {
  readonly op: AnyOp;
  readonly name: string;
  readonly describedBy?: string;
}

const common = ({ op, name, problem, describedBy }: SharedProps) => {
  const bad = problem?.param === name;
  return { title: paramTitle(op, name), help: paramHelp(op, name), bad, describedBy: bad ? describedBy : undefined };
};

/** The control of one parameter, by the kind of its field. */
function ParamControl(props: SharedProps & { readonly field: Field }) {
  const { op, name, field, step, onChange } = props;
  const set = (value: unknown): void => {
    if (!sameValue(value, step.params[name])) onChange({ ...step, params: { ...step.params, [name]: value } });
  };
  const value = readField(field, step.params[name]) ?? field.default;
  const all = { ...common(props), onChange: set };
  switch (field.kind) {
    case 'int':
    case 'real':
      return <NumberControl {...all} field={field} value={Number(value)} />;
    case 'bool':
      return <BoolControl {...all} field={field} value={value === true} />;
    case 'choice':
      return (
        <ChoiceControl {...all} field={field} value={String(value)} optionTitle={(option) => optionTitle(op, name, option)} />
      );
    case 'pair':
      return <PairControl {...all} field={field} value={pairOf(value)} helper={<PaddingMenu {...props} />} />;
    case 'sides': {
      const [top = 0, bottom = 0, left = 0, right = 0] = listOf(value);
      return <SidesControl {...all} field={field} value={[top, bottom, left, right]} helper={<PaddingMenu {...props} />} />;
    }
    case 'maybe':
      return <MaybeControl {...all} field={field} value={value === null || typeof value === 'number' ? value : pairOf(value)} />;
  }
}

/** The control of one weight: a matrix, or numbers for channels. */
function WeightControl(props: SharedProps & { readonly field: Exclude<WeightField<Schema>, { kind: 'stored' }> }) {
  const { op, name, field, step, xShape, onChange } = props;
  const set = (value: WeightValue): void => {
    if (!sameValue(value, step.weights?.[name])) onChange({ ...step, weights: { ...step.weights, [name]: value } });
  };
  const value = step.weights?.[name] ?? field.default;
  const all = { ...common(props), onChange: set };
  if (field.kind === 'kernel') {
    return <KernelEditor {...all} value={isMatrix(value) ? value : field.default} initial={field.default} />;
  }
  const channels = xShape && channelsOf(field, op, step, xShape);
  return <PerChannelControl {...all} field={field} channels={channels} value={isMatrix(value) ? field.default : value} />;
}

type PerChannel = Extract<WeightField<Schema>, { kind: 'perChannel' }>;

function channelsOf(field: PerChannel, op: AnyOp, step: Step, x: Shape): number | null {
  try {
    return field.length(x, parse(op.params, step.params, op.name));
  } catch {
    return null;
  }
}

const isMatrix = (value: WeightValue): value is Matrix => typeof value === 'object' && typeof value[0] === 'object';
const listOf = (value: unknown): readonly number[] => (Array.isArray(value) ? value.map(Number) : []);
const pairOf = (value: unknown): readonly [number, number] => {
  const [h = 0, w = h] = listOf(value);
  return [h, w];
};
const sameValue = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
