import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contoursOf } from '../../src/core/contours';
import { along, conditionOf, descend, heightAt, heightsOf, landscapes, slopeAt } from '../../src/core/landscape';

const seed = 20260730;
const places = fc.tuple(fc.double({ min: -20, max: 20, noNaN: true }), fc.double({ min: -20, max: 20, noNaN: true }));
const both = fc.constantFrom(landscapes.stretched, landscapes.round);

describe('the two landscapes', () => {
  it('are √(2x² + 10y²) and √(x² + y²), and half their squares', () => {
    expect(heightAt(landscapes.stretched, 'root', [3, -2])).toBeCloseTo(Math.sqrt(2 * 9 + 10 * 4), 12);
    expect(heightAt(landscapes.round, 'root', [3, -4])).toBe(5);
    expect(heightAt(landscapes.stretched, 'bowl', [3, -2])).toBe(29);
    expect(heightAt(landscapes.round, 'bowl', [3, -4])).toBe(12.5);
  });

  it(`have the gradient that differences show, seed ${seed}`, () => {
    fc.assert(
      fc.property(both, fc.constantFrom('root', 'bowl'), places, (landscape, form, [x, y]) => {
        fc.pre(Math.hypot(x, y) > 0.1);
        const h = 1e-5;
        const [dx, dy] = slopeAt(landscape, form, [x, y]);
        const across = heightAt(landscape, form, [x + h, y]) - heightAt(landscape, form, [x - h, y]);
        const down = heightAt(landscape, form, [x, y + h]) - heightAt(landscape, form, [x, y - h]);
        expect(dx).toBeCloseTo(across / (2 * h), 4);
        expect(dy).toBeCloseTo(down / (2 * h), 4);
      }),
      { seed },
    );
  });

  it('are sampled from corner to corner, rows from the smallest y', () => {
    const heights = heightsOf(landscapes.stretched, 'root', 5, 20);
    expect(heights[0]).toBeCloseTo(Math.sqrt(12 * 400), 12);
    expect(heights[12]).toBe(0);
    expect(heights[13]).toBeCloseTo(Math.sqrt(2 * 100), 12);
    expect(heights[17]).toBeCloseTo(Math.sqrt(10 * 100), 12);
  });
});

describe('a descent', () => {
  it(`on the bowl multiplies each coordinate by 1 − rate · curvature at every step, seed ${seed}`, () => {
    fc.assert(
      fc.property(both, places, fc.double({ min: 0.01, max: 0.19, noNaN: true }), ({ a, b }, start, rate) => {
        const { points } = descend({ a, b }, 'bowl', start, { rate, near: 0.5, most: 40 });
        points.forEach(([x, y], k) => {
          expect(x).toBeCloseTo(start[0] * (1 - rate * a) ** k, 8);
          expect(y).toBeCloseTo(start[1] * (1 - rate * b) ** k, 8);
        });
      }),
      { seed },
    );
  });

  it('counts the steps of the closed form until it is near', () => {
    const [rate, start] = [0.15, 16] as const;
    const { points, end } = descend(landscapes.round, 'bowl', [start, 0], { rate, near: 0.5 });
    expect(points.length - 1).toBe(Math.ceil(Math.log(0.5 / start) / Math.log(1 - rate)));
    expect(end).toBe('arrived');
  });

  it('arrives below the limit 2 / largest curvature and runs away above it', () => {
    const { limit, number, best } = conditionOf(landscapes.stretched);
    expect([limit, number, best]).toEqual([0.2, 5, 1 / 6]);
    const walk = (rate: number) => descend(landscapes.stretched, 'bowl', [-16, 12], { rate, most: 5000 }).end;
    expect([walk(limit * 0.99), walk(limit * 1.01)]).toEqual(['arrived', 'left']);
    expect(descend(landscapes.round, 'bowl', [-16, 12], { rate: conditionOf(landscapes.round).best }).points.length).toBe(2);
  });

  it('on the round root goes straight ahead by the rate, and jumps over the minimum when that is too long', () => {
    const { points } = descend(landscapes.round, 'root', [6, 8], { rate: 2, most: 3 });
    expect(points.map(([x, y]) => Math.hypot(x, y))).toEqual([10, 8, 6, 4].map((v) => expect.closeTo(v, 12)));
    expect(descend(landscapes.round, 'root', [0, 10], { rate: 3, most: 50 }).end).toBe('going');
  });

  it('keeps the height of every point', () => {
    const { points, heights } = descend(landscapes.stretched, 'root', [-9, 4], { rate: 0.5, most: 20 });
    expect(heights).toEqual(points.map(([x, y]) => Math.sqrt(2 * x * x + 10 * y * y)));
  });
});

