import { digitsFor } from '../controls/Legend';
import { number, t } from '../strings';

export interface ScaleProps {
  /** The values at the two ends. */
  readonly low: number;
  readonly high: number;
  readonly diverging: boolean;
}

/** Which colours stand for which values in maps that have one scale. */
export function Scale({ low, high, diverging }: ScaleProps) {
  const digits = digitsFor(low, high);
  const [from, to] = [number(low, digits), number(high, digits)];
  const words = t(diverging ? 'legendSymmetric' : 'legendMagnitude', from, to);
  return (
    <span class="legend num" dir="ltr">
      <span aria-hidden="true">{from}</span>
      <i class={diverging ? 'div' : 'mag'} role="img" aria-label={words} title={words} />
      <span aria-hidden="true">{to}</span>
    </span>
  );
}
