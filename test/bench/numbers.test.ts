import { expect, it } from 'vitest';
import { bestRival, geometricMean, lead, median, percentile } from '../../scripts/bench/numbers.mjs';
import { row } from './run';

it('the median is the middle, or the mean of the two in the middle, in any order', () => {
  expect(median([5, 1, 100])).toBe(5);
  expect(median([4, 1, 2, 100])).toBe(3);
});

it('the 95th percentile of 20 values is the last but one', () => {
  const values = Array.from({ length: 20 }, (_, i) => 20 - i);
  expect(percentile(values, 0.95)).toBe(19);
  expect(percentile([7], 0.95)).toBe(7);
});

it('the geometric mean of a half and a double is one', () => {
  expect(geometricMean([0.5, 2])).toBeCloseTo(1);
  expect(geometricMean([2, 8])).toBeCloseTo(4);
});

it('the best rival is the fastest that has the row', () => {
  expect(bestRival(row('a', 1, { ort: 3, opencv: 2 }))).toEqual({ name: 'opencv', ms: 2 });
  expect(bestRival(row('a', 1, {}))).toBeNull();
});

it('the lead is how many times the best rival takes; none without a rival or without a time of ours', () => {
  expect(lead(row('a', 2, { ort: 3, opencv: 9 }))).toBe(1.5);
  expect(lead(row('a', 2, {}))).toBeNull();
  expect(lead(row('a', null, { ort: 3 }))).toBeNull();
});
