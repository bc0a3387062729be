import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, place } from '../../src/content/place';

const viewport = { width: 1280, height: 800 };
const panel = { width: 624, height: 500 };

describe('the panel stands', () => {
  it.each<[string, Box, { x: number; y: number }]>([
    ['right of a picture on the left', { x: 20, y: 40, width: 400, height: 300 }, { x: 432, y: 40 }],
    ['left of a picture on the right', { x: 800, y: 40, width: 400, height: 300 }, { x: 164, y: 40 }],
    ['below a wide picture at the top', { x: 100, y: 0, width: 1100, height: 200 }, { x: 100, y: 212 }],
    ['above a wide picture at the bottom', { x: 100, y: 600, width: 1100, height: 200 }, { x: 100, y: 88 }],
    ['at the right edge when the picture fills the page', { x: 0, y: 0, width: 1280, height: 800 }, { x: 640, y: 16 }],
    [
      'at the left edge when only there the middle of the picture stays free',
      { x: 500, y: 100, width: 700, height: 500 },
      { x: 16, y: 100 },
    ],
  ])('%s', (_, picture, expected) => expect(place(picture, panel, viewport)).toEqual(expected));

  it('at the right edge when nobody knows where the picture is', () =>
    expect(place(null, panel, viewport)).toEqual({ x: 640, y: 16 }));

  it('within the viewport wherever the picture is, seed 7', () => {
    const side = fc.integer({ min: -3000, max: 3000 });
    const length = fc.integer({ min: 0, max: 4000 });
    const size = fc.record({ width: fc.integer({ min: 100, max: 1280 }), height: fc.integer({ min: 100, max: 800 }) });
    fc.assert(
      fc.property(fc.record({ x: side, y: side, width: length, height: length }), size, (picture, panelSize) => {
        const { x, y } = place(picture, panelSize, viewport);
        expect(x).toBeGreaterThanOrEqual(0);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(x + panelSize.width).toBeLessThanOrEqual(viewport.width);
        expect(y + panelSize.height).toBeLessThanOrEqual(viewport.height);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});
