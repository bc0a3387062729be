import { describe, expect, it } from 'vitest';
import { parity, randomTensor, stepOf } from './engine';
import { backward, engine, forward, how, same, spoilt } from './pools';

const pools = ['maxPool2d', 'minPool2d', 'avgPool2d'] as const;

describe('pools whose windows slide', () => {
  it('agree with the reference for every width up to 37, and every kind of window', async () => {
    for (let w = 1; w <= 37; w++) {
      const x = randomTensor([1, 2, 9, w], w);
      for (const name of pools) {
        for (const params of [
          { kernelSize: [2, 2], ceilMode: true },
          { kernelSize: [3, 1], stride: 1, padding: [1, 0] },
          { kernelSize: [1, 3], stride: [2, 3], padding: [0, 1], ceilMode: true },
          { kernelSize: [7, 4], stride: [1, 1], padding: [3, 2] },
          { kernelSize: [9, 17], stride: [1, 2], padding: [4, 8] },
          { kernelSize: [20, 33], stride: [2, 5], padding: [10, 16], ceilMode: true },
        ]) {
          expect(await forward(stepOf(name, params), x), `${name} ${JSON.stringify(params)} at ${w}`).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it('agree where windows of 2 × 2 touch, with odd rests', async () => {
    for (const [h, w] of [
      [2, 2],
      [5, 9],
      [8, 16],
      [7, 31],
    ] as const) {
      for (const name of pools) {
        const step = stepOf(name, { kernelSize: 2 });
        expect(how(step, [1, 1, h, w])).toContain('two rows at a time');
        expect(await forward(step, randomTensor([2, 3, h, w], h))).toBeLessThanOrEqual(1);
      }
    }
  });

  it('agree for windows of 3 × 3 on pictures of every small size', async () => {
    for (let h = 1; h <= 11; h++) {
      for (let w = 1; w <= 14; w++) {
        const x = randomTensor([1, 2, h, w], h + w);
        for (const padding of [0, 1]) {
          if (Math.min(h, w) + 2 * padding < 3) continue;
          const params = { kernelSize: 3, stride: 1, padding };
          for (const name of pools) {
            expect(await forward(stepOf(name, params), x), `${name} at ${h} × ${w}`).toBeLessThanOrEqual(1);
          }
        }
      }
    }
  });

  it('agree for windows of every length along a row, with whole sixteens of results and rests', async () => {
    for (let k = 4; k <= 66; k++) {
      for (const w of [k + (k % 11), k + 16 + (k % 37)]) {
        const x = randomTensor([1, 1, 3, w], k);
        for (const name of pools) {
          const params = { kernelSize: [1, k], stride: 1, padding: [0, k >> (1 + (k % 2))] };
          expect(await forward(stepOf(name, params), x), `${name} of ${k}`).toBeLessThanOrEqual(name === 'avgPool2d' ? 1 : 0);
        }
        const full = stepOf('avgPool2d', { kernelSize: [1, k], stride: 1 });
        expect(await backward(full, x), `gradient of ${k}, padded by all but one`).toBeLessThanOrEqual(1);
      }
    }
  });

  it('agree where sums of many columns are made of four rows at once, with rows and columns that are left', async () => {
    for (let k = 15; k <= 64; k++) {
      const x = randomTensor([1, 1, 12 + (k % 5), k + (k % 13)], k);
      for (const countIncludePad of [true, false]) {
        const params = { kernelSize: [7 + (k % 3), k], stride: 1, padding: [3, k >> 1], countIncludePad };
        expect(await forward(stepOf('avgPool2d', params), x), `average of ${k}`).toBeLessThanOrEqual(1);
      }
      const norm = stepOf('lpPool2d', { normType: 2, kernelSize: [7, k], stride: 1 });
      expect(await forward(norm, x), `norm of ${k}`).toBeLessThanOrEqual(1);
    }
  });

  it('agree for windows of every height, with rows that are left of the middle', async () => {
    for (let k = 3; k <= 70; k++) {
      const x = randomTensor([1, 1, 2 * k + 35, 2 + (k % 21)], k);
      for (const name of pools) {
        for (const params of [
          { kernelSize: [k, 1], stride: [1, 1], padding: [k >> 1, 0] },
          { kernelSize: [k, 2], stride: [1 + (k % 3), 1] },
        ]) {
          const error = await forward(stepOf(name, params), x);
          expect(error, `${name} ${JSON.stringify(params)}`).toBeLessThanOrEqual(name === 'avgPool2d' ? 1 : 0);
        }
      }
    }
  });

  it('keep a NaN of any row, in the first block of rows, the last one, and behind it', async () => {
    for (let row = 0; row < 26; row++) {
      const x = randomTensor([1, 1, 26, 20], row);
      x.data[row * 20 + (row % 20)] = Number.NaN;
      for (const name of ['maxPool2d', 'minPool2d']) {
        for (const params of [same(3), same(9), { kernelSize: [8, 18], stride: [3, 1] }, { kernelSize: [19, 1], stride: 1 }]) {
          expect(await forward(stepOf(name, params), x), `${name} with NaN in row ${row}`).toBe(0);
        }
      }
    }
  });

  it('agree when taps are apart, whatever the stride has in common with the distance', async () => {
    const x = randomTensor([1, 2, 41, 37], 3);
    for (const dilation of [1, 2, 3, 4, 6]) {
      for (const stride of [1, 2, 3, 4]) {
        for (const kernelSize of [3, 7]) {
          const params = { kernelSize, stride, dilation, padding: kernelSize >> 1 };
          for (const name of ['maxPool2d', 'minPool2d']) {
            expect(await forward(stepOf(name, params), x), `${name} ${JSON.stringify(params)}`).toBe(0);
          }
        }
      }
    }
  });

  it('agree on larger pictures, which are cut into strips', async () => {
    const x = randomTensor([1, 1, 500, 401], 4);
    for (const k of [2, 3, 5, 7, 15, 16, 33, 63]) {
      for (const name of pools) expect(await forward(stepOf(name, same(k)), x), `${name} of ${k}`).toBeLessThanOrEqual(1);
    }
    for (const params of [{ kernelSize: 8 }, { kernelSize: 3, stride: 2, padding: 1 }, { kernelSize: 25, stride: 3 }]) {
      for (const name of pools) expect(await forward(stepOf(name, params), x)).toBeLessThanOrEqual(1);
    }
  });

  it('agree on very wide pictures, which van Herk takes in tiles', async () => {
    const x = randomTensor([1, 1, 12, 6500], 22);
    for (const params of [
      { kernelSize: [33, 31], stride: 1, padding: [16, 15] },
      { kernelSize: [35, 5], stride: [1, 2], padding: [17, 2], ceilMode: true },
    ]) {
      for (const name of pools) expect(await forward(stepOf(name, params), x), name).toBeLessThanOrEqual(1);
      expect(await forward(stepOf('avgPool2d', { ...params, countIncludePad: false }), x)).toBeLessThanOrEqual(1);
    }
    const [pool, relu] = [stepOf('minPool2d', { kernelSize: [33, 31], stride: 1, padding: [16, 15] }), stepOf('relu')];
    const apart = await engine.run([relu], await engine.run([pool], x));
    expect((await engine.run([pool, relu], x)).data).toEqual(apart.data);
  });

  it('agree for windows as large as the picture, and much larger ones', async () => {
    for (const shape of [
      [1, 2, 40, 50],
      [2, 1, 1, 9],
      [1, 1, 6, 1],
    ]) {
      const x = randomTensor(shape, 6);
      for (const name of pools) {
        const [, , h = 1, w = 1] = shape;
        expect(await forward(stepOf(name, { kernelSize: [h, w], stride: 1 }), x)).toBeLessThanOrEqual(1);
        const huge = { kernelSize: 200, stride: 1, padding: 100 };
        expect(await forward(stepOf(name, huge), x), `${name} ${shape}`).toBeLessThanOrEqual(1);
      }
    }
  });

  it('keep NaN and infinities where the reference has them', async () => {
    for (const every of [7, 50, 400]) {
      for (const k of [2, 3, 7, 20]) {
        for (const name of ['maxPool2d', 'minPool2d']) {
          const x = spoilt([1, 2, 31, 43], every + k, every);
          expect(await forward(stepOf(name, same(k)), x), `${name} of ${k}, every ${every}`).toBe(0);
          expect(await forward(stepOf(name, { kernelSize: k }), x)).toBe(0);
          expect(await backward(stepOf(name, same(k)), x)).toBeLessThanOrEqual(1);
        }
        expect(await forward(stepOf('avgPool2d', same(k)), spoilt([1, 2, 31, 43], every, every))).toBeLessThanOrEqual(1);
      }
    }
  });

  it('leave the identity where a window holds padding alone', async () => {
    const step = stepOf('maxPool2d', { kernelSize: 2, stride: 2, dilation: 4, padding: 1 });
    expect(await forward(step, randomTensor([1, 1, 3, 3], 1))).toBe(0);
  });

  it('do not drift below a bright half: averages of 63 × 63 keep seven digits', async () => {
    const x = randomTensor([1, 1, 300, 200], 8);
    for (let i = 0; i < 150 * 200; i++) x.data[i]! *= 1e6;
    for (let i = 0; i < x.data.length; i++) x.data[i] = Math.abs(x.data[i]!) + 0.1;
    const relative = { atol: 0, rtol: 5e-7 };
    expect(await parity(engine, stepOf('avgPool2d', same(63)), x, relative)).toBeLessThanOrEqual(1);
    const flat = { shape: [1, 1, 700, 40], data: new Float32Array(28000).fill(0.1) };
    const tall = stepOf('avgPool2d', { kernelSize: [501, 33], stride: 1, padding: [250, 16], countIncludePad: false });
    expect(await parity(engine, tall, flat, { atol: 0, rtol: 1e-6 })).toBeLessThanOrEqual(1);
  });

  it('divide by what counts, at borders and overhangs', async () => {
    const x = randomTensor([1, 2, 23, 29], 9);
    for (const countIncludePad of [true, false]) {
      for (const divisorOverride of [null, 3]) {
        for (const params of [
          { kernelSize: [4, 5], stride: [3, 2], padding: [2, 1], ceilMode: true },
          { kernelSize: 15, stride: 1, padding: 7 },
          { kernelSize: 2, ceilMode: true },
        ]) {
          const step = stepOf('avgPool2d', { ...params, countIncludePad, divisorOverride });
          expect(await forward(step, x)).toBeLessThanOrEqual(1);
          expect(await backward(step, x)).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it('say how they work, and why', () => {
    expect(how(stepOf('maxPool2d', same(3)), [1, 1, 64, 64])).toMatch(/^four rows at a time, because six rows/);
    expect(how(stepOf('maxPool2d', { kernelSize: [3, 5], stride: 1 }), [1, 1, 64, 64])).toContain(
      '3 rows joined directly, because van Herk pays from 4 strides on',
    );
    expect(how(stepOf('maxPool2d', same(15)), [1, 1, 64, 64])).toMatch(/^van Herk down the columns, because a window of 15/);
    expect(how(stepOf('avgPool2d', same(15)), [1, 1, 64, 64])).toContain('joins of 1, 4, 16');
    expect(how(stepOf('avgPool2d', same(63)), [1, 1, 64, 64])).toContain('van Herk across 63 columns, four rows at a time');
    expect(how(stepOf('maxPool2d', same(63)), [1, 1, 64, 64])).toContain('joins of 1, 4, 16');
  });

  it('fuse what follows into their jobs, with the same result', async () => {
    const x = randomTensor([1, 3, 90, 70], 12);
    for (const params of [{ kernelSize: 2 }, same(3), same(9), { kernelSize: 3, stride: 1, dilation: 2 }]) {
      const [pool, relu] = [stepOf('maxPool2d', params), stepOf('relu')];
      const together = await engine.run([pool, relu], x);
      const apart = await engine.run([relu], await engine.run([pool], x));
      expect(together.data).toEqual(apart.data);
    }
  });
});
