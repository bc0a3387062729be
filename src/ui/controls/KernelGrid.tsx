import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../strings';
import { cellNumber, isUnfinished, isWrong, paint, staysInText, stepsIn } from './cells';
import {
  type Cell,
  cellAfter,
  type Matrix,
  partnersOf,
  peakOf,
  type Symmetry,
  sameMatrix,
  sizeOfMatrix,
  stepFor,
  withCells,
} from './matrix';
import { weightOf } from './pasted';
import { tidy } from './ranges';
import { written } from './typed';
import { type Stroke, useBrush } from './useBrush';

export interface KernelGridProps {
  readonly matrix: Matrix;
  /** `Kernel, 3 by 3`. */
  readonly name: string;
  readonly describedBy?: string;
  readonly bad: boolean;
  /** What an edit takes along. */
  readonly symmetry: Symmetry;
  /** The value that a drag puts into cells; null while the pointer selects text. */
  readonly brush: number | null;
  onMatrix(matrix: Matrix): void;
  /** A stroke of the brush begins or ends: all of it is one change. */
  onStroke(stroke: Stroke): void;
  /** A press with Alt takes the value of a cell for the brush. */
  onPick(value: number): void;
  /** A block of numbers came by paste; answers whether it was taken. */
  onBlock(text: string): boolean;
  /** The sentence about a cell that is not a number; null when all are. */
  onWrong(sentence: string | null): void;
}

interface Draft {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}
/** Cells that are edited in place make a table a grid. */
const editable = { role: 'grid' } as const;

