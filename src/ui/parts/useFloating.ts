import { useLayoutEffect } from 'preact/hooks';
import { floatingAt } from './floating';

interface At {
  readonly current: HTMLElement | null;
}

/**
 * Lays a box (an element with `popover="manual"`) over the page, below or above what opened it, or beside it where there is room. It lies in
 * the browser's top layer, so that nothing that scrolls cuts it off.
 */
export function useFloating(anchor: At, box: At, open: boolean, beside = false): void {
  useLayoutEffect(() => {
    const [from, floating] = [anchor.current, box.current];
    if (!open || !from || !floating) return;
    if (!floating.matches(':popover-open')) floating.showPopover();
    const lay = (): void => {
      floating.style.maxBlockSize = '';
      const { left, top, room } = floatingAt({
        anchor: from.getBoundingClientRect(),
        box: { width: floating.offsetWidth, height: floating.offsetHeight },
        window: { width: document.documentElement.clientWidth, height: window.innerHeight },
        turned: getComputedStyle(from).direction === 'rtl',
        beside,
      });
      if (floating.offsetHeight > room) floating.style.maxBlockSize = `${room}px`;
      floating.style.left = `${left}px`;
      floating.style.top = `${top}px`;
    };
    lay();
    const observer = new ResizeObserver(lay);
    observer.observe(floating);
    const stop = new AbortController();
    addEventListener('resize', lay, { signal: stop.signal });
    document.addEventListener('scroll', lay, { capture: true, signal: stop.signal });
    return () => {
      observer.disconnect();
      stop.abort();
    };
  }, [open, anchor, box, beside]);
}
