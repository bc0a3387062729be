import type { Tolerances } from '../tolerances';

const picks = { atol: 0, rtol: 0, why: 'it only picks' };
const product = { atol: 0, rtol: 1.3e-7, why: 'a parameter and a product, each rounded once' };
/** Below it e^x becomes 0. */
const least = 2e-38;
const exponential = {
  atol: least,
  rtol: 4e-7,
  why: 'a polynomial for e^x that is off by 1e-7, and a few roundings after it; e^x below 1.7e-38 becomes 0',
};

const scaled = { ...exponential, atol: 100 * least, why: 'α · e^x: as e^x, and an α of up to 100 enlarges what becomes 0' };

export const tolerances: Tolerances = {
  relu: { forward: picks, backward: picks },
  leakyRelu: { forward: product, backward: product },
  prelu: { forward: product, backward: { atol: 2e-6, rtol: 5e-7, why: 'sums of 256 products in float32, joined in float64' } },
  relu6: { forward: picks, backward: picks },
  hardtanh: { forward: picks, backward: picks },
  threshold: { forward: picks, backward: picks },
  binaryStep: { forward: picks, backward: picks },
  hardshrink: { forward: picks, backward: picks },
  softshrink: { forward: { atol: 0, rtol: 1.3e-7, why: 'two differences, of which the first is exact near λ' }, backward: picks },
  hardsigmoid: { forward: { atol: 0, rtol: 2e-7, why: 'a sum and a product with 1/6, rounded' }, backward: product },
  hardswish: {
    forward: { atol: 0, rtol: 3e-7, why: 'a sum and two products, one with a rounded 1/6' },
    backward: { atol: 2e-7, rtol: 3e-7, why: 'x/3 + 1/2 is rounded where it is small because both cancel' },
  },
  elu: { forward: exponential, backward: scaled },
  celu: {
    forward: exponential,
    backward: { ...exponential, rtol: 1.2e-5, why: 'e^(x/α) takes the roundings of α and x/α, up to 87 · 6e-8 each' },
  },
  selu: { forward: exponential, backward: scaled },
  sigmoid: {
    forward: { ...exponential, rtol: 3e-7 },
    backward: {
      atol: 1e-15,
      rtol: 5e-7,
      why: 'as the value; the reference itself loses 1 − σ in the tails, and here it is kept',
    },
  },
  logsigmoid: { forward: exponential, backward: exponential },
  silu: {
    forward: { ...exponential, atol: 3e-37, why: 'as sigmoid; x · σ(x) becomes 0 where e^−x is infinite in float32' },
    backward: { atol: 3e-7, rtol: 5e-7, why: 'the derivative goes through 0, where two terms cancel' },
  },
  mish: {
    forward: { ...exponential, atol: 2e-36, rtol: 6e-7, why: 'as e^x, with a quotient and two sums; x · e^x becomes 0 with e^x' },
    backward: { atol: 4e-7, rtol: 6e-7, why: 'the derivative goes through 0, where two terms cancel' },
  },
  softplus: {
    forward: {
      ...exponential,
      rtol: 1.2e-5,
      why: 'e^(βx) takes the roundings of β and βx, up to 87 · 6e-8 each; with β = 1 there are none',
    },
    backward: { ...exponential, rtol: 1.2e-5, why: 'e^(βx) takes the roundings of β and βx, up to 87 · 6e-8 each' },
  },
  softsign: {
    forward: { atol: 0, rtol: 2e-7, why: 'a sum and a quotient' },
    backward: { atol: 0, rtol: 5e-7, why: 'a sum, its square, a quotient and a product' },
  },
  tanh: {
    forward: { atol: 0, rtol: 4e-7, why: 'a rational function that is off by 3e-7' },
    backward: {
      atol: 1e-15,
      rtol: 6e-7,
      why: 'from e^−2|x|; the reference itself loses 1 − tanh² in the tails, and here it is kept',
    },
  },
  tanhshrink: {
    forward: {
      atol: 1e-21,
      rtol: 1.5e-6,
      why: 'x − tanh x loses up to two bits from |x| = 0.7 on; near 0 it is a polynomial, and the reference loses digits',
    },
    backward: { atol: 0, rtol: 9e-7, why: 'the square of a tanh that is off by 3e-7' },
  },
  gelu: {
    forward: {
      atol: 2e-14,
      rtol: 6e-6,
      why: 'e^(−x²/2) takes the rounding of x²/2, which is up to 80 · 6e-8; the reference itself loses 1 + erf in the left tail',
    },
    backward: { atol: 4e-7, rtol: 6e-7, why: 'the derivative goes through 0, where two terms cancel' },
  },
};