/** The weights as coloured cells: one tab stop, arrow keys, typing edits at once. A cell that is no number keeps its text and the old value. */
export function KernelGrid(props: KernelGridProps) {
  const { matrix, name, describedBy, bad, symmetry, brush, onMatrix, onStroke, onPick, onBlock, onWrong } = props;
  const size = sizeOfMatrix(matrix);
  const grid = useRef<HTMLTableElement>(null);
  const [stop, setStop] = useState<Cell>([0, 0]);
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);
  const [inside, setInside] = useState(false);
  const [changing, setChanging] = useState(false);
  const step = useRef(0.1);
  const fresh = useRef(false);
  const peak = peakOf(matrix);
  const at: Cell = [Math.min(stop[0], size[0] - 1), Math.min(stop[1], size[1] - 1)];
  const draftOf = (row: number, column: number) => drafts.find((d) => d.row === row && d.column === column);

  const mine = useRef(matrix);
  // Numbers from elsewhere (a preset, a tool, another size) take the place of what was typed. Before the next event, or a quick stroke loses cells.
  useLayoutEffect(() => {
    if (!sameMatrix(matrix, mine.current)) setDrafts([]);
    mine.current = matrix;
  }, [matrix]);
  const isHere = (row: number, column: number): boolean => inside && row === at[0] && column === at[1];
  // A sign or an empty cell is no fault while it is being typed.
  const wrongs = drafts.filter((d) => isWrong(d) && !(isUnfinished(d) && isHere(d.row, d.column)));
  const [wrong] = wrongs;
  useEffect(() => {
    const value = wrong && matrix[wrong.row]?.[wrong.column];
    onWrong(wrong ? t('kernelCellBad', wrong.row + 1, wrong.column + 1, wrong.text, written(value ?? 0)) : null);
  }, [wrong?.row, wrong?.column, wrong?.text]);

  const input = ([row, column]: Cell) => grid.current?.querySelector<HTMLInputElement>(`[data-cell="${row} ${column}"]`) ?? null;
  /** Puts a value into a cell and its partners; drafts of all of them are out of date. */
  const put = (cells: readonly Cell[], value: number, keep?: Draft): void => {
    const all = cells.flatMap((cell) => partnersOf(cell, size, symmetry));
    setDrafts((old) => [...old.filter((d) => !all.some(([r, c]) => r === d.row && c === d.column)), ...(keep ? [keep] : [])]);
    const next = withCells(mine.current, all, value);
    if (sameMatrix(next, mine.current)) return;
    mine.current = next;
    onMatrix(next);
  };
  const typed = (row: number, column: number, text: string): void => {
    const value = weightOf(text);
    if (!Number.isNaN(value)) put([[row, column]], value, { row, column, text });
    else setDrafts([...drafts.filter((d) => d.row !== row || d.column !== column), { row, column, text }]);
  };
  const drop = (row: number, column: number): void => setDrafts(drafts.filter((d) => d.row !== row || d.column !== column));
  const nudge = (row: number, column: number, by: number): void => {
    put([[row, column]], tidy((mine.current[row]?.[column] ?? 0) + by * step.current));
    requestAnimationFrame(() => input([row, column])?.select());
  };
  const stroke = useBrush({ grid, brush, put, onStroke, onPick, value: ([r, c]) => matrix[r]?.[c] ?? 0 });

  const onKeyDown = (event: KeyboardEvent, row: number, column: number): void => {
    fresh.current = false;
    const field = event.currentTarget;
    if (!(field instanceof HTMLInputElement)) return;
    if (event.key === 'Escape' && (draftOf(row, column) || changing)) {
      event.stopPropagation();
      setChanging(false);
      drop(row, column);
      requestAnimationFrame(() => field.select());
      return;
    }
    const by = stepsIn(event, changing);
    if (by !== null) {
      event.preventDefault();
      nudge(row, column, by);
      return;
    }
    if (event.key === 'F2' || (changing && event.key === 'Enter')) {
      event.preventDefault();
      setChanging(!changing);
      return;
    }
    if (brush !== null && event.key === ' ') {
      event.preventDefault();
      put([[row, column]], brush);
      return;
    }
    const painting = brush !== null && event.shiftKey;
    if (event.altKey || event.metaKey || (event.shiftKey && !painting)) return;
    if (!painting && staysInText(event.key, field)) return;
    const to = cellAfter(event.key, [row, column], size, event.ctrlKey);
    if (!to) return;
    event.preventDefault();
    if (painting && brush !== null) put([to], brush);
    input(to)?.focus();
  };
  const narrow = size[1] > 5 ? peak : undefined;
  return (
    <div class="cells-box">
      <table
        class={['cells', (bad || wrong) && 'bad', brush !== null && 'brushed', changing && 'changing'].filter(Boolean).join(' ')}
        ref={grid}
        {...editable}
        aria-label={name}
        aria-describedby={describedBy}
        dir="ltr"
        style={{ '--columns': size[1] }}
        data-columns={size[1] > 7 ? 'many' : size[1] > 5 ? 'some' : 'few'}
        onFocusOut={() => setInside(false)}
        {...stroke}
      >
        <tbody>
          {matrix.map((line, row) => (
            <tr key={`row ${row + 1}`}>
              {line.map((value, column) => {
                const draft = draftOf(row, column);
                const here = isHere(row, column);
                const text = draft?.text ?? (here ? written(value) : cellNumber(value, narrow));
                return (
                  <td key={`column ${column + 1}`} style={paint(value, peak)} data-side={column < size[1] / 2 ? 'start' : 'end'}>
                    <input
                      data-cell={`${row} ${column}`}
                      type="text"
                      inputMode="text"
                      autocomplete="off"
                      spellcheck={false}
                      style={here ? { '--len': text.length } : undefined}
                      aria-label={t('kernelCell', row + 1, column + 1)}
                      aria-invalid={(draft && wrongs.includes(draft)) || undefined}
                      tabIndex={row === at[0] && column === at[1] ? 0 : -1}
                      value={text}
                      title={written(value)}
                      onFocus={(event) => {
                        setStop([row, column]);
                        setInside(true);
                        step.current = stepFor(mine.current);
                        const field = event.currentTarget;
                        // The whole number before it is selected: a new text would take the selection away.
                        if (!draft) field.value = written(value);
                        field.select();
                        fresh.current = true;
                        // The whole number is wider than the cell.
                        requestAnimationFrame(() => field.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
                      }}
                      onMouseUp={(event) => {
                        // The press that brought the focus has put the caret somewhere.
                        if (fresh.current) event.currentTarget.select();
                        fresh.current = false;
                      }}
                      onInput={(event) => typed(row, column, event.currentTarget.value)}
                      onBlur={() => {
                        setChanging(false);
                        if (draft && !isWrong(draft)) drop(row, column);
                      }}
                      onKeyDown={(event) => onKeyDown(event, row, column)}
                      onWheel={(event) => {
                        const along = event.deltaY || event.deltaX;
                        if (document.activeElement !== event.currentTarget || along === 0) return;
                        event.preventDefault();
                        nudge(row, column, (along < 0 ? 1 : -1) * (event.shiftKey ? 10 : 1));
                      }}
                      onPaste={(event) => {
                        if (onBlock(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
                      }}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
