import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from '../icons';
import { useFloating } from './useFloating';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  readonly disabled?: boolean;
  /** What it does, or why it cannot. */
  readonly help?: string;
  onClick(): void;
}
export interface MenuProps {
  /** What the button shows. */
  children: ComponentChildren;
  label?: string;
  items: readonly MenuItem[];
  /** Extra classes of the button: `line`, `icon`. */
  class?: string;
  /** One tab stop of a list that has its own: reached by other keys. */
  skipped?: boolean;
}

/** A button that opens a short list of actions. */
export function Menu({ children, label, items, class: extra = '', skipped }: MenuProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useDismiss(root, open, () => setOpen(false));
  useFloating(button, list, open);
  const entries = (): HTMLElement[] => [...(root.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  useEffect(() => {
    if (open) entries()[0]?.focus();
  }, [open]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      setOpen(false);
      button.current?.focus();
      return;
    }
    const moves: Readonly<Record<string, number>> = {
      ArrowUp: -1,
      ArrowDown: 1,
      Home: Number.NEGATIVE_INFINITY,
      End: Number.POSITIVE_INFINITY,
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const all = entries();
    const at = all.findIndex((entry) => entry.matches(':focus')) + move;
    all[Number.isFinite(at) ? (at + all.length) % all.length : at < 0 ? 0 : all.length - 1]?.focus();
  };
  return (
    <span class="menu-root" ref={root}>
      <button
        ref={button}
        type="button"
        tabIndex={skipped ? -1 : undefined}
        class={`btn ${extra}`}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open && (
        <div class="menu" role="menu" popover="manual" ref={list} tabIndex={-1} id={id} onKeyDown={onKeyDown}>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              class="btn"
              aria-disabled={item.disabled || undefined}
              title={item.help}
              onClick={() => {
                if (item.disabled) return;
                setOpen(false);
                button.current?.focus();
                item.onClick();
              }}
            >
              {item.icon && <Icon name={item.icon} />}
              {item.label}
            </button>
          ))}
        </div>
      )}
    </span>
  );
}

/** Calls `close` when a press or the focus lands outside `root` while `open`. */
export function useDismiss(root: { readonly current: HTMLElement | null }, open: boolean, close: () => void): void {
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) close();
    };
    document.addEventListener('pointerdown', outside, true);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      document.removeEventListener('focusin', outside);
    };
  }, [open, root, close]);
}
