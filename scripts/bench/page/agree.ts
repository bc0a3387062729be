// Whether two results are the same within a tolerance.
import type { Float32 } from './work';

/** Null, or what is wrong, as a sentence, to which `told` may add about the values there. `margin` pixels at the border are not compared. */
export function agree(
  expected: Float32,
  seen: Float32,
  tolerance: number,
  margin = 0,
  told: (index: number, expected: number, seen: number) => string = () => '',
): string | null {
  if (expected.shape.join() !== seen.shape.join()) {
    return `expected [${expected.shape.join(', ')}], received [${seen.shape.join(', ')}]`;
  }
  const [, , h = 1, w = 1] = expected.shape;
  let largest = 1;
  for (const value of expected.data) if (Math.abs(value) > largest) largest = Math.abs(value);
  const most = tolerance * largest;
  const planes = expected.data.length / (h * w);
  for (let p = 0; p < planes; p++) {
    for (let i = margin; i < h - margin; i++) {
      const row = (p * h + i) * w;
      for (let at = row + margin; at < row + w - margin; at++) {
        const [a, b] = [expected.data[at]!, seen.data[at]!];
        // Written so that NaN fails.
        if (!(Math.abs(a - b) <= most)) return `${a} against ${b} in plane ${p}, row ${i}, column ${at - row}${told(at, a, b)}`;
      }
    }
  }
  return null;
}
