import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  balanced,
  cellAfter,
  cellsBetween,
  copied,
  flipped,
  mirrored,
  negated,
  normalised,
  partnersOf,
  resized,
  rotated,
  sameMatrix,
  stepFor,
  sumOf,
  transposed,
  upended,
  withCell,
  withCells,
} from '../../../src/ui/controls/matrix';
import { pasted } from '../../../src/ui/controls/pasted';

const abc = [
  [1, 2, 3],
  [4, 5, 6],
];

describe('turns', () => {
  it('a quarter turn goes clockwise', () =>
    expect(rotated(abc)).toEqual([
      [4, 1],
      [5, 2],
      [6, 3],
    ]));
  it('a mirror exchanges left and right', () =>
    expect(mirrored(abc)).toEqual([
      [3, 2, 1],
      [6, 5, 4],
    ]));
  it('a flip is half a turn', () =>
    expect(flipped(abc)).toEqual([
      [6, 5, 4],
      [3, 2, 1],
    ]));
  it('four quarter turns, two mirrors or two flips change nothing (seed 7)', () => {
    const matrices = fc
      .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
      .chain(([h, w]) => fc.array(fc.array(fc.integer(), { minLength: w, maxLength: w }), { minLength: h, maxLength: h }));
    fc.assert(
      fc.property(matrices, (m) => {
        expect(rotated(rotated(rotated(rotated(m))))).toEqual(m);
        expect(mirrored(mirrored(m))).toEqual(m);
        expect(flipped(flipped(m))).toEqual(m);
        expect(rotated(rotated(m))).toEqual(flipped(m));
      }),
      { seed: 7 },
    );
  });
});

describe('sizes', () => {
  it('grow around the same middle with zeros', () =>
    expect(resized([[5]], [3, 3])).toEqual([
      [0, 0, 0],
      [0, 5, 0],
      [0, 0, 0],
    ]));
  it('shrink to the middle', () =>
    expect(
      resized(
        [
          [1, 2, 3],
          [4, 5, 6],
          [7, 8, 9],
        ],
        [1, 1],
      ),
    ).toEqual([[5]]));
  it('of one axis leave the other alone', () =>
    expect(resized(abc, [2, 5])).toEqual([
      [0, 1, 2, 3, 0],
      [0, 4, 5, 6, 0],
    ]));
  it('grow and shrink again to where they were (seed 11)', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), (h, w) => {
        const m = Array.from({ length: h }, (_, i) => Array.from({ length: w }, (_, j) => 1 + i * w + j));
        expect(resized(resized(m, [h + 4, w + 2]), [h, w])).toEqual(m);
      }),
      { seed: 11 },
    ));
});

describe('sums', () => {
  it('are free of binary noise', () => expect(sumOf([[0.1, 0.2]])).toBe(0.3));
  it('become 1', () => expect(normalised([[1, 3]])).toEqual([[0.25, 0.75]]));
  it('of 0 cannot become 1, rounding included', () => {
    expect(normalised([[1, -1]])).toBeNull();
    expect(normalised([[0.1, 0.2, -0.3]])).toBeNull();
    expect(normalised([[0, 0]])).toBeNull();
  });
});

it('a cell is set without touching the others', () => {
  expect(withCell(abc, 1, 0, 9)).toEqual([
    [1, 2, 3],
    [9, 5, 6],
  ]);
  expect(
    sameMatrix(abc, [
      [1, 2, 3],
      [4, 5, 6],
    ]),
  ).toBe(true);
  expect(sameMatrix(abc, [[1, 2, 3]])).toBe(false);
});

describe('a pasted block', () => {
  const matrix = [
    [1, 0, -1],
    [0.5, 2, 3],
  ];
  it.each([
    ['1\t0\t-1\n0.5\t2\t3', 'tabs'],
    ['1\t0\t−1\r\n0,5\t2\t3\r\n', 'tabs with decimal commas'],
    ['1, 0, -1\n.5, 2, 3', 'commas'],
    ['1,0,-1,\n.5,2,3,', 'commas at the ends'],
    ['  1 0 -1\n 0.5 2 3 ', 'spaces'],
    ['1; 0; -1\n0,5; 2; 3', 'semicolons'],
    ['[[1, 0, -1], [0.5, 2, 3]]', 'brackets on one line'],
    ['[[ 1.  0. -1. ]\n [ 0.5  2.  3. ]]', 'the print of numpy'],
  ])('%j is read (%s)', (text) => expect(pasted(text)).toEqual({ kind: 'matrix', matrix }));
  it('of words names the first', () =>
    expect(pasted('no numbers')).toMatchObject({ kind: 'bad', row: 1, column: 1, text: 'no' }));
  it('of one row is a kernel of one row', () => expect(pasted('1 2 1')).toEqual({ kind: 'matrix', matrix: [[1, 2, 1]] }));
  it('that is one number is for the cell', () => {
    expect(pasted('0.5')).toEqual({ kind: 'single' });
    expect(pasted('')).toEqual({ kind: 'single' });
  });
  it('with a word in it names the place', () =>
    expect(pasted('1 2 3\n4 5 0.5x')).toEqual({ kind: 'bad', row: 2, column: 3, text: '0.5x' }));
  it('with rows of different lengths names the first that differs', () =>
    expect(pasted('1 2 3\n4 5')).toEqual({ kind: 'ragged', first: 3, row: 2, count: 2 }));
  it('of 16 columns is too large', () =>
    expect(pasted(new Array(16).fill(1).join(' '))).toEqual({ kind: 'big', rows: 1, columns: 16 }));
  it('comes back from the copied text as it was (seed 3)', () => {
    const cell = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((v) => v + 0);
    const blocks = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(blocks, (m) => {
        expect(pasted(copied(m))).toEqual({ kind: 'matrix', matrix: m });
      }),
      { seed: 3 },
    );
  });
});

