import { describe, expect, it } from 'vitest';
import { reference } from '../../../src/engines/reference';
import { randomTensor, stepOf } from './engine';
import { backward, engine, forward, how, same, spoilt } from './pools';

describe('winners of windows', () => {
  it('find the winners of windows of 2 × 2 at every width, among NaN and equal values', async () => {
    const none = { shape: [0], data: new Float32Array(0) };
    for (let w = 2; w <= 21; w++) {
      for (const x of [spoilt([2, 2, 7, w], w, 9), randomTensor([1, 2, 6, w], w)]) {
        for (let i = 0; i < x.data.length; i++) x.data[i] = Math.round(x.data[i]! * 2);
        const [most, least] = [stepOf('maxPool2d', { kernelSize: 2 }), stepOf('minPool2d', { kernelSize: 2 })];
        expect(await backward(most, x)).toBe(0);
        expect(await backward(least, x)).toBe(0);
        const unpool = stepOf('maxUnpool2d', { kernelSize: 2 }, { indices: none });
        expect(await forward(unpool, x)).toBe(0);
        expect(await backward(unpool, x)).toBe(0);
      }
    }
  });

  it('leave nothing where one window of 2 × 2 is far from the ends of a row or a column', async () => {
    for (const shape of [
      [1, 2, 7, 12],
      [1, 1, 2, 64],
      [2, 1, 9, 3],
      [1, 1, 5, 2],
    ])
      for (const stride of [
        [5, 65],
        [2, 65],
        [65, 2],
        [64, 5],
      ]) {
        const x = randomTensor(shape, 3);
        const unpool = stepOf('maxUnpool2d', { kernelSize: 2, stride }, { indices: { shape: [0], data: new Float64Array(0) } });
        for (const step of [
          stepOf('maxPool2d', { kernelSize: 2, stride }),
          stepOf('minPool2d', { kernelSize: 2, stride }),
          unpool,
        ])
          expect(await backward(step, x), `${step.op.name} [${shape}], stride ${stride}`).toBe(0);
        expect(await forward(unpool, x)).toBe(0);
      }
  });

  it('pass the gradient to the first of equal values, and add up where windows overlap', async () => {
    const x = randomTensor([1, 2, 40, 51], 10);
    for (let i = 0; i < x.data.length; i++) x.data[i] = Math.round(x.data[i]! * 2);
    for (const params of [
      same(3),
      same(8),
      { kernelSize: 2 },
      { kernelSize: [3, 2], stride: [1, 3], dilation: [5, 2], padding: 1 },
    ]) {
      for (const name of ['maxPool2d', 'minPool2d']) expect(await backward(stepOf(name, params), x)).toBeLessThanOrEqual(1);
    }
    const large = randomTensor([1, 1, 400, 300], 11);
    expect(await backward(stepOf('maxPool2d', same(9)), large)).toBeLessThanOrEqual(1);
    expect(await backward(stepOf('maxPool2d', { kernelSize: 4, stride: 5 }), large)).toBeLessThanOrEqual(1);
    expect(await backward(stepOf('avgPool2d', same(9)), large)).toBeLessThanOrEqual(1);
    expect(
      await backward(stepOf('avgPool2d', { kernelSize: 6, stride: 4, padding: 3, ceilMode: true }), large),
    ).toBeLessThanOrEqual(1);
  });

  it('pass the gradient to winners of large windows, which are found first', async () => {
    const params = { kernelSize: [121, 120], stride: 1, padding: [60, 7] };
    expect(engine.judgeBackward(stepOf('minPool2d', params), { shape: [1, 1, 340, 331] })).toEqual({
      runs: true,
      how: expect.stringMatching(/; then gradients are added/),
    });
    for (const x of [spoilt([1, 1, 340, 331], 5, 4001), randomTensor([2, 1, 340, 330], 6)]) {
      for (const name of ['maxPool2d', 'minPool2d']) expect(await backward(stepOf(name, params), x), name).toBeLessThanOrEqual(1);
      const unpool = stepOf('maxUnpool2d', params, { indices: { shape: [0], data: new Float64Array(0) } });
      expect(how(unpool, x.shape)).toMatch(/; then they are kept$/);
      expect(await forward(unpool, x)).toBe(0);
      expect(await backward(unpool, x)).toBe(0);
    }
  });
});

describe('what a max-pool stores', () => {
  it('is what the reference stores: the first of equal values, the last NaN, −1 on padding alone', async () => {
    const rounded = randomTensor([2, 2, 41, 37], 21);
    for (let i = 0; i < rounded.data.length; i++) rounded.data[i] = Math.round(rounded.data[i]! * 2);
    for (const x of [rounded, spoilt([1, 3, 30, 47], 22, 13), randomTensor([1, 1, 500, 401], 23)]) {
      for (const params of [
        { kernelSize: 2 },
        { kernelSize: 3, stride: 2, padding: 1 },
        same(9),
        { kernelSize: [2, 3], stride: [3, 1], dilation: [4, 2], padding: 1, ceilMode: true },
        { kernelSize: 1 },
      ]) {
        const step = stepOf('maxPool2d', params);
        const [found, expected] = [await engine.store(step, 'indices', x), await reference.store?.(step, 'indices', x)];
        expect(found, JSON.stringify(params)).toEqual(expected);
      }
    }
  });
});
