import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../../src/core/sequential';
import { inMiddle, sampled, tally } from '../../../src/ui/geometry/counts';
import { coverWords, feedWords, percent } from '../../../src/ui/geometry/coverWords';

const counted = (down: readonly number[], across: readonly number[]) => ({
  down: Int32Array.from(down),
  across: Int32Array.from(across),
});

describe('counts over a plane', () => {
  it('are those of every pixel, one by one, seed 415', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(counts, counts, (down, across) => {
        const plain: Record<number, number> = {};
        for (const a of down) for (const b of across) plain[a * b] = (plain[a * b] ?? 0) + 1;
        expect(Object.fromEntries(tally(down, across))).toEqual(plain);
      }),
      { seed: 415, numRuns: 200 },
    );
  });
  it('of a transposed convolution of 3 at stride 2 alternate away from the borders', () => {
    const step = {
      op: 'convTranspose2d',
      params: { stride: 2 },
      weights: {
        weight: [
          [1, 1, 1],
          [1, 1, 1],
          [1, 1, 1],
        ],
      },
    };
    const { width } = coverageOf(step, [1, 1, 9, 9]);
    expect(inMiddle(width.feeds)).toEqual([1, 2]);
    const even = { ...step, weights: { weight: Array.from({ length: 4 }, () => [1, 1, 1, 1]) } };
    expect(inMiddle(coverageOf(even, [1, 1, 9, 9]).width.feeds)).toEqual([2]);
  });
});

describe('counts on parts of the page', () => {
  it('are those of the pixel under the middle of a part, where pixels are larger', () => {
    expect(Array.from(sampled([5, 7], -0.5, 0.5, 6))).toEqual([Number.NaN, 5, 5, 7, 7, Number.NaN]);
  });
  it('are means where several pixels fall on one part', () => {
    expect(Array.from(sampled([1, 0, 1, 0, 2, 2], 0, 2, 3))).toEqual([0.5, 0.5, 2]);
    expect(Array.from(sampled([1, 3, 5], 0, 1.5, 2))).toEqual([(1 + 1.5) / 1.5, (1.5 + 5) / 1.5]);
  });
  it('are means over what of the last part is left', () => {
    expect(sampled([4, 4, 8], 0, 1.75, 2)[1]).toBe((0.25 * 4 + 8) / 1.25);
  });
});

describe('the words of a coverage', () => {
  it('say the shares of what is read once and never', () => {
    const { height, width } = coverageOf({ op: 'maxPool2d', params: { kernelSize: [1, 3] } }, [1, 1, 1, 100]);
    expect(coverWords({ down: height.reads, across: width.reads })).toBe(
      '99 % of the pixels are read once and 1 % are never read.',
    );
  });
  it('say that all pixels are read once, or as often', () => {
    expect(coverWords(counted([1, 1], [1, 1, 1]))).toBe('Every pixel is read once.');
    expect(coverWords(counted([2], [3, 3]))).toBe('Every pixel is read 6 times.');
    expect(coverWords(counted([0], [1]))).toBe('No pixel is read.');
  });
  it('say from where to where, where there are many counts', () => {
    const { height, width } = coverageOf({ op: 'avgPool2d', params: { kernelSize: 3, stride: 1 } }, [1, 1, 10, 10]);
    expect(coverWords({ down: height.reads, across: width.reads })).toBe(
      'Pixels are read 1 to 9 times, most often 9 times (36 %).',
    );
  });
  it('say how many pixels an output is made of', () => {
    expect(feedWords(counted([2, 2], [2]))).toBe('Every output is made of 4 pixels.');
    expect(feedWords(counted([1, 2], [1, 2]))).toBe('Outputs are made of 1 to 4 pixels.');
  });
  it('never call something nothing, or all', () => {
    expect([percent(0), percent(1e-9), percent(0.004), percent(0.5), percent(0.99999999), percent(1)]).toEqual([
      '0',
      '0.01',
      '0.4',
      '50',
      '99.99',
      '100',
    ]);
  });
});
