import { useMemo } from 'preact/hooks';

/**
 * Pointer handlers that report how far a drag went since the last frame, in CSS px. Screen coordinates, because the panel moves along.
 * A press on a control starts none.
 */
export function useDrag(report: (dx: number, dy: number) => void) {
  return useMemo(() => {
    let last: { x: number; y: number } | null = null;
    let [dx, dy] = [0, 0];
    let waiting = false;
    const send = () => {
      waiting = false;
      if (dx || dy) report(dx, dy);
      dx = 0;
      dy = 0;
    };
    const end = () => {
      last = null;
    };
    return {
      onPointerDown: (event: PointerEvent) => {
        const { currentTarget: handle, target } = event;
        if (event.button !== 0 || !(handle instanceof HTMLElement) || !(target instanceof Element)) return;
        const control = target.closest('button, input, select, a, [role=listbox], [role=combobox]');
        if (control && control !== handle) return;
        handle.setPointerCapture(event.pointerId);
        last = { x: event.screenX, y: event.screenY };
      },
      onPointerMove: (event: PointerEvent) => {
        if (!last) return;
        dx += event.screenX - last.x;
        dy += event.screenY - last.y;
        last = { x: event.screenX, y: event.screenY };
        if (!waiting) requestAnimationFrame(send);
        waiting = true;
      },
      onPointerUp: end,
      onPointerCancel: end,
    };
  }, [report]);
}

/** Arrow keys on a handle, 16 px at a time. */
export const dragKeys = (report: (dx: number, dy: number) => void) => (event: KeyboardEvent) => {
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-16, 0],
    ArrowRight: [16, 0],
    ArrowUp: [0, -16],
    ArrowDown: [0, 16],
  };
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  report(...move);
};
