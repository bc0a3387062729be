import { opOf } from '../../core/registry';
import { formulas } from '../formulas';
import { opSummary } from '../strings';
import { Formula } from './Formula';

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
