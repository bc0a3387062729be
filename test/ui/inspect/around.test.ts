import { describe, expect, it } from 'vitest';
import { scaledReach, slideReach } from '../../../src/core/reach';
import { centred, countOf, gridOf, moved, nth, orderOf, pixelsFor, revealing } from '../../../src/ui/inspect/around';

const shape = [1, 3, 40, 60];
const reachOf = (kernel: number, stride: number) => {
  const along = slideReach({ length: 400, kernel, stride, dilation: 1, before: 0, after: 0 });
  return { height: along, width: along };
};

describe('outputs that are shown together', () => {
  it('are five by five where their windows fit into ten pixels, fewer where they do not', () => {
    expect(gridOf(reachOf(3, 1), shape)).toEqual({ height: 5, width: 5 });
    expect(gridOf(reachOf(3, 3), shape)).toEqual({ height: 3, width: 3 });
    expect(gridOf(reachOf(7, 1), shape)).toEqual({ height: 4, width: 4 });
    const twice = scaledReach(20, 40, 0.5);
    expect(gridOf({ height: twice, width: twice }, [1, 1, 40, 3])).toEqual({ height: 5, width: 3 });
    expect(gridOf(null, shape)).toEqual({ height: 5, width: 5 });
  });

  it('are at least three by three: also of a large window the neighbours are seen', () => {
    expect(gridOf(reachOf(7, 4), shape)).toEqual({ height: 3, width: 3 });
    expect(gridOf(reachOf(63, 1), shape)).toEqual({ height: 3, width: 3 });
    expect(gridOf(reachOf(63, 1), [1, 1, 1, 2])).toEqual({ height: 1, width: 2 });
  });

  it('come with all pixels of their windows where those are at most 20 wide, else of one window, else with a part of it', () => {
    expect(pixelsFor(reachOf(3, 1))).toEqual([10, 10]);
    expect(pixelsFor(reachOf(15, 1))).toEqual([17, 17]);
    expect(pixelsFor(reachOf(17, 5))).toEqual([17, 17]);
    expect(pixelsFor(reachOf(31, 1))).toEqual([10, 10]);
    expect(pixelsFor({ ...reachOf(2, 2), width: reachOf(11, 1).width })).toEqual([10, 13]);
    expect(pixelsFor(null)).toEqual([10, 10]);
  });

  it('have the place in their middle, but at a border', () => {
    expect(centred({ row: 10, column: 20 }, { height: 5, width: 5 }, shape)).toEqual({ top: 8, left: 18, height: 5, width: 5 });
    expect(centred({ row: 0, column: 59 }, { height: 5, width: 5 }, shape)).toEqual({ top: 0, left: 55, height: 5, width: 5 });
  });

  it('stay where they are until the place leaves them, and move no further than it does', () => {
    const block = { top: 8, left: 18, height: 5, width: 5 };
    expect(revealing(block, { row: 12, column: 18 })).toEqual(block);
    expect(revealing(block, { row: 13, column: 17 })).toEqual({ ...block, top: 9, left: 17 });
  });
});

describe('the walk', () => {
  it('goes row by row through all outputs of a channel', () => {
    expect([countOf(shape), nth(0, shape), nth(61, shape)]).toEqual([2400, { row: 0, column: 0 }, { row: 1, column: 1 }]);
    for (const n of [0, 59, 60, 2399]) expect(orderOf(nth(n, shape), shape)).toBe(n);
  });

  it('does not leave the output', () => {
    expect(moved({ row: 0, column: 59 }, -1, 1, shape)).toEqual({ row: 0, column: 59 });
    expect(moved({ row: 5, column: 5 }, 1, -2, shape)).toEqual({ row: 6, column: 3 });
  });
});
