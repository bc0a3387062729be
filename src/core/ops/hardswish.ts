import { activation, clamp, infinity } from '../activation';

export const hardswish = activation({
  name: 'hardswish',
  title: 'Hard swish',
  summary: 'A SiLU made of straight pieces and one parabola, cheap on phones.',
  formula: String.raw`y = x\,\frac{\min(\max(x + 3, 0), 6)}{6}`,
  params: {},
  value: () => (x) => (x * clamp(x + 3, 0, 6)) / 6,
  slope: () => (x) => (x <= -3 ? 0 : x < 3 ? x / 3 + 0.5 : 1),
  range: () => ['[', -0.375, infinity, ')'],
  kinks: () => [-3, 3],
  macs: 2,
  torch: () => 'F.hardswish(x)',
  onnx: () => 'HardSwish()',
  traps: ['The derivative at −3 is 0 and at 3 it is 1, by convention.', 'At −∞ the result is NaN, as in PyTorch: −∞ times 0.'],
  examples: [{ title: 'pieces', x: [-4, -1.5, 0, 3, 5], y: [0, -0.375, 0, 3, 5] }],
});
