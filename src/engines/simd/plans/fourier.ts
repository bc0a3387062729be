// Large kernels by the discrete Fourier transform, tile by tile.

import type { Job, Place, Stage } from '../plan';
import { putAll } from './filtering';
import { borders, type Filtering, frameOf, ringOf } from './ring';

/** Tiles of `size` × `size` pixels, which make `rows` × `columns` results each. */
export interface Tiles {
  readonly size: number;
  readonly rows: number;
  readonly columns: number;
}

const sizes = [64, 128, 256, 512, 1024];
/** Work of a butterfly, in taps of a list, measured and rounded up; two tiles share a transform, there and back, along two axes. */
const butterfly = 14;
/** Spectra of all kernels. */
const mostBytes = 1 << 26;

/** Tiles for which transforms are less work than lists of taps. */
export function tilesFor(f: Filtering): Tiles | undefined {
  const { height, width, oh, ow, c, results } = f;
  if (height.stride !== 1 || width.stride !== 1) return undefined;
  let best: Tiles | undefined;
  let least = oh * ow * height.kernel * width.kernel;
  for (const size of sizes) {
    const [high, wide] = [size - reachOf(f).y, size - reachOf(f).x];
    if (high < 8 || wide < 8 || c * results * bytesOf(size) > mostBytes) continue;
    const [down, across] = [Math.ceil(oh / high), Math.ceil(ow / wide)];
    // The spectrum of the kernel, and the transforms of pairs of tiles.
    const transforms = 0.5 + Math.ceil(down / 2) * across;
    const work = transforms * 2 * size * size * Math.log2(size) * butterfly;
    if (work >= least) continue;
    least = work;
    best = { size, rows: Math.ceil(oh / down), columns: Math.ceil(ow / across) };
  }
  return best;
}

/** Real and imaginary part of a tile, whose rows are an odd number of cache lines long. */
const bytesOf = (size: number): number => 2 * size * (4 * size + 64);

const reachOf = ({ height, width }: Filtering) => ({
  y: (height.kernel - 1) * height.dilation,
  x: (width.kernel - 1) * width.dilation,
});

/** Scratch of one thread. */
export const scratchOfTiles = (f: Filtering, { size, columns }: Tiles): number =>
  Math.max(bytesOf(size), ringOf(f, 0, columns).bytes) + 64;

/** The spectra of the kernels, then pairs of tiles that stand one above the other. */
export function tileStages(f: Filtering, tiles: Tiles, place: Place, xAt: number, yAt: number): Stage[] {
  const { n, c, results, height, width, oh, ow } = f;
  const { size } = tiles;
  const weightsAt = putAll(f, place, f.kernels);
  const biasAt = place.put(Float32Array.from(f.bias));
  const twiddlesAt = place.put(twiddles(size));
  const spectra = new Map<number, number>();
  const kernelJobs: Job[] = [];
  const taps = [height.kernel, width.kernel, height.dilation, width.dilation];
  const spectrumOf = (weights: number): number => {
    const known = spectra.get(weights);
    if (known !== undefined) return known;
    const at = place.take(bytesOf(size));
    kernelJobs.push({ calls: [['kernelSpectrum', weights, ...taps, size, twiddlesAt, at]] });
    spectra.set(weights, at);
    return at;
  };
  const frames = new Map<number, number>();
  const frameFor = (columns: number): number => {
    const at = frames.get(columns) ?? frameOf(f, place, 0, 1, columns);
    frames.set(columns, at);
    return at;
  };
  const reach = reachOf(f);
  const jobs: Job[] = [];
  for (let plane = 0; plane < n * c * results; plane++) {
    const o = plane % (c * results);
    const x = xAt + 4 * Math.floor(plane / results) * height.length * width.length;
    const picture = [x, height.length, width.length, borders.indexOf(f.border)];
    const weights = weightsAt[o]!;
    for (let i = 0; i < oh; i += 2 * tiles.rows) {
      for (let j = 0; j < ow; j += tiles.columns) {
        const rows = Math.min(tiles.rows, oh - i);
        const below = Math.max(0, Math.min(tiles.rows, oh - i - rows));
        const count = Math.min(tiles.columns, ow - j);
        const at = yAt + 4 * ((plane * oh + i) * ow + j);
        const top = i - height.before;
        const where = [top, top + rows, j - width.before, reach.y, reach.x];
        const what = [at, below > 0 ? at + 4 * rows * ow : 0, rows, below, count, ow];
        const how = [size, twiddlesAt, spectrumOf(weights), frameFor(count), weights, biasAt + 4 * o];
        jobs.push({
          calls: [['filterTiles', ...picture, ...where, ...what, ...how]],
          writes: count === ow ? [{ at, count: (rows + below) * ow, plane }] : [],
        });
      }
    }
  }
  return [kernelJobs, jobs];
}

/** Powers of e^(−πi/h) for every half size h, from index h on; real parts, then imaginary ones. */
function twiddles(size: number): Float32Array {
  const table = new Float32Array(2 * size);
  for (let half = 1; half < size; half *= 2) {
    for (let j = 0; j < half; j++) {
      table[half + j] = Math.cos((Math.PI * j) / half);
      table[size + half + j] = -Math.sin((Math.PI * j) / half);
    }
  }
  return table;
}
