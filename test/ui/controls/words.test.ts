import { describe, expect, it } from 'vitest';
import { ops } from '../../../src/core/registry';
import { paint } from '../../../src/ui/controls/cells';
import { channelOptions } from '../../../src/ui/controls/DisplayControls';
import { findOps, folded, inFamilies } from '../../../src/ui/controls/find';
import { digitsFor } from '../../../src/ui/controls/Legend';
import { equationOf, leftovers, piecesOf, spoken, tokensOf } from '../../../src/ui/controls/sizeWords';

const axis = { output: 75, arithmetic: '⌊(451 + 0 − 6) / 6⌋ + 1', unread: 1, invented: 0 };
const even = { output: 50, arithmetic: '⌊(300 + 0 − 6) / 6⌋ + 1', unread: 0, invented: 0 };
const text = (tokens: readonly { text: string }[]) => tokens.map((token) => token.text).join(' ');

describe('the size line', () => {
  it('leaves out what adds nothing', () => expect(text(tokensOf(axis.arithmetic))).toBe('⌊ ( 451 − 6 ) / 6 ⌋ + 1'));
  it('keeps numbers that only begin with 0', () => expect(text(tokensOf('4 + 0.5'))).toBe('4 + 0.5'));
  it('ends with the result', () => expect(text(equationOf('width', axis))).toBe('width = ⌊ ( 451 − 6 ) / 6 ⌋ + 1 = 75'));
  it('is one number where a size is given', () =>
    expect(text(equationOf('width', { output: 256, arithmetic: '256', unread: 0, invented: 0 }))).toBe('width = 256'));
  it('breaks outside of brackets only', () =>
    expect(piecesOf(equationOf('width', axis)).map(text)).toEqual(['width', '= ⌊ ( 451 − 6 ) / 6 ⌋', '+ 1', '= 75']));
  it('tells what is not read, rows and columns together where they are as many', () => {
    expect(leftovers({ height: even, width: axis })).toEqual(['The last column is not read.']);
    expect(leftovers({ height: { ...even, unread: 3 }, width: { ...axis, unread: 3 } })).toEqual([
      'The last 3 rows and columns are not read.',
    ]);
    expect(leftovers({ height: { ...even, unread: 2 }, width: axis })).toEqual([
      'The last column is not read.',
      'The last 2 rows are not read.',
    ]);
    expect(leftovers({ height: even, width: even })).toEqual([]);
  });
  it('tells what a window of ceil mode reaches beyond', () =>
    expect(leftovers({ height: even, width: { ...even, invented: 5 } })).toEqual([
      'The last window reaches 5 columns beyond the input.',
    ]));
  it('is spoken in one line', () =>
    expect(spoken({ height: even, width: axis })).toBe('Output 75 × 50. The last column is not read.'));
});

describe('looking for an op', () => {
  const names = (query: string) => findOps(Object.values(ops), query).map((op) => op.name);
  it('without a word finds all in their order', () => expect(names(' ')).toEqual(Object.keys(ops)));
  it.each([
    ['maxpool', 'maxPool2d'],
    ['max pool', 'maxPool2d'],
    ['MAX-POOL', 'maxPool2d'],
    ['sobel', 'conv2d'],
    ['resize', 'interpolate'],
    ['bn', 'batchNorm'],
    ['leaky', 'leakyRelu'],
    ['logistic', 'sigmoid'],
    ['avgPool2d', 'avgPool2d'],
  ])('by %j finds %s first', (query, name) => expect(names(query)[0]).toBe(name));
  it('by its family finds all of the family', () =>
    expect(names('pooling')).toEqual(expect.arrayContaining(['maxPool2d', 'avgPool2d'])));
  it('by a word that nothing has finds nothing', () => expect(names('zebra')).toEqual([]));
  it('does not mind accents', () => expect(folded('Fälten-Ïng')).toBe('falten ing'));
});

describe('display', () => {
  it('names three channels by their colour', () =>
    expect(channelOptions(3).map(({ label }) => label)).toEqual(['RGB', 'Red', 'Green', 'Blue']));
  it('counts others from 1', () =>
    expect(channelOptions(2)).toEqual([
      { value: 'all', label: 'All' },
      { value: '0', label: '1 of 2' },
      { value: '1', label: '2 of 2' },
    ]));
  it('gives the ends of a legend the digits that tell them apart', () => {
    expect(digitsFor(0, 1)).toBe(0);
    expect(digitsFor(-1.684, 1.684)).toBe(2);
    expect(digitsFor(0, 0.0123)).toBe(4);
    expect(digitsFor(-345.6, 900.1)).toBe(0);
  });
});

describe('a kernel cell', () => {
  it('of zero has the middle of the signed map', () => expect(paint(0, 2)['--cell']).toContain('var(--d5) 0%, var(--d4)'));
  it('of the largest weight keeps off the darkest end', () => {
    expect(paint(2, 2)['--cell']).toMatch(/var\(--d8\) 40%, var\(--d7\)/);
    expect(paint(-2, 2)['--cell']).toMatch(/var\(--d1\) 60%, var\(--d0\)/);
  });
  it('of an empty kernel is the middle too', () => expect(paint(0, 0)['--cell']).toContain('var(--d4)'));
});

it('ops lie together by family, each once, in the order of the list', () => {
  const all = Object.values(ops);
  const families = inFamilies(all);
  expect(families.flatMap(({ members }) => members)).toEqual(all);
  expect(new Set(families.map(({ family }) => family)).size).toBe(families.length);
});
