import type { Tolerances } from '../tolerances';

const why = 'a difference from the mean, a product and a sum in float32, with numbers from float64; values near β cancel';
const gradient = {
  atol: 1e-4,
  rtol: 2e-6,
  why: 'sums of 256 products in float32, joined in float64: off by 1e-9 of the sum of sizes, of which most cancels over 240000 values',
};

export const tolerances: Tolerances = {
  batchNorm: { forward: { atol: 5e-7, rtol: 1e-6, why }, backward: gradient },
  instanceNorm: { forward: { atol: 5e-7, rtol: 1e-6, why }, backward: gradient },
  groupNorm: { forward: { atol: 5e-7, rtol: 1e-6, why }, backward: gradient },
  layerNorm: { forward: { atol: 5e-7, rtol: 1e-6, why }, backward: gradient },
  normalizeInput: {
    forward: {
      atol: 2e-7,
      rtol: 3e-7,
      why: 'a difference from the mean, a product with 1/s and a sum; values near the mean cancel',
    },
    backward: { atol: 0, rtol: 2e-7, why: 'a product with 1/s' },
  },
  localResponseNorm: {
    forward: {
      atol: 1e-35,
      rtol: 2e-5,
      why: 'a sum of up to 256 squares in float32 to the power of −β: the exponent β ln s takes a rounding, which is up to 87 · 2e-7',
    },
    backward: {
      atol: 1e-5,
      rtol: 2e-5,
      why: 'the same power, and a difference of terms of up to some dozen for a dy in ±1, which may cancel',
    },
  },
};
