// How far a number may go, and where it goes by key, wheel and button.

import { t } from '../strings';
import type { Range } from './typed';

/** What a slider and a stepper need to know of a number. */
export interface Reach extends Range {
  readonly step: number;
  /** The part of the range that is worth dragging through. */
  readonly slider: readonly [number, number];
}

interface Declared {
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly slider?: readonly [number, number];
  readonly default?: unknown;
}

/** Reach of a declared number; without a slider range of its own, 40 steps to each side of the default when the range is wide. */
export function reachOf(field: Declared): Reach {
  const step = field.step ?? 1;
  const { min, max } = field;
  const wide = (max - min) / step > 200;
  const middle = typeof field.default === 'number' ? field.default : min;
  const near = [Math.max(min, tidy(middle - 40 * step)), Math.min(max, tidy(middle + 40 * step))] as const;
  return { min, max, step, whole: step === 1, slider: field.slider ?? (wide ? near : [min, max]) };
}

/** Without the noise of binary fractions: 0.1 + 0.2 is 0.3. */
export const tidy = (value: number): number => Number(value.toPrecision(12)) + 0;

export const clamp = (value: number, { min, max }: Pick<Range, 'min' | 'max'>): number => Math.min(max, Math.max(min, value));

/** `by` steps on, inside of what is accepted. */
export const nudged = (value: number, by: number, reach: Reach): number => clamp(tidy(value + by * reach.step), reach);

/** How far along its slider a value stands, 0 to 100. */
export function percentOf(value: number, [low, high]: readonly [number, number]): number {
  if (high <= low) return 0;
  return Math.round(1e4 * ((clamp(value, { min: low, max: high }) - low) / (high - low))) / 100;
}

/** Steps that a key asks for in a number field; null for a key that means something else. */
export function stepsOfKey(key: string, far: boolean): number | null {
  const times = far ? 10 : 1;
  switch (key) {
    case 'ArrowUp':
      return times;
    case 'ArrowDown':
      return -times;
    case 'PageUp':
      return 10;
    case 'PageDown':
      return -10;
    default:
      return null;
  }
}

/**
 * Steps that a key asks for on a slider beyond what browsers do by themselves: ten with Shift or by page, the ends as ∓∞.
 * Null for a key that is the browser's.
 */
export function stepsOnSlider({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>, rightToLeft: boolean): number | null {
  if (key === 'Home') return Number.NEGATIVE_INFINITY;
  if (key === 'End') return Number.POSITIVE_INFINITY;
  if (key === 'PageUp') return 10;
  if (key === 'PageDown') return -10;
  if (!shiftKey) return null;
  if (key === 'ArrowUp') return 10;
  if (key === 'ArrowDown') return -10;
  const ahead = rightToLeft ? 'ArrowLeft' : 'ArrowRight';
  return key === ahead ? 10 : key === 'ArrowLeft' || key === 'ArrowRight' ? -10 : null;
}

/** The tooltip of a minus or plus button that is at its end; undefined elsewhere. */
export function endWords(value: number, by: number, { min, max }: Pick<Range, 'min' | 'max'>): string | undefined {
  if (by < 0 && value <= min) return t('smallest', String(min).replace('-', '−'));
  if (by > 0 && value >= max) return t('largest', String(max).replace('-', '−'));
  return undefined;
}
