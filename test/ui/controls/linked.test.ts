import { describe, expect, it } from 'vitest';
import { samePadding } from '../../../src/core/same';
import {
  finer,
  joinedPair,
  joinedSides,
  linkOf,
  nextLink,
  pairFrom,
  sidesFrom,
  withAxis,
  withSide,
} from '../../../src/ui/controls/linked';

describe('a link', () => {
  it('is as loose as the value allows', () => {
    expect(linkOf([3, 3])).toBe('all');
    expect(linkOf([3, 5])).toBe('axes');
    expect(linkOf([1, 1, 1, 1])).toBe('all');
    expect(linkOf([1, 1, 2, 2])).toBe('axes');
    expect(linkOf([0, 1, 0, 1])).toBe('each');
  });
  it('asked for by the person stays when the values happen to be equal', () => {
    expect(finer('axes', linkOf([3, 3]))).toBe('axes');
    expect(finer('all', linkOf([0, 1, 0, 1]))).toBe('each');
  });
  it('of a pair goes apart and together', () => {
    expect(nextLink('all', 2)).toBe('axes');
    expect(nextLink('axes', 2)).toBe('all');
  });
  it('of four sides goes through height and width', () => {
    expect([nextLink('all', 4), nextLink('axes', 4), nextLink('each', 4)]).toEqual(['axes', 'each', 'all']);
  });
});

describe('linked values', () => {
  it('of a pair move as one, apart they do not', () => {
    expect(withAxis([3, 3], 'all', 0, 5)).toEqual([5, 5]);
    expect(withAxis([3, 3], 'axes', 1, 5)).toEqual([3, 5]);
  });
  it('of the sides move as one, by axis, or each', () => {
    expect(withSide([1, 1, 1, 1], 'all', 0, 2)).toEqual([2, 2, 2, 2]);
    expect(withSide([1, 1, 2, 2], 'axes', 1, 3)).toEqual([1, 1, 3, 3]);
    expect(withSide([1, 2, 3, 4], 'each', 2, 9)).toEqual([1, 2, 9, 4]);
  });
  it('take the first when they are joined', () => {
    expect(joinedPair([3, 5], 'all')).toEqual([3, 3]);
    expect(joinedSides([1, 2, 3, 4], 'axes')).toEqual([1, 1, 3, 3]);
    expect(joinedSides([1, 2, 3, 4], 'all')).toEqual([1, 1, 1, 1]);
  });
  it('are made of as many numbers as were typed', () => {
    expect(pairFrom([3])).toEqual([3, 3]);
    expect(pairFrom([3, 5])).toEqual([3, 5]);
    expect(sidesFrom([1])).toEqual([1, 1, 1, 1]);
    expect(sidesFrom([1, 2])).toEqual([1, 1, 2, 2]);
    expect(sidesFrom([1, 2, 3, 4])).toEqual([1, 2, 3, 4]);
  });
});

describe('padding that keeps the size', () => {
  it.each([
    [{ length: 451, kernel: 3, stride: 1, dilation: 1 }, [1, 1]],
    [{ length: 451, kernel: 5, stride: 1, dilation: 2 }, [4, 4]],
    [{ length: 451, kernel: 4, stride: 1, dilation: 1 }, [1, 2]],
    // ONNX SAME_UPPER: 6 positions, kernel 3, stride 2 -> one at the end.
    [{ length: 6, kernel: 3, stride: 2, dilation: 1 }, [0, 1]],
    [{ length: 5, kernel: 3, stride: 2, dilation: 1 }, [1, 1]],
    [{ length: 6, kernel: 1, stride: 3, dilation: 1 }, [0, 0]],
  ])('of %o is %o', (along, padding) => expect(samePadding(along)).toEqual(padding));
  it('gives ⌈length / stride⌉ positions, counted window by window', () => {
    for (let length = 1; length <= 20; length++) {
      for (const [kernel, stride, dilation] of [
        [1, 1, 1],
        [2, 1, 1],
        [3, 2, 1],
        [3, 3, 2],
        [5, 4, 1],
      ] as const) {
        const [before, after] = samePadding({ length, kernel, stride, dilation });
        let windows = 0;
        for (let start = -before; start + (kernel - 1) * dilation < length + after; start += stride) windows++;
        expect(windows, `${length} ${kernel} ${stride} ${dilation}`).toBe(Math.ceil(length / stride));
      }
    }
  });
});
