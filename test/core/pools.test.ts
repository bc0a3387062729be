import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adaptiveMaxPool2dIndices } from '../../src/core/ops/adaptiveMaxPool2d';
import { maxPool2dIndices } from '../../src/core/ops/maxPool2d';
import { tensor } from '../../src/core/tensor';
import { counting, gradients, numbers, row, run } from './run';

const nan = Number.NaN;
const inf = Number.POSITIVE_INFINITY;
const picture = (h: number, w: number, values: readonly number[]) => tensor([1, 1, h, w], values);
const anyPicture = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
  .chain(([h, w]) =>
    fc.tuple(fc.constant(h), fc.constant(w), fc.array(fc.integer({ min: -9, max: 9 }), { minLength: h * w, maxLength: h * w })),
  );

describe('min-pool', () => {
  it('is the negated max-pool of the negated picture, seed 31', () => {
    fc.assert(
      fc.property(
        anyPicture,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        ([h, w, values], kernelSize, stride) => {
          fc.pre(h >= kernelSize && w >= kernelSize);
          const params = { kernelSize, stride, padding: Math.floor(kernelSize / 2), ceilMode: true };
          const least = numbers(run('minPool2d', { x: picture(h, w, values) }, params));
          const most = numbers(
            run(
              'maxPool2d',
              {
                x: picture(
                  h,
                  w,
                  values.map((v) => -v),
                ),
              },
              params,
            ),
          );
          expect(least.map((v) => v + 0)).toEqual(most.map((v) => 0 - v));
        },
      ),
      { seed: 31 },
    );
  });
  it('lets NaN win, and the first of equal values take the gradient', () => {
    expect(numbers(run('minPool2d', { x: row(3, nan, -inf, 4) }, { kernelSize: [1, 2] }))).toEqual([nan, -inf]);
    expect(gradients('minPool2d', { x: row(2, 2, 5) }, { kernelSize: [1, 3] }).x).toEqual([1, 0, 0]);
  });
});

describe('Lp-pool as torch has it', () => {
  it('takes no absolute values: −1 2 −3 4 at exponent 3 give 1.913 and 3.332', () => {
    const [a, b] = numbers(run('lpPool2d', { x: row(-1, 2, -3, 4) }, { kernelSize: [1, 2], normType: 3 }));
    expect(a).toBeCloseTo(1.913, 3);
    expect(b).toBeCloseTo(3.332, 3);
  });
  it('has no root of a negative sum', () => {
    expect(numbers(run('lpPool2d', { x: row(-1, -2) }, { kernelSize: [1, 2], normType: 3 }))).toEqual([nan]);
  });
  it('scales an overhanging window up: −5 alone gives 7.07 instead of 5', () => {
    const y = run('lpPool2d', { x: row(1, 1, -5) }, { kernelSize: [1, 2], ceilMode: true });
    expect(y.data[1]).toBeCloseTo(7.0711, 4);
  });
  it('passes nothing on from a window of zeros', () => {
    const found = gradients('lpPool2d', { x: row(0, 0, 3, 4) }, { kernelSize: [1, 2] }).x ?? [];
    for (const [i, v] of [0, 0, 0.6, 0.8].entries()) expect(found[i]).toBeCloseTo(v, 14);
  });
});

describe('median-pool', () => {
  it('is the lower middle of the sorted window, seed 32', () => {
    fc.assert(
      fc.property(anyPicture, fc.integer({ min: 1, max: 7 }), ([h, w, values], kernel) => {
        fc.pre(h >= kernel && w >= kernel);
        const y = run('medianPool2d', { x: picture(h, w, values) }, { kernelSize: kernel, stride: 1 });
        const expected: number[] = [];
        for (let i = 0; i + kernel <= h; i++) {
          for (let j = 0; j + kernel <= w; j++) {
            const seen = values.filter((_, k) => {
              const [r, s] = [Math.floor(k / w) - i, (k % w) - j];
              return r >= 0 && r < kernel && s >= 0 && s < kernel;
            });
            expected.push(seen.sort((a, b) => a - b)[Math.ceil(seen.length / 2) - 1]!);
          }
        }
        expect(numbers(y)).toEqual(expected);
      }),
      { seed: 32 },
    );
  });
  it('counts zeros of a border, and not what ceil mode adds beyond it', () => {
    const params = { kernelSize: [1, 3], stride: [1, 2], padding: [0, 1], paddingMode: 'zeros' };
    expect(numbers(run('medianPool2d', { x: row(5, 6, 7, 8) }, params))).toEqual([5, 7]);
    expect(numbers(run('medianPool2d', { x: row(5, 6, 7, 8) }, { ...params, ceilMode: true }))).toEqual([5, 7, 0]);
  });
  it('gives NaN for a window with NaN, and its gradient to one pixel', () => {
    expect(numbers(run('medianPool2d', { x: row(1, nan, 2, 1, 2, 3) }, { kernelSize: [1, 3] }))).toEqual([nan, 2]);
    expect(gradients('medianPool2d', { x: row(9, 1, 5, 5, 7) }, { kernelSize: [1, 5] }).x).toEqual([0, 0, 1, 0, 0]);
  });
});

