import { useEffect, useRef } from 'preact/hooks';

/** What a pointer does over a picture; points are CSS px from the corner of its port. */
export interface GlassActions {
  over(x: number, y: number): void;
  away(): void;
  /** Dragged to a point, by so much. */
  drag(x: number, y: number, dx: number, dy: number): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number, x: number, y: number): void;
  /** Double click, double tap. */
  leap(x: number, y: number): void;
  /** A drag of the picture would move it; what does not is left to the page. */
  moves(): boolean;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Of a wheel with notches, each is this many pixels or a whole part of it; a trackpad sends what the fingers did. */
const isNotched = (event: WheelEvent): boolean => event.deltaMode !== 0 || (event.deltaX === 0 && Math.abs(event.deltaY) >= 50);
/** Lines of a wheel that counts lines. */
const line = 33;
const pageScrolls = (): boolean => {
  const page = document.scrollingElement;
  return page !== null && page.scrollHeight > page.clientHeight + 1;
};

/** Pointer, wheel and touch over the port of a picture. */
export function useGlass(ref: { readonly current: HTMLElement | null }, actions: GlassActions) {
  const latest = useRef(actions);
  latest.current = actions;
  const down = useRef(new Map<number, Point>());
  const at = (event: MouseEvent): Point => {
    const box = ref.current?.getBoundingClientRect();
    return box ? { x: event.clientX - box.left, y: event.clientY - box.top } : { x: 0, y: 0 };
  };
  useEffect(() => {
    const wheel = (event: WheelEvent) => {
      const pinch = event.ctrlKey || event.metaKey;
      if (!pinch && !latest.current.moves() && pageScrolls()) return;
      const { x, y } = at(event);
      const pixels = event.deltaY * (event.deltaMode === 0 ? 1 : line);
      if (pinch) latest.current.zoom(Math.exp(-pixels * 0.01), x, y);
      else if (isNotched(event)) latest.current.zoom(Math.exp(-pixels * 0.003), x, y);
      else if (latest.current.moves()) latest.current.pan(event.deltaX, event.deltaY);
      else return;
      latest.current.over(x, y);
      event.preventDefault();
    };
    const element = ref.current;
    element?.addEventListener('wheel', wheel, { passive: false });
    return () => element?.removeEventListener('wheel', wheel);
  }, [ref]);

  const lift = (event: PointerEvent) => {
    down.current.delete(event.pointerId);
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      const point = at(event);
      latest.current.over(point.x, point.y);
      if (event.button !== 0) return;
      down.current.set(event.pointerId, point);
      ref.current?.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      const point = at(event);
      const before = down.current.get(event.pointerId);
      const others = [...down.current].filter(([id]) => id !== event.pointerId);
      if (before && event.buttons) {
        const [dx, dy] = [point.x - before.x, point.y - before.y];
        const other = others[0]?.[1];
        if (other) {
          const spread = (from: Point) => Math.hypot(from.x - other.x, from.y - other.y);
          latest.current.pan(-dx / 2, -dy / 2);
          if (spread(before) > 0)
            latest.current.zoom(spread(point) / spread(before), (point.x + other.x) / 2, (point.y + other.y) / 2);
        } else latest.current.drag(point.x, point.y, dx, dy);
        down.current.set(event.pointerId, point);
      }
      if (others.length === 0) latest.current.over(point.x, point.y);
    },
    onPointerUp: lift,
    onPointerCancel: lift,
    onPointerLeave: (event: PointerEvent) => {
      if (event.pointerType !== 'touch') latest.current.away();
    },
    onDblClick: (event: MouseEvent) => {
      const { x, y } = at(event);
      latest.current.leap(x, y);
    },
  };
}