/** The area inside of rings, holes taken off. */
const area = (rings: readonly Float64Array[]): number =>
  Math.abs(
    rings.reduce((sum, ring) => {
      let twice = 0;
      for (let i = 0; i < ring.length; i += 2) {
        const [x, y] = [ring[i]!, ring[i + 1]!];
        const [u, v] = [ring[(i + 2) % ring.length]!, ring[(i + 3) % ring.length]!];
        twice += x * v - u * y;
      }
      return sum + twice / 2;
    }, 0),
  );

describe('contours', () => {
  it('of the introduction’s plots lie on their level to a hundredth of a sample’s height, on 800 × 800 samples', () => {
    for (const landscape of Object.values(landscapes)) {
      const values = heightsOf(landscape, 'root');
      const levels = [5, 10, 20];
      for (const [k, rings] of contoursOf({ width: 800, height: 800, values }, levels).entries()) {
        let [met, worst] = [0, 0];
        for (const ring of rings)
          for (let i = 0; i < ring.length; i += 2) {
            const [x, y] = [along(ring[i]!, 800, 20), along(ring[i + 1]!, 800, 20)];
            if (Math.max(Math.abs(x), Math.abs(y)) > 20 - 1e-9) continue;
            worst = Math.max(worst, Math.abs(heightAt(landscape, 'root', [x, y]) - levels[k]!));
            met += 1;
          }
        expect(worst).toBeLessThan(1e-2);
        expect(met).toBeGreaterThan(100);
      }
    }
  });

  it('enclose what is at least their level: the square less the ellipse', () => {
    const values = heightsOf(landscapes.stretched, 'root');
    const [rings = []] = contoursOf({ width: 800, height: 800, values }, [20]);
    const unit = (799 / 40) ** 2;
    expect(rings).toHaveLength(2);
    expect(area(rings) / unit).toBeCloseTo(1600 - (Math.PI * 400) / Math.sqrt(20), 1);
  });

  it(`of any grid part the samples as a plain comparison does, seed ${seed}`, () => {
    const grids = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 6 }), {
      minLength: 5,
      maxLength: 5,
    });
    fc.assert(
      fc.property(grids, (grid) => {
        const values = grid.flat();
        const levels = [2.5, 4.5, 7.5];
        const found = contoursOf({ width: 6, height: 5, values }, levels);
        levels.forEach((level, k) => {
          for (let i = 0; i < 5; i++)
            for (let j = 0; j < 6; j++) expect(isInside(found[k]!, inward(j, 5), inward(i, 4))).toBe(grid[i]![j]! >= level);
        });
      }),
      { seed, numRuns: 60 },
    );
  });

  it('of several levels are those of each level alone', () => {
    const values = heightsOf(landscapes.stretched, 'bowl', 40, 20);
    const field = { width: 40, height: 40, values };
    const levels = [100, 400, 900];
    expect(contoursOf(field, levels)).toEqual(levels.map((level) => contoursOf(field, [level])[0]));
  });
});

/** A little inside of the grid, where rings along its border are no matter of taste. */
const inward = (at: number, last: number): number => Math.min(last - 1e-3, Math.max(1e-3, at));

/** Crosses rings an odd number of times on its way out. */
function isInside(rings: readonly Float64Array[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings)
    for (let i = 0; i < ring.length; i += 2) {
      const [x1, y1] = [ring[i]!, ring[i + 1]!];
      const [x2, y2] = [ring[(i + 2) % ring.length]!, ring[(i + 3) % ring.length]!];
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
    }
  return inside;
}
