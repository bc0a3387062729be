/**
 * How many of a picture's own pixels lie between two ticks: 10, 20, 50, 100…, the smallest that keeps ticks 4 px apart.
 * Both views take the step of the finer one, so that their ticks can be compared.
 */
export function tickStep(cssPerPixel: readonly number[]): number {
  const finest = Math.min(...cssPerPixel.filter((d) => d > 0));
  if (!Number.isFinite(finest)) return 10;
  for (let decade = 10; ; decade *= 10) {
    for (const factor of [1, 2, 5]) if (decade * factor * finest >= 4) return decade * factor;
  }
}

/** How much larger the pixels of the second picture are drawn than those of the first: `6×`, `1/2`, or null when alike. */
export function magnification(input: number, output: number): string | null {
  if (input <= 0 || output <= 0) return null;
  const ratio = input / output;
  if (ratio >= 1.25) return `${trim(ratio)}×`;
  if (ratio <= 0.8) return `1/${trim(1 / ratio)}`;
  return null;
}
const trim = (value: number) =>
  Math.abs(value - Math.round(value)) < 0.1 || value >= 10 ? String(Math.round(value)) : value.toFixed(1);
