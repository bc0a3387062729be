import { expect, it } from 'vitest';
import { factorSeen } from '../../src/image/draw';

const ports = [
  { width: 343, height: 343 },
  { width: 190, height: 400 },
  { width: 1200, height: 700 },
];

it('a drawing has at least the pixels that are seen of it, and a larger factor would leave less than 1.4 for each', () => {
  for (const [width, height] of [
    [1024, 1024],
    [4096, 4096],
    [4000, 3000],
    [600, 400],
    [37, 5000],
  ] as const) {
    for (const port of ports) {
      // The whole picture lies in its port.
      const scale = Math.min(port.width / width, port.height / height);
      const factor = factorSeen(width, height, port);
      expect(Number.isInteger(factor) && factor >= 1).toBe(true);
      if (factor > 1) expect(1 / factor).toBeGreaterThanOrEqual(1.4 * scale);
      expect(1 / (factor + 1)).toBeLessThan(1.4 * scale);
    }
  }
});
it('a picture that is seen enlarged is drawn in full', () => expect(factorSeen(100, 80, { width: 900, height: 700 })).toBe(1));
