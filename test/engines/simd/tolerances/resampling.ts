import type { Tolerances } from '../tolerances';

const picks = { forward: { atol: 0, rtol: 0, why: 'it only picks values' } };
/** A constant border is float32. */
const framed = { forward: { atol: 0, rtol: 6e-8, why: 'it only picks values, and rounds the border once' } };

export const tolerances: Tolerances = {
  identity: { ...picks, backward: { atol: 0, rtol: 0, why: 'a copy' } },
  pad: framed,
  stridedSlice: picks,
  pixelShuffle: picks,
  pixelUnshuffle: picks,
  pickChannels: picks,
  interpolate: {
    forward: {
      atol: 5e-7,
      rtol: 3e-7,
      why: 'weights and sums in float32 where the reference has float64: half a unit in the last place of the largest product for each of two weights, and for each sum',
    },
    backward: {
      atol: 3e-6,
      rtol: 5e-7,
      why: 'as forward, but an input that is enlarged sums hundreds of products whose weights add up to far more than 1',
    },
  },
};
