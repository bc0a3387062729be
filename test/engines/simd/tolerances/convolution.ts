import type { Tolerances } from '../tolerances';

export const tolerances: Tolerances = {
  conv2d: {
    forward: { atol: 1e-5, rtol: 1e-6, why: 'sums of up to 512 products in float32, joined in float32' },
  },
};
