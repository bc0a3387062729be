import type { Tolerances } from '../tolerances';

const moved = { atol: 0, rtol: 0, why: 'values only move' };
/** A constant border is float32. */
const framed = { atol: 0, rtol: 6e-8, why: 'values only move; a border is rounded once' };
const summed = { atol: 1e-6, rtol: 5e-7, why: 'sums of the values that were picked from a place, in float32' };

export const tolerances: Tolerances = {
  identity: { forward: moved, backward: moved },
  pad: { forward: framed, backward: summed },
  stridedSlice: { forward: moved, backward: moved },
  pixelShuffle: { forward: moved, backward: summed },
  pixelUnshuffle: { forward: moved, backward: moved },
  pickChannels: { forward: moved, backward: moved },
  interpolate: {
    forward: {
      atol: 4e-7,
      rtol: 1.2e-7,
      why: 'weights and sums are float32: half a unit in the last place of a product of two weights and a value, a few times, for values up to 1; and the result is rounded',
    },
    backward: {
      atol: 3e-6,
      rtol: 5e-7,
      why: 'as forward, but an input that is enlarged sums hundreds of products whose weights add up to far more than 1',
    },
  },
};
