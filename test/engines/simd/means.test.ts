import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reference } from '../../../src/engines/reference';
import { Breath } from '../../../src/image/breath';
import { reduceTensor } from '../../../src/image/reduce';
import { openGuarded, randomTensor, stepOf, worstError } from './engine';

// What is seen of a result without making it: the means of cells of what the reference makes.

const engine = await openGuarded();
/** Both ways sum float32 products of weights that add up to about 1; Lanczos weights go below 0. */
const tolerance = { atol: 1e-6, rtol: 1e-6 };

const factors = (most: number) => fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most }));
const step = fc.oneof(
  fc
    .record({
      mode: fc.constantFrom('nearest', 'nearest-exact', 'bilinear', 'bicubic', 'area', 'lanczos'),
      scaleFactor: fc.tuple(fc.double({ min: 0.6, max: 4.3, noNaN: true }), fc.double({ min: 0.6, max: 4.3, noNaN: true })),
    })
    .map((params) => stepOf('interpolate', params)),
  fc
    .record({ mode: fc.constantFrom('bilinear', 'bicubic'), scaleFactor: factors(4), alignCorners: fc.boolean() })
    .map((params) => stepOf('interpolate', params)),
  fc.record({ stride: factors(5) }).map((params) => stepOf('zeroInsert', params)),
  fc.integer({ min: 1, max: 5 }).map((upscaleFactor) => stepOf('pixelShuffle', { upscaleFactor, repeat: true })),
);
const shape = fc.tuple(
  fc.constant(1),
  fc.integer({ min: 1, max: 3 }),
  fc.integer({ min: 2, max: 40 }),
  fc.integer({ min: 2, max: 70 }),
);

describe('means of a result that is not made', () => {
  it('are those of what the reference makes, for any enlarging and factor', async () => {
    await fc.assert(
      fc.asyncProperty(step, shape, fc.integer({ min: 1, max: 9 }), fc.nat(), async (prepared, size, factor, seed) => {
        const x = randomTensor(size, seed);
        const whole = await reference.run([prepared], x);
        const expected = await reduceTensor(whole, factor, new Breath());
        const before = engine.machine.arena.used;
        const made = await engine.means(prepared, x, factor);
        expect(engine.machine.arena.used).toBe(before);
        expect(made && worstError(made.y, expected, tolerance)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 400 },
    );
  });

  it('tell how they are made', async () => {
    const made = await engine.means(stepOf('zeroInsert', { stride: 4 }), randomTensor([1, 1, 9, 9], 1), 3);
    expect(made?.how).toMatch(/^means of 3 × 3 pixels, without those pixels: two passes/);
  });

  it('are not there for ops that are no weights along rows and columns, nor for channels that become pixels', () => {
    const x = randomTensor([1, 4, 8, 8], 2);
    for (const one of [stepOf('relu'), stepOf('maxPool2d'), stepOf('pixelShuffle', { upscaleFactor: 2 })])
      expect(engine.means(one, x, 2)).toBeNull();
  });
});
