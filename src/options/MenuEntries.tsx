import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { entryKind, firstSettings } from '../store/settings';
import type { Keeper } from '../ui/chains/keeper';
import { Icon } from '../ui/icons';
import { Button, classes, IconButton, Select } from '../ui/parts';
import { t } from '../ui/strings';
import { addable, entryTitle, moved } from './entries';

/** The entries of the context menu: which, and in which order. A handle moves one by drag or by the arrow keys. */
export function MenuEntries({ keeper }: { keeper: Keeper }) {
  const saved = keeper.saved.value;
  const list = useRef<HTMLOListElement>(null);
  /** The order while one is dragged. */
  const dragged = useSignal<{ readonly order: readonly string[]; readonly entry: string } | null>(null);
  const said = useSignal('');
  const picked = useSignal('');
  const shown = (dragged.value?.order ?? keeper.settings.value.menu).flatMap((entry) => {
    const title = entryTitle(entry, saved);
    return title === null ? [] : [{ entry, title }];
  });
  const order = shown.map(({ entry }) => entry);
  const write = (menu: readonly string[]) => void keeper.set('menu', menu);
  const move = (entry: string, to: number) => {
    const from = order.indexOf(entry);
    const place = Math.min(order.length - 1, Math.max(0, to));
    if (place === from) return;
    write(moved(order, from, place));
    said.value = t('entryMoved', entryTitle(entry, saved) ?? '', place + 1, order.length);
  };
  const onKeyDown = (event: KeyboardEvent, entry: string) => {
    const at = order.indexOf(entry);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: order.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(entry, to);
  };
  // The page listens, not the handle: a row that is moved in the document loses the pointer.
  const onPointerDown = (event: PointerEvent, entry: string) => {
    if (event.button !== 0) return;
    dragged.value = { order, entry };
    const stop = new AbortController();
    const on = { signal: stop.signal };
    const drop = (keep: boolean) => {
      stop.abort();
      const drag = dragged.peek();
      dragged.value = null;
      if (drag && keep) move(drag.entry, drag.order.indexOf(drag.entry));
    };
    addEventListener('pointermove', onPointerMove, on);
    addEventListener('pointerup', () => drop(true), on);
    addEventListener('pointercancel', () => drop(false), on);
    addEventListener('keydown', (key) => key.key === 'Escape' && drop(false), on);
  };
  const onPointerMove = (event: PointerEvent) => {
    const drag = dragged.peek();
    if (!drag || !list.current) return;
    const from = drag.order.indexOf(drag.entry);
    const rows = [...list.current.children].map((row) => row.getBoundingClientRect());
    const over = rows.findIndex((row, i) => i !== from && event.clientY >= row.top && event.clientY < row.bottom);
    if (over >= 0) dragged.value = { ...drag, order: moved(drag.order, from, over) };
  };
  const remove = (entry: string) => {
    const at = order.indexOf(entry);
    write(order.filter((other) => other !== entry));
    said.value = t('entryRemoved', entryTitle(entry, saved) ?? '');
    const handles = [...(list.current?.querySelectorAll<HTMLElement>('.handle') ?? [])];
    (handles[at + 1] ?? handles[at - 1])?.focus();
  };
  const groups = addable(order, saved);
  const choice = groups.flatMap(({ options }) => options).find(({ value }) => value === picked.value);
  const add = () => {
    const entry = choice?.value ?? groups[0]?.options[0]?.value;
    if (entry === undefined) return;
    write([...order, entry]);
    said.value = t('entryAdded', entryTitle(entry, saved) ?? '');
  };
  return (
    <section aria-labelledby="menu-heading">
      <h2 id="menu-heading">{t('menuHeading')}</h2>
      <p class="dim">{t('menuHelp')}</p>
      <ol class="entries" ref={list}>
        {shown.map(({ entry, title }) => (
          <li key={entry} class={classes(dragged.value?.entry === entry && 'dragged')}>
            <button
              type="button"
              class="handle"
              aria-label={t('moveEntry', title)}
              title={t('moveEntry', title)}
              onKeyDown={(event) => onKeyDown(event, entry)}
              onPointerDown={(event) => onPointerDown(event, entry)}
            >
              <Icon name="grip" />
            </button>
            <span class="grow">{title}</span>
            <IconButton icon="close" label={t('removeEntry', title)} onClick={() => remove(entry)} />
          </li>
        ))}
      </ol>
      {shown.length === 0 && <p class="dim">{t('menuEmpty')}</p>}
      <div class="row wrap">
        {groups.length > 0 && (
          <>
            <Select
              label={t('entryToAdd')}
              options={groups}
              value={choice?.value ?? groups[0]?.options[0]?.value ?? ''}
              onChange={(value) => {
                picked.value = value;
              }}
            />
            <Button look="line" icon="plus" onClick={add}>
              {t('addEntry')}
            </Button>
          </>
        )}
        <Button
          icon="reset"
          onClick={() => write([...firstSettings.menu, ...order.filter((entry) => entryKind(entry)?.kind === 'chain')])}
        >
          {t('menuReset')}
        </Button>
      </div>
      <span class="sr" role="status">
        {said.value}
      </span>
    </section>
  );
}
