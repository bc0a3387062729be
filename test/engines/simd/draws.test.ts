import { describe, expect, it } from 'vitest';
import { uniforms } from '../../../src/core/random';
import type { Tensor } from '../../../src/core/tensor';
import { backwardParity, openGuarded, parity, randomTensor, stepOf } from './engine';
import { tolerances } from './tolerances';

const engine = await openGuarded();
const bytesOf = ({ data }: Tensor<Float32Array>): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

const steps = [
  ['dropout', { p: 0.3, seed: 7 }],
  ['dropout', { p: 0, seed: 4294967295 }],
  ['dropout', { p: 1 }],
  ['dropout', { training: false }],
  ['rrelu', { training: true, seed: 3 }],
  ['rrelu', { training: true, lower: -1, upper: 1, seed: 4000000000 }],
  ['rrelu', { training: true, lower: 0, upper: 0 }],
  ['rrelu', { training: true, lower: 0, upper: 1, seed: 5 }],
  ['rrelu', { training: true, lower: 0.001, upper: 100, seed: 5 }],
  ['rrelu', { training: false }],
  ['additiveNoise', { distribution: 'uniform', mean: 0.25, std: 0.5, seed: 12 }],
  ['additiveNoise', {}],
  ['additiveNoise', { mean: 0.75, std: 1.25, seed: 8 }],
  ['additiveNoise', { mean: -3, std: 2, seed: 4294967295 }],
] as const;

describe.each(steps)('%s %o', (name, params) => {
  const step = stepOf(name, params);
  const { forward, backward } = tolerances[name]!;
  it('draws the numbers of the reference for every tail length and over several jobs', async () => {
    for (const shape of [...Array.from({ length: 13 }, (_, n) => [n + 1]), [2, 3, 150, 211]]) {
      const x = randomTensor(shape, 3);
      expect(await parity(engine, step, x, forward), `[${shape.join()}]`).toBeLessThanOrEqual(1);
      expect(await backwardParity(engine, step, x, randomTensor(shape, 4), backward!)).toBeLessThanOrEqual(1);
    }
  });
  it('draws them by place also where it is fused', async () => {
    const x = randomTensor([2, 3, 150, 211], 3);
    const fused = await engine.run([stepOf('relu6'), step], x);
    const apart = await engine.run([step], await engine.run([stepOf('relu6')], x));
    expect(Buffer.compare(bytesOf(fused), bytesOf(apart))).toBe(0);
  });
  it('keeps NaN and infinities as the reference does', async () => {
    const x = { shape: [5], data: Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 1) };
    expect(await parity(engine, step, x, forward)).toBeLessThanOrEqual(1);
  });
});

it('uniform noise is the same to the last bit, bell-shaped noise to the last place, or to a millionth where it is small', async () => {
  const x = randomTensor([100003], 5);
  const uniform = stepOf('additiveNoise', { distribution: 'uniform', mean: 0.3, std: 7 });
  expect(await parity(engine, uniform, x, { atol: 0, rtol: 0 })).toBe(0);
  const [large, small] = [stepOf('additiveNoise', { std: 3 }), stepOf('additiveNoise', { std: 1 })];
  expect(await parity(engine, large, x, { atol: 1e-12, rtol: 1.2e-7 })).toBeLessThanOrEqual(1);
  expect(await parity(engine, small, x, { atol: 1e-6, rtol: 0 })).toBeLessThanOrEqual(1);
});

it('dropout drops numbers on the very limit as the reference does', async () => {
  // The limit lies among the draws of the first values, so that their upper bits tie with it.
  const draw = uniforms(9);
  for (const index of [0, 5, 30]) {
    for (const p of [draw(index), draw(index) + 2 ** -53, draw(index) - 2 ** -53]) {
      const x = randomTensor([64], 2);
      expect(await parity(engine, stepOf('dropout', { p, seed: 9 }), x, tolerances.dropout!.forward)).toBeLessThanOrEqual(1);
    }
  }
});
