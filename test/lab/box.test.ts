import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../src/image/cut';
import { between, handles, moved, pulled, shaped, typed } from '../../src/lab/cut/box';

const seed = 23;
const bounds = { width: 60, height: 40 };
const box: Box = { x: 10, y: 5, width: 20, height: 10 };

const anyBounds = fc.record({ width: fc.integer({ min: 1, max: 500 }), height: fc.integer({ min: 1, max: 500 }) });
const anyCase = anyBounds.chain((within) =>
  fc
    .record({ x: fc.integer({ min: 0, max: within.width - 1 }), y: fc.integer({ min: 0, max: within.height - 1 }) })
    .chain(({ x, y }) =>
      fc.record({
        within: fc.constant(within),
        box: fc.record({
          x: fc.constant(x),
          y: fc.constant(y),
          width: fc.integer({ min: 1, max: within.width - x }),
          height: fc.integer({ min: 1, max: within.height - y }),
        }),
        to: fc.record({ x: fc.double({ min: -900, max: 900, noNaN: true }), y: fc.double({ min: -900, max: 900, noNaN: true }) }),
        handle: fc.constantFrom(...handles),
        ratio: fc.constantFrom(null, 1, 4 / 3, 16 / 9, 2 / 3),
      }),
    ),
);

describe('a crop rectangle', () => {
  it(`stays within its picture in whole pixels, at least one, whatever is done to it (seed ${seed})`, () => {
    fc.assert(
      fc.property(anyCase, ({ within, box: from, to, handle, ratio }) => {
        for (const { x, y, width, height } of [
          moved(from, to.x, to.y, within),
          pulled(from, handle, to, within, ratio),
          between(from, to, within, ratio),
          typed(from, 'width', Math.round(Math.abs(to.x)), within, ratio),
          typed(from, 'y', Math.round(to.y), within, ratio),
          shaped(from, ratio ?? 1, within),
        ]) {
          expect([x, y, width, height].every(Number.isInteger)).toBe(true);
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
          expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
          expect(x + width).toBeLessThanOrEqual(within.width);
          expect(y + height).toBeLessThanOrEqual(within.height);
        }
      }),
      { seed, numRuns: 500 },
    );
  });

  it(`keeps its shape to the nearest pixel where there is room (seed ${seed})`, () => {
    fc.assert(
      fc.property(anyCase, ({ within, box: from, to, handle, ratio }) => {
        if (ratio === null) return;
        const { width, height } = pulled(from, handle, to, within, ratio);
        if (width > 1 && height > 1) expect(Math.abs(height - width / ratio)).toBeLessThanOrEqual(1);
      }),
      { seed, numRuns: 500 },
    );
  });

  it('moves as far as the edge and no further', () => {
    expect(moved(box, 3, -2, bounds)).toEqual({ ...box, x: 13, y: 3 });
    expect(moved(box, 999, 999, bounds)).toEqual({ ...box, x: 40, y: 30 });
  });

  it('keeps the corner that is not pulled', () => {
    expect(pulled(box, 'nw', { x: 4, y: 1 }, bounds, null)).toEqual({ x: 4, y: 1, width: 26, height: 14 });
    expect(pulled(box, 'e', { x: 42, y: 0 }, bounds, null)).toEqual({ ...box, width: 32 });
    expect(pulled(box, 's', { x: 0, y: 25 }, bounds, 2)).toEqual({ x: 10, y: 5, width: 40, height: 20 });
  });

  it('is drawn from a corner in any direction', () => {
    expect(between({ x: 30, y: 20 }, { x: 10, y: 15 }, bounds, null)).toEqual({ x: 10, y: 15, width: 20, height: 5 });
    expect(between({ x: 30, y: 20 }, { x: 35, y: 90 }, bounds, 1)).toEqual({ x: 30, y: 20, width: 20, height: 20 });
  });

  it('takes another shape around its middle, about as large', () => {
    expect(shaped({ x: 0, y: 0, width: 60, height: 40 }, 1, bounds)).toEqual({ x: 10, y: 0, width: 40, height: 40 });
  });
});
