import { useId } from 'preact/hooks';
import { adapted } from '../../core/adapted';
import { isBank, isMatrix } from '../../core/bank';
import { passageOf } from '../../core/lessons/passages';
import type { WeightField, WeightValue } from '../../core/op';
import { parse, readField } from '../../core/parse';
import { type AnyOp, opOf } from '../../core/registry';
import type { Step } from '../../core/scene';
import type { Field, Params, Schema } from '../../core/schema';
import type { Shape } from '../../core/tensor';
import { shapesOf } from '../../core/weights';
import { Message } from '../parts';
import { optionTitle, paramHelp, paramTitle, t } from '../strings';
import { LazyKernel } from './LazyKernel';
import { NumberControl, PairControl, SidesControl } from './NumberControls';
import { PaddingMenu } from './PaddingMenu';
import { PerChannelControl } from './PerChannelControl';
import { BoolControl, ChoiceControl, MaybeControl } from './PlainControls';
import type { Stroke } from './useBrush';

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
  /** Whether the scene would fit the picture with another step in the place of this one. */
  fits?(step: Step): boolean;
  onChange(step: Step): void;
  /** A stroke begins or ends: its changes are one. */
  onStroke?(stroke: Stroke): void;
  /** Draws the sentence and its button above the controls; without it the page shows them itself. */
  onFix?(fix: StepFix): void;
}

/** All controls of a step, made from its op's declaration: kernels first, then parameters, then numbers for channels. */
export function StepControls(props: StepControlsProps) {
  const { step, xShape, problem, onChange, onFix } = props;
  const id = useId();
  const op = opOf(step.op);
  const shared = {
    ...props,
    onChange: (next: Step) => onChange(xShape ? adapted(next, xShape) : next),
    op,
    describedBy: problem && onFix ? `${id}-problem` : undefined,
  };
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

/** One control of a step, by the name of its parameter or weight; `slider` is the part of its range that is worth dragging through. */
export function StepControl({
  slider,
  ...props
}: StepControlsProps & { readonly name: string; readonly slider?: readonly [number, number] }) {
  const { name, step, xShape, onChange } = props;
  const op = opOf(step.op);
  const shared = { ...props, op, onChange: (next: Step) => onChange(xShape ? adapted(next, xShape) : next) };
  const [param, weight] = [op.params[name], op.weights[name]];
  if (param) return <ParamControl {...shared} field={slider ? narrowed(param, slider) : param} />;
  if (!weight || weight.kind === 'stored') return null;
  return <WeightControl {...shared} field={slider ? { ...weight, ...{ slider } } : weight} />;
}

/** The field with another slider, where it has one. */
function narrowed(field: Field, slider: readonly [number, number]): Field {
  switch (field.kind) {
    case 'bool':
    case 'choice':
      return field;
    case 'maybe':
      return { ...field, of: { ...field.of, slider } };
    default:
      return { ...field, slider };
  }
}

interface SharedProps extends StepControlsProps {
  readonly op: AnyOp;
  readonly name: string;
  readonly describedBy?: string;
}

const common = ({ op, name, problem, describedBy }: SharedProps) => {
  const bad = problem?.param === name;
  return {
    title: paramTitle(op, name),
    help: paramHelp(op, name),
    passage: passageOf(op, name),
    bad,
    describedBy: bad ? describedBy : undefined,
  };
};

/** The control of one parameter, by the kind of its field. */
function ParamControl(props: SharedProps & { readonly field: Field }) {
  const { op, name, field, step, xShape, fits, onChange } = props;
  const having = (value: unknown): Step => ({ ...step, params: { ...step.params, [name]: value } });
  const set = (value: unknown): void => {
    if (!sameValue(value, step.params[name])) onChange(having(value));
  };
  const value = readField(field, step.params[name]) ?? field.default;
  const would = fits && xShape ? (v: unknown): boolean => fits(adapted(having(v), xShape)) : undefined;
  const all = { ...common(props), onChange: set, fits: would, fitsSince: fits };
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
  const { op, name, field, step, xShape, fits, onChange } = props;
  const having = (value: WeightValue): Step => ({ ...step, weights: { ...step.weights, [name]: value } });
  const set = (value: WeightValue): void => {
    if (!sameValue(value, step.weights?.[name])) onChange(having(value));
  };
  const would = fits && xShape ? (v: WeightValue): boolean => fits(adapted(having(v), xShape)) : undefined;
  const value = step.weights?.[name] ?? field.default;
  const all = { ...common(props), onChange: set };
  if (field.kind === 'kernel') {
    const kernel = isMatrix(value) || isBank(value) ? value : field.default;
    return (
      <LazyKernel
        {...all}
        field={field}
        value={kernel}
        x={xShape}
        params={paramsOf(op, step)}
        fits={would}
        fitsSince={fits}
        onStroke={props.onStroke}
      />
    );
  }
  const channels = xShape && channelsOf(field, op, step, xShape);
  const numbers = typeof value === 'number' ? value : Array.isArray(value) ? listOf(value) : field.default;
  return <PerChannelControl {...all} field={field} channels={channels} value={numbers} />;
}

type PerChannel = Extract<WeightField<Schema>, { kind: 'perChannel' }>;

function paramsOf(op: AnyOp, step: Step): Params<Schema> | null {
  try {
    return parse(op.params, step.params, op.name);
  } catch {
    return null;
  }
}

function channelsOf(field: PerChannel, op: AnyOp, step: Step, x: Shape): number | null {
  const kernels = Object.entries(step.weights ?? {}).filter(([name]) => op.weights[name]?.kind === 'kernel');
  try {
    const params = parse(op.params, step.params, op.name);
    return field.length(x, params, shapesOf(op, { weights: Object.fromEntries(kernels) }, params, x));
  } catch {
    return null;
  }
}

const listOf = (value: unknown): readonly number[] => (Array.isArray(value) ? value.map(Number) : []);
const pairOf = (value: unknown): readonly [number, number] => {
  const [h = 0, w = h] = listOf(value);
  return [h, w];
};
const sameValue = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
