import { describe, expect, it } from 'vitest';
import { isBegun, pasted, weightOf } from '../../../src/ui/controls/pasted';

const matrix = (...rows: number[][]) => ({ kind: 'matrix', matrix: rows });

describe('a typed weight', () => {
  it.each([
    ['1/9', 1 / 9],
    ['−1 / 4', -0.25],
    ['1e-3', 0.001],
    ['2.5E+2', 250],
    ['.5', 0.5],
    ['−0', 0],
    ['0,25', 0.25],
    ['1/0.5', 2],
  ])('%s is %d', (text, value) => expect(weightOf(text)).toBe(value));
  it.each(['', '1/', '/9', '1/0', '1/2/3', 'nan', 'inf', '0.5x', '…'])('%j is none', (text) => expect(weightOf(text)).toBeNaN());
  it.each(['', '−', '1/', '.', '1e', '2e-'])('%j may become one', (text) => expect(isBegun(text)).toBe(true));
  it.each(['x', '1/x', '1/9/', '//'])('%j will not', (text) => expect(isBegun(text)).toBe(false));
});

describe('NumPy and PyTorch', () => {
  it.each([
    ['array([[1., 2.],\n       [3., 4.]], dtype=float32)'],
    ['np.array([[1, 2], [3, 4]])'],
    ['tensor([[1., 2.],\n        [3., 4.]], device="cpu", requires_grad=True)'],
    ['[[1.e+00 2.e+00]\n [3.e+00 4.e+00]]'],
    ['w = torch.tensor([[1, 2], [3, 4]]).float()'],
    ['[[[[1, 2], [3, 4]]]]'],
    ['[1 2; 3 4]'],
    ['[1, 2\n 3, 4]'],
    ['{"kernel": [[1, 2], [3, 4]]}'],
  ])('%j is two rows of two', (text) => expect(pasted(text)).toEqual(matrix([1, 2], [3, 4])));
  it.each([
    ['[[1, 2, 1]] / 4'],
    ['1/4 * [[1, 2, 1]]'],
    ['np.array([[1, 2, 1]]) / 4.'],
    ['0.25 * np.array([[1, 2, 1]])'],
    ['np.array([[1, 2, 1]]) * 0.25'],
    ['[[1/4, 1/2, 1/4]]'],
  ])('%j is scaled', (text) => expect(pasted(text)).toEqual(matrix([0.25, 0.5, 0.25])));
  it('division keeps every digit: 1/9 is the double next to it', () =>
    expect(pasted('np.ones((3, 3)) is [[1, 1], [1, 1]] / 9')).toEqual(matrix([1 / 9, 1 / 9], [1 / 9, 1 / 9])));
  it('cut by dots names the dots', () =>
    expect(pasted('[[1 ... 3]\n [4 ... 6]]')).toEqual({ kind: 'bad', row: 1, column: 2, text: '...' }));
  it('weights of four axes are a bank', () =>
    expect(pasted('[[[[1, 2]], [[3, 4]]], [[[5, 6]], [[7, 8]]]]')).toEqual({
      kind: 'bank',
      bank: [
        [[[1, 2]], [[3, 4]]],
        [[[5, 6]], [[7, 8]]],
      ],
    }));
  it('of three axes are filters with a channel each', () =>
    expect(pasted('[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]')).toEqual({
      kind: 'bank',
      bank: [
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
        [
          [
            [5, 6],
            [7, 8],
          ],
        ],
      ],
    }));
  it('kernels of different sizes are refused', () =>
    expect(pasted('[[[1, 2], [3, 4]], [[5, 6]]]')).toMatchObject({ kind: 'ragged', row: 2 }));
});

describe('a spreadsheet', () => {
  it('fractions between tabs are numbers', () =>
    expect(pasted('1/9\t1/9\n1/9\t2/9\n')).toEqual(matrix([1 / 9, 1 / 9], [1 / 9, 2 / 9])));
  it('empty columns at the end fall off', () => expect(pasted('1\t2\t\n3\t4\t\n')).toEqual(matrix([1, 2], [3, 4])));
  it('an empty cell within names its place', () =>
    expect(pasted('1\t\t3\n4\t5\t6')).toEqual({ kind: 'bad', row: 1, column: 2, text: '' }));
  it('quoted cells lose their quotes', () => expect(pasted('"1","2"\n"3","4"')).toEqual(matrix([1, 2], [3, 4])));
  it('decimal commas between semicolons are read, also at line ends', () =>
    expect(pasted('0,5;1\n2;3;')).toEqual(matrix([0.5, 1], [2, 3])));
});
