// The window on the first picture and the output on the second, as long as the inspector is open.

import { useMemo } from 'preact/hooks';
import { classes } from '../parts';
import type { Frame } from '../view/frames';
import { useOverlay } from '../view/overlays';
import type { Inspector } from './state';

/** CSS px of a pixel from which gaps between taps are drawn, and the most taps that are. */
const [apart, mostTaps] = [4, 400];

export function Windows({ inspector }: { inspector: Inspector }) {
  const { bench } = inspector;
  const [Window, Output] = useMemo(
    () => [
      ({ frame }: { frame: Frame }) => <WindowMarks inspector={inspector} frame={frame} />,
      ({ frame }: { frame: Frame }) => <OutputMarks inspector={inspector} frame={frame} />,
    ],
    [inspector],
  );
  useOverlay(bench, { id: 'inspect', side: 'input', Content: Window });
  useOverlay(bench, { id: 'inspect', side: 'output', Content: Output });
  return null;
}

interface Range {
  readonly from: number;
  readonly count: number;
}
const rangeOf = (positions: readonly number[]): Range | null => {
  if (positions.length === 0) return null;
  const [low, high] = [Math.min(...positions), Math.max(...positions)];
  return { from: low, count: high - low + 1 };
};

function WindowMarks({ inspector, frame }: { inspector: Inspector; frame: Frame }) {
  const found = inspector.found.value;
  const size = frame.sight.size.value;
  const [, , h, w] = found?.shapes.x ?? [];
  if (!found || !inspector.reads.value || size?.width !== w || size?.height !== h) return null;
  const pointed = inspector.pointed.value;
  if (pointed?.of === 'x') {
    const [row, column] = [
      found.x.top + Math.floor(pointed.cell / found.x.columns),
      found.x.left + (pointed.cell % found.x.columns),
    ];
    return <Box frame={frame} kind="x" rows={{ from: row, count: 1 }} columns={{ from: column, count: 1 }} />;
  }
  const { rows, columns } = found.window;
  const [down, across] = [rangeOf(rows), rangeOf(columns)];
  if (!down || !across) return null;
  const { width, height } = frame.cell.value;
  const gaps = down.count > rows.length || across.count > columns.length;
  const taps =
    gaps && Math.min(width, height) >= apart && rows.length * columns.length <= mostTaps && !found.window.whole.some(Boolean);
  return (
    <>
      <Box frame={frame} kind="x" rows={down} columns={across} faint={taps} />
      {taps &&
        rows.map((row) =>
          columns.map((column) => (
            <Box
              key={`${row} ${column}`}
              frame={frame}
              kind="x"
              rows={{ from: row, count: 1 }}
              columns={{ from: column, count: 1 }}
            />
          )),
        )}
    </>
  );
}

function OutputMarks({ inspector, frame }: { inspector: Inspector; frame: Frame }) {
  const found = inspector.found.value;
  if (!found || !inspector.shown.value) return null;
  const pointed = inspector.pointed.value;
  if (pointed?.of === 'x') {
    const rows = rangeOf(found.feeds.rows[Math.floor(pointed.cell / found.x.columns)] ?? []);
    const columns = rangeOf(found.feeds.columns[pointed.cell % found.x.columns] ?? []);
    return rows && columns && <Box frame={frame} kind="y" rows={rows} columns={columns} />;
  }
  const { row, column } = found.output;
  return <Box frame={frame} kind="y" rows={{ from: row, count: 1 }} columns={{ from: column, count: 1 }} />;
}

/** An outline around whole pixels, never smaller than can be seen. */
function Box({
  frame,
  kind,
  rows,
  columns,
  faint = false,
}: {
  frame: Frame;
  kind: 'x' | 'y';
  rows: Range;
  columns: Range;
  faint?: boolean;
}) {
  const at = frame.laid.value;
  const { width, height } = frame.cell.value;
  if (!at) return null;
  const left = at.left + (columns.from + columns.count / 2) * width;
  const top = at.top + (rows.from + rows.count / 2) * height;
  return (
    <i
      class={classes('outlined inspect-box', `of-${kind}`, faint && 'faint')}
      style={{
        transform: `translate(${left}px, ${top}px) translate(-50%, -50%)`,
        width: `${columns.count * width}px`,
        height: `${rows.count * height}px`,
      }}
    />
  );
}
