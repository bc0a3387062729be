import { blockNorm, checkWeights } from '../blockNorm';
import { eps } from '../fields';
import { wholeReach } from '../reach';
import { imageAxes, tensor } from '../tensor';

export const instanceNorm = blockNorm({
  name: 'instanceNorm',
  title: 'Instance norm',
  summary: 'Brings every channel of every picture to mean 0 and variance 1, which takes its contrast away.',
  formula: String.raw`y = \gamma_c\, \frac{x - \mu_{nc}}{\sqrt{\sigma_{nc}^2 + \varepsilon}} + \beta_c`,
  inputs: { x: 'feature map [N, C, H, W]', weight: 'γ [C]', bias: 'β [C]' },
  params: { eps },
  eps: (p) => p.eps,
  weights: (x) => imageAxes('instanceNorm', x)[1],
  blocks(shapes) {
    const [, c, h, w] = imageAxes('instanceNorm', shapes.x);
    if (h * w === 1) throw new RangeError('instanceNorm: expected more than one pixel in each channel, received 1 × 1');
    checkWeights('instanceNorm', shapes, [[c]]);
    return { length: h * w, weightAt: (index) => Math.floor(index / (h * w)) % c };
  },
  among: 'channel',
  reach(x) {
    const [, , h, w] = imageAxes('instanceNorm', x);
    return { height: wholeReach(h, h), width: wholeReach(w, w) };
  },
  torch: (p) => `F.instance_norm(x, weight=weight, bias=bias, eps=${p.eps})`,
  onnx: (p) => `InstanceNormalization(epsilon=${p.eps})`,
  traps: [
    'The same with every picture of a batch apart: on a single picture batch norm in training does exactly this.',
    'The variance is the biased one, divided by the number of pixels.',
  ],
  examples: [
    {
      title: 'two channels come to the same',
      inputs: { x: tensor([1, 2, 1, 2], [1, 3, 10, 50]), weight: tensor([2], [1, 2]), bias: tensor([2], [0, 1]) },
      params: { eps: 0 },
      output: tensor([1, 2, 1, 2], [-1, 1, -1, 3]),
    },
  ],
  starter: {},
});
