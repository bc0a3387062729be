import type { Tolerances } from '../tolerances';

export const tolerances: Tolerances = {
  conv2d: {
    forward: { atol: 3e-6, rtol: 2e-7, why: 'float32 sums of up to 150 products of values in ±1, each a rounding of its size' },
  },
  linear: {
    forward: { atol: 3e-6, rtol: 2e-7, why: 'float32 sums of up to 90 products of values in ±1, each a rounding of its size' },
  },
  mix1x1: { forward: { atol: 5e-7, rtol: 2e-7, why: 'float32 sums of up to 6 products of values in ±1' } },
  grey: { forward: { atol: 2e-7, rtol: 2e-7, why: 'a float32 sum of up to 6 products of values in ±1' } },
};
