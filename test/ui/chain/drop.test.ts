import { describe, expect, it } from 'vitest';
import { gapAt, placeAfter, placeOfGap, scrollBy } from '../../../src/ui/chain/drop';

const items = [
  { start: 0, length: 100 },
  { start: 100, length: 50 },
  { start: 150, length: 100 },
];

describe('where a dragged step lands', () => {
  it.each([
    [-20, 0],
    [49, 0],
    [51, 1],
    [124, 1],
    [126, 2],
    [199, 2],
    [201, 3],
    [999, 3],
  ])('the gap nearest to %i is %i', (place, gap) => expect(gapAt(items, place)).toBe(gap));
  it('a gap lies at the start of what follows, the last one at the end of the list', () => {
    expect([0, 1, 2, 3].map((gap) => placeOfGap(items, gap))).toEqual([0, 100, 150, 250]);
    expect(placeOfGap([], 0)).toBe(0);
  });
  it('both gaps beside a step leave it where it is', () => {
    expect([placeAfter(1, 1), placeAfter(1, 2)]).toEqual([1, 1]);
    expect([placeAfter(0, 3), placeAfter(2, 0)]).toEqual([2, 0]);
  });
  it('near an edge the list scrolls, faster the nearer, and not in the middle', () => {
    expect(scrollBy(200, 200)).toBe(0);
    expect(scrollBy(30, 400)).toBeLessThan(0);
    expect(scrollBy(5, 400)).toBeLessThan(scrollBy(30, 400));
    expect(scrollBy(400, 5)).toBeGreaterThan(0);
    expect(scrollBy(-50, 400)).toBe(scrollBy(0, 400));
  });
});
