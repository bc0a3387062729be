// Norms of pixels: over neighbouring channels, and with the numbers of a data set.

import { localResponseNorm } from '../../../core/ops/localResponseNorm';
import { normalizeInput } from '../../../core/ops/normalizeInput';
import type { Shape } from '../../../core/tensor';
import type { Call, Place, Plan, Planned, Stage } from '../plan';
import { planned } from '../plan';
import { runLength, runs } from '../runs';
import { mapping } from './maps';
import { scaling } from './norms';
import { acrossPlanes, grouped, type Part } from './softmax';

interface Window {
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly k: number;
}

/** Channels whose squares are summed in float32 without losing digits. */
const mostChannels = 256;

function responses(shape: Shape, { size, alpha, beta, k }: Window): Plan | string {
  if (beta === 0)
    return mapping(
      shape,
      () =>
        (x, y, { count }) =>
          x === y ? [] : [['copyValues', x, y, count]],
      'a copy, because the power is 0',
    );
  if (k > 0 && k < 1e-30) return 'a k below 1e-30 asks for float64 where the squares are 0';
  const [, c = 1] = shape;
  const window = Math.min(size, c);
  if (window > mostChannels) return `squares of ${window} channels are summed in float64`;
  const { strip, jobs } = strips(shape, c);
  return {
    how: `squares of strips of ${strip} pixels, then their sums over ${window} channels`,
    scratch: 4 * c * (strip + 4),
    build: (place) => {
      const numbers = [...sides(size), k, alpha / size, beta];
      const [x, y] = [place.at('x'), place.at('y')];
      return [jobs((at) => ['normaliseResponses', x + at, y + at], numbers, y)];
    },
  };
}

/** Channels before and after the own one. */
const sides = (size: number): number[] => [Math.floor(size / 2), Math.floor((size - 1) / 2)];

/** Pixels of a strip: as many as leave its rows in the first cache, as long as these stay long enough. */
function stripOf(rows: number, plane: number): number {
  const fitting = Math.floor(6144 / (rows + 3)) & ~15;
  const least = rows > 2048 ? 16 : 128;
  return Math.min(Math.max(fitting, least), 1024, plane);
}

/** Jobs over strips of all channels, which have `rows` rows in scratch: a routine with addresses `at` bytes further, the sizes, then numbers. */
function strips(shape: Shape, rows: number) {
  const [n = 0, c = 1, h = 1, w = 1] = shape;
  const strip = stripOf(rows, h * w);
  const jobs = (routine: (at: number) => Call, numbers: readonly number[], into: number): Stage => {
    // Strips of a job are one call.
    const each = strip * Math.max(1, Math.round(runLength / (strip * c)));
    const parts: Part[] = [];
    for (let picture = 0; picture < n; picture++) {
      for (let from = 0; from < h * w; from += each) {
        const count = Math.min(each, h * w - from);
        const call = routine(4 * (picture * c * h * w + from));
        const writes = acrossPlanes(into, picture * c, c, h * w, from, count);
        parts.push({ call: [...call, c, count, 4 * h * w, strip, ...numbers], values: count * c, writes });
      }
    }
    return grouped(parts);
  };
  return { strip, jobs };
}

/** Within these the terms of a gradient cannot be so large that float32 loses what is left of them. */
const [leastK, mostBeta] = [0.5, 2];

/** dx = dy · s^−β − 2αβ/n · x · Σ dy · x · s^(−β−1). */
function responseGradients(shape: Shape, { size, alpha, beta, k }: Window): Plan | string {
  const [, c = 1] = shape;
  const window = Math.min(size, c);
  if (k < leastK || beta > mostBeta) return `a k below ${leastK} or a β above ${mostBeta} asks for float64`;
  if (window > mostChannels) return `squares of ${window} channels are summed in float64`;
  const { strip, jobs } = strips(shape, 2 * c);
  return {
    how: `squares of strips of ${strip} pixels, then what ${window} channels pass on`,
    scratch: 8 * c * (strip + 4),
    build: (place) => {
      const [x, dy, dx] = [place.at('x'), place.at('dy'), place.at('dx')];
      const numbers = [...sides(size), k, alpha / size, beta, (2 * alpha * beta) / size];
      return [jobs((at) => ['responseGradients', x + at, dy + at, dx + at], numbers, dx)];
    },
  };
}

/** (x − m) / s: mean and deviation by channel, as the op itself gives them for 0 and 1. */
function constantsOf(shape: Shape, range: 'zero-to-one' | 'minus-one-to-one' | 'ImageNet'): readonly { m: number; s: number }[] {
  const c = shape[1] ?? 1;
  return Array.from({ length: c }, (_, channel) => {
    const { terms, offset = 0 } = normalizeInput.explain({ range }, { x: [1, c, 1, 1] }, channel);
    const [first] = terms;
    const factor = first?.factor ?? 1;
    return { m: -offset / factor, s: 1 / factor };
  });
}

export const pixelNorms: readonly Planned[] = [
  planned(
    localResponseNorm,
    ({ inputs, params }) => responses(inputs.x.shape, params),
    ({ inputs, params }) => responseGradients(inputs.x.shape, params),
  ),
  planned(
    normalizeInput,
    ({ inputs, params, outputs }) => {
      const constants = constantsOf(inputs.x.shape, params.range);
      const fill = (table: Float32Array): void => {
        for (const [channel, { m, s }] of constants.entries()) {
          const first = Math.fround(m);
          table.set([first, 1 / s, (first - m) / s, 0], 4 * channel);
        }
      };
      return scaling(outputs.y ?? [], constants.length, fill, 'one pass that scales and shifts');
    },
    ({ inputs, params, outputs }) => {
      const constants = constantsOf(inputs.x.shape, params.range);
      const build = (place: Place): Stage[] => {
        const values = new Float32Array(4 * constants.length);
        for (const [channel, { s }] of constants.entries()) values.set([0, 1 / s, 0, 0], 4 * channel);
        const table = place.put(values);
        return [
          runs(place.at('dy'), place.at('dx'), outputs.dx ?? [], (dy, dx, { count, plane }) => [
            ['standardise', dy, dx, 1, count, table + 16 * (plane % constants.length)],
          ]),
        ];
      };
      return { how: 'one pass that scales', build };
    },
  ),
];
