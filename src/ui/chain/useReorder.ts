import { useEffect, useRef, useState } from 'preact/hooks';
import { type Extent, gapAt, placeAfter, placeOfGap, scrollBy } from './drop';

/** An item under the hand. */
export interface Lifted {
  readonly from: number;
  /** Where it would land, along the list, in CSS px from its start. */
  readonly line: number;
  /** How far it is from where it was. */
  readonly by: number;
  readonly across: boolean;
}

/** A mouse drags after so many CSS px, a finger after resting so long (until then it scrolls). */
const slack = 5;
const rest = 300;

/** Items of a list (`[data-step]`, `[data-page]`) that can be dragged to another place. `grab` is for the press on one of them; Escape lets go. */
export function useReorder(
  list: { readonly current: HTMLElement | null },
  move: (from: number, to: number) => void,
): { readonly lifted: Lifted | null; grab(event: PointerEvent, from: number): void } {
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const letGo = useRef<(() => void) | null>(null);
  useEffect(() => () => letGo.current?.(), []);

  const grab = (event: PointerEvent, from: number): void => {
    const box = list.current;
    if (!box || event.button !== 0 || letGo.current) return;
    const start = { x: event.clientX, y: event.clientY };
    let at = start;
    let dragging = false;
    let gap = from;
    let frame = 0;
    const axis = axisOf(box);
    const scroller = scrollerOf(box);
    const began = axis.of(start) + axis.scrolled(scroller);
    const stop = new AbortController();
    const on = { signal: stop.signal };
    const hold = event.pointerType === 'touch' ? window.setTimeout(() => lift(), rest) : 0;

    const lift = (): void => {
      dragging = true;
      tick();
    };
    const draw = (): void => {
      const items = axis.extents(box);
      gap = gapAt(items, axis.inside(box, at));
      const by = axis.of(at) + axis.scrolled(scroller) - began;
      setLifted({ from, line: placeOfGap(items, gap), by: axis.sign * by, across: axis.across });
    };
    const tick = (): void => {
      const edges = scroller.getBoundingClientRect();
      const [near, far] = axis.across ? [at.x - edges.left, edges.right - at.x] : [at.y - edges.top, edges.bottom - at.y];
      const by = scrollBy(near, far);
      if (by !== 0) scroller.scrollBy(axis.across ? by : 0, axis.across ? 0 : by);
      draw();
      frame = requestAnimationFrame(tick);
    };
    const end = (): void => {
      clearTimeout(hold);
      cancelAnimationFrame(frame);
      stop.abort();
      letGo.current = null;
      setLifted(null);
    };
    letGo.current = end;
    addEventListener(
      'pointermove',
      (moving) => {
        if (moving.pointerId !== event.pointerId) return;
        at = { x: moving.clientX, y: moving.clientY };
        if (dragging || Math.hypot(at.x - start.x, at.y - start.y) <= slack) return;
        if (event.pointerType === 'touch') end();
        else lift();
      },
      on,
    );
    addEventListener(
      'pointerup',
      () => {
        const [wasDragging, to] = [dragging, placeAfter(from, gap)];
        end();
        if (!wasDragging) return;
        // The press that ends here is no click on the item.
        const swallow = (click: Event): void => {
          click.stopPropagation();
          click.preventDefault();
        };
        addEventListener('click', swallow, { capture: true, once: true });
        setTimeout(() => removeEventListener('click', swallow, true));
        if (to !== from) move(from, to);
      },
      on,
    );
    addEventListener('pointercancel', end, on);
    addEventListener('touchmove', (touch) => dragging && touch.preventDefault(), { ...on, passive: false });
    addEventListener(
      'keydown',
      (key) => {
        if (key.key !== 'Escape' || !dragging) return;
        key.stopPropagation();
        end();
      },
      { ...on, capture: true },
    );
  };
  return { lifted, grab };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const itemsOf = (box: HTMLElement): HTMLElement[] => [...box.querySelectorAll<HTMLElement>('[data-step], [data-page]')];

/** Lists run down, or across from where lines start. */
function axisOf(box: HTMLElement) {
  const items = itemsOf(box);
  const [first, second] = items;
  const across = first && second ? Math.abs(first.offsetTop - second.offsetTop) < 4 : box.scrollWidth > 2 * box.scrollHeight;
  const turned = across && getComputedStyle(box).direction === 'rtl';
  return {
    across,
    /** −1 where coordinates fall along the list. */
    sign: turned ? -1 : 1,
    of: ({ x, y }: Point): number => (across ? x : y),
    scrolled: (scroller: Element): number => (across ? scroller.scrollLeft : scroller.scrollTop),
    inside(from: HTMLElement, { x, y }: Point): number {
      const { left, right, top } = from.getBoundingClientRect();
      return across ? (turned ? right - x : x - left) : y - top;
    },
    extents: (from: HTMLElement): Extent[] =>
      itemsOf(from).map(({ offsetLeft, offsetTop, offsetWidth, offsetHeight }) =>
        across
          ? { start: turned ? from.clientWidth - offsetLeft - offsetWidth : offsetLeft, length: offsetWidth }
          : { start: offsetTop, length: offsetHeight },
      ),
  };
}

/** What scrolls when the list does not fit. */
export function scrollerOf(box: HTMLElement): Element {
  for (let at: Element | null = box; at; at = at.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(at);
    const down = at.scrollHeight > at.clientHeight && /auto|scroll/.test(overflowY);
    if (down || (at.scrollWidth > at.clientWidth && /auto|scroll/.test(overflowX))) return at;
  }
  return document.scrollingElement ?? document.documentElement;
}
