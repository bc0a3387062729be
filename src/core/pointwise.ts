import type { Explanation } from './op';

/** Ranges of a flat tensor, about a picture row long each, with how much is done after them. */
export function* stretches(
  length: number,
  step = 1 << 14,
): Generator<{ readonly from: number; readonly to: number; readonly done: number }> {
  for (let from = 0; from < length; from += step) {
    const to = Math.min(from + step, length);
    yield { from, to, done: to / length };
  }
}

/** Each output of a pointwise op comes from the input at the same place. */
export const pointwise = (output: number): Explanation => ({ how: 'map', terms: [{ x: output }] });
