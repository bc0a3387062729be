import type { Tolerances } from '../tolerances';

export const tolerances: Tolerances = {
  conv2d: {
    forward: { atol: 3e-6, rtol: 2e-7, why: 'float32 sums of up to 150 products of values in ±1, each a rounding of its size' },
  },
};
