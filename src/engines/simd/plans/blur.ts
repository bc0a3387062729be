// Blurred pooling: the same column times the same row for every channel.

import { binomial, blurPool2d, slides } from '../../../core/ops/blurPool2d';
import { imageAxes } from '../../../core/tensor';
import { planned } from '../plan';
import { filterJobs } from './filtering';
import { type Filtering, scratchFor } from './ring';

export const blurs = [
  planned(blurPool2d, ({ params, inputs, outputs }) => {
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
  }),
];

/** From here on the two passes cost less than the square, at stride 1. */
const shortestSplit = 4;
