import { useLayoutEffect } from 'preact/hooks';

/** An element keeps the height that it needed once, as long as its width and `of` stay the same: what follows does not jump. */
export function useSteadyHeight(ref: { readonly current: HTMLElement | null }, of: unknown): void {
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    let kept = { width: 0, height: 0 };
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      if (Math.abs(width - kept.width) > 1) {
        kept = { width, height: 0 };
        element.style.minHeight = '';
      } else if (height > kept.height) {
        kept = { width, height };
        element.style.minHeight = `${height}px`;
      }
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      element.style.minHeight = '';
    };
  }, [ref, of]);
}
