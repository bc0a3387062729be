// Linear maps along rows and columns apart: which pass comes first, tiles of columns, tables in memory.

import type { Shape } from '../../../core/tensor';
import type { Call, Place, Plan } from '../plan';
import { type AxisTaps, type Pattern, patternOf, reachOf, usedTaps } from './axisTaps';
import { type Strip, strips } from './strips';

const kinds = { kept: 0, table: 1, double: 2, halve: 3 } as const;
/** Rows that a table filters at a time. */
const group = 8;
/** Columns of a tile, of x or of the result: eight of its rows stay in the first cache. */
const tiled = 256;

interface Tile {
  /** Columns of x that are read. */
  readonly from: number;
  readonly columns: number;
  readonly outFrom: number;
  readonly outColumns: number;
}

/** y from x, the taps of rows and of columns apart. */
export function twoPasses(
  down: AxisTaps,
  across: AxisTaps,
  ends: { readonly from: string; readonly to: string },
  shape: Shape,
): Plan {
  const pattern = patternOf(across);
  // Rows are filtered along where there are fewer of them: before they are summed, or after. Columns that are kept need no filter.
  const along = down.output > down.length && pattern.kind !== 'kept' && rises(down);
  const kind = pattern.kind === (along ? 'halve' : 'double') ? 'table' : pattern.kind;
  const tiles = kind === 'table' ? tilesOf(across) : [];
  const most = (of: (tile: Tile) => number) => tiles.reduce((n, tile) => Math.max(n, of(tile)), 0);
  const turned = 32 * (most(({ columns }) => columns) + most(({ outColumns }) => outColumns) + 16);
  const lines = along ? longest(down) + (kind === 'table' ? group : 0) : group;
  // Rows that are a power of two apart share few places of the cache.
  const line = up(4 * ((along ? across.output : across.length) + 16)) + 64;
  // Made when they are first needed, and kept with the plan.
  let rows: Int32Array | undefined;
  let columns: Fields | undefined;
  return {
    how: sentence(down, across, kind, along),
    scratch: 256 + up(8 * down.count) + lines * line + turned + 4 * across.output + 128,
    build(place) {
      const [x, y] = [place.at(ends.from), place.at(ends.to)];
      rows ??= records(down);
      columns ??= kind === 'table' ? tableOf(across, tiles, turned) : regularOf(across, pattern);
      const sizes = [across.length, down.length, across.output, down.count, place.put(rows), lines, line];
      const axes = place.put(Int32Array.of(...sizes, kinds[kind], ...columns(place)));
      const calls = ({ plane, from, to }: Strip): Call[] => {
        const source = x + 4 * plane * down.length * across.length;
        const target = y + 4 * plane * down.output * across.output;
        return [[along ? 'resampleAlong' : 'resampleDown', source, target, from, to, axes]];
      };
      const read = (down.length / down.output) * across.length;
      // Where a strip begins, rows are filtered along that the strip before had too: so strips are larger.
      const rowValues = Math.max(read, across.output) / (along ? 2 : 1);
      // Rows that each read a large part of the picture are jobs of their own, so that the work can be stopped between them.
      return [strips(y, shape, calls, { rowValues, group: read > 1 << 16 ? 1 : group })];
    },
  };
}

const up = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/** Whether rows of x are first needed from the top to the bottom: a ring holds only the last ones. */
function rises(down: AxisTaps): boolean {
  let [first, last] = [-1, -1];
  for (let i = 0; i < down.output; i++) {
    const [from, to] = reachOf(down, i, i + 1);
    if (to < 0) continue;
    if (from < first || to < last) return false;
    [first, last] = [from, to];
  }
  return true;
}

/** Rows between the first and the last that a result row reads, at most. */
function longest(down: AxisTaps): number {
  let most = 1;
  for (let i = 0; i < down.output; i++) {
    const [first, last] = reachOf(down, i, i + 1);
    most = Math.max(most, last - first + 1);
  }
  return most;
}

