import { describe, expect, it } from 'vitest';
import { randomTensor, stepOf } from './engine';
import { backward, engine, forward, how, same, spoilt } from './pools';

describe('Lp-pools', () => {
  it('agree for every kind of power, also where windows overhang', async () => {
    const x = randomTensor([1, 2, 19, 23], 13, 4);
    for (const normType of [0.5, 1, 2, 2.5, 3, 4, 7, 64]) {
      for (const params of [
        { kernelSize: 2 },
        { kernelSize: [3, 9], stride: [1, 2] },
        { kernelSize: 4, stride: 3, ceilMode: true },
      ]) {
        const step = stepOf('lpPool2d', { ...params, normType });
        expect(await forward(step, x), `${normType} ${JSON.stringify(params)}`).toBeLessThanOrEqual(1);
        expect(await backward(step, x), `${normType} ${JSON.stringify(params)}, back`).toBeLessThanOrEqual(1);
      }
    }
  });
  it('have roots where the squares are beyond float32', async () => {
    const x = randomTensor([1, 2, 19, 23], 23, 1e20);
    x.data[40] = Number.POSITIVE_INFINITY;
    for (const params of [{ kernelSize: 2 }, { kernelSize: [9, 3], stride: 1 }, { kernelSize: 4, stride: 3, ceilMode: true }])
      expect(await forward(stepOf('lpPool2d', params), x)).toBeLessThanOrEqual(1);
  });
  it('need several rounds where planes are many and large', async () => {
    const x = randomTensor([3, 5, 800, 700], 14);
    const step = stepOf('lpPool2d', { kernelSize: [70, 64], normType: 3 });
    expect(await forward(step, x)).toBeLessThanOrEqual(1);
  });
});

describe('adaptive and global pools', () => {
  const names = ['adaptiveAvgPool2d', 'adaptiveMaxPool2d'];
  it('agree for smaller, larger and uneven results, forward and back', async () => {
    const x = randomTensor([2, 2, 21, 34], 15);
    for (const outputSize of [
      [1, 1],
      [7, 17],
      [5, 9],
      [40, 3],
      [21, 34],
      [50, 70],
    ]) {
      for (const name of names) {
        const step = stepOf(name, { outputSize });
        expect(await forward(step, x), `${name} ${outputSize}`).toBeLessThanOrEqual(1);
        expect(await backward(step, x), `${name} ${outputSize}, back`).toBeLessThanOrEqual(1);
      }
    }
  });
  it('agree on larger pictures', async () => {
    const x = randomTensor([1, 2, 700, 601], 16);
    for (const name of names) expect(await forward(stepOf(name, { outputSize: [24, 36] }), x)).toBeLessThanOrEqual(1);
    for (const name of ['globalAvgPool2d', 'globalMaxPool2d']) {
      expect(await forward(stepOf(name), x)).toBeLessThanOrEqual(1);
      expect(await backward(stepOf(name), x)).toBeLessThanOrEqual(1);
    }
  });
  it('keep NaN and infinities', async () => {
    for (const every of [11, 300]) {
      const x = spoilt([2, 3, 19, 27], every, every);
      for (const name of ['globalMaxPool2d', 'globalAvgPool2d']) expect(await forward(stepOf(name), x)).toBeLessThanOrEqual(1);
      for (const name of names) expect(await forward(stepOf(name, { outputSize: [4, 7] }), x)).toBeLessThanOrEqual(1);
    }
  });
});

