import type { ReadonlySignal } from '@preact/signals';
import { number, t } from '../strings';
import { type Counted, magnitudeColours, scaleOf } from './countLayer';
import { tally } from './counts';

/** So many counts are told one by one. */
const mostNamed = 6;

/** Which colours stand for which counts: every count where they are few, else the two ends. */
export function CountLegend({ counted, theme }: { counted: Counted; theme: ReadonlySignal<number> }) {
  theme.value;
  const all = [...tally(counted.down, counted.across).keys()];
  const named = all.length <= mostNamed ? all : [...new Set([all[0] ?? 0, all.at(-1) ?? 0])];
  const [colour, scale] = [magnitudeColours(), scaleOf(counted)];
  return (
    <span class="count-legend num">
      {named.map((count) => (
        <span key={count}>
          <i
            class={count === 0 ? 'never' : undefined}
            style={count === 0 ? {} : { background: `rgb(${colour(scale(count)).join(' ')})` }}
          />
          {count === 0 ? t('coverNever') : number(count)}
        </span>
      ))}
    </span>
  );
}
