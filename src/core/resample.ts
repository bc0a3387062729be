// Resampling along one axis: which input positions an output position reads, and with what weights. The only place that knows the modes.

export type ResampleMode = 'nearest' | 'nearest-exact' | 'bilinear' | 'bicubic' | 'area' | 'lanczos';

/** How one axis changes its length. */
export interface Resampling {
  readonly length: number;
  readonly output: number;
  readonly mode: ResampleMode;
  /** Input positions per output position. */
  readonly ratio: number;
  readonly alignCorners: boolean;
  readonly antialias: boolean;
  /** Every position reads itself alone, whatever the ratio: what torch does with an axis that keeps its length. */
  readonly kept: boolean;
}

/** For output `i`, taps `i * count` to `i * count + count - 1`; a tap that is not used has index −1. */
export interface ResampleTaps {
  readonly count: number;
  readonly index: Int32Array;
  readonly weight: Float64Array;
}

type Taps = readonly (readonly [index: number, weight: number])[];

/** The enumeration that the forward pass, the gradient and the explanation read. Follows ATen's `UpSample.h` and `UpSampleKernel.cpp`. */
export function resampleTaps(axis: Resampling): ResampleTaps {
  const reads = readsOf(axis);
  const all = Array.from({ length: axis.output }, (_, i) => reads(i));
  const count = all.reduce((most, taps) => Math.max(most, taps.length), 1);
  const index = new Int32Array(axis.output * count).fill(-1);
  const weight = new Float64Array(axis.output * count);
  all.forEach((taps, i) => {
    taps.forEach(([at, w], k) => {
      index[i * count + k] = at;
      weight[i * count + k] = w;
    });
  });
  return { count, index, weight };
}

/** How many input positions an output position reads. */
export const readsAt = ({ count, index }: ResampleTaps, i: number): number =>
  index.subarray(i * count, (i + 1) * count).filter((at) => at >= 0).length;

/**
 * Where on the input axis an output position is read, a whole number being the middle of a pixel. The nearest modes take the pixel that they find
 * there, `nearest` the one before it.
 */
export function sourceOf(axis: Resampling, i: number): number {
  const { length, output, mode, ratio, alignCorners, antialias, kept } = axis;
  if (kept) return i;
  if (mode === 'nearest') return output === 2 * length ? i / 2 : i * ratio;
  if (mode === 'area') return (Math.floor((i * length) / output) + Math.ceil(((i + 1) * length) / output) - 1) / 2;
  const scale = alignCorners ? (output > 1 ? (length - 1) / (output - 1) : 0) : ratio;
  if (alignCorners && !antialias && mode !== 'lanczos') return scale * i;
  const centre = scale * (i + 0.5) - 0.5;
  return mode === 'bilinear' && !antialias ? Math.max(centre, 0) : centre;
}

function readsOf(axis: Resampling): (i: number) => Taps {
  const { length, output, mode, ratio, alignCorners, antialias, kept } = axis;
  const last = length - 1;
  // With aligned corners the first and last pixels of both pictures coincide; else pixels are areas.
  const scale = alignCorners ? (output > 1 ? last / (output - 1) : 0) : ratio;
  const source = (i: number) => (alignCorners ? scale * i : scale * (i + 0.5) - 0.5);
  if (kept)
    return mode === 'bilinear' && !antialias
      ? (i) => [
          [i, 1],
          [i, 0],
        ]
      : (i) => [[i, 1]];
  switch (mode) {
    case 'nearest':
      // Doubling is a case of its own in torch: it ignores the ratio.
      return output === 2 * length ? (i) => [[i >> 1, 1]] : (i) => [[nearest(i, ratio, last), 1]];
    case 'nearest-exact':
      return (i) => [[nearest(i + 0.5, ratio, last), 1]];
    case 'bilinear':
      return antialias ? (i) => widened(i, length, scale, 1, triangle) : (i) => linear(Math.max(source(i), 0), last);
    case 'bicubic':
      return antialias ? (i) => widened(i, length, scale, 2, (d) => cubic(d, -0.5)) : (i) => fourTaps(source(i), last);
    case 'lanczos':
      return (i) => widened(i, length, scale, 3, lanczos);
    case 'area':
      return (i) => mean(Math.floor((i * length) / output), Math.ceil(((i + 1) * length) / output));
  }
}

/** In float32, as torch has it: 6.9999999 becomes 7. */
const nearest = (at: number, ratio: number, last: number): number =>
  Math.min(Math.floor(Math.fround(at * Math.fround(ratio))), last);

function linear(at: number, last: number): Taps {
  const left = Math.min(Math.floor(at), last);
  const part = Math.min(at - left, 1);
  return [
    [left, 1 - part],
    [Math.min(left + 1, last), part],
  ];
}

/** Keys' cubic with A = −0.75; the border is repeated. */
function fourTaps(at: number, last: number): Taps {
  const left = Math.min(Math.floor(Math.fround(at)), last);
  const part = Math.min(Math.max(at - left, 0), 1);
  return [-1, 0, 1, 2].map((k) => [Math.min(Math.max(left + k, 0), last), cubic(part - k, -0.75)]);
}

function mean(from: number, to: number): Taps {
  return Array.from({ length: to - from }, (_, k) => [from + k, 1 / (to - from)]);
}

/** A filter that grows with the shrinking; its weights inside the picture are scaled to add up to 1. */
function widened(i: number, length: number, scale: number, support: number, filter: (distance: number) => number): Taps {
  const stretch = Math.max(scale, 1);
  const centre = scale * (i + 0.5);
  const reach = support * stretch;
  const from = Math.max(Math.trunc(centre - reach + 0.5), 0);
  const to = Math.min(Math.trunc(centre + reach + 0.5), length, from + Math.ceil(reach) * 2 + 1);
  const weights = Array.from({ length: Math.max(to - from, 0) }, (_, k) => filter((k + from - centre + 0.5) / stretch));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((w, k) => [from + k, total === 0 ? w : w / total]);
}

const triangle = (distance: number): number => Math.max(0, 1 - Math.abs(distance));

/** Keys, Cubic convolution interpolation for digital image processing, 1981. */
function cubic(distance: number, a: number): number {
  const d = Math.abs(distance);
  if (d <= 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
}

/** Duchon, Lanczos filtering in one and two dimensions, 1979: a sinc under the main lobe of one three times as wide. */
function lanczos(distance: number): number {
  return Math.abs(distance) < 3 ? sinc(distance) * sinc(distance / 3) : 0;
}

const sinc = (v: number): number => (v === 0 ? 1 : Math.sin(Math.PI * v) / (Math.PI * v));
