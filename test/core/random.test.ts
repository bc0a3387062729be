import { describe, expect, it } from 'vitest';
import { gainOf, heNormal, heUniform, normal, uniform, xavierNormal, xavierUniform } from '../../src/core/init';
import { normals, uniforms } from '../../src/core/random';
import { tensor } from '../../src/core/tensor';
import { gradients, numbers, run } from './run';

const count = 100000;
const draws = (source: (index: number) => number) => Array.from({ length: count }, (_, i) => source(i));
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const variance = (values: readonly number[]) => {
  const m = mean(values);
  return mean(values.map((v) => (v - m) ** 2));
};
const correlation = (a: readonly number[], b: readonly number[]) => {
  const [ma, mb] = [mean(a), mean(b)];
  return mean(a.map((v, i) => (v - ma) * (b[i]! - mb))) / Math.sqrt(variance(a) * variance(b));
};

describe('random numbers', () => {
  it('are the same for the same seed and place, and others for other seeds', () => {
    const [one, again, other] = [uniforms(3), uniforms(3), uniforms(4)];
    expect([one(9), one(2)]).toEqual([again(9), again(2)]);
    expect(one(9)).not.toBe(other(9));
  });
  it('fill 0 to 1 evenly, seeds 0, 1 and 4294967295', () => {
    for (const seed of [0, 1, 4294967295]) {
      const values = draws(uniforms(seed));
      expect(values.every((v) => v >= 0 && v < 1)).toBe(true);
      expect(mean(values)).toBeCloseTo(0.5, 2);
      expect(variance(values)).toBeCloseTo(1 / 12, 2);
      const bins = new Array<number>(20).fill(0);
      for (const v of values) bins[Math.floor(v * 20)]! += 1;
      const chiSquare = bins.reduce((sum, n) => sum + (n - count / 20) ** 2 / (count / 20), 0);
      expect(chiSquare).toBeLessThan(44);
    }
  });
  it('tell nothing about their neighbours, or about the next seed', () => {
    const values = draws(uniforms(7));
    expect(Math.abs(correlation(values.slice(1), values.slice(0, -1)))).toBeLessThan(0.015);
    expect(Math.abs(correlation(values.slice(451), values.slice(0, -451)))).toBeLessThan(0.015);
    expect(Math.abs(correlation(values, draws(uniforms(8))))).toBeLessThan(0.015);
  });
  it('have mean 0, variance 1 and the tails of a bell curve, seed 5', () => {
    const values = draws(normals(5));
    expect(Math.abs(mean(values))).toBeLessThan(0.015);
    expect(variance(values)).toBeCloseTo(1, 1);
    expect(values.filter((v) => Math.abs(v) > 1.959964).length / count).toBeCloseTo(0.05, 2);
    expect(values.every(Number.isFinite)).toBe(true);
  });
});

describe('initialisers', () => {
  const shape = [64, 32, 5, 5];
  const spread = (values: { readonly data: Float64Array }) => Math.sqrt(variance(Array.from(values.data)));
  it('have the deviations of their papers, seed 2', () => {
    expect(spread(heNormal(shape, 2)) / Math.sqrt(2 / 800)).toBeCloseTo(1, 1);
    expect(spread(heUniform(shape, 2, { mode: 'fanOut' })) / Math.sqrt(2 / 1600)).toBeCloseTo(1, 1);
    expect(spread(xavierNormal(shape, 2)) / Math.sqrt(2 / 2400)).toBeCloseTo(1, 1);
    expect(spread(xavierUniform(shape, 2, 3)) / (3 * Math.sqrt(2 / 2400))).toBeCloseTo(1, 1);
    expect(spread(normal(shape, 2, 5, 0.25))).toBeCloseTo(0.25, 2);
    expect(spread(uniform(shape, 2, -1, 1))).toBeCloseTo(Math.sqrt(1 / 3), 2);
  });
  it('of even spread stay within their bound', () => {
    const bound = Math.sqrt(6 / 2400);
    expect(xavierUniform(shape, 1).data.every((v) => Math.abs(v) <= bound)).toBe(true);
  });
  it('have torch’s gains', () => {
    expect(gainOf('leakyRelu', 0.2)).toBeCloseTo(1.3867504905630728, 15);
    expect([gainOf('linear'), gainOf('tanh'), gainOf('relu'), gainOf('selu')]).toEqual([1, 5 / 3, Math.SQRT2, 0.75]);
  });
  it('refuse a weight with one axis', () =>
    expect(() => heNormal([5], 1)).toThrow(new RangeError('init: expected a weight with at least two axes, received [5]')));
});

describe('noise', () => {
  const x = tensor([1, 1, 200, 500], new Array<number>(count).fill(2));
  it('of both distributions has the given mean and deviation, seed 1', () => {
    for (const distribution of ['normal', 'uniform']) {
      const y = numbers(run('additiveNoise', { x }, { distribution, mean: 1, std: 0.5 }));
      expect(mean(y)).toBeCloseTo(3, 1);
      expect(variance(y)).toBeCloseTo(0.25, 2);
    }
  });
  it('drops the given share of values and keeps their mean, seed 1', () => {
    const y = numbers(run('dropout', { x }, { p: 0.2 }));
    expect(y.filter((v) => v === 0).length / count).toBeCloseTo(0.2, 2);
    expect(mean(y)).toBeCloseTo(2, 1);
    expect(new Set(y)).toEqual(new Set([0, 2.5]));
  });
  it('drops the same values in the gradient, seed 1', () => {
    const ones = { x: tensor([64], new Array<number>(64).fill(1)) };
    expect(gradients('dropout', ones).x).toEqual(numbers(run('dropout', ones)));
  });
});