function tilesOf(across: AxisTaps): Tile[] {
  const { output } = across;
  const tiles: Tile[] = [];
  for (let outFrom = 0; outFrom < output; ) {
    // A tile has four columns at least, however many each of them reads.
    let to = Math.min(outFrom + 4, output);
    let [from, last] = reachOf(across, outFrom, to);
    while (to < output && to - outFrom < tiled) {
      const [first, end] = reachOf(across, to, to + 1);
      // Of a gradient of a wrapped border, one column may read both ends.
      const [least, most] = last < 0 ? [first, end] : end < 0 ? [from, last] : [Math.min(from, first), Math.max(last, end)];
      if (most - least >= tiled) break;
      [from, last] = [least, most];
      to++;
    }
    tiles.push({ from, columns: last + 1 - from, outFrom, outColumns: to - outFrom });
    outFrom = to;
  }
  return tiles;
}

/** The fields from TAPS on, as `assembly/resample.ts` names them. */
type Fields = (place: Place) => readonly number[];

function tableOf({ count, index, weight }: AxisTaps, tiles: readonly Tile[], spare: number): Fields {
  const made = tiles.map(({ from, columns, outFrom, outColumns }) => {
    const [a, b] = [outFrom * count, (outFrom + outColumns) * count];
    const offsets = index.subarray(a, b).map((at) => 4 * group * (at < 0 ? -1 : at - from));
    return { fields: [from, columns, outFrom, outColumns], taps: pairs(offsets, weight.subarray(a, b)) };
  });
  return (place) => {
    const fields = made.flatMap(({ fields, taps }) => [...fields, place.put(taps)]);
    return [count, place.put(Int32Array.from(fields)), tiles.length, spare, 0];
  };
}

function regularOf(across: AxisTaps, pattern: Pattern): Fields {
  if (!('taps' in pattern)) return () => [0, 0, 0, 0, 0];
  const { taps, first, weights, edges } = pattern;
  const same = Float32Array.from(weights);
  const lists = edges.map((j) => {
    const [a, used] = [j * across.count, usedTaps(across, j)];
    return [j, used, ...pairs(across.index.subarray(a, a + used), across.weight.subarray(a, a + used))];
  });
  const differing = Int32Array.from(lists.flat());
  return (place) => [taps, place.put(same), first, place.put(differing), edges.length];
}

/** Of every output position how many taps it has, and those. */
function records(axis: AxisTaps): Int32Array {
  const { count } = axis;
  const all = new Int32Array(axis.output * (2 * count + 2));
  for (let i = 0; i < axis.output; i++) {
    const at = i * (2 * count + 2);
    all[at] = usedTaps(axis, i);
    all.set(pairs(axis.index.subarray(i * count, (i + 1) * count), axis.weight.subarray(i * count, (i + 1) * count)), at + 2);
  }
  return all;
}

/** Integers and float32 weights, side by side. */
function pairs(index: Int32Array, weight: Float64Array): Int32Array {
  const both = new Int32Array(2 * index.length);
  const floats = new Float32Array(both.buffer);
  for (let k = 0; k < index.length; k++) {
    both[2 * k] = index[k]!;
    floats[2 * k + 1] = weight[k]!;
  }
  return both;
}

function sentence(down: AxisTaps, across: AxisTaps, kind: Pattern['kind'], along: boolean): string {
  const order = along
    ? `along rows first, because ${down.length} rows become ${down.output}`
    : `down columns first, because ${down.length} rows become ${down.output}`;
  const [taps, tall] = [`${across.count} tap${across.count > 1 ? 's' : ''}`, `${down.count} tap${down.count > 1 ? 's' : ''}`];
  switch (kind) {
    case 'kept':
      return `sums of rows alone, ${tall}, because columns stay as they are`;
    case 'double':
      return `two passes, ${order}; the same ${taps} for every pair of columns, because there are twice as many`;
    case 'halve':
      return `two passes, ${order}; the same ${taps} for every column, because there are half as many`;
    case 'table':
      return `two passes, ${order}; ${taps} of each column from a table, because ${across.length} columns become ${across.output}`;
  }
}
