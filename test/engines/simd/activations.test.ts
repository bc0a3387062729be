import { describe, expect, it } from 'vitest';
import type { Tensor } from '../../../src/core/tensor';
import { planners } from '../../../src/engines/simd/plans';
import { backwardParity, openGuarded, parity, randomTensor, stepOf, type Tolerance } from './engine';
import { tolerances } from './tolerances';

const engine = await openGuarded();
const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

/** Parameters that move every branch; each activation with its starting ones as well. */
const cases: readonly (readonly [op: string, params?: Readonly<Record<string, unknown>>])[] = [
  ['identity'],
  ['relu'],
  ['relu6'],
  ['leakyRelu', { negativeSlope: 0.3 }],
  ['leakyRelu', { negativeSlope: 0 }],
  ['leakyRelu', { negativeSlope: -2 }],
  ['hardtanh', { minVal: -0.3, maxVal: 0.7 }],
  ['threshold', { threshold: 0.1, value: -3.3 }],
  ['binaryStep', { values: 0.5 }],
  ['hardshrink', { lambd: 0.3 }],
  ['softshrink', { lambd: 0.3 }],
  ['hardsigmoid'],
  ['hardswish'],
  ['elu'],
  ['elu', { alpha: -1.7 }],
  ['celu'],
  ['celu', { alpha: 0.3 }],
  ['selu'],
  ['sigmoid'],
  ['logsigmoid'],
  ['silu'],
  ['mish'],
  ['softplus'],
  ['softplus', { beta: 0.3, threshold: 0 }],
  ['softsign'],
  ['tanh'],
  ['tanhshrink'],
  ['gelu'],
  ['gelu', { approximate: 'tanh' }],
];
const named = cases.map(([op, params = {}]) => [`${op} ${JSON.stringify(params)}`, stepOf(op, params)] as const);

/** Every 2^(k/8) of both signs that float32 holds without being subnormal, and numbers around kinks. */
const everySize: Tensor<Float32Array> = (() => {
  const sizes = Array.from({ length: 8 * 253 }, (_, k) => 2 ** (k / 8 - 126));
  const kinks = [0.1, 0.3, 0.5, 0.7, 1, 3, 6].flatMap((v) => [v, v * (1 + 2 ** -23), v * (1 - 2 ** -24)]);
  const both = [...sizes, ...kinks].flatMap((v) => [v, -v]);
  return { shape: [both.length], data: Float32Array.from(both) };
})();
/** −90 to 90 in steps of 1/64. */
const everyPlace: Tensor<Float32Array> = {
  shape: [11521],
  data: Float32Array.from({ length: 11521 }, (_, k) => k / 64 - 90),
};
const special: Tensor<Float32Array> = {
  shape: [13],
  data: Float32Array.of(nan, infinity, -infinity, 0, -0, 1e-40, -1e-40, 3e38, -3e38, 1e20, -1e20, 100, -100),
};
const allOf = (name: string, backward: boolean): Tolerance => {
  const tolerance = tolerances[name]!;
  return backward ? tolerance.backward! : tolerance.forward;
};

describe.each(named)('%s', (_, step) => {
  const { name } = step.op;
  it('agrees with the reference at numbers of every size', async () => {
    expect(await parity(engine, step, everySize, allOf(name, false))).toBeLessThanOrEqual(1);
    expect(await parity(engine, step, everyPlace, allOf(name, false))).toBeLessThanOrEqual(1);
  });
  it('takes NaN, infinities, zeros and very large numbers where the reference takes them', async () => {
    expect(await parity(engine, step, special, allOf(name, false))).toBeLessThanOrEqual(1);
  });
  it('agrees for every tail length, and writes nothing behind it', async () => {
    for (let n = 1; n <= 19; n++)
      expect(await parity(engine, step, randomTensor([n], n, 6), allOf(name, false)), `${n} values`).toBeLessThanOrEqual(1);
  });
  it('has the derivative of the reference at numbers of every size', async () => {
    for (const x of [everySize, everyPlace, randomTensor([5], 2)]) {
      const dy = randomTensor(x.shape, 3);
      expect(await backwardParity(engine, step, x, dy, allOf(name, true))).toBeLessThanOrEqual(1);
    }
  });
  it('has the derivative of the reference at NaN, infinities and zeros, and stops infinite gradients where it is 0', async () => {
    const ones = { shape: [13], data: new Float32Array(13).fill(1) };
    const infinite = { shape: [13], data: new Float32Array(13).fill(infinity) };
    expect(await backwardParity(engine, step, special, ones, allOf(name, true))).toBeLessThanOrEqual(1);
    if (['relu', 'threshold', 'hardtanh', 'hardshrink', 'softshrink', 'binaryStep', 'hardswish'].includes(name))
      expect(await backwardParity(engine, step, special, infinite, allOf(name, true))).toBeLessThanOrEqual(1);
  });
  it('does the same within a chain', async () => {
    const x = randomTensor([2, 3, 9, 7], 5, 4);
    const [alone, fused] = [await engine.run([step], x), await engine.run([stepOf('identity'), step, stepOf('identity')], x)];
    expect(fused.data).toEqual(alone.data);
  });
});

describe('near the values of photographs', () => {
  const photograph = randomTensor([1, 3, 200, 300], 7, 8);
  it.each([
    ['sigmoid', {}, 2e-7],
    ['silu', {}, 3e-7],
    ['tanh', {}, 3e-7],
    ['elu', {}, 3e-7],
    ['softplus', {}, 3e-7],
    ['mish', {}, 5e-7],
    ['gelu', {}, 1.2e-6],
    ['gelu', { approximate: 'tanh' }, 2e-6],
  ])('%s %o is within a share of %d, also where it is small', async (op, params, rtol) => {
    expect(await parity(engine, stepOf(op, params), photograph, { atol: 0, rtol })).toBeLessThanOrEqual(1);
  });
});

it('every activation is fused: its plan says how to map a run', () => {
  for (const { op, forward } of planners) {
    const step = cases.find(([name]) => name === op.name);
    if (!step) continue;
    const { params } = stepOf(...step);
    const plan = forward({ params, inputs: { x: { shape: [3] } }, outputs: { y: [3] }, exact: false });
    expect(typeof plan === 'string' ? plan : plan.pointwise, op.name).toBeTypeOf('function');
  }
});
