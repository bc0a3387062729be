import { activation, infinity } from '../activation';
import { erf } from '../erf';

/** Lowest values, near −0.7518 and −0.7525. */
const lowest = { none: -0.16997120747990369, tanh: -0.17004075057125412 } as const;
const rate = Math.sqrt(2 / Math.PI);
const cubic = 0.044715;

export const gelu = activation({
  name: 'gelu',
  title: 'GELU',
  summary: 'Multiplies every value by the chance that a normal random number is smaller.',
  formula: String.raw`y = x\,\Phi(x) = \tfrac{x}{2}\left(1 + \operatorname{erf}\tfrac{x}{\sqrt 2}\right)`,
  params: {
    approximate: {
      kind: 'choice',
      title: 'Approximation',
      help: 'Exact with the error function, or the older formula with a hyperbolic tangent.',
      default: 'none',
      options: ['none', 'tanh'],
    },
  },
  value: (p) => (p.approximate === 'none' ? exact : approximate),
  slope: (p) => (p.approximate === 'none' ? exactSlope : approximateSlope),
  range: (p) => ['[', lowest[p.approximate], infinity, ')'],
  macs: 1,
  torch: (p) => `F.gelu(x, approximate='${p.approximate}')`,
  onnx: (p) => `Gelu(approximate="${p.approximate}")`,
  traps: [
    'The two formulas differ by at most 0.00047, near ±2.7: weights trained with one are used with the other more often than one would think.',
    'At −∞ the result is NaN, as in PyTorch: −∞ times 0.',
  ],
  examples: [
    { title: 'exact', x: [-1, 0, 1], y: [-0.15865525393145707, 0, 0.8413447460685429] },
    { title: 'with tanh', params: { approximate: 'tanh' }, x: [0, 1], y: [0, 0.8411919906082768] },
  ],
});

const exact = (x: number): number => 0.5 * x * (1 + erf(x * Math.SQRT1_2));

/** The bell of a very large number is 0 before the number counts. */
function exactSlope(x: number): number {
  const bell = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  return 0.5 * (1 + erf(x * Math.SQRT1_2)) + (bell === 0 ? 0 : x * bell);
}

const approximate = (x: number): number => 0.5 * x * (1 + Math.tanh(rate * (x + cubic * x * x * x)));

function approximateSlope(x: number): number {
  const t = Math.tanh(rate * (x + cubic * x * x * x));
  const bend = 1 - t * t;
  return 0.5 * (1 + t) + (bend === 0 ? 0 : 0.5 * x * bend * rate * (1 + 3 * cubic * x * x));
}
