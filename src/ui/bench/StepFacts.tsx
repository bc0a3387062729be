import { factTitle, number } from '../strings';
import type { Bench } from './state';

/** More channels than these are left out. */
const MOST = 4;

/** What the current step tells of the work behind its result, a line each with one number for every channel; nothing for most ops. */
export function StepFacts({ bench }: { bench: Bench }) {
  const { facts, node } = bench.output.value ?? {};
  if (!facts || node !== bench.current.value || bench.misfit.value || bench.failure.value?.of === 'run') return null;
  return (
    <dl class="step-facts">
      {facts.map(({ title, values }) => (
        <div key={title}>
          <dt>{factTitle(title)}</dt>
          {values.slice(0, MOST).map((value, channel) => (
            <dd class="num" key={channel}>
              {number(value, 4)}
            </dd>
          ))}
          {values.length > MOST && <dd>…</dd>}
        </div>
      ))}
    </dl>
  );
}
