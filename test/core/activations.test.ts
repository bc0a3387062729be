import { describe, expect, it } from 'vitest';
import { curve } from '../../src/core/curve';
import { parse } from '../../src/core/parse';
import { type AnyOp, opOf, ops } from '../../src/core/registry';
import { type Tensor, tensor } from '../../src/core/tensor';
import { gradients, numbers, run } from './run';

const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];
const huge = 1e308;
const selu = 1.0507009873554805 * 1.6732632423543772;

/** As torch 2.13 has them: values at −∞, −1e308, 1e308 and ∞. */
const ends: Readonly<Record<string, readonly [number, number, number, number]>> = {
  binaryStep: [0, 0, 1, 1],
  celu: [-1, -1, huge, inf],
  elu: [-1, -1, huge, inf],
  gelu: [nan, -0, huge, inf],
  hardshrink: [-inf, -huge, huge, inf],
  hardsigmoid: [0, 0, 1, 1],
  hardswish: [nan, -0, inf, inf],
  hardtanh: [-1, -1, 1, 1],
  identity: [-inf, -huge, huge, inf],
  leakyRelu: [-inf, -1e306, huge, inf],
  logsigmoid: [-inf, -huge, 0, 0],
  mish: [nan, -0, huge, inf],
  prelu: [-inf, -0.25 * huge, huge, inf],
  relu: [0, 0, huge, inf],
  relu6: [0, 0, 6, 6],
  rrelu: [-inf, (-11 / 48) * huge, huge, inf],
  selu: [-selu, -selu, 1.0507009873554805 * huge, inf],
  sigmoid: [0, 0, 1, 1],
  silu: [nan, -0, huge, inf],
  softplus: [0, 0, huge, inf],
  softshrink: [-inf, -huge, huge, inf],
  softsign: [nan, -1, 1, nan],
  tanh: [-1, -1, 1, 1],
  tanhshrink: [-inf, -huge, huge, inf],
  threshold: [0, 0, huge, inf],
};

/** The slopes that torch’s autograd takes: op, parameters, place, slope. */
const conventions: readonly (readonly [string, Readonly<Record<string, unknown>>, number, number])[] = [
  ['relu', {}, 0, 0],
  ['relu6', {}, 0, 0],
  ['relu6', {}, 6, 0],
  ['leakyRelu', {}, 0, 0.01],
  ['prelu', {}, 0, 0.25],
  ['rrelu', {}, 0, 11 / 48],
  ['elu', { alpha: 2.5 }, 0, 2.5],
  ['selu', {}, 0, 1.7580993408473766],
  ['celu', { alpha: 2.5 }, 0, 1],
  ['hardtanh', {}, -1, 0],
  ['hardtanh', {}, 1, 0],
  ['hardsigmoid', {}, -3, 0],
  ['hardsigmoid', {}, 3, 0],
  ['hardswish', {}, -3, 0],
  ['hardswish', {}, 3, 1],
  ['softshrink', {}, -0.5, 0],
  ['softshrink', {}, 0.5, 0],
  ['hardshrink', {}, -0.5, 0],
  ['hardshrink', {}, 0.5, 0],
  ['threshold', { threshold: 0.3, value: 1 }, 0.3, 0],
  ['softplus', {}, 0, 0.5],
  ['binaryStep', {}, 0, 0],
];

const pointwise = Object.values(ops).filter((op) => op.kinks);
const weights = (op: AnyOp): Readonly<Record<string, Tensor>> => (op.name === 'prelu' ? { weight: tensor([1], [0.25]) } : {});
const apply = (op: AnyOp, values: readonly number[], raw = {}) =>
  numbers(run(op.name, { x: tensor([values.length], values), ...weights(op) }, raw));
const slopes = (op: AnyOp, values: readonly number[], raw = {}) =>
  gradients(op.name, { x: tensor([values.length], values), ...weights(op) }, raw).x ?? [];

it('every pointwise op has its values at the ends written down here', () =>
  expect(pointwise.map(({ name }) => name).sort()).toEqual(Object.keys(ends).sort()));

