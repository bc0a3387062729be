import { activation, clamp } from '../activation';

export const relu6 = activation({
  name: 'relu6',
  title: 'ReLU6',
  summary: 'A ReLU that also stops at 6, made for arithmetic with few bits.',
  formula: String.raw`y = \min(\max(x, 0), 6)`,
  params: {},
  value: () => (x) => clamp(x, 0, 6),
  slope: () => (x) => (x <= 0 || x >= 6 ? 0 : 1),
  range: () => ['[', 0, 6, ']'],
  kinks: () => [0, 6],
  torch: () => 'F.relu6(x)',
  onnx: () => 'Clip(min=0, max=6)',
  traps: [
    'The derivatives at 0 and at 6 are 0, by convention; torch.clamp, which computes the same values, takes 1.',
    'Pixels from −1 to 1 never reach 6: on a picture it looks like a ReLU.',
  ],
  examples: [{ title: 'both ends', x: [-1, 0, 3, 6, 9], y: [0, 0, 3, 6, 6] }],
});
