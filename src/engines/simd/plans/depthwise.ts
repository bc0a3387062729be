// Convolution where every output reads one channel.

import { convolvedFrame } from '../../../core/convolved';
import type { conv2d } from '../../../core/ops/conv2d';
import type { Asked, Plan } from '../plan';
import { filterJobs } from './filtering';
import { type Filtering, type Kernel, scratchFor } from './ring';
import { listed, pairsOf } from './separable';

/** The plan of a convolution of as many groups as channels, or of one channel. */
export function depthwise({ params, inputs, exact }: Asked<'x' | 'weight' | 'bias', (typeof conv2d)['params']>): Plan | string {
  const frame = convolvedFrame({ x: inputs.x.shape, weight: inputs.weight.shape, bias: inputs.bias.shape }, params);
  const { n, c, o, kh, kw, perGroup, slides } = frame;
  if (perGroup !== 1) return `its outputs read ${perGroup} channels each`;
  const weights = inputs.weight.data;
  const bias = inputs.bias.data;
  if (!weights || !bias) return 'its weights are not known yet';
  // Padding is zeros times a weight, which must be 0.
  if (!weights.every(Number.isFinite)) return 'a weight is not finite';
  const size = kh * kw;
  const plain = Array.from({ length: o }, (_, k): Kernel => {
    const taps = Array.from(weights.slice(k * size, (k + 1) * size));
    return { pairs: 0, weights: params.flip ? taps.reverse() : taps };
  });
  const kernels: Kernel[] = [];
  for (const [k, kernel] of plain.entries()) {
    // Most steps have one kernel for all channels.
    const before = plain[k - 1];
    kernels.push(before && isSame(kernel, before) ? kernels[k - 1]! : choose(kernel, kh, kw, exact));
  }
  const filtering: Filtering = {
    ...{ n, c, results: o / c, height: slides[0], width: slides[1] },
    ...{ oh: frame.height.output, ow: frame.width.output, border: params.paddingMode },
    ...{ kernels, bias: Float32Array.from(bias), plain },
  };
  return {
    how: told(kernels, kh, kw, exact),
    scratch: scratchFor(filtering),
    build: (place) => [filterJobs(filtering, place, place.at('x'), place.at('y'))],
  };
}

const isSame = (a: Kernel, b: Kernel): boolean => a.weights.every((v, i) => v === b.weights[i]);

/** Pairs of passes where they cost less than the kernel at once. Sums of several pairs round differently, so an exact plan has at most one. */
function choose(kernel: Kernel, kh: number, kw: number, exact: boolean): Kernel {
  if (tooSmall(kh, kw)) return kernel;
  const most = Math.max(1, Math.floor((kh * kw) / (costOfPair * (kh + kw))));
  const pairs = pairsOf([...kernel.weights], kh, exact ? 1 : most);
  return pairs ? { pairs: pairs.length, weights: listed(pairs) } : kernel;
}

/** One pair of passes pays from 4 × 4 on. */
const tooSmall = (kh: number, kw: number): boolean => kh * kw < 1.6 * (kh + kw);
/** What a tap of several pairs of passes costs, in taps of a list: passes share fewer loads, and the rows between are written and read again. */
const costOfPair = 1.8;

function told(kernels: readonly Kernel[], kh: number, kw: number, exact: boolean): string {
  const separated = kernels.filter(({ pairs }) => pairs > 0);
  const size = `${kh} × ${kw}`;
  if (separated.length === 0) {
    if (tooSmall(kh, kw)) return `a list of ${kh * kw} taps, because ${size} is too small to be split into passes`;
    return `a list of ${kh * kw} taps, because the kernel is no ${exact ? 'column times a row' : 'sum of few columns times rows'}`;
  }
  const rank = Math.max(...separated.map(({ pairs }) => pairs));
  const some = separated.length < kernels.length ? ` for ${separated.length} of ${kernels.length} kernels` : '';
  return rank === 1
    ? `two passes of ${kw} and ${kh} taps${some}, because the kernel is a column times a row`
    : `up to ${rank} pairs of passes of ${kw} and ${kh} taps${some}, because the kernel is a sum of ${rank} columns times rows`;
}
