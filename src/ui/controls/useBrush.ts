import { useEffect, useRef } from 'preact/hooks';
import { type Cell, cellsBetween } from './matrix';

export type Stroke = 'begins' | 'ends';
interface Brush {
  readonly grid: { readonly current: HTMLElement | null };
  /** The value that is painted; null: no brush in the hand. */
  readonly brush: number | null;
  value(cell: Cell): number;
  put(cells: readonly Cell[], value: number): void;
  onStroke(stroke: Stroke): void;
  onPick(value: number): void;
}

/** Handlers of the grid by which a drag of mouse, pen or finger paints cells; Alt and a press pick a cell's value up. */
export function useBrush({ grid, brush, value, put, onStroke, onPick }: Brush) {
  const last = useRef<Cell | null>(null);
  const end = (): void => {
    if (!last.current) return;
    last.current = null;
    onStroke('ends');
  };
  const ending = useRef(end);
  ending.current = end;
  useEffect(() => () => ending.current(), []);
  if (brush === null) return {};
  return {
    onPointerDown(event: PointerEvent): void {
      const cell = cellUnder(event);
      if (!cell || event.button !== 0) return;
      event.preventDefault();
      grid.current?.querySelector<HTMLInputElement>(`[data-cell="${cell.join(' ')}"]`)?.focus();
      if (event.altKey) {
        onPick(value(cell));
        return;
      }
      grid.current?.setPointerCapture(event.pointerId);
      last.current = cell;
      onStroke('begins');
      put([cell], brush);
    },
    onPointerMove(event: PointerEvent): void {
      const cell = last.current && cellUnder(event);
      if (!cell || !last.current || (cell[0] === last.current[0] && cell[1] === last.current[1])) return;
      const passed = cellsBetween(last.current, cell);
      last.current = cell;
      put(passed, brush);
    },
    onPointerUp: end,
    onPointerCancel: end,
    onLostPointerCapture: end,
  };
}

/** The cell at the pointer: while it is captured, events are of the grid. */
function cellUnder({ clientX, clientY }: PointerEvent): Cell | null {
  const cell = document.elementFromPoint(clientX, clientY)?.closest('td')?.querySelector('input')?.dataset.cell;
  const [row, column] = cell?.split(' ').map(Number) ?? [];
  return row === undefined || column === undefined ? null : [row, column];
}
