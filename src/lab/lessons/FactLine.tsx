import { type FactName, facts } from '../../core/lessons/facts';
import { t } from '../../ui/strings';
import { factText } from './built';
import type { Stage } from './stage';

/** What was measured of the figure, large. */
export function FactLine({ stage, names }: { stage: Stage; names: readonly FactName[] }) {
  const taken = stage.taken.value;
  if (names.length === 0) return null;
  return (
    <dl class="lesson-facts" aria-live="polite" aria-busy={stage.stale.value}>
      {names.map((name) => (
        <div key={name}>
          <dt>{t(`lessonFact_${name}`)}</dt>
          <dd class="num" dir="auto">
            {taken ? factText(name, facts[name](taken)) : '–'}
          </dd>
        </div>
      ))}
    </dl>
  );
}
