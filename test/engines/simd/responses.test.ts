import { describe, expect, it } from 'vitest';
import { backwardParity, openGuarded, parity, randomTensor, stepOf } from './engine';
import { tolerances } from './tolerances';

const engine = await openGuarded();
const { forward, backward } = tolerances.localResponseNorm!;

describe('local response norm', () => {
  it('agrees for every tail length and for windows of every side', async () => {
    for (let w = 1; w <= 18; w++) {
      const step = stepOf('localResponseNorm', { size: (w % 7) + 1, alpha: 3, k: 0.5, beta: w % 2 ? 0.75 : 1.3 });
      expect(await parity(engine, step, randomTensor([2, 5, 3, w], w, 8), forward), `${w} columns`).toBeLessThanOrEqual(1);
    }
  });
  it('agrees where every window holds all channels, for every tail length', async () => {
    for (let w = 1; w <= 18; w++) {
      const step = stepOf('localResponseNorm', { size: 5 + (w % 3), alpha: 3, k: 0.5, beta: w % 2 ? 0.75 : 1.3 });
      expect(await parity(engine, step, randomTensor([2, 3, 3, w], w, 8), forward), `${w} columns`).toBeLessThanOrEqual(1);
    }
  });
  it('agrees over several strips and jobs', async () => {
    for (const size of [3, 5]) {
      const step = stepOf('localResponseNorm', { size, alpha: 3 });
      expect(await parity(engine, step, randomTensor([1, 3, 211, 307], size, 8), forward)).toBeLessThanOrEqual(1);
    }
  });
  it('with the usual power is within a share of 1e-6', async () => {
    const x = randomTensor([1, 64, 40, 33], 3, 20);
    const step = stepOf('localResponseNorm', { size: 5, alpha: 2 });
    expect(await parity(engine, step, x, { atol: 0, rtol: 1e-6 })).toBeLessThanOrEqual(1);
  });
  it('agrees at NaN, infinities and where all squares are 0', async () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 1, 2, 0, 0, 0, 0, 0, 3];
    const x = { shape: [1, 6, 1, 2], data: Float32Array.from(values) };
    for (const beta of [0, 0.75, 1])
      for (const k of [0, 1]) {
        const step = stepOf('localResponseNorm', { size: 3, alpha: 1, k, beta });
        expect(await parity(engine, step, x, forward), `β ${beta}, k ${k}`).toBeLessThanOrEqual(1);
      }
  });
  it('leaves sums of more than 256 squares, and a k that float32 does not hold, to the reference', () => {
    const judged = (channels: number, k: number) =>
      engine.judge(stepOf('localResponseNorm', { size: 1000, k }), { shape: [1, channels, 2, 2] }).runs;
    expect([judged(256, 1), judged(257, 1), judged(3, 1e-40)]).toEqual([true, false, false]);
  });
  it('has the gradient of the reference for every tail length and window, where nothing is passed on, and on many channels', async () => {
    const agrees = async (params: Record<string, unknown>, shape: readonly number[]) => {
      const step = stepOf('localResponseNorm', params);
      const [x, dy] = [randomTensor(shape, 7, 8), randomTensor(shape, 8)];
      dy.data[0] = 0;
      expect(await backwardParity(engine, step, x, dy, backward!), `[${shape.join()}]`).toBeLessThanOrEqual(1);
    };
    for (let w = 1; w <= 18; w++) await agrees({ size: (w % 7) + 1, alpha: 3, k: 0.5, beta: w % 2 ? 0.75 : 1.3 }, [2, 5, 3, w]);
    await agrees({ size: 3, alpha: 0 }, [1, 4, 5, 6]);
    await agrees({ size: 3, beta: 0 }, [1, 4, 5, 6]);
    await agrees({ size: 5, alpha: 2 }, [1, 64, 40, 33]);
  });
  it('a gradient is 0 where dy is, also beside NaN and infinities', async () => {
    const step = stepOf('localResponseNorm', { size: 1, alpha: 1 });
    const x = { shape: [1, 1, 1, 4], data: Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, 0, 3) };
    const dy = { shape: [1, 1, 1, 4], data: Float32Array.of(0, 0, 1, 1) };
    expect(await backwardParity(engine, step, x, dy, backward!)).toBeLessThanOrEqual(1);
  });
  it('leaves gradients whose terms may be huge to the reference', () => {
    const judged = (params: Record<string, unknown>) =>
      engine.judgeBackward(stepOf('localResponseNorm', params), { shape: [1, 3, 2, 2] }).runs;
    expect([judged({}), judged({ k: 0.4 }), judged({ beta: 2.5 })]).toEqual([true, false, false]);
  });
});

describe('PReLU', () => {
  it('with a slope for each channel runs on pictures, and on other shapes is left to the reference', () => {
    const step = stepOf('prelu', {}, { weight: randomTensor([3], 1) });
    expect(engine.judge(step, { shape: [2, 3, 4, 5] }).runs).toBe(true);
    expect(engine.judge(step, { shape: [2, 3] })).toEqual({
      runs: false,
      why: 'a slope for each channel has a fast routine for pictures [N, C, H, W] only',
    });
  });
});

it('input normalisation takes the numbers of each channel, also when fused', async () => {
  const x = randomTensor([2, 3, 20, 31], 4, 2);
  const step = stepOf('normalizeInput', { range: 'ImageNet' });
  expect(await parity(engine, step, x, tolerances.normalizeInput!.forward)).toBeLessThanOrEqual(1);
  const fused = await engine.run([stepOf('relu'), step], x);
  const apart = await engine.run([step], await engine.run([stepOf('relu')], x));
  expect(fused.data).toEqual(apart.data);
});
