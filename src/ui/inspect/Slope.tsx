import type { Inspection } from '../../core/inspection';
import { number } from '../strings';
import { meeting } from './linked';
import { Sign } from './Maths';
import { decimals, significant } from './shown';
import type { Pointed } from './state';

/** Terms that are written out. */
const most = 4;

/** The way the gradient takes home: for a pixel through the weights, for a weight through the pixels that it meets. */
export function Slope({ found, pointed }: { found: Inspection; pointed: Pointed }) {
  const { kernel, x, told } = found;
  const met = meeting(found, pointed).filter(({ link }) => link.cell >= 0 && link.weight >= 0);
  if (!kernel || told.how !== 'sum' || met.length === 0) return null;
  const ofWeight = pointed.of === 'w';
  const factorOf = ({ link }: (typeof met)[number]) =>
    ofWeight ? decimals(x.values[link.cell]!, 3, 'x') : significant(kernel.values[link.weight]!, 4, 'w');
  return (
    <math>
      <mfrac>
        <mrow>
          <mi>∂</mi>
          <mi>L</mi>
        </mrow>
        <mrow>
          <mi>∂</mi>
          <mi class={ofWeight ? 'of-w' : 'of-x'}>{pointed.of}</mi>
        </mrow>
      </mfrac>
      <mo>=</mo>
      {met.slice(0, most).map((one, i) => {
        const factor = factorOf(one);
        return (
          <mrow key={`${one.output.row} ${one.output.column} ${one.link.weight}`}>
            {(i > 0 || factor.value < 0) && <Sign text={factor.value < 0 ? '−' : '+'} leads={i === 0} />}
            <mn class={`of-${factor.role}`}>{factor.text.replace('−', '')}</mn>
            <mo>·</mo>
            <msub>
              <mi class="of-y">dy</mi>
              <mrow>
                <mn>{number(one.output.row)}</mn>
                <mo>,</mo>
                <mn>{number(one.output.column)}</mn>
              </mrow>
            </msub>
          </mrow>
        );
      })}
      {(met.length > most || ofWeight) && (
        <mrow>
          <Sign text="+" />
          <mi mathvariant="normal">…</mi>
        </mrow>
      )}
    </math>
  );
}
