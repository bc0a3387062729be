// Convolution kernels computed from their parameters.

export type Matrix = readonly (readonly number[])[];

/** Every weight times a number. */
export const scaled = (matrix: Matrix, by: number): Matrix => matrix.map((row) => row.map((v) => v * by));
/** The mean of a square. */
export const box = (size: number): Matrix => Array.from({ length: size }, () => new Array<number>(size).fill(1 / (size * size)));

/** Samples of a Gaussian at whole pixels, scaled so that they add up to 1. */
export function gaussian(size: number, sigma: number): Matrix {
  const centre = (size - 1) / 2;
  const line = Array.from({ length: size }, (_, i) => Math.exp(-((i - centre) ** 2) / (2 * sigma * sigma)));
  const total = line.reduce((a, b) => a + b, 0);
  return line.map((a) => line.map((b) => (a * b) / (total * total)));
}

/** The picture plus what a Gaussian takes away from it. */
export const unsharp = (size: number, sigma: number): Matrix => combined(identity(size), 2, gaussian(size, sigma), -1);

/** What a Gaussian blur takes away: all but the coarse. Adds up to 0. */
export const highPass = (size: number, sigma: number): Matrix => combined(identity(size), 1, gaussian(size, sigma), -1);

/** A narrow Gaussian minus a wide one: keeps what is between the two in size. Adds up to 0. */
export const differenceOfGaussians = (size: number, narrow: number, wide: number): Matrix =>
  combined(gaussian(size, narrow), 1, gaussian(size, wide), -1);

/** The Laplacian of a Gaussian, shifted so that it adds up to 0: a dark middle in a bright ring. */
export function laplacianOfGaussian(size: number, sigma: number): Matrix {
  const matrix = sampled(size, (x, y) => {
    const r = (x * x + y * y) / (2 * sigma * sigma);
    return ((2 * r - 2) / (sigma * sigma)) * Math.exp(-r);
  });
  return balanced(matrix);
}

/**
 * A smear along a line of `length` pixels; `angle` in degrees, counted anticlockwise from the right.
 * The weight of a cell is the length of the line in it, sampled, so that any angle is smooth. Adds up to 1.
 */
export function motionBlur(length: number, angle: number): Matrix {
  const size = length % 2 === 0 ? length + 1 : length;
  const centre = (size - 1) / 2;
  const [dx, dy] = direction(angle);
  const cells = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const samples = 64 * length;
  for (let k = 0; k < samples; k++) {
    const along = ((k + 0.5) / samples - 0.5) * length;
    const [row, column] = [Math.round(centre + along * dy), Math.round(centre + along * dx)];
    const line = cells[row];
    if (line?.[column] !== undefined) line[column] += 1;
  }
  const total = sumOf(cells);
  return cells.map((row) => row.map((v) => v / total));
}

export interface Gabor {
  readonly size: number;
  /** Width of the Gaussian window along the wave, in pixels. */
  readonly sigma: number;
  /** Direction in which the wave runs, in degrees, counted anticlockwise from the right: 0 answers to vertical stripes. */
  readonly angle: number;
  /** Pixels from crest to crest. */
  readonly wavelength: number;
  /** In degrees: 0 has a bright middle, 90 an edge. */
  readonly phase: number;
  /** How much narrower the window is across the wave; 1 is round. */
  readonly aspect?: number;
}

/** A wave under a Gaussian window, shifted by its mean so that flat areas become 0, and scaled to weights that add up to 2 without their signs. */
export function gabor({ size, sigma, angle, wavelength, phase, aspect = 1 }: Gabor): Matrix {
  const [dx, dy] = direction(angle);
  const matrix = balanced(
    sampled(size, (x, y) => {
      const [along, across] = [x * dx + y * dy, aspect * (x * dy - y * dx)];
      const window = Math.exp(-(along * along + across * across) / (2 * sigma * sigma));
      return window * Math.cos((2 * Math.PI * along) / wavelength + (phase * Math.PI) / 180);
    }),
  );
  const magnitude = matrix.flat().reduce((a, b) => a + Math.abs(b), 0);
  return magnitude === 0 ? matrix : scaled(matrix, 2 / magnitude);
}

/** Bright towards one corner of the window, dark towards the other three: +1 and −1 pieces of one quarter and the rest, adding up to 0. */
export function corner(size: number): Matrix {
  const half = (size - 1) / 2;
  const quarter = (half + 1) ** 2;
  return sampled(size, (x, y) => (x >= 0 && y >= 0 ? 1 / quarter : -1 / (size * size - quarter)));
}

const identity = (size: number): Matrix => sampled(size, (x, y) => (x === 0 && y === 0 ? 1 : 0));
/** Turned over its diagonal. */
export const transposed = (matrix: Matrix): Matrix => (matrix[0] ?? []).map((_, j) => matrix.map((row) => row[j] ?? 0));
const combined = (a: Matrix, by: number, b: Matrix, and: number): Matrix =>
  a.map((row, i) => row.map((v, j) => v * by + (b[i]?.[j] ?? 0) * and));
const sumOf = (matrix: Matrix): number => matrix.reduce((sum, row) => sum + row.reduce((a, b) => a + b, 0), 0);

/** Values of a function about the middle; x to the right, y downwards. */
function sampled(size: number, value: (x: number, y: number) => number): Matrix {
  const centre = (size - 1) / 2;
  return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => value(j - centre, i - centre)));
}

/** Shifted by its mean, so that it adds up to 0. */
function balanced(matrix: Matrix): Matrix {
  const mean = sumOf(matrix) / matrix.flat().length;
  return matrix.map((row) => row.map((v) => v - mean));
}

/** Right and down for an angle in degrees, counted anticlockwise from the right. */
function direction(angle: number): readonly [dx: number, dy: number] {
  const radians = (angle * Math.PI) / 180;
  return [Math.cos(radians), -Math.sin(radians)];
}
