import { describe, expect, it } from 'vitest';
import type { Shape } from '../../../src/core/tensor';
import { backwardParity, openGuarded, parity, randomTensor, stepOf } from './engine';

const engine = await openGuarded();
/** A sum of n products of inputs in ±1: every addition rounds a partial sum that grows as √n. */
const sumOf = (n: number) => ({ atol: 6e-8 * Math.max(4, n), rtol: 4e-7 });

const step = (params: Record<string, unknown>, weight: Shape, groups = 1) =>
  stepOf(
    'convTranspose2d',
    { ...params, groups },
    { weight: randomTensor(weight, 3), bias: randomTensor([(weight[1] ?? 0) * groups], 5) },
  );

describe('a transposed convolution', () => {
  it('of 4 × 4 and stride 2 agrees with the reference for every width up to 40', async () => {
    for (let w = 1; w <= 40; w++) {
      const up = step({ stride: [2, 2], padding: [1, 1] }, [3, 3, 4, 4]);
      expect(await parity(engine, up, randomTensor([1, 3, 1 + (w % 4), w], w), sumOf(12)), `${w} wide`).toBeLessThanOrEqual(1);
    }
  });

  it('agrees for one to nine outputs', async () => {
    for (let o = 1; o <= 9; o++) {
      const up = step({ stride: [2, 2] }, [2, o, 3, 3]);
      expect(await parity(engine, up, randomTensor([2, 2, 5, 21], o), sumOf(18)), `${o} outputs`).toBeLessThanOrEqual(1);
    }
  });

  it('agrees for kernels smaller and larger than the stride, dilated, cut off and padded at the end', async () => {
    for (const stride of [1, 2, 3, 4, 7]) {
      for (const kernel of [1, 2, 3, 5]) {
        for (const dilation of [1, 2, 3]) {
          for (const padding of [0, 1, 4]) {
            const outputPadding = Math.min(1, Math.max(stride, dilation) - 1);
            const up = step(
              {
                stride: [stride, stride],
                padding: [padding, padding],
                dilation: [dilation, dilation],
                outputPadding: [outputPadding, 0],
              },
              [2, 2, kernel, kernel],
            );
            const title = `stride ${stride}, kernel ${kernel}, dilation ${dilation}, padding ${padding}`;
            expect(
              await parity(engine, up, randomTensor([1, 2, 9, 13], kernel), sumOf(2 * kernel * kernel)),
              title,
            ).toBeLessThanOrEqual(1);
          }
        }
      }
    }
  });

  it('agrees with groups, down to one channel each', async () => {
    expect(
      await parity(engine, step({ stride: [2, 2] }, [6, 2, 4, 4], 3), randomTensor([2, 6, 7, 33], 1), sumOf(8)),
    ).toBeLessThanOrEqual(1);
    expect(
      await parity(engine, step({ stride: [2, 1] }, [5, 1, 3, 3], 5), randomTensor([1, 5, 7, 50], 1), sumOf(9)),
    ).toBeLessThanOrEqual(1);
  });

  it('agrees with many channels, which are staged in tiles, and lists longer than a part of a sum', async () => {
    expect(
      await parity(
        engine,
        step({ stride: [2, 2], padding: [1, 1] }, [160, 5, 4, 4]),
        randomTensor([1, 160, 6, 200], 1),
        sumOf(640),
      ),
    ).toBeLessThanOrEqual(1);
    expect(await parity(engine, step({}, [70, 6, 3, 3]), randomTensor([1, 70, 5, 30], 1), sumOf(630))).toBeLessThanOrEqual(1);
  });

  it('agrees with stamps far apart, whose gaps hold the bias', async () => {
    const far = step({ stride: [1024, 300], padding: [5, 7], outputPadding: [100, 299] }, [1, 2, 2, 3]);
    expect(await parity(engine, far, randomTensor([1, 1, 2, 3], 1), sumOf(6))).toBeLessThanOrEqual(1);
  });

  it('agrees with a large stamp on 100 × 150 pixels', async () => {
    const large = step({ stride: [2, 2], padding: [9, 9] }, [1, 1, 21, 21]);
    expect(await parity(engine, large, randomTensor([1, 1, 100, 150], 1), sumOf(121))).toBeLessThanOrEqual(1);
  });

  it('keeps NaN and infinities under the stamp', async () => {
    const x = randomTensor([1, 1, 8, 20], 1);
    x.data.set([Number.NaN], 30);
    x.data.set([Number.POSITIVE_INFINITY], 100);
    expect(await parity(engine, step({ stride: [2, 2] }, [1, 1, 3, 3]), x, sumOf(9))).toBeLessThanOrEqual(1);
  });

  it('is planned for no image at all', async () => {
    expect(await parity(engine, step({ stride: [2, 2] }, [2, 2, 2, 2]), randomTensor([0, 2, 4, 4], 1), sumOf(9))).toBe(0);
  });

  it('is followed by activations in the same jobs, with the same result', async () => {
    const up = step({ stride: [2, 2], padding: [1, 1] }, [2, 3, 4, 4]);
    const x = randomTensor([2, 2, 31, 37], 4);
    const [alone, fused] = [await engine.run([up], x), await engine.run([up, stepOf('relu')], x)];
    expect(fused.data).toEqual(alone.data.map((v) => Math.max(v, 0)));
  });

  it('tells how many lists of taps it has, and why', () => {
    const told = (stride: number) => {
      const verdict = engine.judge(step({ stride: [stride, stride] }, [2, 1, 4, 4]), { shape: [1, 2, 9, 9] });
      return verdict.runs ? verdict.how : verdict.why;
    };
    expect(told(1)).toBe('a list of 32 taps, because with stride 1 every output sees the whole kernel');
    expect(told(2)).toBe('4 lists of taps, because outputs in the same place of a 2 × 2 block see the same part of the kernel');
  });
});

describe('a bed of nails', () => {
  it('copies every bit, for every width up to 20 and strides along one axis', async () => {
    for (let w = 1; w <= 20; w++) {
      for (const stride of [
        [1, 1],
        [1, 2],
        [2, 1],
        [2, 2],
        [3, 5],
      ]) {
        const x = randomTensor([1, 2, 3, w], w);
        x.data[0] = -0;
        x.data[1] = Number.NaN;
        expect(await parity(engine, stepOf('zeroInsert', { stride }), x, { atol: 0, rtol: 0 })).toBe(0);
        const y = await engine.run([stepOf('zeroInsert', { stride })], x);
        expect(Object.is(y.data[0], -0)).toBe(true);
        const dy = randomTensor(y.shape, w + 1);
        expect(await backwardParity(engine, stepOf('zeroInsert', { stride }), x, dy, { atol: 0, rtol: 0 })).toBe(0);
      }
    }
  });
});
