import { describe, expect, it } from 'vitest';
import { gaussian, kernelPreset, kernelPresets } from '../../src/core/kernels';
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
  it('Sobel y is Sobel x turned over its diagonal', () => {
    const x = kernelPreset('sobelX').matrix;
    expect(kernelPreset('sobelY').matrix).toEqual(x.map((_, i) => x.map((row) => row[i])));
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
