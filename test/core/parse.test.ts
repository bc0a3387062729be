import { describe, expect, it } from 'vitest';
import { conv2d } from '../../src/core/ops/conv2d';
import { interpolate } from '../../src/core/ops/interpolate';
import { maxPool2d } from '../../src/core/ops/maxPool2d';
import { parse } from '../../src/core/parse';

const max = (raw: unknown) => parse(maxPool2d.params, raw, 'maxPool2d');

describe('parameters', () => {
  it('that are missing take their defaults', () => {
    expect(max({})).toEqual({ kernelSize: [2, 2], stride: null, padding: [0, 0], dilation: [1, 1], ceilMode: false });
  });
  it('of a pair take one number for both', () => {
    expect(max({ kernelSize: 3, stride: [2, 1] })).toMatchObject({ kernelSize: [3, 3], stride: [2, 1] });
  });
  it('of four sides take one number, two for height and width, or four', () => {
    const padding = (value: unknown) => parse(conv2d.params, { padding: value }).padding;
    expect(padding(1)).toEqual([1, 1, 1, 1]);
    expect(padding([1, 2])).toEqual([1, 1, 2, 2]);
    expect(padding([1, 2, 3, 4])).toEqual([1, 2, 3, 4]);
  });
  it('that may stay open take null', () => {
    expect(max({ stride: null }).stride).toBeNull();
    expect(parse(interpolate.params, { size: [3, 4] }).size).toEqual([3, 4]);
  });
  it('turn −0 into 0', () => {
    expect(Object.is(max({ padding: -0 }).padding[0], 0)).toBe(true);
  });
  it.each([
    [
      { stride: '0,5x' },
      'maxPool2d stride: expected null or a whole number from 1 to 1024, or two for height and width, received "0,5x"',
    ],
    [{ kernelSize: 0 }, 'maxPool2d kernelSize: expected a whole number from 1 to 1024, or two for height and width, received 0'],
    [
      { kernelSize: -2 },
      'maxPool2d kernelSize: expected a whole number from 1 to 1024, or two for height and width, received −2',
    ],
    [
      { kernelSize: [2] },
      'maxPool2d kernelSize: expected a whole number from 1 to 1024, or two for height and width, received [2]',
    ],
    [{ ceilMode: 1 }, 'maxPool2d ceilMode: expected true or false, received 1'],
    [
      { kernel: 2 },
      'maxPool2d kernel: expected one of kernelSize, stride, padding, dilation, ceilMode, received an unknown parameter',
    ],
    [[], 'maxPool2d parameters: expected an object, received []'],
    ['x', 'maxPool2d parameters: expected an object, received "x"'],
  ])('%j are refused in words', (raw, sentence) => {
    expect(() => max(raw)).toThrow(new RangeError(sentence));
  });
  it('named like members of every object are unknown', () => {
    expect(() => max(JSON.parse('{"__proto__": 1}'))).toThrow('unknown parameter');
    expect(() => max({ constructor: 1 })).toThrow('unknown parameter');
  });
});
