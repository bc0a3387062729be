import type { Tolerances } from '../tolerances';

const picks = { atol: 0, rtol: 0, why: 'it only picks' };
const averages = {
  atol: 1e-6,
  rtol: 4e-7,
  why: 'sums of sums in float32, at most a few dozen in a chain, and one factor; atol where values cancel, or a divisor of 1 leaves the sums large',
};

const wide = {
  atol: 1e-12,
  rtol: 1.2e-7,
  why: 'summed in float64 in another order, so that the last bit may fall to the other side',
};

export const tolerances: Tolerances = {
  maxPool2d: { forward: picks, backward: wide },
  minPool2d: { forward: picks, backward: wide },
  avgPool2d: { forward: averages, backward: averages },
  adaptiveAvgPool2d: { forward: wide, backward: wide },
  adaptiveMaxPool2d: { forward: picks, backward: wide },
  globalAvgPool2d: { forward: wide, backward: wide },
  lpPool2d: {
    forward: { ...averages, why: 'squares and sums of sums in float32 and one root; other powers in float64' },
    backward: { atol: 1e-7, rtol: 1.2e-7, why: 'in float64; where a sum of odd powers nearly cancels, its order shows' },
  },
  medianPool2d: { forward: picks, backward: wide },
  maxUnpool2d: { forward: picks, backward: picks },
  globalMaxPool2d: { forward: picks, backward: picks },
};
