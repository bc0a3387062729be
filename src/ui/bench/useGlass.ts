import { useEffect, useRef } from 'preact/hooks';

/** What a pointer does over a picture; places are fractions of its area. */
export interface GlassActions {
  over(fx: number, fy: number): void;
  away(): void;
  drag(to: number, dx: number, dy: number): void;
  /** Pinch, or wheel with Ctrl: the plain wheel scrolls the page. */
  zoom(factor: number, fx: number, fy: number): void;
}

/** Pointer handlers for the area of a picture. */
export function useGlass(ref: { readonly current: HTMLElement | null }, actions: GlassActions) {
  const latest = useRef(actions);
  latest.current = actions;
  const at = (event: MouseEvent): [number, number] => {
    const box = ref.current?.getBoundingClientRect();
    return box ? [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height] : [0, 0];
  };
  useEffect(() => {
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      latest.current.zoom(Math.exp(-event.deltaY * 0.01), ...at(event));
    };
    const element = ref.current;
    element?.addEventListener('wheel', wheel, { passive: false });
    return () => element?.removeEventListener('wheel', wheel);
  }, [ref]);
  const last = useRef<[number, number] | null>(null);
  return {
    onPointerDown: (event: PointerEvent) => {
      latest.current.over(...at(event));
      if (event.button !== 0 || event.pointerType === 'touch') return;
      last.current = at(event);
      ref.current?.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      const [fx, fy] = at(event);
      if (last.current && event.buttons) latest.current.drag(fx, fx - last.current[0], fy - last.current[1]);
      if (last.current) last.current = [fx, fy];
      latest.current.over(fx, fy);
    },
    onPointerUp: () => {
      last.current = null;
    },
    onPointerCancel: () => {
      last.current = null;
    },
    onPointerLeave: () => latest.current.away(),
  };
}
