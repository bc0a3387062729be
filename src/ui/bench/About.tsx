import { opOf } from '../../core/registry';
import { formulas } from '../formulas';
import { opSummary } from '../strings';

/** What an op is: its formula and its summary. */
export function About({ op }: { op: string }) {
  const declared = opOf(op);
  const formula = Object.hasOwn(formulas, op) ? formulas[op] : undefined;
  return (
    <div class="about">
      {formula && <Formula mathml={formula} />}
      <p>{opSummary(declared)}</p>
    </div>
  );
}

/** MathML that the build made from the op's TeX. */
export function Formula({ mathml }: { mathml: string }) {
  return <div class="formula" ref={(element) => element?.replaceChildren(mathOf(mathml))} />;
}

function mathOf(mathml: string): Node {
  const parsed = new DOMParser().parseFromString(mathml, 'text/html').body.firstElementChild;
  return parsed ?? document.createTextNode('');
}
