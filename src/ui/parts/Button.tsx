import type { ComponentChildren, ComponentProps, Ref } from 'preact';
import { Icon, type IconName } from '../icons';

type Native = Omit<ComponentProps<'button'>, 'ref' | 'icon' | 'class' | 'children' | 'type' | 'disabled'>;

interface Common extends Native {
  /** `plain` has no border, `line` has one, `solid` is the one main action. */
  look?: 'plain' | 'line' | 'solid';
  class?: string;
  /** Stays focusable, so that the reason in `title` can be found; clicks do nothing. */
  disabled?: boolean;
  buttonRef?: Ref<HTMLButtonElement>;
}

export interface ButtonProps extends Common {
  icon?: IconName;
  children: ComponentChildren;
}

/** A button with words, and an icon before them if given. */
export function Button({ look = 'plain', icon, class: extra, disabled, onClick, buttonRef, children, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      ref={buttonRef}
      type="button"
      class={classes('btn', look !== 'plain' && look, extra)}
      aria-disabled={disabled ? 'true' : undefined}
      onClick={disabled ? undefined : onClick}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Common {
  icon: IconName;
  /** The name for screen readers, and the tooltip unless `title` says more. */
  label: string;
  /** Marks a toggle; undefined for a plain action. */
  pressed?: boolean;
  /** 24 px instead of 28. */
  tiny?: boolean;
}

/** A button that shows only an icon. */
export function IconButton(props: IconButtonProps) {
  const { look = 'plain', icon, label, pressed, tiny, class: extra, disabled, onClick, buttonRef, title, ...rest } = props;
  return (
    <button
      {...rest}
      ref={buttonRef}
      type="button"
      class={classes('btn icon', look !== 'plain' && look, tiny && 'tiny', extra)}
      aria-label={label}
      title={title ?? label}
      aria-pressed={pressed}
      aria-disabled={disabled ? 'true' : undefined}
      onClick={disabled ? undefined : onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

/** Joins class names, leaving out what is false or undefined. */
export const classes = (...names: (string | false | undefined)[]): string => names.filter(Boolean).join(' ');
