import { describe, expect, it } from 'vitest';
import { openGuarded, parity, randomTensor, stepOf } from './engine';

const engine = await openGuarded();
/** A float32 sum of so many products of values in ±1, and how far it is off at most. */
const plain = (products: number) => ({ atol: (16 + 0.75 * products) * 2 ** -24, rtol: 2e-7 });

const linear = (inputs: number, outputs: number, over: string, biases = outputs) =>
  stepOf('linear', { over }, { weight: randomTensor([outputs, inputs], inputs), bias: randomTensor([biases], 3) });

describe('a linear layer', () => {
  it('agrees with the reference for every number of rows, inputs and outputs up to twice a block', async () => {
    for (let n = 1; n <= 17; n++) {
      expect(await parity(engine, linear(n, 6, 'last'), randomTensor([5, n], n), plain(n)), `${n} inputs`).toBeLessThanOrEqual(1);
      expect(await parity(engine, linear(7, n, 'last'), randomTensor([5, 7], n), plain(7)), `${n} outputs`).toBeLessThanOrEqual(
        1,
      );
      expect(await parity(engine, linear(7, 6, 'last', 1), randomTensor([n, 7], n), plain(7)), `${n} rows`).toBeLessThanOrEqual(
        1,
      );
    }
  });
  it('adds up many inputs in parts, in tiles of many rows', async () => {
    expect(await parity(engine, linear(1300, 33, 'last'), randomTensor([3, 50, 1300], 1), plain(1300))).toBeLessThanOrEqual(1);
    expect(await parity(engine, linear(1300, 9, 'channels'), randomTensor([1, 1300, 9, 11], 1), plain(1300))).toBeLessThanOrEqual(
      1,
    );
  });
  it('mixes the channels of pictures of every width', async () => {
    for (let w = 1; w <= 40; w++)
      expect(
        await parity(engine, linear(9, 5, 'channels'), randomTensor([2, 9, 1, w], w), plain(9)),
        `${w} wide`,
      ).toBeLessThanOrEqual(1);
    expect(await parity(engine, linear(3, 4, 'channels'), randomTensor([1, 3, 200, 300], 4), plain(3))).toBeLessThanOrEqual(1);
  });
  it('is followed by activations of each channel, whichever way the values lie', async () => {
    for (const over of ['last', 'channels']) {
      const x = randomTensor([2, 12, 9, 12], 5);
      const [first, then] = [await engine.run([linear(12, 8, over)], x), stepOf('leakyRelu', { negativeSlope: 0.5 })];
      const fused = await engine.run([linear(12, 8, over), then], x);
      expect(Array.from(fused.data)).toEqual(Array.from(first.data, (v) => (v > 0 ? v : v / 2)));
    }
  });
});

describe('grey', () => {
  it('weighs planes of every length', async () => {
    for (let w = 1; w <= 70; w++)
      for (const weights of ['mean', 'bt601', 'bt709'])
        expect(await parity(engine, stepOf('grey', { weights }), randomTensor([2, 3, 1, w], w), plain(3))).toBeLessThanOrEqual(1);
  });
  it('takes the mean of many channels, of a picture of 300 × 200', async () => {
    expect(
      await parity(engine, stepOf('grey', { weights: 'mean' }), randomTensor([1, 20, 200, 300], 6), plain(1)),
    ).toBeLessThanOrEqual(1);
  });
  it('says how many planes', () => {
    expect(engine.judge(stepOf('grey'), { shape: [1, 3, 4, 4] })).toEqual({ runs: true, how: expect.stringMatching(/3 planes/) });
  });
});
