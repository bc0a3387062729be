import { blockNorm, checkWeights } from '../blockNorm';
import { eps } from '../fields';
import { sameReach, wholeReach } from '../reach';
import { imageAxes, sizeOf, tensor } from '../tensor';

export const layerNorm = blockNorm({
  name: 'layerNorm',
  title: 'Layer norm',
  summary: 'Brings the last axes of every picture to mean 0 and variance 1 together.',
  formula: String.raw`y = \gamma\, \frac{x - \mu_n}{\sqrt{\sigma_n^2 + \varepsilon}} + \beta`,
  inputs: { x: 'feature map [N, C, H, W]', weight: 'γ [1], or as the last axes', bias: 'β [1], or as the last axes' },
  params: {
    normalizedAxes: {
      kind: 'int',
      title: 'Axes',
      help: 'How many axes share one mean: 3 is the whole picture, 2 every channel, 1 every row.',
      default: 3,
      min: 1,
      max: 3,
    },
    eps,
  },
  eps: (p) => p.eps,
  weights: () => 1,
  blocks(shapes, { normalizedAxes }) {
    imageAxes('layerNorm', shapes.x);
    const shared = shapes.x.slice(-normalizedAxes);
    const length = sizeOf(shared);
    checkWeights('layerNorm', shapes, [[1], shared]);
    const single = sizeOf(shapes.weight) === 1;
    if (sizeOf(shapes.bias) !== sizeOf(shapes.weight))
      throw new RangeError(
        `layerNorm: expected weight and bias of one shape, received [${shapes.weight.join(', ')}] and [${shapes.bias.join(', ')}]`,
      );
    return { length, weightAt: single ? () => 0 : (index) => index % length };
  },
  among: 'axes',
  reach(x, { normalizedAxes }) {
    const [, , h, w] = imageAxes('layerNorm', x);
    return { height: normalizedAxes > 1 ? wholeReach(h, h) : sameReach(h), width: wholeReach(w, w) };
  },
  torch: (p) => `F.layer_norm(x, x.shape[-${p.normalizedAxes}:], weight, bias, eps=${p.eps})`,
  onnx: (p) => `LayerNormalization(axis=-${p.normalizedAxes}, epsilon=${p.eps})`,
  traps: [
    'PyTorch keeps one γ and β for every place of the normalised axes; a single number here stands for all of them.',
    'In transformers the normalised axis is the channel, which comes last there; in a picture [N, C, H, W] it does not.',
  ],
  examples: [
    {
      title: 'every row for itself',
      inputs: { x: tensor([1, 1, 2, 2], [1, 3, 10, 50]), weight: tensor([1], [1]), bias: tensor([1], [0.5]) },
      params: { normalizedAxes: 1, eps: 0 },
      output: tensor([1, 1, 2, 2], [-0.5, 1.5, -0.5, 1.5]),
    },
    {
      title: 'a weight for every place',
      inputs: { x: tensor([1, 1, 1, 2], [1, 3]), weight: tensor([1, 1, 2], [2, 3]), bias: tensor([1, 1, 2], [0, 1]) },
      params: { eps: 0 },
      output: tensor([1, 1, 1, 2], [-2, 4]),
    },
  ],
  starter: {},
});
