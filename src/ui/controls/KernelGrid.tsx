import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../strings';
import { cellAfter, type Matrix, peakOf, sameMatrix, sizeOfMatrix, withCell } from './matrix';
import { readNumber, written } from './typed';

export interface KernelGridProps {
  readonly matrix: Matrix;
  /** `Kernel, 3 by 3`. */
  readonly name: string;
  readonly describedBy?: string;
  readonly bad: boolean;
  onMatrix(matrix: Matrix): void;
  /** A block of numbers came by paste or drop; answers whether it was taken. */
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
const anything = { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY, whole: false };

/** The weights as coloured cells: one tab stop, arrow keys, typing edits at once. A cell that is no number keeps its text and the old value. */
export function KernelGrid({ matrix, name, describedBy, bad, onMatrix, onBlock, onWrong }: KernelGridProps) {
  const size = sizeOfMatrix(matrix);
  const grid = useRef<HTMLTableElement>(null);
  const [stop, setStop] = useState<readonly [number, number]>([0, 0]);
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);
  const [inside, setInside] = useState(false);
  const peak = peakOf(matrix);
  const at = [Math.min(stop[0], size[0] - 1), Math.min(stop[1], size[1] - 1)] as const;
  const draftOf = (row: number, column: number) => drafts.find((d) => d.row === row && d.column === column);

  const mine = useRef(matrix);
  // Numbers from elsewhere (a preset, a tool, another size) take the place of what was typed.
  useEffect(() => {
    if (!sameMatrix(matrix, mine.current)) setDrafts([]);
    mine.current = matrix;
  }, [matrix]);
  const [wrong] = drafts.filter(isWrong);
  useEffect(() => {
    const value = wrong && matrix[wrong.row]?.[wrong.column];
    onWrong(wrong ? t('kernelCellBad', wrong.row + 1, wrong.column + 1, wrong.text, written(value ?? 0)) : null);
  }, [wrong?.row, wrong?.column, wrong?.text]);

  const input = (row: number, column: number) =>
    grid.current?.querySelector<HTMLInputElement>(`[data-cell="${row} ${column}"]`) ?? null;
  const typed = (row: number, column: number, text: string): void => {
    setDrafts([...drafts.filter((d) => d.row !== row || d.column !== column), { row, column, text }]);
    const read = readNumber(text, anything);
    if (!read.ok || read.value === matrix[row]?.[column]) return;
    mine.current = withCell(matrix, row, column, read.value);
    onMatrix(mine.current);
  };
  const drop = (row: number, column: number): void => setDrafts(drafts.filter((d) => d.row !== row || d.column !== column));
  const onKeyDown = (event: KeyboardEvent, row: number, column: number): void => {
    const field = event.currentTarget;
    if (!(field instanceof HTMLInputElement)) return;
    if (event.key === 'Escape' && draftOf(row, column)) {
      event.stopPropagation();
      drop(row, column);
      requestAnimationFrame(() => field.select());
      return;
    }
    if (event.altKey || event.metaKey || event.shiftKey || staysInText(event.key, field)) return;
    const to = cellAfter(event.key, [row, column], size, event.ctrlKey);
    if (!to) return;
    event.preventDefault();
    input(...to)?.focus();
  };
  return (
    <div class="cells-box">
      <table
        class={bad || wrong ? 'cells bad' : 'cells'}
        ref={grid}
        {...editable}
        aria-label={name}
        aria-describedby={describedBy}
        dir="ltr"
        style={{ '--columns': size[1] }}
        data-columns={size[1] > 7 ? 'many' : size[1] > 5 ? 'some' : 'few'}
        onFocusOut={() => setInside(false)}
      >
        <tbody>
          {matrix.map((line, row) => (
            <tr key={`row ${row + 1}`}>
              {line.map((value, column) => {
                const draft = draftOf(row, column);
                const here = inside && row === at[0] && column === at[1];
                return (
                  <td key={`column ${column + 1}`} style={paint(value, peak)}>
                    <input
                      data-cell={`${row} ${column}`}
                      type="text"
                      inputMode="text"
                      autocomplete="off"
                      spellcheck={false}
                      aria-label={t('kernelCell', row + 1, column + 1)}
                      aria-invalid={(draft && isWrong(draft)) || undefined}
                      tabIndex={row === at[0] && column === at[1] ? 0 : -1}
                      value={draft?.text ?? (here ? written(value) : short(value))}
                      title={written(value)}
                      onFocus={(event) => {
                        setStop([row, column]);
                        setInside(true);
                        event.currentTarget.select();
                      }}
                      onInput={(event) => typed(row, column, event.currentTarget.value)}
                      onBlur={() => draft && !isWrong(draft) && drop(row, column)}
                      onKeyDown={(event) => onKeyDown(event, row, column)}
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

const isWrong = ({ text }: Draft): boolean => !readNumber(text, anything).ok;

/** Left and right, Home and End move the caret while part of a text is being edited. */
function staysInText(key: string, { selectionStart, selectionEnd, value }: HTMLInputElement): boolean {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight' && key !== 'Home' && key !== 'End') return false;
  if (selectionStart !== selectionEnd) return false;
  const end = key === 'ArrowLeft' || key === 'Home' ? 0 : value.length;
  return value !== '' && selectionStart !== end;
}

/** At most three digits that count; the whole number stands in the tooltip and in the cell while it has the focus. */
function short(value: number): string {
  const text = written(Number(value.toPrecision(value !== 0 && Math.abs(value) < 1 ? 2 : 4)));
  return text.length > 6 ? written(Number(value.toPrecision(2))) : text;
}

/** A cell's colour on the signed map: the stops of the theme, mixed as pictures mix them. The ends of the map are left out. */
export function paint(value: number, peak: number): Readonly<Record<string, string>> {
  const place = 4 + (peak > 0 ? value / peak : 0) * 3.4;
  const stop = Math.min(7, Math.max(0, Math.floor(place)));
  const part = Math.round((place - stop) * 1000) / 10;
  return { '--cell': `color-mix(in srgb, var(--d${stop + 1}) ${part}%, var(--d${stop}))` };
}
