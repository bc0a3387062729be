import type { ComponentChildren } from 'preact';

export interface SwitchProps {
  checked: boolean;
  id?: string;
  onChange(checked: boolean): void;
  /** Drawn beside the switch, and its name unless `label` is given. */
  children?: ComponentChildren;
  /** The name for screen readers where no words are drawn. */
  label?: string;
  disabled?: boolean;
  describedBy?: string;
  title?: string;
}

/** On or off, at once. */
export function Switch({ checked, id, onChange, children, label, disabled, describedBy, title }: SwitchProps) {
  return (
    <button
      type="button"
      id={id}
      class="switch"
      role="switch"
      aria-checked={checked}
      aria-label={label}
      aria-describedby={describedBy}
      aria-disabled={disabled || undefined}
      title={title}
      onClick={() => !disabled && onChange(!checked)}
    >
      <i />
      {children}
    </button>
  );
}