describe('adaptive and global pools', () => {
  it('read 7 into 3 as [0, 3), [2, 5) and [4, 7)', () => {
    const x = row(0, 1, 2, 3, 4, 5, 6);
    expect(gradients('adaptiveMaxPool2d', { x }, { outputSize: [1, 3] }).x).toEqual([0, 0, 1, 0, 1, 0, 1]);
    const spread = gradients('adaptiveAvgPool2d', { x }, { outputSize: [1, 3] }).x;
    expect(spread?.map((v) => Math.round(v * 3))).toEqual([1, 1, 2, 1, 2, 1, 1]);
  });
  it('of one pixel are global', () => {
    const x = tensor([2, 1, 2, 2], [1, 2, 3, 4, -1, -2, -3, -4]);
    expect(numbers(run('globalAvgPool2d', { x }))).toEqual([2.5, -2.5]);
    expect(numbers(run('globalMaxPool2d', { x }))).toEqual([4, -1]);
    expect(gradients('globalMaxPool2d', { x: row(7, 7) }).x).toEqual([1, 0]);
    expect(numbers(adaptiveMaxPool2dIndices(x, [1, 1]))).toEqual([3, 0]);
  });
  it('carry NaN only to the windows that read it, and make an empty batch empty', () => {
    expect(numbers(run('adaptiveAvgPool2d', { x: row(1, 1, nan, 1) }, { outputSize: [1, 2] }))).toEqual([1, nan]);
    expect(numbers(run('adaptiveMaxPool2d', { x: row(1, 2, nan, 1) }, { outputSize: [1, 2] }))).toEqual([2, nan]);
    expect(run('globalAvgPool2d', { x: tensor([0, 2, 3, 3], []) }).shape).toEqual([0, 2, 1, 1]);
  });
});

describe('max-unpool', () => {
  it('of a picture keeps its peaks where they are, as pooling and putting back does', () => {
    const x = picture(4, 4, [1, 9, 2, 3, 4, 5, 8, 6, 7, 0, 1, 2, 3, 4, 5, 6]);
    const alone = run('maxUnpool2d', { x, indices: tensor([0], []) }, { kernelSize: 2 });
    const pooled = run('maxPool2d', { x }, { kernelSize: 2 });
    const apart = run('maxUnpool2d', { x: pooled, indices: maxPool2dIndices(x, { kernelSize: 2 }) }, { kernelSize: 2 });
    expect(numbers(alone)).toEqual([0, 9, 0, 0, 0, 0, 8, 0, 7, 0, 0, 0, 0, 0, 0, 6]);
    expect(numbers(apart)).toEqual(numbers(alone));
  });
  it('keeps the size of a picture that the windows do not fill', () => {
    expect(run('maxUnpool2d', { x: counting(5, 7), indices: tensor([0], []) }, { kernelSize: 3 }).shape).toEqual([1, 1, 5, 7]);
  });
  it('passes the gradient of a peak of two windows on once', () => {
    const found = gradients('maxUnpool2d', { x: row(1, 5, 2), indices: tensor([0], []) }, { kernelSize: [1, 2], stride: 1 });
    expect(found.x).toEqual([0, 1, 0]);
  });
  it('refuses indices outside of the result, and sizes that do not pool to the input', () => {
    const given = (at: number) => ({ x: row(1, 2), indices: tensor([1, 1, 1, 2], [0, at]) });
    expect(() => run('maxUnpool2d', given(8), { kernelSize: 2 })).toThrow('expected indices from 0 to 7, received 8');
    expect(() => run('maxUnpool2d', given(0.5), { kernelSize: 2 })).toThrow('expected indices from 0 to 7, received 0.5');
    expect(() => run('maxUnpool2d', given(1), { kernelSize: 2, outputSize: [2, 6] })).toThrow(
      'expected a size from 3 to 5, received 6',
    );
  });
});
