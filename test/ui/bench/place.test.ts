import { describe, expect, test } from 'vitest';
import { panned, pixelAt, placeOf, revealing, whole, within, zoomed } from '../../../src/ui/bench/place';

const input = { width: 451, height: 300 };
const pooled = { width: 75, height: 50 };

describe('a place in both pictures', () => {
  test('the first pixel lies at 0, the last one at 1', () => {
    expect(pixelAt({ u: 0, v: 0 }, input)).toEqual({ x: 0, y: 0 });
    expect(pixelAt({ u: 1, v: 1 }, input)).toEqual({ x: 450, y: 299 });
  });
  test('the middle of every pixel is a place of that pixel', () => {
    for (let x = 0; x < 75; x++) expect(pixelAt(placeOf(x, 0, pooled), pooled).x).toBe(x);
  });
  test('pixel 40 of a picture that was pooled by 6 lies on pixels 240 to 245 of the input', () => {
    expect(pixelAt(placeOf(40, 0, pooled), input).x).toBeGreaterThanOrEqual(240);
    expect(pixelAt(placeOf(40, 0, pooled), input).x).toBeLessThanOrEqual(245);
  });
  test('a pixel outside counts as the nearest one inside', () => {
    expect(placeOf(-3, 400, input)).toEqual(placeOf(0, 299, input));
  });
});

describe('the part that is shown', () => {
  test('zooming keeps the place under the pointer where it is', () => {
    const at = within(whole, 0.25, 0.6);
    const part = zoomed(whole, 4, at);
    expect(within(part, 0.25, 0.6).u).toBeCloseTo(at.u, 12);
    expect(within(part, 0.25, 0.6).v).toBeCloseTo(at.v, 12);
  });
  test('it never leaves the picture', () => {
    const corner = zoomed(whole, 4, { u: 1, v: 1 });
    expect(corner).toEqual({ u: 0.75, v: 0.75, zoom: 4 });
    expect(panned(corner, 1, 1)).toEqual(corner);
    expect(panned(corner, -9, -9)).toEqual({ u: 0, v: 0, zoom: 4 });
  });
  test('zooming out ends at the whole picture', () => {
    expect(zoomed(zoomed(whole, 4, { u: 0.3, v: 0.3 }), 1 / 100, { u: 0.9, v: 0.1 })).toEqual(whole);
  });
  test('it moves just so far that a place is seen', () => {
    expect(revealing({ u: 0, v: 0, zoom: 4 }, { u: 0.5, v: 0.1 })).toEqual({ u: 0.25, v: 0, zoom: 4 });
    expect(revealing({ u: 0.25, v: 0, zoom: 4 }, { u: 0.3, v: 0.1 })).toEqual({ u: 0.25, v: 0, zoom: 4 });
  });
});
