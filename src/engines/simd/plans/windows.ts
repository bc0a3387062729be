// Plans of windows that slide: maxima, minima, sums and norms, rows first, by assembly/windows.ts.

import type { Shape } from '../../../core/tensor';
import { extent, type Slide } from '../../../core/window';
import type { Call, Job, Place, Plan, Run } from '../plan';

/** What windows make of their values. */
export type Joining = 'Max' | 'Min' | 'Sum' | 'Norm';

/** What the sum of a window is multiplied by: a factor of its row, and a ratio of its column, 1 from `from` to `to`. */
export interface Scales {
  readonly rows: Float32Array;
  readonly columns: Float32Array;
  readonly from: number;
  readonly to: number;
}

export interface Sliding {
  readonly joining: Joining;
  /** Names of the tensors. */
  readonly from: string;
  readonly into: string;
  readonly x: Shape;
  readonly y: Shape;
  readonly height: Slide;
  readonly width: Slide;
  readonly scales?: Scales;
}

/** A window of this many rows is joined by van Herk; measured, below it direct reading is as fast where the picture stays in the cache. */
const manyRows = 4;
/** Input values of a job: about a millisecond of work. */
const jobValues = 1 << 17;
/** Bytes of the rows that van Herk reads twice, columns of a tile at least, and how often those that two tiles read fit into it. */
const [tileBytes, fewestColumns, haloColumns] = [1 << 19, 4096, 4];
/** Rows above and below a strip that are read twice may be this part of it. */
const haloShare = 8;

export function slidingPlan(sliding: Sliding): Plan {
  const { height, width } = sliding;
  if (isPairs(sliding)) {
    return {
      how: 'two rows at a time, because windows of 2 × 2 that touch need no row twice',
      build: (place) => [pairJobs(sliding, place)],
    };
  }
  const blocks = byBlocks(sliding);
  const down = isThrees(sliding)
    ? 'four rows at a time, because six rows that are read make four of 3 × 3'
    : blocks
      ? `van Herk down the columns, because a window of ${height.kernel} is ${manyRows} strides or more`
      : `${height.kernel} ${height.kernel === 1 ? 'row' : 'rows'} joined directly, because van Herk pays from ${manyRows} strides on`;
  const along = inFours(sliding)
    ? `, then van Herk across ${width.kernel} columns, four rows at a time`
    : width.kernel > 4
      ? `, then joins of 1, 4, 16 … neighbours for ${width.kernel} columns`
      : '';
  return {
    how: `${down}${along}`,
    scratch: scratchOf(sliding),
    build: (place) => [jobsOf(sliding, place)],
  };
}

/** Whether windows of 2 × 2 touch and lie on the picture. */
function isPairs({ joining, height, width, y, scales }: Sliding): boolean {
  const [, , oh = 0, ow = 0] = y;
  const whole = ({ kernel, stride, dilation, before, length }: Slide, outputs: number): boolean =>
    kernel === 2 && stride === 2 && dilation === 1 && before === 0 && 2 * outputs <= length;
  const even = !scales || (scales.from === 0 && scales.to === ow && scales.rows.every((factor) => factor === scales.rows[0]));
  return joining !== 'Norm' && whole(height, oh) && whole(width, ow) && even;
}

function pairJobs({ joining, from, into, x: shape, y: result, scales }: Sliding, place: Place): Job[] {
  const [n = 0, c = 1, h = 1, w = 1] = shape;
  const [, , oh = 1, ow = 1] = result;
  const [x, y] = [place.at(from), place.at(into)];
  const rows = evenly(oh, jobValues / (2 * w));
  const parts: Part[] = [];
  for (let plane = 0; plane < n * c; plane++) {
    for (let i = 0; i < oh; i += rows) {
      const count = Math.min(rows, oh - i);
      const at = y + 4 * ow * (plane * oh + i);
      parts.push({
        call: [`pool${joining}Pairs`, x + 4 * w * (plane * h + 2 * i), at, count, w, ow, scales?.rows[0] ?? 1],
        runs: [{ at, count: count * ow, plane }],
        values: 2 * count * w,
      });
    }
  }
  return grouped(parts, 0);
}

const byBlocks = ({ height: { kernel, stride, dilation } }: Sliding): boolean =>
  kernel >= manyRows * (stride / greatest(stride, dilation));

