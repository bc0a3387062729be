export interface OpPickerProps {
  /** Name of the op in use; null when none is chosen yet. */
  readonly value: string | null;
  onChange(op: string): void;
  /** `menu`: a button that opens the list, for the head of the panel. `list`: search field and list in place. */
  readonly variant: 'menu' | 'list';
}

/** Chooses an op by title, family, name or other words. */
export function OpPicker(_props: OpPickerProps) {
  return <div class="op-picker" />;
}

/** Puts the focus into the search field of an op picker on the page, opening it where it is a menu. */
export function focusOpSearch(): boolean {
  return false;
}

/** Handles `/` outside of text fields: `document.addEventListener('keydown', slashToSearch)`. */
export function slashToSearch(_event: KeyboardEvent): void {}
