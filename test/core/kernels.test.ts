import { describe, expect, it } from 'vitest';
import {
  corner,
  differenceOfGaussians,
  gabor,
  gaussian,
  highPass,
  laplacianOfGaussian,
  motionBlur,
  unsharp,
} from '../../src/core/filters';
import { kernelPreset, kernelPresets } from '../../src/core/kernels';
import { quickScenes, starterScene } from '../../src/core/quick';
import { trace } from '../../src/core/sequential';

const sum = (matrix: readonly (readonly number[])[]) => matrix.flat().reduce((a, b) => a + b, 0);

describe('kernel presets', () => {
  it('have unique names, a sentence, a source and rows of one length', () => {
    expect(new Set(kernelPresets.map(({ name }) => name)).size).toBe(kernelPresets.length);
    for (const { matrix, shows, source, title } of kernelPresets) {
      expect(title).not.toBe('');
      expect(shows).toMatch(/\.$/);
      expect(source).toMatch(/\.$/);
      expect(new Set(matrix.map((row) => row.length)).size).toBe(1);
    }
  });
  it.each(['identity', 'box3', 'box5', 'gaussian3', 'gaussian5', 'gaussian7', 'sharpen', 'unsharp', 'motionBlur', 'emboss'])(
    '%s keeps a flat picture: its weights add up to 1',
    (name) => expect(sum(kernelPreset(name).matrix)).toBeCloseTo(1, 12),
  );
  it.each(['sobelX', 'sobelY', 'scharrX', 'prewittX', 'roberts', 'laplacian4', 'laplacian8', 'log5', 'outline'])(
    '%s turns a flat picture into 0: its weights add up to 0',
    (name) => expect(sum(kernelPreset(name).matrix)).toBe(0),
  );
  it.each(['sobel', 'scharr', 'prewitt'])('%s y is its x turned over the diagonal', (name) => {
    const x = kernelPreset(`${name}X`).matrix;
    expect(kernelPreset(`${name}Y`).matrix).toEqual(x.map((_, i) => x.map((row) => row[i])));
  });
  it.each(['dog7', 'highPass5', 'corner5', 'corner3', 'laplacianOfGaussian7', 'gabor0', 'gabor45', 'gabor90', 'gaborEdge'])(
    '%s turns a flat picture into 0, up to rounding',
    (name) => expect(Math.abs(sum(kernelPreset(name).matrix))).toBeLessThan(1e-14),
  );
  it.each([0, 30, 45, 90, 135, 211.5])('motion blur at %s° adds up to 1 and is the same turned half round', (angle) => {
    const matrix = motionBlur(9, angle);
    expect(sum(matrix)).toBeCloseTo(1, 12);
    const turned = matrix.toReversed().map((row) => row.toReversed());
    for (const [i, row] of matrix.entries()) for (const [j, v] of row.entries()) expect(turned[i]![j]!).toBeCloseTo(v, 2);
  });
  it('motion blur at 0° is the mean of a row, at 90° of a column, at 45° rises to the right', () => {
    const row = motionBlur(5, 0);
    for (const v of row[2]!) expect(v).toBeCloseTo(1 / 5, 2);
    expect(sum(row.filter((_, i) => i !== 2))).toBe(0);
    for (const line of motionBlur(5, 90)) expect(line[2]!).toBeCloseTo(1 / 5, 2);
    const rising = motionBlur(7, 45);
    expect(rising[2]![4]!).toBeGreaterThan(0.1);
    expect(rising[4]![4]!).toBe(0);
  });
  it('a Gabor answers most to stripes of its own wavelength and direction', () => {
    const stripes = (horizontally: boolean, wavelength: number) => (i: number, j: number) =>
      Math.cos((2 * Math.PI * ((horizontally ? i : j) - 4)) / wavelength);
    const answer = (matrix: readonly (readonly number[])[], picture: (i: number, j: number) => number) =>
      matrix.reduce((all, row, i) => all + row.reduce((a, w, j) => a + w * picture(i, j), 0), 0);
    const filter = gabor({ size: 9, sigma: 2, angle: 0, wavelength: 6, phase: 0 });
    const own = answer(filter, stripes(false, 6));
    expect(own).toBeGreaterThan(4 * Math.abs(answer(filter, stripes(true, 6))));
    expect(own).toBeGreaterThan(2 * Math.abs(answer(filter, stripes(false, 2.5))));
  });
  it('a Gabor of phase −90° is odd: it answers to an edge that gets brighter to the right', () => {
    const filter = gabor({ size: 7, sigma: 2, angle: 0, wavelength: 8, phase: -90 });
    expect(filter[3]![5]!).toBeGreaterThan(0);
    expect(filter[3]![1]!).toBeCloseTo(-filter[3]![5]!, 12);
  });
  it('high-pass plus its Gaussian is the picture, and unsharp is the picture plus high-pass', () => {
    const [high, blur, sharp] = [highPass(5, 1.1), gaussian(5, 1.1), unsharp(5, 1.1)];
    for (let i = 0; i < 5; i++) {
      for (let j = 0; j < 5; j++) {
        const own = i === 2 && j === 2 ? 1 : 0;
        expect(high[i]![j]! + blur[i]![j]!).toBeCloseTo(own, 14);
        expect(sharp[i]![j]!).toBeCloseTo(own + high[i]![j]!, 14);
      }
    }
  });
  it('a difference of Gaussians has a bright middle, a Laplacian of Gaussian a dark one', () => {
    expect(differenceOfGaussians(7, 1, 1.6)[3]![3]!).toBeGreaterThan(0);
    expect(laplacianOfGaussian(7, 1.4)[3]![3]!).toBeLessThan(0);
  });
  it('the corner lights up at the top left corner of a bright patch only', () => {
    const matrix = corner(5);
    const over = (bright: (i: number, j: number) => boolean) =>
      matrix.reduce((all, row, i) => all + row.reduce((a, w, j) => a + (bright(i, j) ? w : 0), 0), 0);
    const at = over((i, j) => i >= 2 && j >= 2);
    expect(at).toBeCloseTo(1, 12);
    expect(over((i) => i >= 2)).toBeLessThan(at / 1.5);
    expect(over((i, j) => i <= 2 && j <= 2)).toBeLessThan(0);
  });
  it('a Gaussian falls by exp(−1/(2σ²)) from its middle to the next pixel', () => {
    const [, middle] = gaussian(3, 0.85);
    expect(middle![0]! / middle![1]!).toBeCloseTo(Math.exp(-1 / (2 * 0.85 * 0.85)), 14);
  });
  it('an unknown one is refused in words', () => {
    expect(() => kernelPreset('blurry')).toThrow(/kernel: expected one of identity, .*received "blurry"/);
  });
});

describe('quick scenes', () => {
  it('are those of the context menu, in order', () => {
    expect(quickScenes.map(({ id }) => id)).toEqual([
      'maxPool',
      'avgPool',
      'nearest',
      'bilinear',
      'bicubic',
      'edges',
      'blur',
      'sharpen',
      'relu',
    ]);
  });
  it('all run on a photograph of 451 × 300', () => {
    for (const { scene } of quickScenes) expect(trace(scene, [1, 3, 300, 451])).toHaveLength(1);
  });
  it('of edges is Sobel, one filter for each colour, at the same size', () => {
    expect(trace(starterScene('conv2d'), [1, 3, 300, 451])).toEqual([[1, 3, 300, 451]]);
  });
  it('of ReLU starts from −1 to 1, so that there is something negative', () => {
    expect(quickScenes.find(({ id }) => id === 'relu')?.scene.input).toBe('signed');
  });
});
