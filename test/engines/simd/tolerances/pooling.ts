import type { Tolerances } from '../tolerances';

const picks = { atol: 0, rtol: 0, why: 'it only picks' };
const averages = {
  atol: 1e-6,
  rtol: 4e-7,
  why: 'sums of sums in float32, at most a few dozen in a chain, and one factor; atol where values cancel, or a divisor of 1 leaves the sums large',
};

export const tolerances: Tolerances = {
  maxPool2d: { forward: picks },
  minPool2d: { forward: picks },
  avgPool2d: { forward: averages },
};
