import { useId } from 'preact/hooks';
import { Icon, type IconName } from '../icons';

export interface SegmentedOption<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly icon?: IconName;
}
export interface SegmentedProps<T extends string> {
  /** What is chosen here, for screen readers. */
  label: string;
  options: readonly SegmentedOption<T>[];
  value: T;
  onChange(value: T): void;
  /** Only icons are drawn; the labels stay as names and tooltips. */
  iconsOnly?: boolean;
}

/** One of a few: native radios under the chips, so that arrow keys and one tab stop come for free. */
export function Segmented<T extends string>({ label, options, value, onChange, iconsOnly }: SegmentedProps<T>) {
  const name = useId();
  return (
    <span class="seg" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} title={iconsOnly ? option.label : undefined}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            aria-label={option.label}
            onChange={() => onChange(option.value)}
          />
          {option.icon && <Icon name={option.icon} />}
          {!iconsOnly && <span>{option.label}</span>}
        </label>
      ))}
    </span>
  );
}
