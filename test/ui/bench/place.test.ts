import { describe, expect, test } from 'vitest';
import { laid, type Part, panned, pixelAt, placeOf, revealing, whole, within, zoomed, zooms } from '../../../src/ui/bench/place';

const input = { width: 451, height: 300 };
const pooled = { width: 75, height: 50 };
/** A port of the picture's own shape, where 1 CSS px is 1 pixel at fit. */
const exact = { port: { width: 400, height: 300 }, size: { width: 400, height: 300 } };
/** A tall port around a wide picture, 0.5 CSS px to a pixel at fit. */
const tall = { port: { width: 400, height: 600 }, size: { width: 800, height: 400 } };

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
  test('at first all of the picture, in the middle of its port', () => {
    expect(laid(whole, exact)).toEqual({ left: 0, top: 0, width: 400, height: 300 });
    expect(laid(whole, tall)).toEqual({ left: 0, top: 200, width: 400, height: 200 });
  });
  test('zooming keeps the place under the pointer where it is', () => {
    const at = within(laid(whole, exact), 100, 180);
    const near = laid(zoomed(whole, 4, at, exact), exact);
    expect(near.width).toBe(1600);
    expect(within(near, 100, 180).u).toBeCloseTo(at.u, 12);
    expect(within(near, 100, 180).v).toBeCloseTo(at.v, 12);
  });
  test('it never leaves its port where it fills it, and lies in the middle where it does not', () => {
    const corner = zoomed(whole, 4, { u: 1, v: 1 }, exact);
    expect(laid(corner, exact)).toEqual({ left: -1200, top: -900, width: 1600, height: 1200 });
    expect(panned(corner, 1000, 1000, exact)).toEqual(corner);
    expect(laid(panned(corner, -1e6, -1e6, exact), exact)).toMatchObject({ left: 0, top: 0 });
    expect(laid(zoomed(whole, 2, { u: 0, v: 0 }, tall), tall)).toEqual({ left: 0, top: 100, width: 800, height: 400 });
  });
  test('dragging by 30 px moves it by 30 px', () => {
    const from = zoomed(whole, 8, { u: 0.5, v: 0.5 }, exact);
    const to = panned(from, 30, -20, exact);
    expect(laid(to, exact).left).toBeCloseTo(laid(from, exact).left - 30, 9);
    expect(laid(to, exact).top).toBeCloseTo(laid(from, exact).top + 20, 9);
  });
  test('zooming in ends at 64 px for a pixel, zooming out at the whole picture or its true size', () => {
    expect(laid(zoomed(whole, 1e9, { u: 0.3, v: 0.3 }, exact), exact).width).toBe(64 * 400);
    expect(zoomed(zoomed(whole, 4, { u: 0.3, v: 0.3 }, exact), 1 / 100, { u: 0.9, v: 0.1 }, exact)).toEqual(whole);
    const small = { port: { width: 400, height: 400 }, size: { width: 40, height: 40 } };
    expect(laid(zoomed(whole, 1 / 100, { u: 0.5, v: 0.5 }, small), small).width).toBe(40);
    expect(zooms({ port: { width: 400, height: 400 }, size: { width: 4, height: 4 } })).toEqual({ least: 0.01, most: 1 });
  });
  test('it moves just so far that a place is seen', () => {
    const part: Part = { u: 0.125, v: 0.125, zoom: 4 };
    expect(revealing(part, { u: 0.5, v: 0.1 }, exact)).toEqual({ u: 0.375, v: 0.125, zoom: 4 });
    expect(revealing(part, { u: 0.2, v: 0.1 }, exact)).toEqual(part);
  });
  test('a port that is not laid out yet changes nothing', () => {
    const none = { port: { width: 0, height: 0 }, size: input };
    expect(zoomed(whole, 2, { u: 0.5, v: 0.5 }, none)).toBe(whole);
    expect(panned(whole, 5, 5, none)).toBe(whole);
  });
});
