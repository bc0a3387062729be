import { describe, expect, it } from 'vitest';
import type { Shape, Tensor } from '../../../src/core/tensor';
import type { Prepared } from '../../../src/engines/engine';
import { reference } from '../../../src/engines/reference';
import { backwardParity, openGuarded, parity, randomTensor, stepOf, worstError } from './engine';
import { tolerances } from './tolerances';

const engine = await openGuarded();

/** γ and β between −1 and 1, running statistics of their own. */
function normOf(op: string, shape: Shape, params: Readonly<Record<string, unknown>> = {}, weights?: Shape): Prepared {
  const c = shape[1] ?? 1;
  const of = weights ?? [op === 'layerNorm' ? 1 : c];
  const given: Record<string, Tensor> = { weight: randomTensor(of, 11), bias: randomTensor(of, 12) };
  if (op === 'batchNorm') {
    given.runningMean = randomTensor([c], 13);
    given.runningVar = { shape: [c], data: randomTensor([c], 14).data.map((v) => v + 1.5) };
  }
  return stepOf(op, params, given);
}

async function agrees(step: Prepared, x: Tensor, title: string): Promise<void> {
  const { forward, backward } = tolerances[step.op.name]!;
  expect(await parity(engine, step, x, forward), title).toBeLessThanOrEqual(1);
  const dy = randomTensor(x.shape, 21);
  if (engine.judgeBackward(step, x).runs)
    expect(await backwardParity(engine, step, x, dy, backward!), `gradient: ${title}`).toBeLessThanOrEqual(1);
}

const kinds: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['batchNorm', { training: false }],
  ['batchNorm', { training: true }],
  ['instanceNorm', {}],
  ['groupNorm', { numGroups: 2 }],
  ['layerNorm', { normalizedAxes: 1 }],
  ['layerNorm', { normalizedAxes: 2 }],
  ['layerNorm', { normalizedAxes: 3 }],
];

describe.each(kinds)('%s %o', (op, params) => {
  it('agrees with the reference, value and gradients, for every tail length', async () => {
    for (let w = 2; w <= 20; w++) {
      const shape = [2, 4, 3, w];
      await agrees(normOf(op, shape, params), randomTensor(shape, w), `[${shape.join()}]`);
    }
  });
  it('agrees for planes of several blocks and several jobs', async () => {
    for (const shape of [
      [1, 2, 200, 300],
      [1, 2, 300, 401],
      [3, 6, 33, 47],
    ])
      await agrees(normOf(op, shape, params), randomTensor(shape, 3), `[${shape.join()}]`);
  });
  it('has nothing to do for an empty batch', async () => {
    const shape = [0, 4, 3, 5];
    await agrees(normOf(op, shape, params), randomTensor(shape, 3), 'empty');
  });
  it('makes the same numbers when an activation follows in the same job', async () => {
    const shape = [2, 4, 9, 11];
    const [step, x] = [normOf(op, shape, params), randomTensor(shape, 3)];
    const slopes = { weight: randomTensor([4], 31) };
    const after = stepOf('prelu', {}, slopes);
    const [fused, first] = [await engine.run([step, after], x), await engine.run([step], x)];
    expect(fused.data).toEqual((await engine.run([after], first)).data);
  });
});

describe('statistics', () => {
  const shape = [1, 2, 150, 170];
  it.each([1e3, 1e5])('are exact about a mean of %d', async (mean) => {
    const x = { shape, data: randomTensor(shape, 5).data.map((v) => v + mean) };
    for (const [op, params] of kinds) await agrees(normOf(op, shape, params), x, op);
  });
  it.each([1e-20, 1e25])('are exact for values of a size of %d, whose squares float32 does not hold', async (size) => {
    const x = { shape, data: randomTensor(shape, 5).data.map((v) => v * size) };
    const step = normOf('instanceNorm', shape, { eps: 0 });
    expect(await parity(engine, step, x, { atol: 1e-6, rtol: 1e-6 })).toBeLessThanOrEqual(1);
  });
  it('are exact where the first value of every block is far from all others', async () => {
    const x = { shape, data: randomTensor(shape, 5).data.map((v, i) => (i % 1024 === 0 ? 1 : 0.001 * v)) };
    const step = normOf('instanceNorm', shape, { eps: 0 });
    expect(await parity(engine, step, x, { atol: 1e-6, rtol: 1e-6 })).toBeLessThanOrEqual(1);
  });
  it('that are known let an infinite value beside a gradient leave that alone', async () => {
    const x = randomTensor(shape, 5);
    x.data.set([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], 777);
    const step = normOf('batchNorm', shape, { training: false });
    const dy = randomTensor(shape, 6);
    const [fast, plain] = [await engine.backward(step, x, dy), await reference.backward(step, x, dy)];
    expect(worstError(fast.x!, plain.x!, { atol: 0, rtol: 4e-7 })).toBeLessThanOrEqual(1);
  });
  it.each([Number.NaN, Number.POSITIVE_INFINITY])('with %d among the values make NaN of all that share them', async (value) => {
    const x = randomTensor([1, 2, 30, 40], 5);
    x.data[777] = value;
    for (const [op, params] of kinds)
      expect(await parity(engine, normOf(op, x.shape, params), x, { atol: 1e-6, rtol: 1e-6 })).toBeLessThanOrEqual(1);
  });
  it('of equal values give β', async () => {
    const x = { shape: [1, 2, 5, 7], data: new Float32Array(70).fill(3.25) };
    const step = normOf('instanceNorm', x.shape);
    const y = await engine.run([step], x);
    expect(y.data[3]).toBe(Math.fround(step.weights.bias!.data[0]!));
    expect(y.data[40]).toBe(Math.fround(step.weights.bias!.data[1]!));
  });
});

describe('layer norm with a weight for every place', () => {
  it.each([1, 2, 3])('agrees for %d axes', async (normalizedAxes) => {
    for (const shape of [
      [2, 3, 5, 7],
      [1, 2, 150, 290],
      [1, 1, 4, 9],
    ]) {
      const step = normOf('layerNorm', shape, { normalizedAxes }, shape.slice(-normalizedAxes));
      await agrees(step, randomTensor(shape, 3), `[${shape.join()}]`);
      expect(engine.judgeBackward(step, { shape })).toEqual({
        runs: false,
        why: 'gradients of a γ and β for every place have no fast routine',
      });
    }
  });
});

it('says how: one pass with known statistics, else sums by blocks', () => {
  const x = { shape: [1, 4, 5, 5] };
  expect(engine.judge(normOf('batchNorm', x.shape), x)).toEqual({
    runs: true,
    how: 'one pass that scales and shifts, because mean and variance are known beforehand',
  });
  expect(engine.judge(normOf('batchNorm', x.shape, { training: true }), x)).toEqual({
    runs: true,
    how: 'mean and variance by blocks, joined in float64, then one pass that scales',
  });
  expect(engine.judge(normOf('instanceNorm', x.shape, { eps: 1e-40 }), x).runs).toBe(false);
});
