import type { Tolerances } from '../tolerances';

export const tolerances: Tolerances = {
  conv2d: {
    forward: { atol: 4e-6, rtol: 4e-7, why: 'sums of up to some hundred products of inputs in ±1, each term rounded once' },
  },
};
