import { describe, expect, it } from 'vitest';
import { openGuarded, parity, randomTensor, stepOf } from './engine';

const engine = await openGuarded();
/** A slope and a product, each rounded once. */
const rounded = { atol: 0, rtol: 1.3e-7 };

describe('activations in one pass', () => {
  it('agree with the reference for every tail length', async () => {
    for (let n = 1; n <= 37; n++) {
      for (const step of [stepOf('relu'), stepOf('leakyRelu', { negativeSlope: 0.3 })]) {
        expect(await parity(engine, step, randomTensor([n], n), rounded), `${step.op.name} of ${n} values`).toBeLessThanOrEqual(
          1,
        );
      }
    }
  });
  it('keep NaN and infinities', async () => {
    const x = { shape: [5], data: Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0) };
    expect(await parity(engine, stepOf('relu'), x, rounded)).toBe(0);
    expect(await parity(engine, stepOf('leakyRelu'), x, rounded)).toBe(0);
  });
  it('are fused into the step before, with the same result', async () => {
    const x = randomTensor([2, 3, 17, 5], 1);
    const chain = [stepOf('leakyRelu', { negativeSlope: 0.5 }), stepOf('relu'), stepOf('leakyRelu', { negativeSlope: 0.1 })];
    const y = await engine.run(chain, x);
    expect(Array.from(y.data)).toEqual(Array.from(x.data, (v) => Math.max(v, 0)));
  });
});
