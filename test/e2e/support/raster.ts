// Pictures as plain rows of bytes, and what the ops make of them, written out anew: nothing here comes from src.
import { decode } from 'fast-png';

const inside = (position: number, length: number) => Math.min(length - 1, Math.max(0, position));

/** 8-bit RGB, row by row. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A picture without repetition, so that a shifted or mirrored result is noticed. */
export function pattern(width: number, height: number): Raster {
  const data = new Uint8Array(width * height * 3);
  let seed = 7;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      const speck = (seed >> 16) & 31;
      data[at++] = ((x * 255) / width) * 0.85 + speck;
      data[at++] = ((y * 255) / height) * 0.85 + speck;
      data[at++] = (((x >> 3) + (y >> 4)) % 2) * 180 + speck;
    }
  }
  return { width, height, data };
}

/** An 8-bit PNG, grey ones spread to RGB. */
export function readPng(bytes: Uint8Array): Raster {
  const { width, height, channels, depth, data: source, palette } = decode(bytes);
  if (depth !== 8 || palette) throw new Error(`expected an 8-bit PNG without palette, received depth ${depth}`);
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) data[i * 3 + c] = source[i * channels + (channels < 3 ? 0 : c)]!;
  }
  return { width, height, data };
}

const at = ({ width, data }: Raster, y: number, x: number, c: number) => data[(y * width + x) * 3 + c]!;

function fill(width: number, height: number, value: (y: number, x: number, c: number) => number): Raster {
  const data = new Uint8Array(width * height * 3);
  let i = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) data[i++] = Math.min(255, Math.max(0, Math.round(value(y, x, c))));
    }
  }
  return { width, height, data };
}

/** Max-pool without padding: windows of `k` every `s`, those that stick out left off. */
export function maxPool(x: Raster, k: number, s = k): Raster {
  return fill(Math.floor((x.width - k) / s) + 1, Math.floor((x.height - k) / s) + 1, (row, column, c) => {
    let most = 0;
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) most = Math.max(most, at(x, row * s + i, column * s + j, c));
    return most;
  });
}

/** Average-pool without padding. */
export function averagePool(x: Raster, k: number, s = k): Raster {
  return fill(Math.floor((x.width - k) / s) + 1, Math.floor((x.height - k) / s) + 1, (row, column, c) => {
    let sum = 0;
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) sum += at(x, row * s + i, column * s + j, c);
    return sum / (k * k);
  });
}

/** Values of one channel, in 0..255, that may leave that range. */
export type Plane = readonly number[];

/**
 * A convolution (as networks have it: no flip) of every channel with one odd kernel, same size, not clamped.
 * Beyond the edge lie zeros, or the edge repeated.
 */
export function convolve(x: Raster, kernel: readonly (readonly number[])[], beyond: 'zeros' | 'edge') {
  const [up, left] = [(kernel.length - 1) / 2, (kernel[0]!.length - 1) / 2];
  const planes = [0, 1, 2].map((c) => {
    const plane: number[] = [];
    for (let row = 0; row < x.height; row++) {
      for (let column = 0; column < x.width; column++) {
        let sum = 0;
        for (const [i, line] of kernel.entries()) {
          for (const [j, weight] of line.entries()) {
            const [y, z] = [row + i - up, column + j - left];
            const [ny, nz] = [inside(y, x.height), inside(z, x.width)];
            if (beyond === 'edge' || (y === ny && z === nz)) sum += weight * at(x, ny, nz, c);
          }
        }
        plane.push(sum);
      }
    }
    return plane;
  });
  return { width: x.width, height: x.height, planes };
}

/** Planes as they look when cut off at 0 and 255. */
export const clamped = ({ width, height, planes }: { width: number; height: number; planes: readonly Plane[] }): Raster =>
  fill(width, height, (y, x, c) => planes[c]![y * width + x]!);

/** Twice the size, each pixel four times. */
export const nearestTwice = (x: Raster): Raster =>
  fill(x.width * 2, x.height * 2, (row, column, c) => at(x, row >> 1, column >> 1, c));

/** Weights of one axis: which source positions make output position `i`, and how much of each. */
type Taps = (i: number, length: number) => [position: number, weight: number][];

function separable(x: Raster, scale: number, taps: Taps): Raster {
  return fill(x.width * scale, x.height * scale, (row, column, c) => {
    let sum = 0;
    for (const [y, wy] of taps(row, x.height)) for (const [z, wz] of taps(column, x.width)) sum += wy * wz * at(x, y, z, c);
    return sum;
  });
}

/** Twice the size, pixel centres as in half-pixel sampling, edges repeated. */
export const bilinearTwice = (x: Raster): Raster =>
  separable(x, 2, (i, length) => {
    const source = Math.max(0, (i + 0.5) / 2 - 0.5);
    const low = Math.floor(source);
    return [
      [low, 1 - (source - low)],
      [inside(low + 1, length), source - low],
    ];
  });

/** Cubic convolution of Keys with a = -0.75, as PyTorch has it. */
export const bicubicTwice = (x: Raster): Raster =>
  separable(x, 2, (i, length) => {
    const source = (i + 0.5) / 2 - 0.5;
    const low = Math.floor(source);
    const t = source - low;
    const a = -0.75;
    const near = (d: number) => (a + 2) * d ** 3 - (a + 3) * d ** 2 + 1;
    const far = (d: number) => a * d ** 3 - 5 * a * d ** 2 + 8 * a * d - 4 * a;
    return [
      [inside(low - 1, length), far(1 + t)],
      [inside(low, length), near(t)],
      [inside(low + 1, length), near(1 - t)],
      [inside(low + 2, length), far(2 - t)],
    ];
  });

/** Where two pictures differ by more than `tolerance`, in words; null where they agree. */
export function difference(actual: Raster, expected: Raster, tolerance = 0): string | null {
  if (actual.width !== expected.width || actual.height !== expected.height) {
    return `expected ${expected.width} x ${expected.height}, received ${actual.width} x ${actual.height}`;
  }
  let count = 0;
  let first = '';
  for (let i = 0; i < expected.data.length; i++) {
    if (Math.abs(actual.data[i]! - expected.data[i]!) <= tolerance) continue;
    if (!count++) {
      const pixel = Math.floor(i / 3);
      const [x, y] = [pixel % expected.width, Math.floor(pixel / expected.width)];
      first = `first at x ${x}, y ${y}, channel ${i % 3}: expected ${expected.data[i]}, received ${actual.data[i]}`;
    }
  }
  return count ? `${count} of ${expected.data.length} values differ, ${first}` : null;
}
