import type { Tolerances } from '../tolerances';

export const tolerances: Tolerances = {
  softmax: {
    forward: {
      atol: 2e-38,
      rtol: 4.5e-6,
      why: 'e^(x − largest) takes the rounding of the difference, which is up to 87 · 6e-8; below 1.7e-38 it becomes 0',
    },
    backward: { atol: 1e-6, rtol: 5e-6, why: 'as the share; the gradient of the lane is taken off, where it may cancel' },
  },
  logSoftmax: {
    forward: { atol: 3e-7, rtol: 3e-7, why: 'the largest and the logarithm of the sum are taken off, each rounded' },
    backward: { atol: 2e-6, rtol: 5e-6, why: 'as the share, times a sum over the lane, which may cancel against dy' },
  },
};
