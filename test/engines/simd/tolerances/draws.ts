import type { Tolerances } from '../tolerances';

const exact = { atol: 0, rtol: 0, why: 'the same random bits, in float64 up to the last rounding' };

export const tolerances: Tolerances = {
  dropout: {
    forward: { atol: 0, rtol: 1.3e-7, why: 'the same random bits; 1/(1 − p) and a product are rounded' },
    backward: { atol: 0, rtol: 1.3e-7, why: 'the same random bits; 1/(1 − p) and a product are rounded' },
  },
  rrelu: {
    forward: {
      atol: 0,
      rtol: 1.3e-7,
      why: 'the same random bits, in float64 up to the last rounding; a single slope is rounded',
    },
    backward: {
      atol: 0,
      rtol: 1.3e-7,
      why: 'the same random bits, in float64 up to the last rounding; a single slope is rounded',
    },
  },
  additiveNoise: { forward: exact, backward: { atol: 0, rtol: 0, why: 'a copy' } },
};
