import { useLayoutEffect, useRef } from 'preact/hooks';
import { classes } from '../parts';
import { mostCells } from './around';
import './cells.css';
import type { Kind } from './drawCell';
import type { CellFilm } from './film';
import type { Tint } from './tint';

export interface CellView {
  readonly text: string;
  readonly tint?: Tint;
  /** `border`, `unread`, `nothing`, `lit`, `here`, `won`: how it is drawn. */
  readonly marks: string;
  /** What a screen reader says of it beside its number. */
  readonly note?: string;
}
export interface CellsProps {
  readonly name: string;
  readonly kind: Kind;
  /** What shows the cells while they change with every frame. */
  readonly film: CellFilm;
  readonly columns: number;
  readonly cells: readonly CellView[];
  /** The cell that keys go from. */
  readonly at: number;
  /** The pointer is on a cell, or the keys went there. */
  onPoint?(cell: number): void;
  onLeave?(): void;
  /** Where a key moves to from `at`, where that is not the next cell. */
  onMove?(down: number, across: number): void;
  /** Enter, or a press. */
  onTake?(cell: number): void;
}

const arrows: Readonly<Record<string, readonly [down: number, across: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Cells that keys walk through make a table a grid. */
const walked = { role: 'grid' } as const;

/** Numbers in coloured cells; one tab stop, arrow keys. A matrix never turns round with the language. */
export function Cells({ name, kind, film, columns, cells, at, onPoint, onLeave, onMove, onTake }: CellsProps) {
  const grid = useRef<HTMLTableElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => (grid.current && canvas.current ? film.attach(grid.current, canvas.current) : undefined), [film]);
  const stop = Math.min(at, cells.length - 1);
  const focus = (cell: number) => grid.current?.querySelector<HTMLElement>(`[data-cell="${cell}"]`)?.focus();
  const cellOf = (event: Event): number | null => {
    const found = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-cell]') : null;
    return found ? Number(found.dataset.cell) : null;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const from = cellOf(event);
    if (from === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = arrows[event.key];
    if (step) {
      const [down, across] = step;
      event.preventDefault();
      if (onMove) {
        onMove(down, across);
        return;
      }
      const [row, column] = [Math.floor(from / columns) + down, (from % columns) + across];
      if (row < 0 || column < 0 || column >= columns || row * columns >= cells.length) return;
      onPoint?.(row * columns + column);
      focus(row * columns + column);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onTake?.(from);
    }
  };
  const over = (event: Event): void => {
    const cell = cellOf(event);
    if (cell !== null) onPoint?.(cell);
  };
  const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) =>
    cells.slice(row * columns, (row + 1) * columns),
  );
  useLayoutEffect(() => {
    if (grid.current?.contains(document.activeElement)) focus(stop);
  }, [stop]);
  const box = useMiddle(columns, rows.length);
  return (
    <div
      class={classes('cell-box', columns > mostCells && 'wide', rows.length > mostCells && 'tall')}
      // The last column in sight is cut, so that one sees that there are more.
      style={{ '--sight': columns > mostCells ? mostCells + 0.5 : columns }}
      dir="ltr"
      ref={box}
    >
      <div class="cell-room">
        <table
          class={`cell-grid of-${kind}`}
          {...walked}
          aria-label={name}
          ref={grid}
          onKeyDown={onKeyDown}
          // Not `over`: cells that come to lie under a pointer at rest are not pointed at.
          onPointerMove={over}
          onPointerDown={(event) => event.pointerType === 'touch' && over(event)}
          onClick={(event) => {
            const cell = cellOf(event);
            if (cell !== null) onTake?.(cell);
          }}
          onPointerLeave={(event) => event.pointerType !== 'touch' && onLeave?.()}
          // Where keys move the place itself, the focus follows it and leads nowhere.
          onFocusIn={onMove ? undefined : over}
          onFocusOut={(event) => {
            const to = event.relatedTarget;
            if (!(to instanceof Node && grid.current?.contains(to))) onLeave?.();
          }}
        >
          <tbody>
            {rows.map((line, row) => (
              <tr key={`row ${row + 1}`}>
                {line.map((cell, column) => {
                  const k = row * columns + column;
                  return (
                    <td
                      key={`column ${column + 1}`}
                      data-cell={k}
                      class={classes('num', cell.marks)}
                      tabIndex={k === stop ? 0 : -1}
                      aria-label={cell.note}
                      aria-current={/\bhere\b/.test(cell.marks) || undefined}
                      style={cell.tint && { ...cell.tint }}
                    >
                      {cell.text}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        <span class="film" aria-hidden="true">
          <canvas ref={canvas} width={0} height={0} />
        </span>
      </div>
    </div>
  );
}

/** A box that shows the middle of so many cells where they are more than it has room for. */
function useMiddle(columns: number, rows: number) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current: at } = box;
    at?.scrollTo((at.scrollWidth - at.clientWidth) / 2, (at.scrollHeight - at.clientHeight) / 2);
  }, [columns, rows]);
  return box;
}
