import type { Mapping } from '../../image/display';

export interface LegendProps {
  readonly mapping: Exclude<Mapping, 'auto'>;
  /** The values at the two ends. */
  readonly low: number;
  readonly high: number;
}

/** Which colours stand for which values. */
export function Legend(_props: LegendProps) {
  return <span class="legend" />;
}
