import type { Tolerances } from '../tolerances';

export const tolerances: Tolerances = {
  relu: { forward: { atol: 0, rtol: 0, why: 'it only picks' } },
  leakyRelu: { forward: { atol: 0, rtol: 1.3e-7, why: 'a slope and a product, each rounded once' } },
};
