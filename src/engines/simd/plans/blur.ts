// Blurred pooling: the same column times the same row for every channel.

import { binomial, blurPool2d, blurTaps, slides } from '../../../core/ops/blurPool2d';
import type { ResampleTaps } from '../../../core/resample';
import { imageAxes } from '../../../core/tensor';
import { type Plan, planned } from '../plan';
import { axisTaps, transposed } from './axisTaps';
import { filterJobs } from './filtering';
import { remembered } from './remembered';
import { type Filtering, scratchFor } from './ring';
import { twoPasses } from './twoPasses';

const recall = remembered<Plan>(4);

/** The taps of the gradient; a border of zeros has no part in it. */
function backwards({ count, index, weight }: ResampleTaps, length: number, outputs: number) {
  const inside = weight.map((w, k) => (index[k]! < 0 ? 0 : w));
  return transposed(axisTaps({ count, index, weight: inside }, length, outputs));
}

export const blurs = [
  planned(
    blurPool2d,
    ({ params, inputs, outputs }) => {
      const [n, c] = imageAxes('blurPool2d', inputs.x.shape);
      const [, , oh = 0, ow = 0] = outputs.y ?? [];
      const [height, width] = slides(inputs.x.shape, params);
      const size = params.filterSize;
      const filter = binomial(size);
      const whole = filter.flatMap((a) => filter.map((b) => a * b));
      const split = size >= shortestSplit;
      const filtering: Filtering = {
        ...{ n, c, results: 1, height, width, oh, ow, border: params.paddingMode, bias: [0] },
        kernels: [split ? { pairs: 1, weights: [...filter, ...filter] } : { pairs: 0, weights: whole }],
      };
      return {
        how: split
          ? `two passes of ${size} taps, because the blur is a column times a row`
          : `a list of ${size * size} taps, because a blur of ${size} is too short to be split into passes`,
        scratch: scratchFor(filtering),
        build: (place) => [filterJobs(filtering, place, place.at('x'), place.at('y'))],
      };
    },
    ({ params, inputs: { x } }) =>
      recall([x.shape, params], () => {
        const [, , height, width] = imageAxes('blurPool2d', x.shape);
        const { oh, ow, down, across } = blurTaps(x.shape, params);
        return twoPasses(backwards(down, height, oh), backwards(across, width, ow), { from: 'dy', to: 'dx' }, x.shape);
      }),
  ),
];

/** From here on the two passes cost less than the square, at stride 1. */
const shortestSplit = 4;
