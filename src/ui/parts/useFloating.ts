import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Left free between a floating box and the edges of the window, in CSS px. */
const margin = 8;
const gap = 4;

/**
 * Lays a box (an element with `popover="manual"`) over the page, below or above what opened it, inside the window. It lies in the browser's
 * top layer, so that nothing that scrolls cuts it off.
 */
export function useFloating(anchor: RefObject<HTMLElement>, box: RefObject<HTMLElement>, open: boolean): void {
  useLayoutEffect(() => {
    const [from, floating] = [anchor.current, box.current];
    if (!open || !from || !floating) return;
    if (!floating.matches(':popover-open')) floating.showPopover();
    const lay = (): void => {
      const at = from.getBoundingClientRect();
      const [width, height] = [document.documentElement.clientWidth, window.innerHeight];
      floating.style.maxBlockSize = '';
      const wanted = floating.scrollHeight;
      const [below, above] = [height - at.bottom - gap - margin, at.top - gap - margin];
      const down = below >= Math.min(wanted, floating.offsetHeight) || below >= above;
      const room = Math.max(96, down ? below : above);
      if (floating.offsetHeight > room) floating.style.maxBlockSize = `${room}px`;
      const start = getComputedStyle(from).direction === 'rtl' ? at.right - floating.offsetWidth : at.left;
      const left = Math.max(margin, Math.min(start, width - floating.offsetWidth - margin));
      const top = down ? at.bottom + gap : at.top - gap - floating.offsetHeight;
      floating.style.left = `${left}px`;
      floating.style.top = `${Math.max(margin, top)}px`;
    };
    lay();
    const observer = new ResizeObserver(lay);
    observer.observe(floating);
    addEventListener('resize', lay);
    document.addEventListener('scroll', lay, true);
    return () => {
      observer.disconnect();
      removeEventListener('resize', lay);
      document.removeEventListener('scroll', lay, true);
    };
  }, [open, anchor, box]);
}
