import { expect, test } from 'vitest';
import { magnification, tickStep } from '../../../src/ui/bench/ruler';

test('a picture of 451 px in 294 px of page has a tick every 10 pixels', () => {
  expect(tickStep([294 / 451])).toBe(10);
});
test('ticks stay at least 4 px apart, for pictures of 16 to 32 767 pixels', () => {
  for (let pixels = 16; pixels <= 32767; pixels += 7) {
    const step = tickStep([294 / pixels]);
    expect((step * 294) / pixels).toBeGreaterThanOrEqual(4);
  }
});
test('both views take the step of the finer one', () => {
  expect(tickStep([294 / 4510, 294 / 751])).toBe(tickStep([294 / 4510]));
});
test('a view that is not laid out yet does not count', () => {
  expect(tickStep([294 / 451, 0])).toBe(10);
  expect(tickStep([0, 0])).toBe(10);
});
test('a picture pooled by 6 is shown at 6×, one upsampled by 2 at 1/2, one that keeps its size at nothing special', () => {
  expect(magnification(451, 75)).toBe('6×');
  expect(magnification(451, 902)).toBe('1/2');
  expect(magnification(451, 449)).toBeNull();
});
test('a factor between whole numbers keeps one digit', () => {
  expect(magnification(300, 200)).toBe('1.5×');
});
