import { describe, expect, it } from 'vitest';
import { cellNumber, isUnfinished, isWrong, stepsIn } from '../../../src/ui/controls/cells';

describe('the number in a cell', () => {
  it.each([
    [1 / 9, '0.11'],
    [-2, '−2'],
    [1234.5, '1235'],
    [-0.00012345, '−0.00012'],
    [0, '0'],
  ])('%d is %s where there is room', (value, text) => expect(cellNumber(value)).toBe(text));
  it.each([
    [0.0582, 0.0582, '.058'],
    [-0.0069, 0.0582, '−.007'],
    [0.0001, 0.0582, '.000'],
    [0, 0.0582, '0'],
    [1, 1, '1'],
    [-0.5, 1, '−.5'],
    [0.25, 1.5, '.3'],
    [12.25, 16, '12'],
    [-16, 16, '−16'],
    [0.00004, 0.00004, '0.00004'],
  ])('%d beside a largest of %d is %s where it is narrow', (value, peak, text) => expect(cellNumber(value, peak)).toBe(text));
  it('has the same number of places in all cells of a kernel', () => {
    const shown = [0.0178, 0.004, 0.00123, -0.0099].map((v) => cellNumber(v, 0.0178));
    expect(shown).toEqual(['.018', '.004', '.001', '−.010']);
  });
});

describe('a text in a cell', () => {
  it('is wrong when it spells no number', () => {
    expect(['1', '1/9', '−.5'].map((text) => isWrong({ text }))).toEqual([false, false, false]);
    expect(['', '1/', '0.5x'].map((text) => isWrong({ text }))).toEqual([true, true, true]);
  });
  it('is unfinished while it may become one', () =>
    expect(['', '1/', '−', '0.5x', '1'].map((text) => isUnfinished({ text }))).toEqual([true, true, true, false, false]));
});

describe('keys that change a cell', () => {
  const key = (name: string, altKey = false, shiftKey = false) => ({ key: name, altKey, shiftKey });
  it('are arrows with Alt, and ten times as much with Shift', () => {
    expect(stepsIn(key('ArrowUp', true), false)).toBe(1);
    expect(stepsIn(key('ArrowDown', true, true), false)).toBe(-10);
    expect(stepsIn(key('ArrowUp'), false)).toBeNull();
  });
  it('are arrows alone once F2 has been pressed', () => {
    expect(stepsIn(key('ArrowDown'), true)).toBe(-1);
    expect(stepsIn(key('ArrowUp', false, true), true)).toBe(10);
    expect(stepsIn(key('ArrowLeft'), true)).toBeNull();
  });
  it('are the page keys always', () => {
    expect(stepsIn(key('PageUp'), false)).toBe(10);
    expect(stepsIn(key('PageDown'), true)).toBe(-10);
  });
});
