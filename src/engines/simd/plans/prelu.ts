// A leaky ReLU with a slope for each channel: fused as every activation is; the gradient of the slopes is a sum by blocks.

import { prelu } from '../../../core/ops/prelu';
import { type Shape, sizeOf, type Values } from '../../../core/tensor';
import type { Call, Place, Plan, Stage } from '../plan';
import { planned } from '../plan';
import { planeSize, runs } from '../runs';
import { mapping } from './maps';
import { jobsOf, partsOf, type Units } from './units';

const onlyPictures = 'a slope for each channel has a fast routine for pictures [N, C, H, W] only';
const fits = (x: Shape, slopes: number): boolean => slopes === 1 || x.length === 4;

/** Planes, or all values where there are none. */
function unitsOf(x: Shape): Units {
  const length = planeSize(x);
  return { count: length === 0 ? 0 : sizeOf(x) / length, length, perPlane: 1 };
}

function gradients(shape: Shape, slopes: Values): Plan {
  const build = (place: Place): Stage[] => {
    const [x, dy, dx, dweight] = [place.at('x'), place.at('dy'), place.at('dx'), place.at('dweight')] as const;
    const parts = partsOf(unitsOf(shape));
    const slots = parts.reduce((sum, { units }) => sum + units, 0);
    const out = place.take(8 * slots);
    const passing = runs(x, dx, shape, (from, to, { count, plane }): Call[] => [
      ['gradientPrelu', from, dy + (from - x), to, count, slopes[plane % slopes.length]!],
    ]);
    const summing = jobsOf(parts, ({ from, units, length, slot }) => ({
      calls: [['negativeSums', x + 4 * from, dy + 4 * from, units, length, out + 8 * slot]],
    }));
    const finish = (): void => {
      const sums = place.doubles(out, slots);
      const found = new Float64Array(slopes.length);
      for (const { unit, units, slot } of parts)
        for (let i = 0; i < units; i++) found[(unit + i) % slopes.length]! += sums[slot + i]!;
      place.floats(dweight, found.length).set(found);
    };
    return [[...passing, ...summing], finish];
  };
  return { how: 'one pass for the values, and sums by blocks for the slopes', build };
}

export const prelus = [
  planned(
    prelu,
    ({ inputs, outputs }) => {
      const slopes = inputs.weight.data ?? new Float32Array(1);
      if (!fits(inputs.x.shape, slopes.length)) return onlyPictures;
      return mapping(outputs.y ?? [], () => (x, y, { count, plane }) => [
        ['mapLeakyRelu', x, y, count, slopes[plane % slopes.length]!],
      ]);
    },
    ({ inputs }) => {
      const slopes = inputs.weight.data ?? new Float32Array(1);
      return fits(inputs.x.shape, slopes.length) ? gradients(inputs.x.shape, slopes) : onlyPictures;
    },
  ),
];
