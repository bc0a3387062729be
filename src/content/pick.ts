import type { Target } from '../messages/protocol';
import { say } from '../platform/say';
import { box, Layer, outline } from './layer';
import { byRef, listPictures, nameOf, refOf, type Shown, shownBy } from './pictures';
import { deepElements } from './walk';

let stopPicking: (() => void) | null = null;

/** The picture nearest to the top under a point, of those worth picking. */
function pictureAt(x: number, y: number, worth: ReadonlySet<Element>): Element | null {
  const under = deepElements().filter((element) => {
    if (!worth.has(element)) return false;
    const at = element.getBoundingClientRect();
    return x >= at.left && x < at.right && y >= at.top && y < at.bottom;
  });
  return under.at(-1) ?? null;
}

function hintBox(): HTMLElement {
  const hint = box('div', {
    all: 'initial',
    visibility: 'inherit',
    position: 'fixed',
    left: '50%',
    top: '16px',
    transform: 'translateX(-50%)',
    padding: '8px 14px',
    'border-radius': '10px',
    background: '#1e2021',
    color: '#edece8',
    font: '13px/1.4 system-ui, sans-serif',
    'box-shadow': '0 0 0 1px rgb(255 255 255 / .2), 0 6px 20px -4px rgb(0 0 0 / .5)',
    'max-width': '90vw',
  });
  hint.role = 'status';
  return hint;
}

/** Reading order: by rows of 24 px, then from left to right. */
function ordered(elements: readonly Element[]): Element[] {
  const key = (element: Element): number => {
    const at = element.getBoundingClientRect();
    return Math.round((at.y + scrollY) / 24) * 1e6 + at.x;
  };
  return [...elements].sort((a, b) => key(a) - key(b));
}

/** Lets the person choose a picture by hover and click, or by Tab or arrows and Enter; Esc gives up. */
export function pick(picked: (target: Target | null) => void): void {
  stopPicking?.();
  const candidates = ordered(listPictures().map(({ ref }) => byRef(ref)));
  const worth = new Set(candidates);
  const layer = new Layer();
  const hint = hintBox();
  layer.root.append(hint);
  hint.textContent = candidates.length ? say('pickHint') : say('noPictures');
  const over = new AbortController();
  let current: Element | null = null;
  let stopOutline = (): void => undefined;
  const stop = (): void => {
    stopPicking = null;
    over.abort();
    stopOutline();
    layer.remove();
  };
  stopPicking = stop;
  const point = (element: Element | null, speak: boolean): void => {
    if (element === current) return;
    stopOutline();
    current = element;
    stopOutline = element ? outline(layer, element) : () => undefined;
    const shown: Shown | null = element && shownBy(element);
    if (speak && shown) hint.textContent = say('pickAt', candidates.indexOf(shown.element) + 1, candidates.length, nameOf(shown));
  };
  const choose = (element: Element): void => {
    stop();
    picked({ kind: 'element', ref: refOf(element) });
  };
  const step = (by: number): void => {
    const from = current ? candidates.indexOf(current) : by > 0 ? -1 : 0;
    const next = candidates[(from + by + candidates.length) % candidates.length];
    next?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    point(next ?? null, true);
  };
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const listen = { signal: over.signal, capture: true };
  addEventListener('pointermove', ({ clientX, clientY }) => point(pictureAt(clientX, clientY, worth), false), listen);
  for (const type of ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'contextmenu'] as const)
    addEventListener(type, swallow, listen);
  addEventListener(
    'click',
    (event) => {
      swallow(event);
      const element = pictureAt(event.clientX, event.clientY, worth);
      if (element) choose(element);
    },
    listen,
  );
  const keys: Record<string, () => void> = {
    Escape: () => {
      stop();
      picked(null);
    },
    Enter: () => current && choose(current),
    ArrowRight: () => step(1),
    ArrowDown: () => step(1),
    ArrowLeft: () => step(-1),
    ArrowUp: () => step(-1),
  };
  addEventListener(
    'keydown',
    (event) => {
      const act = event.key === 'Tab' ? () => step(event.shiftKey ? -1 : 1) : keys[event.key];
      if (!act) return;
      swallow(event);
      act();
    },
    listen,
  );
  focus();
}

/** Ends picking without a choice; does nothing when nobody picks. */
export function endPick(): void {
  stopPicking?.();
}