/** Sums of so many columns are made of four rows at a time; measured, fewer columns are as fast row by row. More are summed by their digits to the base 4. */
const [fewestInFours, mostInFours] = [16, 63];
const inFours = (sliding: Sliding): boolean =>
  byBlocks(sliding) &&
  (sliding.joining === 'Sum' || sliding.joining === 'Norm') &&
  sliding.height.dilation % sliding.height.stride === 0 &&
  sliding.width.stride === 1 &&
  sliding.width.dilation === 1 &&
  sliding.width.kernel >= fewestInFours &&
  sliding.width.kernel <= mostInFours;

/** Whether windows are 3 × 3 and slide by 1 across; rows may be apart. */
const isThrees = ({ height, width }: Sliding): boolean =>
  height.kernel === 3 && height.stride === 1 && width.kernel === 3 && width.stride === 1 && width.dilation === 1;

/** Columns of the result that are made together, and the columns of the input under them. */
interface Tile {
  readonly first: number;
  readonly outputs: number;
  readonly from: number;
  readonly width: number;
  /** Padded columns before them. */
  readonly before: number;
}

/** One tile, or several where the rows that van Herk reads twice would not stay in the cache; neighbours read some columns twice. */
function tilesOf(sliding: Sliding): Tile[] {
  const { height, width } = sliding;
  const ow = sliding.y[3] ?? 1;
  const spans = extent(width.kernel, width.dilation);
  const wanted = Math.max(fewestColumns, haloColumns * spans, tileBytes / (8 * height.kernel)) / width.stride;
  const each = byBlocks(sliding) ? evenly(ow, wanted) : ow;
  const tiles: Tile[] = [];
  for (let first = 0; first < ow; first += each) {
    const outputs = Math.min(each, ow - first);
    const start = first * width.stride - width.before;
    const end = start + (outputs - 1) * width.stride + spans;
    const from = Math.min(Math.max(start, 0), width.length);
    const before = Math.max(0, -start);
    tiles.push({ first, outputs, from, before, width: Math.max(0, Math.min(end, width.length) - from) });
  }
  return tiles;
}

const rowBytesOf = ({ width: { stride, kernel, dilation } }: Sliding, tile: Tile): number =>
  aligned(4 * (Math.max((tile.outputs - 1) * stride + extent(kernel, dilation), tile.before + tile.width) + 32));

/** Output rows that van Herk makes together: their windows have at least nothing in common. */
const mostTogether = 8;
const togetherOf = ({ height: { kernel } }: Sliding): number => Math.min(mostTogether, kernel + 1);

/** Beside four rows that are turned. */
const roomAside = 512;

function scratchOf(sliding: Sliding): number {
  const { kernel } = sliding.height;
  const high = togetherOf(sliding);
  const needs = tilesOf(sliding).map((tile) => {
    const row = rowBytesOf(sliding, tile);
    if (!byBlocks(sliding)) return 4 * row + aligned(4 * kernel);
    const lines = 3 + Math.floor((kernel - high + 1) / high) + 2 * high;
    return (4 + high) * row + roomAside + lines * aligned(4 * tile.width + 16);
  });
  return Math.max(0, ...needs) + 256;
}

/** Rows that are `dilation` apart make a picture of their own, with windows of neighbours: the outputs `first`, `first + every`, … read it. */
interface Comb {
  readonly first: number;
  readonly every: number;
  readonly outputs: number;
  readonly stride: number;
  readonly start: number;
  /** Its rows of the input, from row `row` on. */
  readonly rows: number;
  readonly row: number;
}

function combsOf({ length, stride, dilation, before }: Slide, outputs: number): Comb[] {
  const every = dilation / greatest(stride, dilation);
  return Array.from({ length: Math.min(every, outputs) }, (_, first) => {
    const at = first * stride - before;
    const row = ((at % dilation) + dilation) % dilation;
    return {
      ...{ first, every, row, start: (at - row) / dilation, stride: (stride * every) / dilation },
      outputs: Math.ceil((outputs - first) / every),
      rows: Math.max(0, Math.ceil((length - row) / dilation)),
    };
  });
}

