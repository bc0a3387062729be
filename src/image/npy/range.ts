// Which values of an array are black and white: 0 to 1, −1 to 1, 0 to 255 and the like are recognised, others are stretched.

export interface Range {
  readonly low: number;
  readonly high: number;
  /** As a sentence for people. */
  readonly note: string;
  /** Values that are NaN or infinite. */
  readonly odd: number;
}

/** Above this, values that are no whole numbers are taken for those of 8 bits: a layer's rarely reach it. */
const LEVELS = 16;

/** `most`: what the whole numbers of the file's kind reach to, where that says it all. */
export function rangeOf(values: Float32Array, most: number | null): Range {
  let [min, max, odd, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, true];
  for (const v of values) {
    if (v - v !== 0) {
      odd++;
      continue;
    }
    if (v < min) min = v;
    if (v > max) max = v;
    if (whole && v !== Math.round(v)) whole = false;
  }
  const of = (low: number, high: number, note: string): Range => ({ low, high, note, odd });
  if (most !== null) return of(0, most, `Values 0 to ${most} are black to white.`);
  if (odd === values.length || (min >= 0 && max <= 1)) return of(0, 1, 'Values 0 to 1 are black to white.');
  if (min >= -1 && max <= 1)
    return of(-1, 1, 'Values −1 to 1 are black to white: choose −1 to 1 as input values to compute with these.');
  if (min >= 0 && max <= 255 && (whole || max > LEVELS)) return of(0, 255, 'Values 0 to 255 are black to white.');
  return of(min, max, `Values ${short(min)} to ${short(max)} were stretched to black and white.`);
}

/** In place, so that the two ends become 0 and 1. */
export function rescale(values: Float32Array, { low, high }: Range): void {
  if (low === 0 && high === 1) return;
  const span = high > low ? high - low : 1;
  for (let i = 0; i < values.length; i++) values[i] = (values[i]! - low) / span;
}

const short = (value: number): string => String(Number(value.toPrecision(4))).replace('-', '−');
