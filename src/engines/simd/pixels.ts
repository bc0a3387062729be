// Pictures in the engine's memory: bytes in, statistics and colours out. The same numbers as src/image, which computes them in plain loops.

import { sizeOf } from '../../core/tensor';
import type { RunOptions } from '../engine';
import type { Held, Machine } from './machine';
import { type ChannelSums, joinedOf, statBytes } from './measuring';
import type { Call, Job, Plan } from './plan';
import { planeSize, runLength, runs } from './runs';

type Options = Pick<RunOptions, 'signal' | 'slice'>;

/** How values become colours. */
export interface Colouring {
  /** Channels of the first item: one, or three. */
  readonly channels: readonly number[];
  /** Where on the scale a value lies: (v − low) · slope + start, or |v| in the place of v, cut to 0..1; all in float32. */
  readonly scale: { readonly low: number; readonly slope: number; readonly start: number; readonly magnitude: boolean };
  /** RGBA8 of the scale, evenly spaced, for the mean of the channels; without it they are red, green, blue, or grey. */
  readonly table: Int32Array | null;
  /** Every drawn pixel is the mean of factor × factor places on the scale. */
  readonly factor: number;
}

/** Bits of a float32 without its sign. */
const withoutSign = 0x7fffffff;
const everyBit = -1;

export class Pixels {
  constructor(private readonly machine: Machine) {}

  /** One pass over the first item of [N, C, H, W], unless they were found before. */
  async statistics(x: Held, options: Options = {}): Promise<readonly ChannelSums[]> {
    if (x.sums) return x.sums;
    const [, channels = 1, height = 1, width = 1] = x.shape;
    const plane = height * width;
    const parts = Math.ceil(plane / runLength);
    const sums = await this.made(
      [(channels * parts * statBytes) / 4],
      (y) =>
        jobsOf(channels * parts, rowsOfJob(plane), (i) => {
          const from = (i % parts) * runLength;
          const at = x.at + 4 * (Math.floor(i / parts) * plane + from);
          return ['statistics', at, Math.min(runLength, plane - from), y + i * statBytes];
        }),
      options,
    );
    const values = this.machine.arena.doubles(sums.at, channels * parts * 4);
    const joined = Array.from({ length: channels }, (_, c) => joinedOf(values.subarray(c * parts * 4, (c + 1) * parts * 4)));
    sums.release();
    return joined;
  }

  /** 2v − 1. */
  signed(x: Held, options: Options = {}): Promise<Held> {
    return this.made(x.shape, (y) => runs(x.at, y, x.shape, (from, to, { count }) => [['mapSigned', from, to, count]]), options);
  }

  /** The area mean over cells of factor × factor. */
  reduced(x: Held, factor: number, options: Options = {}): Promise<Held> {
    const [n = 1, c = 1, inHeight = 1, inWidth = 1] = x.shape;
    const [height, width] = [Math.ceil(inHeight / factor), Math.ceil(inWidth / factor)];
    const row = (i: number, y: number): Call => {
      const top = (i % height) * factor;
      const from = x.at + 4 * (Math.floor(i / height) * inHeight + top) * inWidth;
      return ['meanRow', from, y + 4 * i * width, width, inWidth, Math.min(factor, inHeight - top), factor];
    };
    const together = rowsOfJob(inWidth * factor);
    return this.made([n, c, height, width], (y) => jobsOf(n * c * height, together, (i) => row(i, y)), options, 8 * width);
  }

