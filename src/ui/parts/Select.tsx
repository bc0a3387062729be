import { Icon } from '../icons';
import { classes } from './Button';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}
export interface SelectGroup {
  readonly group: string;
  readonly options: readonly SelectOption[];
}
export interface SelectProps {
  options: readonly (SelectOption | SelectGroup)[];
  id?: string;
  value: string;
  onChange(value: string): void;
  /** The name, or `labelledBy` the id of what names it. */
  label?: string;
  labelledBy?: string;
  describedBy?: string;
  invalid?: boolean;
  disabled?: boolean;
  title?: string;
  class?: string;
  /** 24 px instead of 28, for captions and tool lines. */
  small?: boolean;
}

/** A native select in our clothes: keyboard, screen reader and touch wheel come for free. */
export function Select(props: SelectProps) {
  const { id, options, value, onChange, label, labelledBy, describedBy, invalid, disabled, title, class: extra, small } = props;
  return (
    <span class={classes('select', small && 'small', extra)}>
      <select
        id={id}
        value={value}
        aria-label={label}
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        disabled={disabled}
        title={title}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map((entry) =>
          'group' in entry ? (
            <optgroup key={entry.group} label={entry.group}>
              {entry.options.map((option) => entryOf(option, value))}
            </optgroup>
          ) : (
            entryOf(entry, value)
          ),
        )}
      </select>
      <Icon name="down" />
    </span>
  );
}

const entryOf = (option: SelectOption, value: string) => (
  <option key={option.value} value={option.value} disabled={option.disabled} selected={option.value === value}>
    {option.label}
  </option>
);
