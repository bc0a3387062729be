import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Drawing } from '../../image/draw';
import { formatSize, onward, t } from '../../ui/strings';
import { told } from '../../ui/told/told';
import { FactsLine } from './FactsLine';
import type { Cell } from './run';

interface CellProps {
  cell: Cell;
  /** It is the one on the bench. */
  current: boolean;
  /** Its own statistics are told beside those of the batch. */
  alone: boolean;
  onOpen(): void;
}

/** A picture and what the chain makes of it, or why it makes nothing. */
export function BatchCell({ cell: { name, made, problem }, current, alone, onOpen }: CellProps) {
  const from = made && sizeOf(made.inputShape);
  const to = made && sizeOf(made.outputShape);
  return (
    <li class={current ? 'batch-cell current' : 'batch-cell'}>
      <button type="button" aria-label={t('batchOpen', name)} aria-current={current || undefined} onClick={onOpen}>
        <span class="batch-pair" dir="ltr">
          {made ? (
            <>
              <Small drawing={made.input} />
              <Small drawing={made.output} />
            </>
          ) : (
            <>
              <i />
              <i />
            </>
          )}
        </span>
        <span class="name">{name || '…'}</span>
      </button>
      {from && to && (
        <p class="dim num">
          {from}
          {onward()}
          {to}
        </p>
      )}
      {problem && <p class="bad-text">{problem}</p>}
      {made?.notes.map((note) => (
        <p key={note} class="dim">
          {told(note)}
        </p>
      ))}
      {alone && made && made.facts.length > 0 && (
        <div class="dim">
          {t('batchAlone')}
          <FactsLine facts={made.facts.slice(0, 2)} />
        </div>
      )}
    </li>
  );
}

const sizeOf = (shape: readonly number[]): string => formatSize(shape[3] ?? shape.at(-1) ?? 1, shape[2] ?? 1);

function Small({ drawing }: { drawing: Drawing }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, rgba } = drawing;
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  }, [drawing]);
  return <canvas ref={canvas} width={width} height={height} />;
}
