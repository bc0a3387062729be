import type { Tolerances } from '../tolerances';

export const tolerances: Tolerances = {
  blurPool2d: {
    forward: {
      atol: 3e-7,
      rtol: 2e-7,
      why: 'weights that add up to 1, so rounded sums stay near the inputs in ±1; two roundings of a term',
    },
    backward: {
      atol: 1e-6,
      rtol: 5e-7,
      why: 'weights and sums in float32; at a border one pixel sums several shares',
    },
  },
  convTranspose2d: {
    forward: { atol: 4e-6, rtol: 4e-7, why: 'sums of up to some hundred products of inputs in ±1, each term rounded once' },
    backward: {
      atol: 6e-6,
      rtol: 4e-7,
      why: 'dx as a convolution; sums over a tile in float32, over all tiles in float64, of more values of dy than there are pixels',
    },
  },
  zeroInsert: {
    forward: { atol: 0, rtol: 0, why: 'it only picks' },
    backward: { atol: 0, rtol: 0, why: 'it only picks' },
  },
};
