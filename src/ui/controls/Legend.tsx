import type { Mapping } from '../../image/display';
import { type MessageKey, number, t } from '../strings';

export interface LegendProps {
  readonly mapping: Exclude<Mapping, 'auto'>;
  /** The values at the two ends. */
  readonly low: number;
  readonly high: number;
}

const keys = {
  clamp: 'legendClamp',
  minmax: 'legendMinmax',
  symmetric: 'legendSymmetric',
  abs: 'legendAbs',
} as const satisfies Record<LegendProps['mapping'], MessageKey>;

/** Which colours stand for which values; the same tokens as the picture and the kernel. */
export function Legend({ mapping, low, high }: LegendProps) {
  const signed = mapping === 'symmetric';
  const digits = digitsFor(low, high);
  const [from, to] = [number(low, digits), number(high, digits)];
  return (
    <span class="legend num" dir="ltr">
      <span aria-hidden="true">{from}</span>
      <i class={signed ? 'div' : 'grey'} role="img" aria-label={t(keys[mapping], from, to)} title={t(keys[mapping], from, to)} />
      <span aria-hidden="true">{signed && high > 0 ? `+${to}` : to}</span>
    </span>
  );
}

/** Digits after the point that tell two ends apart: none when both are whole, else about three that count. */
export function digitsFor(low: number, high: number): number {
  if (Number.isInteger(low) && Number.isInteger(high)) return 0;
  const size = Math.max(Math.abs(low), Math.abs(high), high - low);
  if (!Number.isFinite(size) || size === 0) return 2;
  return Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(size))));
}