describe('keys in the grid', () => {
  const size = [3, 3] as const;
  it('go to the neighbour', () => {
    expect(cellAfter('ArrowUp', [1, 1], size, false)).toEqual([0, 1]);
    expect(cellAfter('ArrowRight', [1, 1], size, false)).toEqual([1, 2]);
    expect(cellAfter('Enter', [1, 1], size, false)).toEqual([2, 1]);
  });
  it('stop at the border', () => {
    expect(cellAfter('ArrowUp', [0, 1], size, false)).toBeNull();
    expect(cellAfter('ArrowRight', [1, 2], size, false)).toBeNull();
  });
  it('go to the ends of the row, with Ctrl to those of the grid', () => {
    expect(cellAfter('Home', [1, 1], size, false)).toEqual([1, 0]);
    expect(cellAfter('End', [1, 1], size, true)).toEqual([2, 2]);
  });
  it('that write are left alone', () => expect(cellAfter('5', [1, 1], size, false)).toBeNull());
});

describe('signs, sums and the diagonal', () => {
  it('top and bottom change places', () =>
    expect(upended(abc)).toEqual([
      [4, 5, 6],
      [1, 2, 3],
    ]));
  it('rows become columns', () =>
    expect(transposed(abc)).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]));
  it('signs turn, and 0 stays 0', () => expect(negated([[1, 0, -2]])).toEqual([[-1, 0, 2]]));
  it('a shift by the mean makes the sum 0', () => expect(balanced([[1, 2, 6]])).toEqual([[-2, -1, 3]]));
});

describe('an edit that keeps symmetry', () => {
  const size = [3, 5] as const;
  const sorted = (cells: readonly (readonly number[])[]) => cells.map(String).sort();
  it('takes the mirror images along', () => {
    expect(partnersOf([0, 1], size, 'none')).toEqual([[0, 1]]);
    expect(sorted(partnersOf([0, 1], size, 'across'))).toEqual(['0,1', '0,3']);
    expect(sorted(partnersOf([0, 1], size, 'down'))).toEqual(['0,1', '2,1']);
    expect(sorted(partnersOf([0, 1], size, 'both'))).toEqual(['0,1', '0,3', '2,1', '2,3']);
  });
  it('round the middle takes all cells as far from it', () => {
    expect(sorted(partnersOf([0, 1], [3, 3], 'radial'))).toEqual(['0,1', '1,0', '1,2', '2,1']);
    expect(sorted(partnersOf([0, 0], [2, 2], 'radial'))).toEqual(['0,0', '0,1', '1,0', '1,1']);
    expect(sorted(partnersOf([3, 0], [7, 7], 'radial'))).toHaveLength(4);
    expect(sorted(partnersOf([1, 1], [7, 7], 'radial'))).toHaveLength(4);
    // 3² + 4² = 5² + 0²
    expect(sorted(partnersOf([5, 10], [11, 11], 'radial'))).toHaveLength(12);
  });
  it('keeps a symmetric kernel symmetric, wherever it strikes (seed 13)', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.nat(), fc.nat(), (h, w, r, c) => {
        const blank = Array.from({ length: h }, () => new Array<number>(w).fill(0));
        const cell = [r % h, c % w] as const;
        const both = withCells(blank, partnersOf(cell, [h, w], 'both'), 1);
        expect(mirrored(both)).toEqual(both);
        expect(upended(both)).toEqual(both);
        const radial = withCells(blank, partnersOf(cell, [h, w], 'radial'), 1);
        expect(flipped(radial)).toEqual(radial);
        expect(mirrored(radial)).toEqual(radial);
        if (h === w) expect(transposed(radial)).toEqual(radial);
      }),
      { seed: 13 },
    ));
});

describe('a stroke', () => {
  it('passes every cell on its way', () => {
    expect(cellsBetween([0, 0], [0, 3])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [0, 3],
    ]);
    expect(cellsBetween([2, 2], [0, 0])).toEqual([
      [2, 2],
      [1, 1],
      [0, 0],
    ]);
  });
  it('leaves no gap (seed 17)', () => {
    const cell = fc.tuple(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 14 }));
    fc.assert(
      fc.property(cell, cell, (from, to) => {
        const way = cellsBetween(from, to);
        expect(way[0]).toEqual(from);
        expect(way.at(-1)).toEqual(to);
        for (const [i, [r, c]] of way.slice(1).entries())
          expect(Math.max(Math.abs(r - way[i]![0]), Math.abs(c - way[i]![1]))).toBeLessThanOrEqual(1);
      }),
      { seed: 17 },
    );
  });
});

describe('the step of a cell', () => {
  it.each([
    [[[0, 0]], 0.1],
    [[[0, 1]], 0.1],
    [[[-1, 2]], 1],
    [[[25, 1]], 1],
    [[[2.5, 1]], 0.1],
    [[[0.16, 0]], 0.01],
    [[[0.1, 0]], 0.01],
    [[[0.004, 0]], 0.0001],
  ])('of %j is %d', (m, step) => expect(stepFor(m)).toBeCloseTo(step, 12));
});
