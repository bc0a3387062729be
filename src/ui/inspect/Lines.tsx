import { useRef } from 'preact/hooks';
import type { Inspection } from '../../core/inspection';
import { number, plural, t } from '../strings';
import { useSpoken } from '../view/spoken';
import { arithmetic, digitsFor, type Label, type Line } from './arithmetic';
import { inWords } from './inWords';
import { Maths, Value } from './Maths';
import { notesOf, pointedSaid, roundingSaid, saidOf } from './said';
import type { Inspector } from './state';
import { largestOf } from './tint';
import { useSteadyHeight } from './useSteadyHeight';
import './lines.css';

/** The arithmetic of one value: a line for each input channel, bias, what rounding hides, and the value; said aloud where nothing is pointed at. */
export function Lines({ inspector, node }: { inspector: Inspector; node: number }) {
  const found = inspector.written.value;
  return found && <LinesOf inspector={inspector} node={node} found={found} />;
}

function LinesOf({ inspector, node, found }: { inspector: Inspector; node: number; found: Inspection }) {
  const pointed = inspector.pointed.value;
  const lines = arithmetic(found, digitsFor(largestOf(inspector.bench, node, found.value)));
  const box = useRef<HTMLDivElement>(null);
  useSteadyHeight(box, node);
  const spoken = useSpoken(pointed ? pointedSaid(found, pointed) : saidOf(found, lines));
  return (
    <div class="inspect-lines" ref={box}>
      <h3>{t('inspectArithmetic')}</h3>
      <div class="inspect-sums" dir="ltr">
        {lines.lines.map((line) => (
          <LineRow key={keyOf(line.label)} line={line} found={found} />
        ))}
      </div>
      <ul class="inspect-notes">
        {notesOf(found, lines.lines).map((note) => (
          <li key={note}>{note}</li>
        ))}
        <li>{roundingSaid(lines)}</li>
      </ul>
      <span class="sr" aria-live="polite">
        {spoken}
      </span>
    </div>
  );
}

function LineRow({ line, found }: { line: Line; found: Inspection }) {
  const last = line.label.of === 'value';
  return (
    <div class={last ? 'inspect-line last' : 'inspect-line'}>
      <span class="label">{last ? <YLetter found={found} /> : labelOf(line.label)}</span>
      <span class="right">{line.right && <Maths shown={line.right} text={inWords(line.right)} />}</span>
      <span class="result num" dir="ltr">
        <span class="equals">=</span>
        <Value num={line.result} />
      </span>
    </div>
  );
}

/** `y` with its row and column. */
function YLetter({ found }: { found: Inspection }) {
  return (
    <math>
      <msub>
        <mi class="of-y">y</mi>
        <mrow>
          <mn>{number(found.output.row)}</mn>
          <mo>,</mo>
          <mn>{number(found.output.column)}</mn>
        </mrow>
      </msub>
    </math>
  );
}

const keyOf = (label: Label): string => (label.of === 'channel' ? `channel ${label.channel}` : label.of);

function labelOf(label: Label): string {
  switch (label.of) {
    case 'channel':
      return t('inspectLineChannel', number(label.channel + 1));
    case 'channels':
      return plural('inspectLineOthers', label.channels);
    case 'bias':
      return t('inspectLineBias');
    case 'offset':
      return t('inspectLineOffset');
    case 'rounding':
      return t('inspectLineRounding');
    case 'value':
      return '';
  }
}
