import { describe, expect, test } from 'vitest';
import { fileName } from '../../../src/ui/bench/save';
import { sentence, shortValue } from '../../../src/ui/bench/words';

describe('an error as a sentence', () => {
  test('step and identifier in front are left out', () => {
    expect(sentence('step 2: maxPool2d: a 9 × 9 window spans 321 pixels, but the padded input is 8 × 8')).toBe(
      'A 9 × 9 window spans 321 pixels, but the padded input is 8 × 8.',
    );
  });
  test('a parameter that is named stays', () => {
    expect(sentence('maxPool2d stride: expected a whole number, received "x"')).toBe(
      'MaxPool2d stride: expected a whole number, received "x".',
    );
  });
  test('a finished sentence stays as it is', () => {
    expect(sentence('The picture is gone from the page.')).toBe('The picture is gone from the page.');
  });
});

test('equal halves are one number in a button, others are two', () => {
  expect(shortValue([37, 37])).toBe('37');
  expect(shortValue([2, 3])).toBe('2 × 3');
  expect(shortValue(false)).toBe('false');
});

describe('the name of a saved picture', () => {
  const scene = (...ops: string[]) => ({ version: 1, input: 'unit', steps: ops.map((op) => ({ op, params: {} })) }) as const;
  test('is the picture’s, with the ops', () => {
    expect(fileName('chelsea.png', scene('maxPool2d', 'relu'))).toBe('chelsea-maxPool2d-relu.png');
  });
  test('holds nothing that a file system refuses', () => {
    expect(fileName('a/b\\c:d*?.jpg', scene('relu'))).toBe('a-b-c-d-relu.png');
    expect(fileName('', scene('relu'))).toBe('picture-relu.png');
  });
});
