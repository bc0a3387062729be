import type { Fact } from '../../core/op';
import { number } from '../../ui/strings';

/** More channels than this are not written out. */
const most = 4;

/** What a step found, a line for each: a number for every channel. */
export function FactsLine({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts-line">
      {facts.map(({ title, values }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd class="num">
            {values
              .slice(0, most)
              .map((value) => number(value, 3))
              .join('  ')}
            {values.length > most && ' …'}
          </dd>
        </div>
      ))}
    </dl>
  );
}