function jobsOf(sliding: Sliding, place: Place): Job[] {
  const { joining, height, width } = sliding;
  const [n = 0, c = 1, h = 1, w = 1] = sliding.x;
  const [, , oh = 1, ow = 1] = sliding.y;
  const [x, y] = [place.at(sliding.from), place.at(sliding.into)];
  const combs = combsOf(height, oh);
  const tiles = tilesOf(sliding);
  const geometries = geometriesOf(sliding, tiles, combs[0]?.stride ?? 1, place);
  const routine = `pool${joining}${isThrees(sliding) ? 'Threes' : byBlocks(sliding) ? 'Blocks' : 'Direct'}`;
  const parts: Part[] = [];
  for (let plane = 0; plane < n * c; plane++) {
    for (const comb of combs) {
      const at = x + 4 * w * (plane * h + comb.row);
      const into = y + 4 * ow * (plane * oh + comb.first);
      for (const [k, tile] of tiles.entries()) {
        const each = evenly(comb.outputs, stripRows(height.kernel - comb.stride, tile.width) / comb.stride);
        for (let from = 0; from < comb.outputs; from += each) {
          const to = Math.min(from + each, comb.outputs);
          const out = into + 4 * tile.first;
          parts.push({
            call: [routine, at + 4 * tile.from, comb.rows, comb.start, out, from, to, geometries[k]!],
            runs: runsOf(out + 4 * ow * comb.every * from, to - from, tile.outputs, ow * comb.every, plane),
            values: (to - from) * comb.stride * tile.width,
          });
        }
      }
    }
  }
  return grouped(parts, width.length);
}

/** Input rows of a strip: a job's worth, or more so that few are read twice. */
function stripRows(halo: number, width: number): number {
  const rows = jobValues / Math.max(1, width);
  return Math.max(rows, Math.min(haloShare * halo, Math.max(8 * rows, 2 * halo)));
}

/** Rows of the result that lie behind one another are one run. */
function runsOf(at: number, rows: number, count: number, pitch: number, plane: number): Run[] {
  if (count === pitch) return [{ at, count: rows * count, plane }];
  return Array.from({ length: rows }, (_, i) => ({ at: at + 4 * pitch * i, count, plane }));
}

/** A call, what it finishes, and how many values it reads. */
interface Part {
  readonly call: Call;
  readonly runs: readonly Run[];
  readonly values: number;
}

/** Small parts share a job. */
function grouped(parts: readonly Part[], row: number): Job[] {
  const jobs: { calls: Call[]; writes: Run[] }[] = [];
  let room = 0;
  for (const { call, runs, values } of parts) {
    const last = jobs.at(-1);
    if (last && values + row <= room) {
      last.calls.push(call);
      last.writes.push(...runs);
    } else {
      jobs.push({ calls: [call], writes: [...runs] });
      room = jobValues;
    }
    room -= values + row;
  }
  return jobs;
}

/** A table for every tile, in the order that assembly/windows.ts reads. */
function geometriesOf(sliding: Sliding, tiles: readonly Tile[], stride: number, place: Place): number[] {
  const { height, width, scales } = sliding;
  const [, , oh = 1, ow = 1] = sliding.y;
  const { kernel, dilation } = height;
  const every = dilation / greatest(height.stride, dilation);
  const rows = place.put(scales?.rows ?? new Float32Array(oh).fill(1));
  const uneven = scales !== undefined && (scales.from > 0 || scales.to < ow);
  const columns = uneven ? place.put(scales.columns) : 0;
  return tiles.map((tile) => {
    const within = (at: number): number => Math.min(Math.max(at - tile.first, 0), tile.outputs);
    return place.put(
      Int32Array.of(
        ...[4 * width.length * dilation, 4 * ow * every, kernel, stride],
        ...[tile.width, width.kernel, width.stride, width.dilation, tile.before, tile.outputs],
        ...[rowBytesOf(sliding, tile), rows, uneven ? columns + 4 * tile.first : 0],
        ...[within(scales?.from ?? 0), within(scales?.to ?? ow), togetherOf(sliding), inFours(sliding) ? 1 : 0],
      ),
    );
  });
}

/** Near `wanted`, so that all parts of `count` are about as large. */
const evenly = (count: number, wanted: number): number => Math.ceil(count / Math.max(1, Math.round(count / Math.max(1, wanted))));
const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64;
const greatest = (a: number, b: number): number => (b === 0 ? a : greatest(b, a % b));
