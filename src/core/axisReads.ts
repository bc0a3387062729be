// Which input positions each output position reads along one axis, and which outputs each input position feeds: the table of the forward pass, both ways.

import type { Reach } from './reach';

/** Lists of numbers, one after the other: list k is `at[from[k]] … at[from[k + 1] − 1]`. */
interface Lists {
  readonly from: Int32Array;
  readonly at: Int32Array;
}

export interface AxisReads {
  readonly outputs: number;
  readonly length: number;
  /** Every output reads the whole axis. */
  readonly whole: boolean;
  /** The input under every tap of an output position, in order; −1 where there is none. */
  taps(output: number): readonly number[];
  /** Output positions that read an input position, rising. */
  feeds(input: number): readonly number[];
  /**
   * The same as `taps`, where windows slide by whole pixels: positions on the padded axis, below 0 and beyond the end on the border.
   * Else the positions that are read.
   */
  window(output: number): readonly number[];
}

export function axisReads(reach: Reach, length: number, outputs: number): AxisReads {
  const all = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
  const whole = reach.jump === 0 && reach.size === length;
  if (whole) {
    const inputs = all(length);
    const positions = all(outputs);
    return { outputs, length, whole, taps: () => inputs, feeds: () => positions, window: () => inputs };
  }
  const pairs: number[] = [];
  reach.reads().each((output, input) => pairs.push(output, input));
  const byOutput = lists(outputs, pairs, 0);
  const byInput = lists(length, pairs, 1);
  const taps = (output: number) => listOf(byOutput, output);
  return {
    ...{ outputs, length, whole, taps },
    feeds: (input) => [...new Set(listOf(byInput, input))],
    window: (output) => padded(reach, output, length, taps(output)),
  };
}

const listOf = ({ from, at }: Lists, k: number): number[] => Array.from(at.subarray(from[k] ?? 0, from[k + 1] ?? 0));

/** Sorts pairs by their member `by`, keeping their order; pairs without one are left out. */
function lists(count: number, pairs: readonly number[], by: 0 | 1): Lists {
  const from = new Int32Array(count + 1);
  for (let k = 0; k < pairs.length; k += 2) if (pairs[k + by]! >= 0) from[pairs[k + by]! + 1]! += 1;
  for (let k = 0; k < count; k++) from[k + 1]! += from[k]!;
  const next = from.slice(0, count);
  const at = new Int32Array(from[count]!);
  for (let k = 0; k < pairs.length; k += 2) {
    const key = pairs[k + by]!;
    if (key >= 0) at[next[key]!++] = pairs[k + 1 - by]!;
  }
  return { from, at };
}

/** Taps lie at equal distances, in rising order or, where a kernel is stamped, in falling order. */
function padded({ size, jump, start }: Reach, output: number, length: number, taps: readonly number[]): readonly number[] {
  const first = start + output * jump;
  const apart = taps.length > 1 ? (size - 1) / (taps.length - 1) : 1;
  const slides = Number.isInteger(first) && Number.isInteger(apart) && (taps.length > 1 || size === 1);
  if (slides) {
    const rising = taps.map((_, tap) => first + tap * apart);
    for (const positions of [rising, [...rising].reverse()])
      if (positions.every((at, tap) => at < 0 || at >= length || at === taps[tap])) return positions;
  }
  return [...new Set(taps.filter((at) => at >= 0))];
}
