import { expect, it } from 'vitest';
import { factorBeside, factorFor, factorSeen, MAX_DRAWN_PIXELS } from '../../src/image/draw';

const ports = [
  { width: 343, height: 343 },
  { width: 190, height: 400 },
  { width: 1200, height: 700 },
];
const sizes = [
  [1024, 1024],
  [4096, 4096],
  [4000, 3000],
  [600, 400],
  [37, 5000],
] as const;

it('a drawing has at least the pixels that are seen of it, and a larger factor would leave fewer', () => {
  for (const [width, height] of sizes) {
    for (const port of ports) {
      // The whole picture lies in its port.
      const scale = Math.min(port.width / width, port.height / height);
      const factor = factorSeen(width, height, port);
      expect(Number.isInteger(factor) && factor >= 1).toBe(true);
      if (factor > 1) expect(1 / factor).toBeGreaterThanOrEqual(scale);
      expect(1 / (factor + 1)).toBeLessThan(scale);
    }
  }
});
it('a picture that is seen enlarged is drawn in full', () => expect(factorSeen(100, 80, { width: 900, height: 700 })).toBe(1));

it('what is seen is drawn beside a drawing that is twice as fine', () => {
  for (const [width, height] of sizes) {
    const drawn = factorFor(width, height, MAX_DRAWN_PIXELS);
    for (const port of ports) {
      const [factor, seen] = [factorBeside(width, height, port), factorSeen(width, height, port)];
      expect(factor).toBe(seen >= 2 * drawn ? seen : null);
    }
  }
  expect(factorBeside(4000, 3000, { width: 343, height: 343 })).toBe(11);
  expect(factorBeside(4000, 3000, { width: 1200, height: 900 })).toBeNull();
});
