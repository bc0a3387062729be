// Softmax and log-softmax along any axis: strips of lanes side by side where the axis goes across planes or rows, else row by row.

import { logSoftmax } from '../../../core/ops/logSoftmax';
import { softmax } from '../../../core/ops/softmax';
import { type Shape, sizeOf } from '../../../core/tensor';
import { joinedRuns } from '../measuring';
import type { Call, Job, Place, Plan, Planned, Run } from '../plan';
import { planned } from '../plan';
import { planeSize, runLength } from '../runs';

/** Lanes: how long, how far from one value to the next, and how many groups of `inner` of them. */
interface Lanes {
  readonly axis: number;
  readonly inner: number;
  readonly outer: number;
}

function lanesOf(shape: Shape, dim: number): Lanes {
  const at = dim < 0 ? dim + shape.length : dim;
  return { axis: shape[at] ?? 1, inner: sizeOf(shape.slice(at + 1)), outer: sizeOf(shape.slice(0, at)) };
}

/** Lanes side by side in a strip: as many as leave the strip in the first cache, as long as its rows stay long enough. */
export function stripOf({ axis, inner }: Pick<Lanes, 'axis' | 'inner'>): number {
  const fitting = Math.floor(6144 / (axis + 3)) & ~15;
  const least = axis > 2048 ? 16 : 128;
  return Math.min(Math.max(fitting, least), 1024, inner);
}

/** A call, and how many values it makes; which ones, where they lie in rows. */
export interface Part {
  readonly call: Call;
  readonly values: number;
  readonly writes?: readonly Run[];
}

/** Calls of about one run of values together. */
export function grouped(parts: readonly Part[]): Job[] {
  const jobs: Job[] = [];
  let group: Part[] = [];
  let size = 0;
  const close = (): void => {
    const writes = joinedRuns(group.flatMap((part) => part.writes ?? []));
    if (group.length > 0) jobs.push({ calls: group.map(({ call }) => call), writes });
    [group, size] = [[], 0];
  };
  for (const part of parts) {
    group.push(part);
    size += part.values;
    if (size >= runLength) close();
  }
  close();
  return jobs;
}

/** `count` values of every plane of one picture, from `offset` of the plane on. */
export const acrossPlanes = (y: number, first: number, planes: number, plane: number, offset: number, count: number): Run[] =>
  Array.from({ length: planes }, (_, k) => ({ at: y + 4 * ((first + k) * plane + offset), count, plane: first + k }));

/** Routines `<name>Columns` or `<name>Rows` with a tail to the name, over buffers that all have the shape of x. */
function along(name: string, suffix: string, buffers: readonly string[], shape: Shape, dim: number): Plan {
  const lanes = lanesOf(shape, dim);
  const { axis, inner, outer } = lanes;
  const places = (place: Place, offset: number): number[] => buffers.map((buffer) => place.at(buffer) + 4 * offset);
  if (inner === 1 && axis > 0) {
    const together = Math.max(1, Math.floor(runLength / axis));
    const build = (place: Place): Job[][] => {
      const calls: Part[] = [];
      for (let row = 0; row < outer; row += together) {
        const rows = Math.min(together, outer - row);
        calls.push({ call: [`${name}Rows${suffix}`, ...places(place, row * axis), rows, axis], values: rows * axis });
      }
      return [grouped(calls)];
    };
    return { how: 'row by row, because the axis is the last one', build };
  }
  const strip = stripOf(lanes);
  const build = (place: Place): Job[][] => {
    const calls: Part[] = [];
    const into = place.at(buffers.at(-1) ?? 'y');
    // Lanes across planes are rows of planes.
    const planes = inner === planeSize(shape);
    for (let group = 0; group < outer && axis > 0; group++) {
      for (let from = 0; from < inner; from += strip) {
        const n = Math.min(strip, inner - from);
        const at = places(place, group * axis * inner + from);
        const writes = planes ? acrossPlanes(into, group * axis, axis, inner, from, n) : [];
        calls.push({ call: [`${name}Columns${suffix}`, ...at, axis, n, 4 * inner], values: n * axis, writes });
      }
    }
    return [grouped(calls)];
  };
  const scratch = 4 * (axis + 3) * (strip + 4);
  return { how: `strips of ${strip} lanes side by side, so that the ${axis} values of each stay in the cache`, scratch, build };
}

const both = (op: typeof softmax, name: string): Planned =>
  planned(
    op,
    ({ inputs, params }) => along(name, '', ['x', 'y'], inputs.x.shape, params.dim),
    ({ inputs, params }) => along(name, 'Gradient', ['x', 'dy', 'dx'], inputs.x.shape, params.dim),
  );

export const softmaxes: readonly Planned[] = [both(softmax, 'softmax'), both(logSoftmax, 'logSoftmax')];
