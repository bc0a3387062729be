import { describe, expect, it } from 'vitest';
import { starterScene } from '../../../src/core/quick';
import { weightsOf } from '../../../src/core/sequential';
import type { Shape } from '../../../src/core/tensor';
import type { Prepared } from '../../../src/engines/engine';
import { reference } from '../../../src/engines/reference';
import { Held } from '../../../src/engines/simd/machine';
import { planners } from '../../../src/engines/simd/plans';
import { openGuarded, randomTensor, stepOf, worstError } from './engine';

const engine = await openGuarded();
const shape = [2, 3, 151, 207];

function chainOf(op: string, x: Shape): Prepared[] {
  return starterScene(op).steps.map((step) => {
    const { op, params } = stepOf(step.op, step.params);
    return { op, params, weights: weightsOf(op, step, params, x) };
  });
}

/** What the result keeps, and the same counted one by one in its first picture. */
async function measured(chain: readonly Prepared[], x = randomTensor(shape, chain.length)) {
  const y = await engine.run(chain, x, { keep: true, measure: true });
  if (!(y instanceof Held)) throw new Error('Expected a result in the memory of the engine.');
  const [, channels = 1, h = 1, w = 1] = y.shape;
  const plain = Array.from({ length: channels }, (_, c) => {
    const finite = [...y.data.subarray(c * h * w, (c + 1) * h * w)].filter(Number.isFinite);
    const sum = (of: (v: number) => number) => finite.reduce((total, v) => total + of(v), 0);
    const least = finite.reduce((a, v) => Math.min(a, v), Number.POSITIVE_INFINITY);
    const most = finite.reduce((a, v) => Math.max(a, v), Number.NEGATIVE_INFINITY);
    return { min: least, max: most, magnitude: sum(Math.abs), negative: sum((v) => -Math.min(0, v)) };
  });
  const { sums } = y;
  engine.release(y);
  expect(engine.machine.arena.used).toBe(0);
  return { sums, plain };
}
function expectAlike({ sums, plain }: Awaited<ReturnType<typeof measured>>, why: string): void {
  expect(
    sums?.map(({ min, max }) => [min, max]),
    why,
  ).toEqual(plain.map(({ min, max }) => [min, max]));
  for (const [c, { magnitude, negative }] of plain.entries()) {
    // Sixteen values are summed in float32 before they are added in float64.
    expect(Math.abs(sums![c]!.magnitude - magnitude), why).toBeLessThanOrEqual(1e-6 * magnitude);
    expect(Math.abs(sums![c]!.negative - negative), why).toBeLessThanOrEqual(1e-6 * magnitude);
  }
}

describe('statistics found while a result is made', () => {
  const ops = planners.map(({ op }) => op.name).filter((name) => engine.judge(chainOf(name, shape)[0]!, { shape }).runs);
  it('are those of the first picture, for every op whose jobs say what they finish', async () => {
    let found = 0;
    for (const name of ops) {
      const result = await measured(chainOf(name, shape));
      if (!result.sums) continue;
      found += 1;
      expectAlike(result, name);
    }
    expect(found).toBeGreaterThan(0.75 * ops.length);
  });
  it('are those behind element-wise steps in the same jobs, and in jobs of their own', async () => {
    expectAlike(await measured([stepOf('maxPool2d', { kernelSize: 3, stride: 1 }), stepOf('tanh')]), 'in the same jobs');
    expectAlike(await measured([stepOf('softmax', { dim: 3 }), stepOf('leakyRelu')]), 'in jobs of their own');
  });
  it('leave out what is not finite', async () => {
    const x = randomTensor([1, 2, 30, 70], 3);
    for (const [i, v] of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].entries()) x.data[97 * i + 5] = v;
    expectAlike(await measured([stepOf('leakyRelu')], x), 'leakyRelu');
  });
  it('are not kept where nobody asks', async () => {
    const y = await engine.run([stepOf('relu')], randomTensor(shape, 1), { keep: true });
    expect(y instanceof Held && y.sums).toBeUndefined();
    engine.release(y);
  });
});

it('an element-wise step behind sums in float64 changes the result, not the sums', async () => {
  const chain = [
    stepOf('lpPool2d', { normType: 2.5, kernelSize: 3 }),
    stepOf('leakyRelu', { negativeSlope: -2 }),
    stepOf('tanh'),
  ];
  const x = randomTensor([1, 2, 31, 40], 7);
  x.data.forEach((v, i) => {
    x.data[i] = Math.abs(v);
  });
  const [fast, plain] = [await engine.run(chain, x), await reference.run(chain, x)];
  expect(worstError(fast, plain, { atol: 1e-6, rtol: 1e-5 })).toBeLessThan(1);
});