describe.each(pointwise.map((op) => [op.name, op] as const))('%s', (name, op) => {
  it('has torch’s values at ±∞ and ±1e308', () => {
    for (const [i, got] of apply(op, [-inf, -huge, huge, inf]).entries()) {
      const expected = ends[name]?.[i] ?? nan;
      if (Number.isFinite(expected)) expect(Math.abs(got - expected)).toBeLessThanOrEqual(1e-15 * Math.abs(expected));
      else expect(got).toBe(expected);
    }
  });
  it('keeps NaN, or says in a trap what becomes of it', () => {
    const [got] = apply(op, [nan]);
    if (!Number.isNaN(got)) expect(op.traps?.join(' ')).toContain('NaN');
  });
  it('takes −0 as it takes 0, but for its sign', () => {
    const [minus = nan, plus = nan] = apply(op, [-0, 0]);
    expect(minus === plus).toBe(true);
    expect(slopes(op, [-0])).toEqual(slopes(op, [0]));
  });
  it('has finite slopes at ±1e308', () => expect(slopes(op, [-huge, huge]).every(Number.isFinite)).toBe(true));
  it('stays in its range and bends only at its kinks, 400 samples with seed 11', () => {
    const params = parse(op.params, {}, name);
    const drawn = curve(op, params, { from: -9, to: 9, count: 400, seed: 11 }, weights(op));
    const [, low, high] = op.range?.(params) ?? ['[', nan, nan];
    const kinks = op.kinks?.(params) ?? [];
    expect(drawn.kinks.map((i) => drawn.x[i])).toEqual(kinks.filter((at) => Math.abs(at) <= 9));
    for (const [i, x] of drawn.x.entries()) {
      const y = drawn.y[i] ?? nan;
      expect(y).toBeGreaterThanOrEqual(low - 1e-12);
      expect(y).toBeLessThanOrEqual(high + 1e-12);
      const h = 1e-5;
      if (kinks.some((at) => Math.abs(at - x) <= 2 * h)) continue;
      const [before = nan, after = nan] = apply(op, [x - h, x + h]);
      expect(Math.abs((after - before) / (2 * h) - (drawn.slope[i] ?? nan))).toBeLessThan(1e-7);
    }
  });
  it('has a bend or a step at every kink', () => {
    for (const at of op.kinks?.(parse(op.params, {}, name)) ?? []) {
      const [before = nan, after = nan] = apply(op, [at - 1e-9, at + 1e-9]);
      const [left = nan, right = nan] = slopes(op, [at - 1e-9, at + 1e-9]);
      expect(Math.max(Math.abs(after - before), Math.abs(left - right))).toBeGreaterThan(2e-9);
    }
  });
});

describe('at kinks the slope is torch’s', () => {
  it.each(conventions)('%s %j at %d: %d', (name, raw, at, slope) => {
    expect(slopes(opOf(name), [at], raw)[0]).toBeCloseTo(slope, 14);
  });
});

describe('facts', () => {
  it('of GELU: both formulas differ most near 2.699, by 0.000473', () => {
    const op = opOf('gelu');
    const gap = (x: number) => Math.abs(apply(op, [x])[0]! - apply(op, [x], { approximate: 'tanh' })[0]!);
    expect(gap(2.699)).toBeCloseTo(4.73e-4, 6);
    for (let x = -6; x < 6; x += 0.01) expect(gap(x)).toBeLessThan(4.74e-4);
  });
  it('of curves: ends are included, kinks are added, ops that mix values are refused', () => {
    const { x, y, kinks } = curve(opOf('relu'), {}, { from: -1, to: 2, count: 3 });
    expect(Array.from(x)).toEqual([-1, 0, 0.5, 2]);
    expect(Array.from(y)).toEqual([0, 0, 0.5, 2]);
    expect(kinks).toEqual([1]);
    expect(() => curve(opOf('softmax'), { dim: 1 }, { from: 0, to: 1, count: 2 })).toThrow(RangeError);
    expect(() => curve(opOf('relu'), {}, { from: 1, to: 0, count: 2 })).toThrow('expected at least one sample of a finite range');
  });
  it('of random slopes: in training all lie between the bounds, seed 3', () => {
    const made = apply(opOf('rrelu'), new Array<number>(1000).fill(-1), { training: true, seed: 3 });
    expect(Math.max(...made)).toBeLessThanOrEqual(-1 / 8);
    expect(Math.min(...made)).toBeGreaterThanOrEqual(-1 / 3);
    expect(new Set(made).size).toBeGreaterThan(990);
  });
  it('of bounds: the lower one may not be above the upper one', () => {
    expect(() => apply(opOf('hardtanh'), [0], { minVal: 2 })).toThrow('received 2 and 1');
    expect(() => apply(opOf('rrelu'), [0], { lower: 1 })).toThrow('expected a lower bound of at most the upper one');
  });
});

describe('softmax', () => {
  const x = tensor([2, 3], [1000, 1001, 1002, -5, -5, -5]);
  it('adds up to 1 along its axis, also where powers would overflow', () => {
    const y = numbers(run('softmax', { x }, { dim: -1 }));
    expect(y[0]! + y[1]! + y[2]!).toBeCloseTo(1, 15);
    expect(y.slice(3)).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });
  it('is NaN where a value is NaN or ∞, or all are −∞, and 0 for a single −∞', () => {
    for (const [a, b] of [
      [nan, 0],
      [inf, 0],
      [-inf, -inf],
    ] as const)
      expect(numbers(run('softmax', { x: tensor([1, 2], [a, b]) }, { dim: 1 }))[0]).toBeNaN();
    expect(numbers(run('softmax', { x: tensor([1, 2], [-inf, 0]) }))).toEqual([0, 1]);
  });
  it('in logarithms stays finite where the share is 0', () => {
    expect(numbers(run('logSoftmax', { x: tensor([1, 2], [0, 2000]) }))).toEqual([-2000, 0]);
  });
  it('refuses an axis that is not there, and takes tensors without values', () => {
    expect(() => run('softmax', { x }, { dim: 2 })).toThrow('softmax: expected an axis from −2 to 1 of [2, 3], received 2');
    expect(run('softmax', { x: tensor([2, 0], []) }).shape).toEqual([2, 0]);
  });
});
