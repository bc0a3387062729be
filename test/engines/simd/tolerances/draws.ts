import type { Tolerances } from '../tolerances';

export const tolerances: Tolerances = {
  dropout: {
    forward: { atol: 0, rtol: 1.3e-7, why: 'the same random bits; 1/(1 − p) and a product are rounded' },
    backward: { atol: 0, rtol: 1.3e-7, why: 'the same random bits; 1/(1 − p) and a product are rounded' },
  },
  rrelu: {
    forward: {
      atol: 0,
      rtol: 3e-7,
      why: 'the same random bits; slopes far from 0 are made in float32 of 27 of them, others in float64 up to the last rounding',
    },
    backward: {
      atol: 0,
      rtol: 3e-7,
      why: 'the same random bits; slopes far from 0 are made in float32 of 27 of them, others in float64 up to the last rounding',
    },
  },
  additiveNoise: {
    forward: {
      atol: 3e-6,
      rtol: 1.3e-7,
      why: 'the same random bits; small noise is made in float32; of larger noise logarithm and cosine in float64 are off by 1e-15, which a deviation of 1e6 shows where it cancels',
    },
    backward: { atol: 0, rtol: 0, why: 'a copy' },
  },
};
