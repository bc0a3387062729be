import { blockNorm, checkWeights } from '../blockNorm';
import { eps } from '../fields';
import { wholeReach } from '../reach';
import { imageAxes, tensor } from '../tensor';

export const groupNorm = blockNorm({
  name: 'groupNorm',
  title: 'Group norm',
  summary: 'Brings groups of channels to mean 0 and variance 1 together, whatever the size of the batch.',
  formula: String.raw`y = \gamma_c\, \frac{x - \mu_{ng}}{\sqrt{\sigma_{ng}^2 + \varepsilon}} + \beta_c`,
  inputs: { x: 'feature map [N, C, H, W]', weight: 'γ [C]', bias: 'β [C]' },
  params: {
    numGroups: {
      kind: 'int',
      title: 'Groups',
      help: 'Into how many groups of neighbouring channels the picture falls; must divide the channels.',
      default: 1,
      min: 1,
      max: 65536,
      slider: [1, 8],
    },
    eps,
  },
  eps: (p) => p.eps,
  weights: (x) => imageAxes('groupNorm', x)[1],
  blocks(shapes, { numGroups }) {
    const [n, c, h, w] = imageAxes('groupNorm', shapes.x);
    if (c % numGroups !== 0)
      throw new RangeError(`groupNorm: expected a number of groups that divides ${c} channels, received ${numGroups}`);
    const length = (c / numGroups) * h * w;
    if (n * length === 1) throw new RangeError('groupNorm: expected more than one value in each group, received 1');
    checkWeights('groupNorm', shapes, [[c]]);
    return { length, weightAt: (index) => Math.floor(index / (h * w)) % c };
  },
  among: 'group',
  reach(x) {
    const [, , h, w] = imageAxes('groupNorm', x);
    return { height: wholeReach(h, h), width: wholeReach(w, w) };
  },
  torch: (p) => `F.group_norm(x, num_groups=${p.numGroups}, weight=weight, bias=bias, eps=${p.eps})`,
  onnx: (p) => `GroupNormalization(num_groups=${p.numGroups}, epsilon=${p.eps})`,
  traps: [
    'One group is a layer norm over the picture, as many groups as channels an instance norm.',
    'In ONNX γ and β had one number for each group until opset 20, and one for each channel since 21.',
  ],
  examples: [
    {
      title: 'two channels together',
      inputs: { x: tensor([1, 2, 1, 1], [1, 3]), weight: tensor([2], [1, 2]), bias: tensor([2], [0, 0]) },
      params: { eps: 0 },
      output: tensor([1, 2, 1, 1], [-1, 2]),
    },
  ],
  starter: {},
});
