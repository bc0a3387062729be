import { describe, expect, it } from 'vitest';
import { frequencyAt, onLogScale, responseOf, summaryOf } from '../../src/core/frequency';
import { kernelPreset, kernelPresets } from '../../src/core/kernels';

type Matrix = readonly (readonly number[])[];

/** |DFT| of the kernel in a square of zeros, bin by bin, with powers of one root of unity. */
function discrete(kernel: Matrix, n: number): number[][] {
  const root = Array.from({ length: n }, (_, k) => ({
    re: Math.cos((-2 * Math.PI * k) / n),
    im: Math.sin((-2 * Math.PI * k) / n),
  }));
  return Array.from({ length: n }, (_, u) =>
    Array.from({ length: n }, (_, v) => {
      let [re, im] = [0, 0];
      kernel.forEach((row, y) => {
        row.forEach((weight, x) => {
          const power = root[(u * y + v * x) % n]!;
          re += weight * power.re;
          im += weight * power.im;
        });
      });
      return Math.sqrt(re * re + im * im);
    }),
  );
}

/** Numbers that repeat, from a seed: a small linear congruence. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 1073741824 - 1;
  };
}
const random = (rows: number, columns: number, seed: number): Matrix => {
  const next = numbers(seed);
  return Array.from({ length: rows }, () => Array.from({ length: columns }, next));
};

describe('the response of a kernel', () => {
  const kernels: [string, Matrix][] = [
    ...kernelPresets.map(({ name, matrix }): [string, Matrix] => [name, matrix]),
    ['15 × 15, seed 1', random(15, 15, 1)],
    ['2 × 4, seed 2', random(2, 4, 2)],
    ['1 × 7, seed 3', random(1, 7, 3)],
  ];
  it.each(kernels)('%s is what the discrete Fourier transform gives at 64 × 64 bins', (_, kernel) => {
    const { side, magnitude } = responseOf(kernel, 65);
    const bins = discrete(kernel, 64);
    for (let row = 0; row < side; row++)
      for (let column = 0; column < side; column++) {
        const bin = bins[(row + 32) % 64]![(column + 32) % 64]!;
        expect(magnitude[row * side + column]).toBeCloseTo(bin, 10);
      }
  });
  it('has frequency 0 in the middle, which is the sum of the weights', () => {
    const { flat, magnitude } = responseOf(random(5, 3, 4), 33);
    const sum = random(5, 3, 4)
      .flat()
      .reduce((a, b) => a + b, 0);
    expect(flat).toBeCloseTo(Math.abs(sum), 12);
    expect(magnitude[16 * 33 + 16]).toBe(flat);
    expect(frequencyAt(16, 33)).toBe(0);
    expect([frequencyAt(0, 33), frequencyAt(32, 33)]).toEqual([-0.5, 0.5]);
  });
  it('is the same for the kernel turned half round', () => {
    const kernel = random(4, 5, 6);
    const turned = kernel.toReversed().map((row) => row.toReversed());
    const [a, b] = [responseOf(kernel, 17).magnitude, responseOf(turned, 17).magnitude];
    for (const [i, v] of a.entries()) expect(b[i]).toBeCloseTo(v, 12);
  });
  it('turns with the kernel: rows and columns exchanged', () => {
    const kernel = random(3, 5, 8);
    const across = Array.from({ length: 5 }, (_, i) => kernel.map((row) => row[i]!));
    const [a, b] = [responseOf(kernel, 9).magnitude, responseOf(across, 9).magnitude];
    for (let u = 0; u < 9; u++) for (let v = 0; v < 9; v++) expect(b[v * 9 + u]).toBeCloseTo(a[u * 9 + v]!, 12);
  });
});

describe('in a word, a kernel', () => {
  const word = (kernel: Matrix) => Object.values(summaryOf(responseOf(kernel))).join(' ');
  it.each([
    ['identity', 'even '],
    ['box5', 'low '],
    ['gaussian7', 'low '],
    ['motionBlur0', 'low down'],
    ['sobelX', 'band across'],
    ['sobelY', 'band down'],
    ['gabor45', 'band rising'],
    ['dog7', 'band '],
    ['laplacian8', 'high '],
    ['highPass5', 'high '],
    ['roberts', 'high falling'],
    ['sharpen', 'boost '],
    ['unsharp', 'boost '],
  ])('%s is %s', (name, expected) => expect(word(kernelPreset(name).matrix)).toBe(expected));
  it('of zeros passes nothing', () => expect(word([[0, 0]])).toBe('nothing '));
  it('of one weight passes all alike, whatever its place and sign', () => expect(word([[0, 0, -3]])).toBe('even '));
  it('says the same at any strength', () => {
    for (const { matrix } of kernelPresets) expect(word(matrix.map((row) => row.map((v) => v * 1e-3)))).toBe(word(matrix));
  });
});

describe('the logarithmic scale', () => {
  it('is 1 at the peak, a half 30 dB below, 0 from 60 dB below on', () => {
    expect(onLogScale(2, 2)).toBe(1);
    expect(onLogScale(2 * 10 ** -1.5, 2)).toBeCloseTo(0.5, 12);
    expect(onLogScale(1e-9, 2)).toBe(0);
    expect(onLogScale(0, 2)).toBe(0);
    expect(onLogScale(0, 0)).toBe(0);
  });
});
