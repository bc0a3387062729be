import { expect, it } from 'vitest';
import { overLimit } from '../../src/image/limits';

it('24 megapixels open without a question, 25 ask', () => {
  expect(overLimit(6000, 4000)).toBeNull();
  expect(overLimit(5000, 5000)).toMatchObject({ reason: 'ask', megapixels: 25, shrink: 2, action: 'Use half size' });
});
it('consent or a chosen size answers the question', () => {
  expect(overLimit(9000, 9000, { large: true })).toBeNull();
  expect(overLimit(9000, 9000, { shrink: 2 })).toBeNull();
});
it('132 megapixels are refused with the size at half', () => {
  expect(overLimit(12000, 11000, { large: true })).toEqual({
    reason: 'tooLarge',
    megapixels: 132,
    shrink: 2,
    action: 'Use half size',
    message: 'This picture has 132 megapixels; the limit is 100. At half size it has 33.',
  });
  expect(overLimit(12000, 11000, { shrink: 2 })).toBeNull();
});
it('100.2 megapixels are not said to be 100', () => {
  expect(overLimit(10020, 10000)?.message).toMatch(/^This picture has 100\.2 megapixels; the limit is 100\./);
});
it('a side over 32767 is refused with the sizes in pixels', () => {
  expect(overLimit(40000, 100)?.message).toBe(
    'This picture is 40\u202f000 × 100; no side may be longer than 32\u202f767. At half size it is 20\u202f000 × 50.',
  );
});
it('a shrink that is not enough is answered with one that is', () => {
  expect(overLimit(22000, 22000, { shrink: 2 })).toMatchObject({
    reason: 'tooLarge',
    shrink: 3,
    action: 'Use a third of the size',
  });
});
it('what no browser decodes is refused without another size', () => {
  const over = overLimit(30000, 30000, { shrink: 4 });
  expect(over?.reason).toBe('tooLarge');
  expect(over?.shrink).toBeUndefined();
  expect(over?.message).toBe('This picture has 900 megapixels; browsers decode at most 536.');
});