describe('medians', () => {
  it('agree for every width up to 37, every border and small windows', async () => {
    for (let w = 3; w <= 37; w++) {
      const x = randomTensor([1, 1, 7, w], w);
      for (const paddingMode of ['zeros', 'reflect', 'replicate', 'circular']) {
        const step = stepOf('medianPool2d', { kernelSize: [3, 4], stride: [1, 1 + (w % 3)], padding: [1, 2], paddingMode });
        expect(await forward(step, x), `${paddingMode} at ${w}`).toBe(0);
      }
    }
  });
  it('agree for networks of every size up to 40 pixels', async () => {
    const x = randomTensor([1, 1, 3, 90], 17);
    for (let n = 1; n <= 40; n++)
      expect(await forward(stepOf('medianPool2d', { kernelSize: [1, n], stride: 1 }), x), `${n}`).toBe(0);
  });
  it('agree for large windows, overhanging ones, and on larger pictures', async () => {
    const x = randomTensor([1, 2, 60, 71], 18);
    for (const params of [
      { kernelSize: 11, stride: 2, padding: 5 },
      { kernelSize: [4, 6], stride: [3, 5], padding: [2, 3], ceilMode: true },
      { kernelSize: 5, stride: 1, padding: 2 },
      { kernelSize: 3, stride: 4 },
    ]) {
      expect(await forward(stepOf('medianPool2d', params), x), JSON.stringify(params)).toBe(0);
      expect(await backward(stepOf('medianPool2d', params), x), JSON.stringify(params)).toBeLessThanOrEqual(1);
    }
    expect(await forward(stepOf('medianPool2d', same(3)), randomTensor([1, 2, 300, 200], 19))).toBe(0);
  });
  it('agree where a row is so much work that it is made in parts, which a following step may map', async () => {
    const x = randomTensor([1, 1, 42, 500], 23);
    const large = stepOf('medianPool2d', { kernelSize: 40, stride: [1, 2], padding: 3, paddingMode: 'reflect' });
    expect(await forward(large, x)).toBe(0);
    const wide = stepOf('medianPool2d', { kernelSize: [41, 50], stride: 1, padding: [0, 25] });
    expect(await forward(wide, x)).toBe(0);
    const [both, first] = [await engine.run([wide, stepOf('relu')], x), await engine.run([wide], x)];
    expect(both.data).toEqual(first.data.map((v) => Math.max(v, 0)));
  });
  it('are NaN where a window has one, and order infinities', async () => {
    for (const kernelSize of [3, 10]) {
      const x = spoilt([1, 2, 31, 43], 4, 40);
      const step = stepOf('medianPool2d', { kernelSize, stride: 1, padding: 1 });
      expect(await forward(step, x)).toBe(0);
      expect(await backward(step, x)).toBeLessThanOrEqual(1);
    }
  });
  it('refuse windows beyond 4096 pixels', () => {
    expect(how(stepOf('medianPool2d', { kernelSize: 65 }), [1, 1, 80, 80])).toMatch(/^no: a window of 4225 pixels/);
  });
});

describe('max-unpool', () => {
  const indices = { shape: [1, 2, 2, 2], data: Float32Array.of(0, 3, 3, 15, 5, 6, 9, 0) };
  it('puts values at stored indices, the last of equal ones, and reads gradients there', async () => {
    const step = stepOf('maxUnpool2d', { kernelSize: 2 }, { indices });
    const x = randomTensor([1, 2, 2, 2], 20);
    expect(await forward(step, x)).toBe(0);
    expect(await backward(step, x)).toBe(0);
  });
  it('leaves indices outside of the plane to the reference', () => {
    const wrong = { shape: indices.shape, data: Float32Array.of(0, 3, 3, 16, 5, 6, 9, 0) };
    expect(how(stepOf('maxUnpool2d', { kernelSize: 2 }, { indices: wrong }), [1, 2, 2, 2])).toContain(
      'no whole number from 0 to 15',
    );
  });
  it('keeps the peaks of a picture that is pooled here', async () => {
    const none = { shape: [0], data: new Float32Array(0) };
    const x = randomTensor([2, 2, 33, 45], 21);
    for (const params of [{ kernelSize: 2 }, { kernelSize: 5, stride: 1, padding: 2 }, { kernelSize: 3, stride: 4 }]) {
      const step = stepOf('maxUnpool2d', params, { indices: none });
      expect(await forward(step, x)).toBe(0);
      expect(await backward(step, x)).toBe(0);
    }
  });
});
