import type { Tolerances } from '../tolerances';

export const tolerances: Tolerances = {
  conv2d: {
    forward: { atol: 3e-6, rtol: 2e-7, why: 'float32 sums of up to 150 products of values in ±1, each a rounding of its size' },
    backward: { atol: 3e-6, rtol: 4e-7, why: 'dx as the forward sum; sums over a tile in float32, over all tiles in float64' },
  },
  linear: {
    backward: { atol: 3e-6, rtol: 4e-7, why: 'as forward; longer sums are joined from parts' },
    forward: { atol: 3e-6, rtol: 2e-7, why: 'float32 sums of up to 90 products of values in ±1, each a rounding of its size' },
  },
  mix1x1: {
    backward: { atol: 3e-6, rtol: 4e-7, why: 'dx as forward; sums over a tile in float32, over all tiles in float64' },
    forward: { atol: 5e-7, rtol: 2e-7, why: 'float32 sums of up to 6 products of values in ±1' },
  },
  grey: {
    backward: { atol: 0, rtol: 1.3e-7, why: 'a weight and a product, each rounded once' },
    forward: { atol: 2e-7, rtol: 2e-7, why: 'a float32 sum of up to 6 products of values in ±1' },
  },
};
