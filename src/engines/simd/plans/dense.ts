// Dense and grouped convolution by tap lists: tiles of columns of bands of rows are staged in scratch memory and read by all outputs.

import type { Call, Job, Place, Run, Stage } from '../plan';
import { packing } from './packing';
import { type Band, type Dense, grainOf, staging, type Tiling, tapsOf } from './tiling';

/** Addresses; weights as they are, and no bias where it is null. */
export interface DenseAt {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
  readonly bias: number | null;
}

/** Products of a job, at most; more are cut where one row of one tile does not have more. */
const largestJob = 4e7;

/** Outputs of one job. */
interface Outputs {
  readonly first: number;
  readonly count: number;
}

/** The jobs of a convolution, after those that pack its weights. */
export function denseStages(place: Place, dense: Dense, tiling: Tiling, at: DenseAt): Stage[] {
  const { images, groups, outputs, down, across, result } = dense;
  const { tile, rowsTogether } = tiling;
  const [height, width] = [result.down.length, result.across.length];
  const { packed, callsOf } = tileCalls(place, dense, tiling, at);
  const { tilesPerJob, outputsPerJob } = share(dense, tiling);
  const jobs: Job[] = [];
  for (let planes = 0; planes < images * groups; planes++)
    for (let row = 0; row < down.outputs; row += rowsTogether)
      for (let column = 0; column < across.outputs; column += tile * tilesPerJob)
        for (let first = 0; first < outputs; first += outputsPerJob) {
          const end = Math.min(across.outputs, column + tile * tilesPerJob);
          const band: Band = { planes, row, rows: Math.min(rowsTogether, down.outputs - row), column, columns: end - column };
          const some: Outputs = { first, count: Math.min(outputsPerJob, outputs - first) };
          jobs.push({
            // Of a large picture they are made when they are due: all of them at once take longer than a person waits.
            get calls() {
              const calls: Call[] = [];
              for (let k = column; k < end; k += tile)
                calls.push(...callsOf({ ...band, column: k, columns: Math.min(tile, end - k) }, some));
              return calls;
            },
            // Only a following map asks for them, and they can be many.
            get writes() {
              return runsOf(at.y, band, { ...some, first: planes * outputs + first }, height, width);
            },
          });
        }
  return [packed, jobs];
}

/** Tiles and outputs of one job: one row of a very wide picture or of very many products is cut into tiles, and one tile into outputs. */
function share({ channels, outputs, down, across }: Dense, { tile, rowsTogether }: Tiling) {
  const perOutput = Math.max(1, rowsTogether * tile * channels * down.taps.length * across.taps.length);
  const tiles = Math.ceil(across.outputs / tile);
  const tilesPerJob = Math.max(1, Math.min(tiles, Math.floor(largestJob / (perOutput * outputs))));
  const fitting = Math.max(4, 4 * Math.floor(largestJob / perOutput / 4));
  return { tilesPerJob, outputsPerJob: tilesPerJob === 1 ? Math.min(outputs, fitting) : outputs };
}

/** The calls that make a tile of some outputs: pixels are staged and summed chunk by chunk. */
function tileCalls(place: Place, dense: Dense, tiling: Tiling, at: DenseAt) {
  const { groups, channels, outputs, down, across, kernel, result } = dense;
  const { rows, sums } = tiling;
  const { perGroup, perOutput } = kernel;
  const { taps, parts } = tapsOf(dense, tiling.chunk);
  const weights = packing(place, { at: at.weight, groups, outputs, perGroup, perOutput, taps, parts });
  const bias = at.bias ?? place.put(new Float32Array(groups * outputs));
  const { offsets, stage } = staging(place, dense, tiling, at.x);
  const [planeOut, rowOut] = [4 * result.down.length * result.across.length, 4 * result.across.length * result.down.step];
  const perRow = channels * outputs * down.taps.length * across.taps.length;
  const rowStep = rows.perRow * tiling.slotBytes;

  const callsOf = (band: Band, { first, count }: Outputs): Call[] => {
    const group = band.planes % groups;
    const open = tiling.open || band.columns < grainOf(outputs);
    const y =
      at.y +
      planeOut * (band.planes * outputs + first) +
      4 * (result.down.first + band.row * result.down.step) * result.across.length +
      4 * (result.across.first + band.column * result.across.step);
    const calls: Call[] = [];
    for (const part of parts) {
      if (part.count > 0) calls.push(stage(part, band));
      calls.push([
        ...(['convolveTile', open ? 3 : 1, 0, rowStep, tiling.flat ? 1 : band.rows, offsets, part.count] as const),
        weights.at + 4 * (group * perRow + part.first * outputs + first * part.count),
        part.first === 0 ? bias + 4 * (group * outputs + first) : 0,
        ...(open ? [sums.at, sums.plane, sums.row] : [y, planeOut, rowOut]),
        count,
        tiling.flat ? ((band.rows - 1) * rowStep) / 4 + band.columns : band.columns,
      ]);
    }
    if (open)
      calls.push([
        ...(['unstageTile', sums.at, sums.plane, sums.row, y, planeOut, rowOut, count, band.rows, band.columns] as const),
        result.across.step,
      ]);
    return calls;
  };
  return { packed: weights.jobs, callsOf };
}

/** Where a job writes: bands as one run, parts of rows one by one. */
function runsOf(y: number, band: Band, planes: Outputs, height: number, width: number): Run[] {
  const list: Run[] = [];
  for (let plane = planes.first; plane < planes.first + planes.count; plane++) {
    const start = y + 4 * ((plane * height + band.row) * width + band.column);
    if (band.columns === width) list.push({ at: start, count: band.rows * width, plane });
    else for (let r = 0; r < band.rows; r++) list.push({ at: start + 4 * r * width, count: band.columns, plane });
  }
  return list;
}
