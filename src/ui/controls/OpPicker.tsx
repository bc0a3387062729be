import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from '../icons';
import { useDismiss, useFloating } from '../parts';
import { familyTitle, opSummary, opTitle, plural, t } from '../strings';
import { type Findable, findOps, inFamilies } from './find';

export interface OpPickerProps {
  /** All that can be chosen. */
  readonly ops: readonly Findable[];
  /** Name of the op in use; null when none is chosen yet. */
  readonly value: string | null;
  onChange(op: string): void;
  /** `menu`: a button that opens the list, for the head of the panel. `list`: search field and list in place. */
  readonly variant: 'menu' | 'list';
  /** Name of the button of a menu, where it says more than the operation. */
  readonly label?: string;
}

/** Chooses an op by title, family, name or other words. */
export function OpPicker({ ops, value, onChange, variant, label }: OpPickerProps) {
  if (variant === 'list') return <OpList ops={ops} value={value} onChange={onChange} />;
  return <OpMenu ops={ops} value={value} onChange={onChange} label={label} />;
}

type Choice = Pick<OpPickerProps, 'ops' | 'value' | 'onChange'>;

function OpMenu({ ops, value, onChange, label }: Choice & { readonly label: string | undefined }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const op = ops.find(({ name }) => name === value);
  const title = op ? opTitle(op) : t('operation');
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  useDismiss(root, open, () => setOpen(false));
  useFloating(button, box, open);
  return (
    <span class="menu-root op-menu" ref={root}>
      <button
        ref={button}
        type="button"
        class="btn op"
        data-op-menu
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={label ?? (op ? t('operationIs', title) : title)}
        onClick={() => setOpen(!open)}
      >
        {title}
        <Icon name="down" />
      </button>
      {open && (
        <div class="menu" popover="manual" ref={box} id={id} role="dialog" aria-label={t('operation')}>
          <OpList
            ops={ops}
            value={value}
            autoFocus
            onLeave={close}
            onChange={(name) => {
              close();
              onChange(name);
            }}
          />
        </div>
      )}
    </span>
  );
}

interface OpListProps extends Choice {
  readonly autoFocus?: boolean;
  /** Esc with an empty search field. */
  onLeave?(): void;
  /** Says below the list what the op is that Enter would choose. */
  about?(op: string): ComponentChildren;
}

