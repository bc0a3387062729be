import { describe, expect, it } from 'vitest';
import { endWords, nudged, percentOf, reachOf, stepsOfKey } from '../../../src/ui/controls/ranges';
import { complaint, readNumber, readNumbers, spelled, written } from '../../../src/ui/controls/typed';

const whole = { min: 1, max: 64, whole: true };
const real = { min: -100, max: 100, whole: false };

describe('a typed number', () => {
  it.each([
    ['3', 3],
    [' 3 ', 3],
    ['−2.5', -2.5],
    ['0,5', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['+7', 7],
    ['1e-5', 1e-5],
    ['1\u202f024', 1024],
  ])('%j means %d', (text, value) => expect(spelled(text)).toBe(value));
  it.each(['', '-', '0,5x', '1,2,3', 'e5', '1e', 'NaN', 'Infinity', '0x10', '3 × 3'])('%j is none', (text) =>
    expect(spelled(text)).toBeNaN(),
  );
  it('that people are in the middle of is unfinished, not wrong', () => {
    for (const text of ['', '-', '.', '−.', '1e', '1e-']) {
      expect(readNumber(text, real)).toMatchObject({ ok: false, wrong: { kind: 'unfinished' } });
    }
  });
  it('must be whole where whole numbers are asked for', () => {
    expect(readNumber('2.5', whole)).toEqual({ ok: false, wrong: { kind: 'notWhole', part: '2.5' } });
    expect(readNumber('2.0', whole)).toEqual({ ok: true, value: 2 });
  });
  it('outside of the range is told with both ends', () => {
    const read = readNumber('99', whole);
    expect(read).toEqual({ ok: false, wrong: { kind: 'outside', part: '99', given: 99 } });
    if (!read.ok) {
      expect(complaint(read.wrong, 'Stride', whole, '2')).toBe('Stride goes from 1 to 64, received 99. The old value 2 stays.');
    }
  });
  it('never becomes minus zero', () => expect(Object.is(Number(spelled('-0')) + 0, 0)).toBe(true));
});

describe('typed numbers of a pair', () => {
  it.each([
    ['3', [3]],
    ['3 × 5', [3, 5]],
    ['3x5', [3, 5]],
    ['3 X 5', [3, 5]],
    ['3*5', [3, 5]],
    ['3 5', [3, 5]],
    ['3, 5', [3, 5]],
  ])('%j are %j', (text, value) => expect(readNumbers(text, whole, [1, 2])).toEqual({ ok: true, value }));
  it('have decimal commas where they need not be whole', () => {
    expect(readNumbers('1,5', real, [1, 2])).toEqual({ ok: true, value: [1.5] });
    expect(readNumbers('1,5 × 2', real, [1, 2])).toEqual({ ok: true, value: [1.5, 2] });
  });
  it('are unfinished after a separator', () =>
    expect(readNumbers('3 ×', whole, [1, 2])).toMatchObject({ ok: false, wrong: { kind: 'unfinished' } }));
  it('with a word in them are no numbers, even where another is out of range', () =>
    expect(readNumbers('0 × q', whole, [1, 2])).toEqual({ ok: false, wrong: { kind: 'notNumber', part: '0 × q' } }));
  it.each([
    [[1], '1,000', 'Stride takes one number, received "1,000".'],
    [[1, 2], '1 2 3', 'Stride takes one number or two, received "1 2 3".'],
    [[1, 2, 4], '0 2 3', 'Stride takes one number, two or four, received "0 2 3".'],
  ])('are as many as may be, one of %j, and %j is told so', (counts, text, told) => {
    const read = readNumbers(text, whole, counts);
    expect(!read.ok && complaint(read.wrong, 'Stride', whole, '2')).toBe(`${told} The old value 2 stays.`);
  });
});

describe('the reach of a number', () => {
  it('is the declared slider where there is one', () =>
    expect(reachOf({ min: 1, max: 1024, slider: [1, 16], default: 1 })).toMatchObject({ slider: [1, 16], whole: true, step: 1 }));
  it('is the whole range where that is short', () =>
    expect(reachOf({ min: 0, max: 1, step: 0.01, default: 0.1 }).slider).toEqual([0, 1]));
  it('is 40 steps around the default where the range is long', () =>
    expect(reachOf({ min: -1000, max: 1000, step: 0.05, default: 0 }).slider).toEqual([-2, 2]));
  it('ends where the range ends', () => expect(reachOf({ min: 0, max: 1000000, step: 0.05, default: 1 }).slider).toEqual([0, 3]));
  it('is stepped without the noise of binary fractions', () => {
    const reach = reachOf({ min: 0, max: 1, step: 0.1, default: 0 });
    expect(nudged(0.2, 1, reach)).toBe(0.3);
    expect(nudged(0.95, 3, reach)).toBe(1);
    expect(nudged(0.05, -1, reach)).toBe(0);
  });
  it('puts a value beyond the slider at its end', () => {
    expect(percentOf(40, [1, 16])).toBe(100);
    expect(percentOf(8.5, [1, 16])).toBe(50);
    expect(percentOf(3, [3, 3])).toBe(0);
  });
  it('says what is smallest and largest at its ends only', () => {
    expect(endWords(1, -1, whole)).toBe('1 is the smallest.');
    expect(endWords(64, 1, whole)).toBe('64 is the largest.');
    expect(endWords(2, -1, whole)).toBeUndefined();
  });
});

describe('keys in a number field', () => {
  it('step by one, with Shift by ten', () => {
    expect(stepsOfKey('ArrowUp', false)).toBe(1);
    expect(stepsOfKey('ArrowDown', true)).toBe(-10);
    expect(stepsOfKey('PageDown', false)).toBe(-10);
  });
  it('leave caret and letters alone', () => {
    for (const key of ['ArrowLeft', 'ArrowRight', 'Home', 'End', 'a', 'Tab']) expect(stepsOfKey(key, false)).toBeNull();
  });
});

it('a number in a field has every digit, a minus sign and no grouping', () => {
  expect(written(-1024.125)).toBe('−1024.125');
  expect(written(1e-7)).toBe('1e−7');
});
