// What a kernel does to waves: how strongly it passes each frequency, and that in a word.

import type { Matrix } from './op';

/** |H| on a square of frequencies, row by row, from −½ to ½ cycles per pixel down and across; the middle is frequency 0. */
export interface Response {
  /** Odd. */
  readonly side: number;
  readonly magnitude: Float64Array;
  readonly peak: number;
  /** |H| at frequency 0: the sum of the weights without its sign. */
  readonly flat: number;
}

/** In which direction waves run that pass best. `falling`: from the upper left to the lower right. */
export type Direction = 'across' | 'down' | 'falling' | 'rising';
/** `even`: all frequencies alike; `boost`: flat areas stay and detail is strengthened; `mixed`: none of the others. */
export type Character = 'nothing' | 'even' | 'low' | 'band' | 'high' | 'boost' | 'mixed';
export interface Summary {
  readonly character: Character;
  /** Null where all directions pass alike, or nearly so. */
  readonly direction: Direction | null;
}

/**
 * The magnitude of the discrete-time Fourier transform H(u, v) = Σ k(y, x) e^(−2πi(uy + vx)), rows first, then columns.
 * It is the same for a kernel and for the kernel turned half round.
 */
export function responseOf(kernel: Matrix, side = 65): Response {
  const [rows, columns] = [kernel.length, kernel[0]?.length ?? 0];
  const across = waves(columns, side);
  const down = waves(rows, side);
  const half = new Float64Array(2 * rows * side);
  for (const [y, row] of kernel.entries())
    for (let v = 0; v < side; v++) {
      const at = 2 * (y * side + v);
      for (const [x, weight] of row.entries()) {
        half[at]! += weight * across.cos[x * side + v]!;
        half[at + 1]! -= weight * across.sin[x * side + v]!;
      }
    }
  const magnitude = new Float64Array(side * side);
  for (let u = 0; u < side; u++)
    for (let v = 0; v < side; v++) {
      let [re, im] = [0, 0];
      for (let y = 0; y < rows; y++) {
        const [a, b] = [half[2 * (y * side + v)]!, half[2 * (y * side + v) + 1]!];
        const [c, s] = [down.cos[y * side + u]!, down.sin[y * side + u]!];
        re += a * c + b * s;
        im += b * c - a * s;
      }
      magnitude[u * side + v] = Math.hypot(re, im);
    }
  const peak = magnitude.reduce((a, b) => Math.max(a, b), 0);
  return { side, magnitude, peak, flat: magnitude[(side * side - 1) / 2] ?? 0 };
}

/** cos and sin of 2πfx for positions x and `side` frequencies f from −½ to ½. */
function waves(length: number, side: number) {
  const [cos, sin] = [new Float64Array(length * side), new Float64Array(length * side)];
  for (let x = 0; x < length; x++)
    for (let k = 0; k < side; k++) {
      const angle = 2 * Math.PI * frequencyAt(k, side) * x;
      cos[x * side + k] = Math.cos(angle);
      sin[x * side + k] = Math.sin(angle);
    }
  return { cos, sin };
}

/** Cycles per pixel of a row or column of the response. */
export const frequencyAt = (index: number, side: number): number => (index - (side - 1) / 2) / (side - 1);

/** Decibels below the peak as brightness: 1 at the peak, 0 at `floor` and below. */
export const onLogScale = (magnitude: number, peak: number, floor = 60): number =>
  peak > 0 && magnitude > 0 ? Math.max(0, 1 + (20 * Math.log10(magnitude / peak)) / floor) : 0;

/** What stays and what fades. */
export function summaryOf(response: Response): Summary {
  const { magnitude, peak, flat } = response;
  if (!(peak > 0)) return { character: 'nothing', direction: null };
  const low = magnitude.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (peak - low <= 0.02 * peak) return { character: 'even', direction: null };
  const direction = directionOf(response);
  const [medium, high] = [strengthIn(response, 0.12, 0.3), strengthIn(response, 0.3, 0.5)];
  if (flat <= 0.1 * peak) return { character: high >= medium ? 'high' : 'band', direction };
  if (flat >= 0.9 * peak && high < 0.75 * flat) return { character: 'low', direction };
  if (high > 1.1 * flat && flat >= 0.1 * peak) return { character: 'boost', direction };
  return { character: 'mixed', direction };
}

/** Root mean square of |H| in a ring of frequencies. */
function strengthIn({ side, magnitude }: Response, from: number, to: number): number {
  let [sum, count] = [0, 0];
  eachFrequency(side, (u, v, i) => {
    const radius = Math.hypot(u, v);
    if (radius < from || radius > to) return;
    sum += magnitude[i]! ** 2;
    count++;
  });
  return Math.sqrt(sum / Math.max(1, count));
}

/** From second moments of |H|²: the axis along which most energy lies, where it clearly leads. */
function directionOf({ side, magnitude }: Response): Direction | null {
  let [uu, uv, vv] = [0, 0, 0];
  eachFrequency(side, (u, v, i) => {
    const energy = magnitude[i]! ** 2;
    uu += energy * u * u;
    uv += energy * u * v;
    vv += energy * v * v;
  });
  const lead = Math.hypot(vv - uu, 2 * uv) / (uu + vv);
  if (!(lead > 0.25)) return null;
  const degrees = (Math.atan2(2 * uv, vv - uu) * 90) / Math.PI;
  if (Math.abs(degrees) <= 22.5) return 'across';
  if (Math.abs(degrees) >= 67.5) return 'down';
  return degrees > 0 ? 'falling' : 'rising';
}

function eachFrequency(side: number, visit: (u: number, v: number, index: number) => void): void {
  for (let i = 0; i < side * side; i++) visit(frequencyAt(Math.floor(i / side), side), frequencyAt(i % side, side), i);
}