/** A search field over the ops in two columns: arrow keys choose while the focus stays in the field. */
export function OpList({ ops, value, onChange, autoFocus, onLeave, about }: OpListProps) {
  const [query, setQuery] = useState('');
  const [active, setActive] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const found = findOps(ops, query);
  const current = found.find((op) => op.name === (active ?? value)) ?? (query ? found[0] : undefined);

  useEffect(() => {
    if (!autoFocus) return;
    field.current?.focus();
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [autoFocus]);
  // Where the list scrolls by itself, the op in use is in sight; the page stays where it is.
  useEffect(() => {
    const entry = list.current?.querySelector('[aria-selected="true"]');
    if (!entry || !list.current || list.current.scrollHeight <= list.current.clientHeight) return;
    const { top, bottom } = list.current.getBoundingClientRect();
    const place = entry.getBoundingClientRect();
    if (place.top < top || place.bottom > bottom) list.current.scrollTop += place.top - (top + bottom) / 2;
  }, [value]);
  useEffect(() => {
    if (active !== null) list.current?.querySelector(`[data-op="${active}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const choose = (op: Findable | undefined): void => {
    if (!op) return;
    setQuery('');
    setActive(null);
    onChange(op.name);
  };
  const move = (by: number): void => {
    const from = current ? found.indexOf(current) : -1;
    setActive(found[Math.min(found.length - 1, Math.max(0, from + by))]?.name ?? null);
  };
  const moveRow = (down: 1 | -1): void => {
    const entry = list.current?.querySelector<HTMLElement>(`[data-op="${current?.name}"]`);
    const next = entry && nextRow([...(list.current?.querySelectorAll<HTMLElement>('[data-op]') ?? [])], entry, down);
    if (next) setActive(next.dataset.op ?? null);
    else if (!entry) move(1);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const across = query === '' && list.current && getComputedStyle(list.current).direction === 'rtl' ? -1 : 1;
    if (event.key === 'ArrowDown') moveRow(1);
    else if (event.key === 'ArrowUp') moveRow(-1);
    else if (event.key === 'ArrowRight' && query === '') move(across);
    else if (event.key === 'ArrowLeft' && query === '') move(-across);
    else if (event.key === 'Enter') choose(current);
    else if (event.key === 'Escape' && (query !== '' || onLeave)) {
      event.stopPropagation();
      if (query === '') onLeave?.();
      setQuery('');
      setActive(null);
    } else return;
    event.preventDefault();
  };
  const entry = (op: Findable) => (
    <button
      type="button"
      tabIndex={-1}
      key={op.name}
      id={`${id}-${op.name}`}
      data-op={op.name}
      role="option"
      class={op === current && op.name !== value ? 'op-entry active' : 'op-entry'}
      aria-selected={op.name === value}
      title={opSummary(op)}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => choose(op)}
    >
      {opTitle(op)}
    </button>
  );
  return (
    <div class="op-picker">
      <label class="find">
        <Icon name="search" />
        <input
          ref={field}
          data-op-search
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck={false}
          placeholder={t('findOperation')}
          aria-label={t('findOperation')}
          aria-expanded={true}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={current ? `${id}-${current.name}` : undefined}
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setActive(null);
          }}
          onKeyDown={onKeyDown}
        />
        <span class="key" aria-hidden="true">
          /
        </span>
      </label>
      <div class="ops" ref={list} id={`${id}-list`} role="listbox" tabIndex={-1} aria-label={t('operation')}>
        {query === '' && found.length > fewOps
          ? inFamilies(found).map(({ family, members }) => [
              <span key={family} class="family" aria-hidden="true">
                {familyTitle(family)}
              </span>,
              ...members.map(entry),
            ])
          : found.map(entry)}
      </div>
      {found.length === 0 && <p class="dim small">{t('nothingFound', query)}</p>}
      {about && current && <div class="op-about">{about(current.name)}</div>}
      <span class="sr" role="status">
        {query && plural('found', found.length)}
      </span>
    </div>
  );
}

/** Up to so many ops are one list; more are parted by family. */
const fewOps = 12;

/** The entry in the next row up or down that is nearest to the column of `from`. */
function nextRow(entries: readonly HTMLElement[], from: HTMLElement, down: 1 | -1): HTMLElement | undefined {
  const beyond = entries.filter((entry) => (entry.offsetTop - from.offsetTop) * down > 0);
  const row = Math.min(...beyond.map((entry) => Math.abs(entry.offsetTop - from.offsetTop)));
  const gap = (entry: HTMLElement) => Math.abs(entry.offsetLeft - from.offsetLeft);
  return beyond.filter((entry) => Math.abs(entry.offsetTop - from.offsetTop) === row).sort((a, b) => gap(a) - gap(b))[0];
}

/** Puts the focus into the search field of an op picker on the page, opening it where it is a menu. False when there is none. */
export function focusOpSearch(): boolean {
  const field = document.querySelector<HTMLElement>('[data-op-search]');
  const menu = document.querySelector<HTMLElement>('[data-op-menu]');
  if (field) field.focus();
  else menu?.click();
  return field !== null || menu !== null;
}

/** Handles `/` outside of text fields: `document.addEventListener('keydown', slashToSearch)`. */
export function slashToSearch(event: KeyboardEvent): void {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const { target } = event;
  const writes =
    target instanceof HTMLElement && target.matches('input:not([type=range], [type=radio]), textarea, [contenteditable]');
  if (!writes && focusOpSearch()) event.preventDefault();
}
