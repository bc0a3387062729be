import { useId } from 'preact/hooks';
import type { BoolField, ChoiceField, MaybeField, Pair } from '../../core/schema';
import { Select, Switch } from '../parts';
import { t } from '../strings';
import { type ControlProps, describe } from './Frame';
import { Label } from './Label';
import { NumberControl, PairControl } from './NumberControls';

/** On or off. */
export function BoolControl({
  field,
  title,
  help,
  passage,
  value,
  bad,
  describedBy,
  onChange,
}: ControlProps<BoolField, boolean>) {
  const id = useId();
  return (
    <div class={bad ? 'param flag bad' : 'param flag'}>
      <Switch
        id={`${id}-field`}
        checked={value}
        onChange={onChange}
        describedBy={describe(id, describedBy)}
        title={help}
        label={title}
      />
      <Label
        id={`${id}-label`}
        title={title}
        help={help}
        passage={passage}
        helpId={`${id}-help`}
        changedFrom={value === field.default ? null : t(field.default ? 'on' : 'off')}
        onReset={() => onChange(field.default)}
        for={`${id}-field`}
      />
    </div>
  );
}

export interface ChoiceControlProps extends ControlProps<ChoiceField, string> {
  /** Words for an option. */
  optionTitle(option: string): string;
}

/** One of a few words. */
export function ChoiceControl(props: ChoiceControlProps) {
  const { field, title, help, passage, value, bad, describedBy, onChange, optionTitle } = props;
  const id = useId();
  return (
    <div class="param">
      <Label
        id={`${id}-label`}
        title={title}
        help={help}
        passage={passage}
        helpId={`${id}-help`}
        for={`${id}-field`}
        changedFrom={value === field.default ? null : optionTitle(field.default)}
        onReset={() => onChange(field.default)}
      />
      <Select
        id={`${id}-field`}
        class="wide"
        options={field.options.map((option) => ({ value: option, label: optionTitle(option) }))}
        value={value}
        onChange={onChange}
        labelledBy={`${id}-label`}
        describedBy={describe(id, describedBy)}
        invalid={bad}
      />
    </div>
  );
}

/** A setting that may be left open: a switch, and the control while it is on. The switch stays, and its focus, when it is pressed. */
export function MaybeControl(props: ControlProps<MaybeField, number | Pair | null>) {
  const { field, title, help, passage, value, bad, describedBy, fits, fitsSince, onChange } = props;
  const id = useId();
  const open = value === null;
  const toggle = (
    <Switch
      checked={!open}
      label={t('byHand', title)}
      title={t('byHand', title)}
      describedBy={open ? describe(id, describedBy) : undefined}
      onChange={(on) => onChange(on ? field.of.default : null)}
    />
  );
  const maybe = {
    ...{ id, title, help, passage, bad, describedBy, fits, fitsSince, onChange },
    before: toggle,
    open: open ? t('automatic') : null,
    onReset: () => onChange(null),
    defaultWords: t('automatic'),
  };
  if (field.of.kind === 'pair') {
    const pair = value ?? field.of.default;
    return <PairControl {...maybe} field={field.of} value={typeof pair === 'number' ? [pair, pair] : pair} />;
  }
  const number = value ?? field.of.default;
  return <NumberControl {...maybe} field={field.of} value={typeof number === 'number' ? number : number[0]} />;
}
