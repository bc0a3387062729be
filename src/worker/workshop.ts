// What the studio works with: engines for steps, and one that knows about pixels. Fast where this browser can, plain loops where it cannot.

import type { Tensor } from '../core/tensor';
import { type Engine, type Engines, enginesOf } from '../engines/index';
import { type Binaries, type Hands, openSimd, type SimdEngine } from '../engines/simd/engine';
import { Held } from '../engines/simd/machine';
import { Pixels } from '../engines/simd/pixels';
import type { Breath } from '../image/breath';
import type { ColourMap } from '../image/colourMap';
import type { Memory } from '../image/decode';
import type { Paint } from '../image/display';
import { type Brush, brushOf, type Drawing, scaleOf } from '../image/draw';
import { shrunk } from '../image/limits';
import { reduceTensor } from '../image/reduce';
import { ends, type Stats, statsOf } from '../image/stats';
import { signedOf } from './signed';

type Picture = Tensor<Float32Array>;

export interface Workshop {
  readonly engines: Engines;
  /** Where decoded pictures go; null: into plain arrays. */
  readonly memory: Memory | null;
  stats(x: Picture, breath: Breath): Promise<Stats>;
  /** 2v − 1. */
  signed(x: Picture, breath: Breath): Promise<Picture>;
  /** The area mean over cells of factor × factor. */
  reduced(x: Picture, factor: number, breath: Breath): Promise<Picture>;
  brush(x: Picture, paint: Paint, map: ColourMap, factor: number, breath: Breath): Brush;
  /** Draws all rows, at the start of the memory that `room` gives. */
  drawn(x: Picture, paint: Paint, map: ColourMap, factor: number, breath: Breath, room: Room): Promise<Drawing>;
  /** The same values where they are worked on fastest; `x` is let go. */
  adopted(x: Picture): Picture;
  /** The same values where they can stay; `x` is let go. */
  settled(x: Picture): Picture;
  /** Gives back memory that was needed for something much larger than what is there now. */
  tidy(): Promise<unknown>;
  /** Bytes that can be had beside what is held; null: nobody knows. */
  free(bytes: number): { readonly fits: boolean; readonly bytes: number } | null;
}
type Room = (bytes: number) => ArrayBuffer;

/** Plain loops, and why it is not the fast one, as a sentence for people. */
export function plainWorkshop(why?: string): Workshop {
  return {
    engines: enginesOf(...(why === undefined ? [] : [missing(why)])),
    memory: null,
    stats: statsOf,
    signed: signedOf,
    reduced: reduceTensor,
    brush: brushOf,
    async drawn(x, paint, map, factor, breath) {
      const { width, height } = drawnSize(x, factor);
      return { width, height, rgba: await brushOf(x, paint, map, factor, breath)(0, height) };
    },
    adopted: (x) => x,
    settled: (x) => x,
    tidy: () => Promise.resolve(),
    free: () => null,
  };
}

/** The fast engine, or plain loops where this browser has no SIMD. */
export async function openWorkshop(
  binaries: () => Promise<Binaries>,
  hands?: Hands,
): Promise<{ workshop: Workshop; engine: SimdEngine | null }> {
  try {
    const engine = await openSimd(await binaries(), { hands });
    return { workshop: fastWorkshop(engine), engine };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { workshop: plainWorkshop(`this browser does not start it (${reason})`), engine: null };
  }
}

export function fastWorkshop(engine: SimdEngine): Workshop {
  const { machine } = engine;
  const { arena } = machine;
  const pixels = new Pixels(machine);
  const plain = plainWorkshop();
  const free = (bytes: number) => ({ fits: arena.fits(bytes), bytes: mostBytes - arena.used });

  const colouring = (paint: Paint, map: ColourMap, factor: number) => ({
    channels: paint.channels,
    scale: scaleOf(paint),
    table: paint.mapping === 'symmetric' ? tableOf(map) : null,
    factor,
  });

  return {
    engines: enginesOf(engine),
    memory: {
      refusal(width, height) {
        const bytes = 12 * width * height;
        const room = free(bytes);
        return room.fits ? null : tooLarge('picture', bytes, room.bytes);
      },
      hold: (shape) => machine.empty(shape),
      release: (x) => engine.release(x),
      place: async (rgba, into, at) => into instanceof Held && pixels.place(rgba, into, at),
    },
    async stats(x, breath) {
      if (!(x instanceof Held)) return plain.stats(x, breath);
      const channels = await pixels.statistics(x, breath);
      const { low, high } = ends({ channels, min: 0, max: 0 }, [...channels.keys()]);
      return { channels, min: low, max: high };
    },
    signed: async (x, breath) => (x instanceof Held ? pixels.signed(x, breath) : plain.signed(x, breath)),
    reduced: async (x, factor, breath) =>
      x instanceof Held ? pixels.reduced(x, factor, breath) : plain.reduced(x, factor, breath),
    brush(x, paint, map, factor, breath) {
      if (!(x instanceof Held)) return plain.brush(x, paint, map, factor, breath);
      return async (top, count) => {
        const drawn = await pixels.colours(x, colouring(paint, map, factor), top, count, breath);
        const rgba = pixels.bytesOf(drawn).slice();
        drawn.release();
        return rgba;
      };
    },
    async drawn(x, paint, map, factor, breath, room) {
      if (!(x instanceof Held)) return plain.drawn(x, paint, map, factor, breath, room);
      const { width, height } = drawnSize(x, factor);
      const drawn = await pixels.colours(x, colouring(paint, map, factor), 0, height, breath);
      const rgba = new Uint8ClampedArray(room(4 * width * height), 0, 4 * width * height);
      rgba.set(pixels.bytesOf(drawn));
      drawn.release();
      return { width, height, rgba };
    },
    adopted: (x) => (x instanceof Held || !arena.fits(x.data.byteLength) ? x : engine.hold(x)),
    settled: (x) => (x instanceof Held ? engine.settle(x) : x),
    tidy: () => engine.shrink(),
    free,
  };
}

const drawnSize = ({ shape }: Tensor, factor: number) => ({
  width: shrunk(shape[3] ?? 1, factor),
  height: shrunk(shape[2] ?? 1, factor),
});

/** The colours of a map as RGBA8. */
function tableOf({ steps, rgb }: ColourMap): Int32Array {
  return Int32Array.from({ length: steps }, (_, i) => -16777216 | rgb[3 * i]! | (rgb[3 * i + 1]! << 8) | (rgb[3 * i + 2]! << 16));
}

/** Addresses have 32 bits. */
const mostBytes = 2 ** 32;
const megabytes = (bytes: number): string => String(Math.ceil(bytes / 1e6)).replace(/\B(?=(\d{3})+$)/g, '\u202f');

export const tooLarge = (what: 'picture' | 'result', bytes: number, room: number): string =>
  `This ${what} needs ${megabytes(bytes)} MB of memory, ${megabytes(Math.max(0, room))} MB of it are free. A smaller size of the picture fits.`;

/** An engine that cannot run here: it refuses every step with the reason, which is shown to people. */
function missing(why: string): Engine {
  const refusal = { runs: false, why } as const;
  const never = () => Promise.reject(new Error(`simd: ${why}`));
  return {
    name: 'simd',
    judge: () => refusal,
    judgeBackward: () => refusal,
    run: never,
    backward: never,
    holds: () => false,
    release: () => undefined,
  };
}
