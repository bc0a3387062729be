import { effect } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo } from 'preact/hooks';
import type { Inspection } from '../../core/inspection';
import { classes } from '../parts';
import { formatSize, t } from '../strings';
import { mostCells } from './around';
import { Cells } from './Cells';
import { CurvePoint } from './CurvePoint';
import { manyColumns } from './cellViews';
import type { Kind } from './drawCell';
import { CellFilm } from './film';
import { gridViews } from './gridViews';
import { Lines } from './Lines';
import { cellOfOutput } from './linked';
import type { Inspector } from './state';
import './grids.css';
import { Where } from './Where';

/** Input, kernel, products and output side by side, linked by what is pointed at. */
export function Grids({ inspector, found, node }: { inspector: Inspector; found: Inspection; node: number }) {
  const { bench } = inspector;
  const pointed = inspector.pointed.value;
  const { x, y, kernel, channel, output, told } = found;
  const here = cellOfOutput(found, output);
  const views = gridViews(bench, node, found, pointed);
  const films = useFilms(inspector, node);
  const of = (kind: 'x' | 'w') => (pointed?.of === kind ? pointed.cell : null);
  const take = (cell: number, kind: 'x' | 'w' | 'y') => {
    const pinned = inspector.pinned.peek();
    if (kind !== 'y') inspector.pointed.value = { of: kind, cell };
    inspector.pin(!pinned);
  };
  return (
    <div class={classes('inspect-grids', widthOf(found))} style={roomOf(found)}>
      <Where inspector={inspector} found={found} node={node} />
      <Panel letter="x" title={t('viewInput')} about={t('inspectWindowOf', windowSize(found))}>
        <Cells
          name={t('inspectGridX', channel + 1)}
          kind="x"
          film={films.x}
          columns={x.columns}
          cells={views.x.cells}
          at={of('x') ?? Math.floor(x.values.length / 2)}
          onPoint={(cell) => inspector.point({ of: 'x', cell })}
          onLeave={() => inspector.point(null)}
          onTake={(cell) => take(cell, 'x')}
        />
      </Panel>
      {kernel && views.w && views.p && (
        <div class="inspect-middle">
          <Panel
            letter="w"
            title={t(told.divisor === undefined && found.told.bias !== null ? 'kernel' : 'inspectCoefficients')}
            about={formatSize(kernel.columns, kernel.rows)}
          >
            <Cells
              name={t('inspectGridW', kernel.rows, kernel.columns)}
              kind="w"
              film={films.w}
              columns={kernel.columns}
              cells={views.w.cells}
              at={of('w') ?? 0}
              onPoint={(cell) => inspector.point({ of: 'w', cell })}
              onLeave={() => inspector.point(null)}
              onTake={(cell) => take(cell, 'w')}
            />
          </Panel>
          <Panel
            letter="w·x"
            part="products"
            title={t(pointed ? (pointed.of === 'w' ? 'inspectItsProducts' : 'inspectGoesTo') : 'inspectProducts')}
          >
            <Cells name={t('inspectGridP')} kind="p" film={films.p} columns={views.p.columns} cells={views.p.cells} at={0} />
          </Panel>
        </div>
      )}
      <span class="inspect-sigma" aria-hidden="true">
        {told.ranked ? told.how : told.how === 'map' ? 'g' : 'Σ'}
      </span>
      <div class="inspect-result">
        <Panel letter="y" title={t('viewOutput')} about={t('inspectPart', formatSize(y.columns, y.rows))}>
          <Cells
            name={t('inspectGridY', output.channel + 1)}
            kind="y"
            film={films.y}
            columns={y.columns}
            cells={views.y.cells}
            at={here}
            onPoint={(cell) => {
              if (inspector.pinned.peek()) return;
              inspector.go({ row: y.top + Math.floor(cell / y.columns), column: y.left + (cell % y.columns) });
            }}
            onMove={(down, across) => inspector.move(down, across)}
            onTake={(cell) => take(cell, 'y')}
          />
        </Panel>
        {told.slope !== null && <Point inspector={inspector} node={node} />}
        <Lines inspector={inspector} node={node} />
      </div>
    </div>
  );
}

/** Only what is written changes with it. */
function Point({ inspector, node }: { inspector: Inspector; node: number }) {
  const found = inspector.written.value;
  return found && <CurvePoint bench={inspector.bench} found={found} node={node} />;
}

const kinds = ['x', 'w', 'p', 'y'] as const satisfies readonly Kind[];

/** What paints the grids while the pointer moves. */
function useFilms(inspector: Inspector, node: number): Readonly<Record<Kind, CellFilm>> {
  const films = useMemo(() => ({ x: new CellFilm('x'), w: new CellFilm('w'), p: new CellFilm('p'), y: new CellFilm('y') }), []);
  useLayoutEffect(
    () =>
      effect(() => {
        const found = inspector.found.value;
        if (!found || !inspector.filmed.value) return;
        const views = gridViews(inspector.bench, node, found, null);
        for (const kind of kinds) films[kind].paint(views[kind]?.cells ?? [], views[kind]?.columns ?? 1);
      }),
    [inspector, node, films],
  );
  return films;
}

/** From so many columns on kernel and products stand beside other grids instead of below each other: always, or where room is scarce. */
const [large, middling] = [8, 5];
function widthOf({ kernel }: Inspection): string | false {
  const columns = kernel?.columns ?? 0;
  return columns >= large ? 'large' : columns >= middling ? 'middling' : false;
}

/** How many cells have to find room beside and below each other. */
function roomOf({ x, y, kernel }: Inspection) {
  const seen = (cells: number): number => Math.min(cells, mostCells);
  const kernelColumns = kernel?.columns ?? 0;
  const columns = seen(Math.max(kernelColumns, y.columns));
  const rows = seen(Math.max(kernel?.rows ?? 0, y.rows));
  return {
    '--most-cells': mostCells,
    '--least': kernelColumns >= manyColumns && kernelColumns <= mostCells ? '1.5rem' : '1.75rem',
    '--columns': columns,
    '--rows': rows,
    '--across': seen(x.columns) + (kernel ? columns : y.columns),
    '--down': Math.max(seen(x.rows), kernel ? seen(kernel.rows) + rows + 2 : y.rows),
  };
}

function windowSize({ window }: Inspection): string {
  const span = (positions: readonly number[]) =>
    positions.length === 0 ? 0 : Math.max(...positions) - Math.min(...positions) + 1;
  return formatSize(span(window.columns), span(window.rows));
}

function Panel({
  letter,
  part = `of-${letter}`,
  title,
  about,
  children,
}: {
  letter: string;
  part?: string;
  title: string;
  about?: string;
  children: ComponentChildren;
}) {
  return (
    <div class={`inspect-panel ${part}`}>
      <h3>
        <span class={`tag ${letter.length === 1 ? letter : 'plain'}`} dir="ltr">
          {letter}
        </span>
        {title}
        {about && <span class="dim num">{about}</span>}
      </h3>
      {children}
    </div>
  );
}
