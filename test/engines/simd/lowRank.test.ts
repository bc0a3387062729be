import { describe, expect, it } from 'vitest';
import { planForward } from '../../../src/engines/simd/planning';
import { parity, randomTensor } from './engine';
import { bell, engine, how, kernelOf, step, sumOf, twoBells } from './filters';

describe('a kernel that is a column times a row', () => {
  it('is split into two passes, in exact mode too', () => {
    for (const exact of [false, true]) {
      expect(how({ groups: 2 }, bell([2, 1, 7, 9]), [1, 2, 40, 40], exact)).toBe(
        'two passes of 9 and 7 taps, because the kernel is a column times a row',
      );
    }
  });

  it('agrees with the reference for widths, strides and borders', async () => {
    for (const [w, stride, paddingMode] of [
      [5, 1, 'zeros'],
      [33, 1, 'reflect'],
      [47, 2, 'zeros'],
      [90, 3, 'replicate'],
      [77, 2, 'circular'],
    ] as const) {
      const conv = step({ groups: 2, padding: [3, 2, 4, 1], stride: [stride, stride], paddingMode }, bell([2, 1, 6, 5]));
      expect(await parity(engine, conv, randomTensor([2, 2, 19, w], w), sumOf(11)), `${w} wide`).toBeLessThanOrEqual(1);
    }
  });

  it('agrees when it is so tall that the picture is filtered in strips of columns', async () => {
    const tall = kernelOf([1, 1, 120, 5], (_, u, v) => Math.cos(u) * (v + 1) * 0.01);
    expect(
      await parity(engine, step({ padding: [60, 60, 2, 2] }, tall), randomTensor([1, 1, 90, 700], 1), sumOf(125)),
    ).toBeLessThanOrEqual(1);
  });

  it('agrees when it is zero everywhere', async () => {
    expect(
      await parity(
        engine,
        step(
          { padding: [2, 2, 2, 2] },
          kernelOf([1, 1, 5, 5], () => 0),
        ),
        randomTensor([1, 1, 9, 40], 1),
        sumOf(1),
      ),
    ).toBe(0);
  });
});

describe('a kernel of low rank', () => {
  it('is a sum of pairs of passes, which an exact plan does not use', () => {
    expect(how({}, twoBells([1, 1, 11, 11]), [1, 1, 40, 40])).toBe(
      'up to 2 pairs of passes of 11 and 11 taps, because the kernel is a sum of 2 columns times rows',
    );
    expect(how({}, twoBells([1, 1, 11, 11]), [1, 1, 40, 40], true)).toBe(
      'a list of 121 taps, because the kernel is no column times a row',
    );
  });

  it('agrees with the reference, with and without stride', async () => {
    for (const stride of [1, 2]) {
      const conv = step({ padding: [5, 5, 5, 5], stride: [stride, stride], groups: 2 }, twoBells([2, 1, 11, 11]));
      expect(await parity(engine, conv, randomTensor([1, 2, 43, 61], 1), sumOf(121))).toBeLessThanOrEqual(1);
    }
  });

  it('agrees for every width around those of a block, with its edges staged apart or not', async () => {
    for (const [k, kernel] of [bell([1, 1, 7, 7]), bell([1, 1, 9, 15]), bell([1, 1, 5, 31])].entries()) {
      for (let w = 31; w <= 135; w += w % 32 === 1 ? 29 : 1) {
        const paddingMode = ['zeros', 'reflect', 'replicate', 'circular'][w % 4]!;
        const [kh, kw] = [kernel.shape[2]!, kernel.shape[3]!];
        for (const [left, right] of [
          [kw >> 1, kw >> 1],
          [0, kw - 1],
          [kw - 3, 0],
        ] as const) {
          const conv = step({ padding: [kh >> 1, kh >> 1, left, right], paddingMode }, kernel);
          const title = `${kw} taps, ${w} wide, ${left} before, ${right} behind`;
          expect(await parity(engine, conv, randomTensor([1, 1, 12 + k, w], w), sumOf(kh * kw)), title).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it('is filtered by calls of about as many rows, since each of them filters some rows anew', () => {
    const rowsOf = (k: number, height: number) => {
      const padding = Array(4).fill(k >> 1);
      const planned = planForward(step({ padding }, bell([1, 1, k, k])), { shape: [1, 1, height, 1024] }, false);
      if (typeof planned === 'string') throw new Error(planned);
      const stages = planned.plan.build({
        ...{ at: () => 0, put: () => 0, take: () => 0 },
        ...{ floats: () => new Float32Array(), doubles: () => new Float64Array(), ints: () => new Int32Array() },
      });
      return stages.flatMap((stage) =>
        typeof stage === 'function' ? [] : stage.flatMap(({ calls }) => calls.map((call) => call[5]!)),
      );
    };
    expect(rowsOf(31, 256)).toEqual([256]);
    const rows = rowsOf(31, 1024);
    expect(rows.reduce((sum, count) => sum + count, 0)).toBe(1024);
    expect(Math.min(...rows)).toBeGreaterThanOrEqual(4 * 31);
    expect(Math.max(...rows) - Math.min(...rows)).toBeLessThan(4 * rows.length);
  });

  it('stands beside kernels of other ranks', async () => {
    const weight = randomTensor([6, 1, 11, 11], 1);
    weight.data.set(twoBells([1, 1, 11, 11]).data, 121);
    weight.data.set(bell([1, 1, 11, 11]).data, 3 * 121);
    const conv = step({ padding: [5, 5, 5, 5], groups: 2 }, weight);
    expect(how({ groups: 2 }, weight, [1, 2, 40, 40])).toContain('for 2 of 6 kernels');
    expect(await parity(engine, conv, randomTensor([2, 2, 23, 50], 1), sumOf(121))).toBeLessThanOrEqual(1);
  });
});