  /** Rows [top, top + count) as drawn, one RGBA8 pixel in the place of each value. */
  colours(x: Held, colouring: Colouring, top: number, count: number, options: Options = {}): Promise<Held> {
    const { channels, scale, table, factor } = colouring;
    const [, , inHeight = 1, inWidth = 1] = x.shape;
    const width = Math.ceil(inWidth / factor);
    const places = [scale.low, scale.slope, scale.start, scale.magnitude ? withoutSign : everyBit];
    const [red = 0, green = red, blue = red] = channels;
    const planes = [red, green, blue].map((c) => x.at + 4 * c * inHeight * inWidth);
    const plan: Plan['build'] = ({ at, put }) => {
      const y = at('y');
      const map = table ? put(table) : 0;
      const steps = table?.length ?? 0;
      if (factor > 1) {
        const together = rowsOfJob(inWidth * factor);
        const rows = (job: number): Call => {
          const from = job * together;
          const first = (top + from) * factor;
          const read = planes.map((plane) => plane + 4 * first * inWidth);
          const drawn = [y + 4 * from * width, width, Math.min(together, count - from)];
          return table
            ? ['drawReducedTable', ...read, ...drawn, channels.length, inWidth, inHeight - first, factor, ...places, map, steps]
            : ['drawReduced', ...read, ...drawn, inWidth, inHeight - first, factor, ...places];
        };
        return [jobsOf(Math.ceil(count / together), 1, rows)];
      }
      const piece = (from: number, values: number): Call => {
        const read = planes.map((plane) => plane + 4 * (top * inWidth + from));
        return table
          ? ['drawTable', ...read, y + 4 * from, values, channels.length, ...places, map, steps]
          : ['drawColours', ...read, y + 4 * from, values, ...places];
      };
      const values = count * width;
      return [jobsOf(Math.ceil(values / runLength), 1, (i) => piece(i * runLength, Math.min(runLength, values - i * runLength)))];
    };
    return this.built([count, width], plan, options);
  }

  /** Puts opaque or transparent RGBA8 pixels into x, [1, 3, H, W], from pixel `at` on. Answers whether any was transparent. */
  async place(rgba: Uint8ClampedArray, x: Held, at: number, options: Options = {}): Promise<boolean> {
    const count = rgba.length / 4;
    const plane = planeSize(x.shape);
    const { arena } = this.machine;
    const bytes = this.machine.empty([count]);
    try {
      arena.bytes(bytes.at, rgba.length).set(rgba);
      const jobs = Math.ceil(count / runLength);
      // One flag for each job, since jobs may run side by side.
      const flags = await this.built(
        [jobs],
        (place) => {
          const y = place.at('y');
          place.ints(y, jobs).fill(0);
          return [
            jobsOf(jobs, 1, (i) => {
              const from = i * runLength;
              const [r = 0, g = 0, b = 0] = [0, 1, 2].map((c) => x.at + 4 * (c * plane + at + from));
              return ['planesOfRgba', bytes.at + 4 * from, r, g, b, Math.min(runLength, count - from), y + 4 * i];
            }),
          ];
        },
        options,
      );
      const clear = arena.ints(flags.at, jobs).some((flag) => flag !== 0);
      flags.release();
      return clear;
    } finally {
      bytes.release();
    }
  }

  /** The bytes of what `colours` made. A view for the moment, as all of them. */
  bytesOf(drawn: Held): Uint8ClampedArray<ArrayBuffer> {
    const { buffer, byteOffset, byteLength } = this.machine.arena.bytes(drawn.at, 4 * sizeOf(drawn.shape));
    return new Uint8ClampedArray(buffer, byteOffset, byteLength);
  }

  private made(shape: readonly number[], jobs: (y: number) => Job[], options: Options, scratch = 0): Promise<Held> {
    return this.built(shape, ({ at }) => [jobs(at('y'))], options, scratch);
  }

  private async built(shape: readonly number[], build: Plan['build'], options: Options, scratch = 0): Promise<Held> {
    const plan: Plan = { how: 'one pass', scratch, build };
    const { y } = await this.machine.run({ plan, inputs: {}, outputs: { y: shape } }, [], options);
    if (!y) throw new Error('Pixels: expected a result, received none');
    return y;
  }
}

/** Rows of a result that make a job's worth of work, where each reads `values` of every channel. */
const rowsOfJob = (values: number): number => Math.max(1, Math.floor(runLength / values));

function jobsOf(count: number, together: number, call: (i: number) => Call): Job[] {
  return Array.from({ length: Math.ceil(count / together) }, (_, job) => {
    const from = job * together;
    return { calls: Array.from({ length: Math.min(together, count - from) }, (_, i) => call(from + i)) };
  });
}
