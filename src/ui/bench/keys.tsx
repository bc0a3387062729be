import { useEffect } from 'preact/hooks';
import { slashToSearch } from '../controls';
import { Icon } from '../icons';
import { lessonLink } from '../lessonLinks';
import { KeysDialog } from '../parts';
import { t } from '../strings';
import type { Bench } from './state';

/** Keys of a page beyond those of the bench, by `KeyboardEvent.key`. */
export type PageKeys = Readonly<Record<string, () => void>>;

/** The keys that work anywhere on a page but in a text field. */
export function useKeys(bench: Bench, page: PageKeys): void {
  useEffect(() => {
    const { pointing } = bench;
    const keys: PageKeys = {
      1: () => {
        bench.mode.value = 'side';
      },
      2: () => {
        bench.mode.value = 'split';
      },
      3: () => {
        if (bench.mode.peek() === 'blink') bench.blink.byHand();
        else bench.mode.value = 'blink';
      },
      4: () => {
        bench.mode.value = 'difference';
      },
      l: () => {
        pointing.loupe.value = !pointing.loupe.peek();
      },
      '+': () => pointing.zoomStep(1),
      '-': () => pointing.zoomStep(-1),
      0: () => pointing.fit(),
      ...page,
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const back = undoKey(event);
      if (back && !writesText(event.target)) {
        event.preventDefault();
        bench[back]();
        return;
      }
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === '?' && explained(event.target)) return event.preventDefault();
      if (isTyping(event.target) && event.key !== 'Escape') return;
      if (event.key === '/' && !page['/']) return slashToSearch(event);
      const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [bench, page]);
}

/** Of a control that a lesson explains: goes there. */
function explained(target: EventTarget | null): boolean {
  const link = target instanceof Element ? target.closest('.param, .kernel')?.querySelector<HTMLElement>('.passage') : null;
  link?.click();
  return link != null;
}

/** Ctrl+Z, and Ctrl+Shift+Z or Ctrl+Y; on a Mac with the command key. */
function undoKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): 'undo' | 'redo' | null {
  if (altKey || !(ctrlKey || metaKey)) return null;
  const letter = key.toLowerCase();
  if (letter === 'z') return shiftKey ? 'redo' : 'undo';
  return letter === 'y' && !shiftKey ? 'redo' : null;
}

/** Text that has an undo of its own; the number of a setting has not, for it takes effect at every key. */
function writesText(target: EventTarget | null): boolean {
  return (
    isTyping(target) &&
    !(target instanceof HTMLInputElement && target.role === 'spinbutton') &&
    !(target instanceof HTMLSelectElement)
  );
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['range', 'checkbox', 'radio', 'button'].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** The sheet that lists the keys. */
export function KeySheet({
  open,
  onClose,
  extra = [],
}: {
  open: boolean;
  onClose(): void;
  extra?: readonly (readonly [string, string])[];
}) {
  const rows: readonly (readonly [string, string])[] = [
    ['1', t('sideBySide')],
    ['2', t('split')],
    ['3', t('keysBlink')],
    ['4', t('difference')],
    ['← → ↑ ↓', t('keysArrows')],
    ['Shift + ←', t('keysFar')],
    ['L', t('loupe')],
    ['+ − 0', t('keysZoom')],
    ['/', t('findOperation')],
    ['Ctrl + Z / Y', t('keysUndo')],
    ...extra,
    ['?', t('lessonKey')],
  ];
  return (
    <KeysDialog open={open} onClose={onClose} rows={rows}>
      <p class="row">
        <a class="btn line" {...lessonLink({ lesson: 'all', passage: null })}>
          <Icon name="book" />
          {t('lessons')}
        </a>
      </p>
    </KeysDialog>
  );
}
