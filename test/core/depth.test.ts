import { describe, expect, it } from 'vitest';
import { compared, type Depth, depthNorms, fallOf, stacks } from '../../src/core/depth';
import { finished } from '../../src/core/finished';
import { heNormal, xavierNormal } from '../../src/core/init';

import { opOf, ops } from '../../src/core/registry';
import { type Tensor, tensor } from '../../src/core/tensor';

const functions: Readonly<Record<string, (x: number) => number>> = {
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  relu: (x) => Math.max(0, x),
  leakyRelu: (x) => (x > 0 ? x : 0.2 * x),
};

/** The mean of the last layer of such a chain, by plain loops. */
function meanBehind(x: Tensor, weights: readonly Tensor[], act: (x: number) => number): number {
  const [, , h = 0, w = 0] = x.shape;
  let now: readonly number[] = [...x.data];
  for (const { shape, data } of weights) {
    const [outputs = 0, inputs = 0] = shape;
    const before = now;
    now = Array.from({ length: outputs * h * w }, (_, at) => {
      const [o, i, j] = [Math.floor(at / (h * w)), Math.floor(at / w) % h, at % w];
      let sum = 0;
      for (let c = 0; c < inputs; c++)
        for (let u = -1; u <= 1; u++)
          for (let v = -1; v <= 1; v++) {
            if (i + u < 0 || i + u >= h || j + v < 0 || j + v >= w) continue;
            sum += data[((o * inputs + c) * 3 + u + 1) * 3 + v + 1]! * before[(c * h + i + u) * w + j + v]!;
          }
      return act(sum);
    });
  }
  return now.reduce((a, b) => a + b, 0) / now.length;
}

describe('gradients through many layers', () => {
  const x = tensor(
    [1, 3, 4, 5],
    Array.from({ length: 60 }, (_, i) => ((i * 37) % 60) / 60 - 0.3),
  );
  const asked = (at: number, start: Depth['start'], layers: number): Depth => ({
    activation: compared[at]!,
    start,
    layers,
    channels: 2,
    seed: 11,
  });

  it.each([0, 1, 2])('have the norms that differences of every weight show, activation %i, seed 11', (at) => {
    const layers = 3;
    const { op } = compared[at]!;
    const norms = finished(depthNorms(x, asked(at, 'xavier', layers)));
    const weights = Array.from({ length: layers }, (_, k) => xavierNormal([2, k === 0 ? 3 : 2, 3, 3], 11 + k));
    const h = 1e-6;
    for (let k = 0; k < layers; k++) {
      let squares = 0;
      for (let i = 0; i < weights[k]!.data.length; i++) {
        const moved = (by: number) =>
          meanBehind(
            x,
            weights.map((one, n) => (n === k ? { shape: one.shape, data: one.data.map((v, m) => (m === i ? v + by : v)) } : one)),
            functions[op]!,
          );
        squares += ((moved(h) - moved(-h)) / (2 * h)) ** 2;
      }
      expect(norms.weights[k]! / Math.sqrt(squares)).toBeCloseTo(1, 4);
    }
  });

  it('vanish through sigmoids and keep their size through ReLUs with weights that suit them, seed 11', () => {
    const falls = compared.map((one, at) => fallOf(finished(depthNorms(x, asked(at, one.suits, 12))).weights));
    expect(falls[0]).toBeLessThan(0.3);
    expect(falls[2]).toBeGreaterThan(0.6);
  });

  it('differ between activations by scale of the weights alone: the same seed draws the same numbers', () => {
    const [a, b] = [xavierNormal([2, 2, 3, 3], 5), heNormal([2, 2, 3, 3], 5)];
    const ratios = Array.from(a.data, (v, i) => b.data[i]! / v);
    expect(Math.max(...ratios) - Math.min(...ratios)).toBeLessThan(1e-12);
  });

  it('fall by the root of the whole fall, and have no fall where one is 0', () => {
    expect(fallOf([1, 10, 100])).toBeCloseTo(0.1, 12);
    expect(fallOf([0, 1])).toBeNaN();
    expect(fallOf([3])).toBeNaN();
  });

  it('are asked of functions of single values that need no weights', () => {
    expect(stacks(opOf('tanh'))).toBe(true);
    expect(stacks(opOf('prelu'))).toBe(false);
    expect(stacks(opOf('softmax'))).toBe(false);
    expect(compared.every(({ op }) => op in ops)).toBe(true);
  });
});
