import type { ComponentProps } from 'preact';
import { useMemo } from 'preact/hooks';
import { digitMarks } from './digits';
import { gridMarks, litMarks, type Mark, stampMarks } from './marks';
import type { Cell, Model } from './model';
import { cellAt, type GridBox, type GridName, layOutScheme, side } from './schemeLayout';
import type { SchemeState } from './state';
import { gridTitle } from './words';

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Input, window and output cell by cell. Pointing at a cell, or walking to it, lights up the cells of the other two that belong to it. */
export function SchemeFigure({ state, model }: { state: SchemeState; model: Model }) {
  const { pointed, numbered, focus, lit, player } = state;
  const layout = useMemo(() => layOutScheme(model), [model]);
  const titles = useMemo(
    () => ({ input: gridTitle(model, 'input'), tap: gridTitle(model, 'tap'), output: gridTitle(model, 'output') }),
    [model],
  );
  const cells = useMemo(() => gridMarks(model, layout, titles), [model, layout, titles]);
  const now = focus.value;
  const played = model.view === 'stamps' && pointed.value === null ? state.at.value : null;
  const all = model.height.length * model.width.length;
  const under = (event: PointerEvent): (Cell & { readonly on: GridName }) | null => {
    if (!(event.currentTarget instanceof Element)) return null;
    const box = event.currentTarget.getBoundingClientRect();
    const scale = layout.width / box.width;
    return cellAt(layout, (event.clientX - box.left) * scale, (event.clientY - box.top) * scale);
  };
  const point = (event: PointerEvent): void => {
    const cell = under(event);
    if (cell?.on === pointed.peek()?.on && cell?.row === pointed.peek()?.row && cell?.column === pointed.peek()?.column) return;
    if (cell) player.stop();
    pointed.value = cell;
  };
  const walk = (grid: GridBox, event: KeyboardEvent): void => {
    if (event.key === 'Escape' && pointed.peek()) {
      event.preventDefault();
      pointed.value = null;
      return;
    }
    const by = arrows[event.key];
    if (!by) return;
    event.preventDefault();
    player.stop();
    const from = pointed.peek()?.on === grid.name ? pointed.peek() : null;
    const bounded = (at: number, first: number, count: number) => Math.min(first + count - 1, Math.max(first, at));
    pointed.value = {
      on: grid.name,
      row: from ? bounded(from.row + by[0], grid.first.row, grid.rows) : Math.max(0, grid.first.row),
      column: from ? bounded(from.column + by[1], grid.first.column, grid.columns) : Math.max(0, grid.first.column),
    };
  };
  const cellsLit = lit.value;
  const digits = numbered.value && now && cellsLit ? digitMarks(model, layout, state.channel.value, now, cellsLit, played) : [];
  return (
    <div
      class="scheme"
      style={{ '--scheme-width': layout.width / side, aspectRatio: `${layout.width} / ${layout.height}` }}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={(event) => {
        if (event.pointerType !== 'touch') pointed.value = null;
      }}
    >
      <svg viewBox={`0 0 ${layout.width} ${layout.height}`} aria-hidden="true">
        <Marks marks={cells} />
        <Marks marks={stampMarks(model, layout, played ?? all, !numbered.value)} />
        {cellsLit && now && <Marks marks={litMarks(model, layout, cellsLit, now.on)} />}
        <Marks marks={digits} />
      </svg>
      {layout.grids.map((grid) => (
        <Plane
          key={grid.name}
          class="scheme-grid"
          role="img"
          tabIndex={0}
          aria-label={titles[grid.name]}
          style={{
            left: percent(grid.x, layout.width),
            top: percent(grid.y, layout.height),
            width: percent(grid.columns * side, layout.width),
            height: percent(grid.rows * side, layout.height),
          }}
          onKeyDown={(event: KeyboardEvent) => walk(grid, event)}
          onBlur={() => {
            pointed.value = null;
          }}
        />
      ))}
    </div>
  );
}

/** A picture to be walked through with arrow keys, as the two views are. */
const Plane = (props: ComponentProps<'div'>) => <div {...props} />;
const percent = (part: number, of: number): string => `${(100 * part) / of}%`;

/** Cells of one meaning are one path: a large scheme has thousands. */
function Marks({ marks }: { marks: readonly Mark[] }) {
  const cells = new Map<string, string>();
  for (const mark of marks) {
    if (mark.kind !== 'rect') continue;
    const { role, x, y, width, height } = mark;
    cells.set(role, `${cells.get(role) ?? ''}M${x} ${y}h${width}v${height}h${-width}z`);
  }
  return (
    <>
      {[...cells].map(([role, d]) => (
        <path key={role} class={role} d={d} />
      ))}
      {marks.flatMap((mark, i) => (mark.kind === 'rect' ? [] : [<Written key={`${mark.kind} ${i + 1}`} mark={mark} />]))}
    </>
  );
}

function Written({ mark }: { mark: Exclude<Mark, { kind: 'rect' }> }) {
  if (mark.kind === 'line') return <line class={mark.role} x1={mark.x} y1={mark.y} x2={mark.toX} y2={mark.toY} />;
  return (
    <text class={mark.role} x={mark.x} y={mark.y}>
      {mark.text}
    </text>
  );
}
