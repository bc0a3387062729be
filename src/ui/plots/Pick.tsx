import { useId } from 'preact/hooks';
import { Select, type SelectOption } from '../parts';

export interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly SelectOption[];
  onChange(value: string): void;
}

/** A choice with its name before it. */
export function Pick({ label, ...rest }: PickProps) {
  const id = useId();
  return (
    <span class="plot-pick">
      <span id={id}>{label}</span>
      <Select small labelledBy={id} {...rest} />
    </span>
  );
}
