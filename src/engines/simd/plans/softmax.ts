// Softmax and log-softmax along any axis: row by row along the last one; row after row where the axis goes across rows that lie one behind the other;
// else strips of lanes side by side.

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

/** Lanes that lie side by side in the cache while they are worked on, and bytes of their values in one plane. */
const [together, line] = [16, 64];

/** Rows, so that all of them are not in the cache anyhow; lanes in one, so that it is worth a loop and stays there; values of all, so that they are one job. */
const [fewestRows, fewestInRow, mostInRow, mostInRows] = [16, 64, 4096, 1 << 20];
const inRows = ({ axis, inner }: Lanes): boolean =>
  axis >= fewestRows && inner >= fewestInRow && inner <= mostInRow && axis * inner <= mostInRows;

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
    const most = Math.max(1, Math.floor(runLength / axis));
    const build = (place: Place): Job[][] => {
      const calls: Part[] = [];
      for (let row = 0; row < outer; row += most) {
        const rows = Math.min(most, outer - row);
        calls.push({ call: [`${name}Rows${suffix}`, ...places(place, row * axis), rows, axis], values: rows * axis });
      }
      return [grouped(calls)];
    };
    return { how: 'row by row, because the axis is the last one', build };
  }
  const into = (place: Place): number => place.at(buffers.at(-1) ?? 'y');
  // Lanes across planes are rows of planes.
  const planes = inner === planeSize(shape);
  if (suffix === '' && inRows(lanes)) {
    const values = axis * inner;
    const build = (place: Place): Job[][] => {
      const writes = (group: number): readonly Run[] => {
        if (planes) return acrossPlanes(into(place), group * axis, axis, inner, 0, inner);
        return values === planeSize(shape) ? [{ at: into(place) + 4 * group * values, count: values, plane: group }] : [];
      };
      const calls = Array.from({ length: outer }, (_, group): Part => {
        return { call: [`${name}Across`, ...places(place, group * values), axis, inner], values, writes: writes(group) };
      });
      return [grouped(calls)];
    };
    return { how: 'row after row, because the rows of the axis lie one behind the other', scratch: 12 * inner + line, build };
  }
  const strip = Math.max(together, Math.floor(runLength / Math.max(1, axis)) & -together);
  const build = (place: Place): Job[][] => {
    const calls: Part[] = [];
    for (let group = 0; group < outer && axis > 0; group++) {
      for (let from = 0; from < inner; from += strip) {
        const n = Math.min(strip, inner - from);
        const at = places(place, group * axis * inner + from);
        const writes = planes ? acrossPlanes(into(place), group * axis, axis, inner, from, n) : [];
        calls.push({ call: [`${name}Columns${suffix}`, ...at, axis, n, 4 * inner], values: n * axis, writes });
      }
    }
    return [grouped(calls)];
  };
  const how = `strips of ${together} lanes side by side, so that the ${axis} values of each stay in the cache`;
  return { how, scratch: line * (axis + 1), build };
}

const both = (op: typeof softmax, name: string): Planned =>
  planned(
    op,
    ({ inputs, params }) => along(name, '', ['x', 'y'], inputs.x.shape, params.dim),
    ({ inputs, params }) => along(name, 'Gradient', ['x', 'dy', 'dx'], inputs.x.shape, params.dim),
  );

export const softmaxes: readonly Planned[] = [both(softmax, 'softmax'), both(logSoftmax, 'logSoftmax')];
