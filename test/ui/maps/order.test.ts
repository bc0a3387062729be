import { expect, it } from 'vitest';
import { ordered } from '../../../src/ui/maps/state';
import type { FeatureMap } from '../../../src/worker/api';

const map = (channel: number, energy: number, min: number, max: number, zeros: number): FeatureMap => ({
  channel,
  energy,
  min,
  max,
  zeros,
  low: 0,
  high: 1,
  diverging: false,
  histogram: new Uint32Array(2),
  thumbnail: { width: 1, height: 1, rgba: new Uint8ClampedArray(4) },
});

it.each([
  ['channel', [0, 1, 2, 3]],
  ['energy', [2, 0, 3, 1]],
  ['range', [1, 0, 2, 3]],
  ['zeros', [3, 0, 1, 2]],
] as const)('maps by %s stand as %j, alike ones by channel', (order, channels) => {
  const maps = [map(3, 0.5, 0, 1, 0.9), map(1, 0.1, -5, 5, 0.2), map(0, 0.5, 0, 2, 0.2), map(2, 3, 0, 1, 0)];
  expect(ordered(maps, order).map(({ channel }) => channel)).toEqual(channels);
});
