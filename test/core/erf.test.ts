import { expect, it } from 'vitest';
import { erf } from '../../src/core/erf';

/** Computed by the C library. */
const known: readonly (readonly [number, number])[] = [
  [1e-300, 1.1283791670955126e-300],
  [1e-8, 1.1283791670955126e-8],
  [0.01, 0.011283415555849616],
  [0.0624, 0.07031957901690875],
  [0.0626, 0.07054437502289038],
  [0.1, 0.1124629160182849],
  [0.25, 0.2763263901682369],
  [0.3, 0.3286267594591274],
  [0.5, 0.5204998778130465],
  [0.7, 0.6778011938374184],
  [0.9, 0.7969082124228322],
  [1.0, 0.8427007929497149],
  [1.1875, 0.9069217197816865],
  [1.5, 0.9661051464753108],
  [1.9, 0.9927904292352575],
  [2.0, 0.9953222650189527],
  [2.3, 0.9988568234026434],
  [2.7, 0.9998656672600594],
  [3.1, 0.9999883513426328],
  [3.5, 0.9999992569016276],
  [4.05, 0.9999999898117551],
  [4.6, 0.999999999922504],
  [5.2, 0.9999999999998075],
  [5.9, 0.9999999999999999],
  [5.99, 1.0],
];

it('is within 2e-15 of itself as the C library has it, on both sides of 0', () => {
  for (const [x, y] of known) {
    expect(Math.abs(erf(x) - y)).toBeLessThanOrEqual(2e-15 * y);
    expect(erf(-x)).toBe(-erf(x));
  }
});
it('has no step between the pieces it is made of', () => {
  for (let seam = 1 / 16; seam < 6; seam += 1 / 8) expect(Math.abs(erf(seam + 1e-15) - erf(seam - 1e-15))).toBeLessThan(5e-15);
});
it('keeps NaN and −0 and reaches its ends', () => {
  expect([Number.NaN, -0, 0, 7, -7, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(erf)).toEqual([
    Number.NaN,
    -0,
    0,
    1,
    -1,
    1,
    -1,
  ]);
});
