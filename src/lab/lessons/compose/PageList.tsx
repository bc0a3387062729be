import { useRef } from 'preact/hooks';
import { useReorder } from '../../../ui/chain/useReorder';
import { Icon } from '../../../ui/icons';
import { Button, classes, IconButton } from '../../../ui/parts';
import { t } from '../../../ui/strings';
import type { Composer } from './composer';

/** The pages of the lesson in their order: chosen, dragged, or moved with Alt and arrow keys. */
export function PageList({ composer }: { composer: Composer }) {
  const list = useRef<HTMLOListElement>(null);
  const pages = composer.pages.value;
  const current = composer.current.value;
  const { lifted, grab } = useReorder(list, (from, to) => {
    composer.move(from, to);
    focus(to);
  });
  const focus = (at: number) => requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('.page')[at]?.focus());
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === 'Delete') composer.remove(at);
    else if (by !== undefined && event.altKey) composer.move(at, at + by);
    else if (by !== undefined && pages[at + by]) composer.show(at + by);
    else return;
    event.preventDefault();
    event.stopPropagation();
    focus(composer.current.peek());
  };
  return (
    <div class="compose-pages">
      <ol ref={list} class={classes(lifted !== null && 'dragging')} aria-label={t('lessonPages')}>
        {pages.map((page, i) => (
          <li
            key={`${i + 1}`}
            data-page={i}
            class={classes(lifted?.from === i && 'held')}
            style={lifted?.from === i ? { translate: `0 ${lifted.by}px` } : undefined}
            onPointerDown={(event) => {
              if (event.target instanceof Element && !event.target.closest('.icon')) grab(event, i);
            }}
          >
            <Icon name="grip" />
            <button
              type="button"
              class={classes('btn page', i === current && 'line')}
              aria-current={i === current ? 'true' : undefined}
              title={t('lessonPageKeys')}
              onClick={() => composer.show(i)}
              onKeyDown={(event) => onKeyDown(event, i)}
            >
              <span class="num dim">{i + 1}</span> <span dir="auto">{page.title || t('lessonPageNumber', i + 1)}</span>
            </button>
            <IconButton
              icon="minus"
              tiny
              label={t('lessonRemovePage', i + 1)}
              onClick={() => {
                composer.remove(i);
                focus(composer.current.peek());
              }}
            />
          </li>
        ))}
        {lifted && <li class="compose-drop" aria-hidden="true" style={{ insetBlockStart: `${lifted.line}px` }} />}
      </ol>
      <Button look="line" icon="plus" onClick={() => composer.take()}>
        {t('lessonTake')}
      </Button>
    </div>
  );
}
