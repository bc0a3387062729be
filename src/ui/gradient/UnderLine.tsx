import { t } from '../strings';
import { useSpoken } from '../view/spoken';
import type { Under } from './under';
import { saysUnder } from './words';

/** The number under the pointer, in a line that keeps its height and stays in sight. */
export function UnderLine({ under }: { under: Under }) {
  const told = under.told.value;
  const words = told && saysUnder(told);
  const spoken = useSpoken(words ?? '');
  return (
    <p class="gradient-under">
      {words === null ? (
        <span class="dim">{t('gradientUnderNone')}</span>
      ) : (
        <span class="num" aria-hidden="true">
          {words}
        </span>
      )}
      <span class="sr" aria-live="polite">
        {spoken}
      </span>
    </p>
  );
}
